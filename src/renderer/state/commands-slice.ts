import { type AssetKind, assetKinds } from '../../shared/catalogue/kinds.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { MenuCommand } from '../../shared/ipc/events.ts'
import { assertNever } from '../../shared/result.ts'
import type { AppState, Slice } from './app-state.ts'
import { homeOf, placeOf } from './places.ts'

export type Overlay = 'palette' | 'shortcuts'

export interface CommandsSlice {
  /** What lies over the window to help with getting somewhere. */
  readonly overlay: Overlay | null
  /** Counts how often Find was asked for, so that the window can put the focus where one searches. */
  readonly findCount: number
  /** What is typed into the palette, from its key on: its code may come later than the first letters. */
  readonly paletteText: string
  readonly setPaletteText: (text: string) => void
  readonly openOverlay: (overlay: Overlay) => void
  readonly closeOverlay: () => void
  readonly find: () => void
  readonly runCommand: (command: MenuCommand) => void
  /** The first few assets whose name or id has the text, replicas before the others, and last what is gone. */
  readonly findAssets: (search: string) => Promise<readonly Asset[]>
  readonly showAsset: (ref: AssetRef) => void
}

const mostFound = 8

const run = (command: MenuCommand, state: AppState): void => {
  switch (command) {
    case 'new-replica':
      void state.startReplica()
      return
    case 'add-account':
      state.openAccountForm(null)
      return
    case 'refresh':
      void state.refreshLibrary()
      return
    case 'find':
      state.find()
      return
    case 'go-replicas':
      state.go('replicas')
      return
    case 'go-videos':
      state.go('videos')
      return
    case 'go-voices':
      state.go('voices')
      return
    case 'go-pals':
      state.go('pals')
      return
    case 'go-conversations':
      state.go('conversations')
      return
    case 'go-models':
      state.go('models')
      return
    case 'go-versions':
      state.go('versions')
      return
    case 'go-people':
      state.go('people')
      return
    case 'undo-deletion':
      if (!state.undoDeletion()) state.undoChange()
      return
    case 'verify-receipt':
      void state.verifyReceipt()
      return
    case 'back-up':
      void state.openBackup()
      return
    case 'restore':
      void state.openRestore()
      return
    case 'check-for-updates':
      void state.checkForUpdates()
      return
    case 'go-inbox':
      state.go('inbox')
      return
    case 'go-history':
      state.go('history')
      return
    case 'go-accounts':
      state.go('accounts')
      return
    case 'go-settings':
      state.go('settings')
      return
    case 'command-palette':
      state.openOverlay('palette')
      return
    case 'shortcuts':
      state.openOverlay('shortcuts')
      return
    case 'open-docs':
      void state.openLink('app-documentation')
      return
    case 'report-problem':
      void state.saveDiagnostics()
      return
    default:
      assertNever(command)
  }
}

/** Places whose screen has a search field. */
const searchable: ReadonlySet<AppState['place']> = new Set([
  'replicas',
  'videos',
  'models',
  'versions',
  'history',
  'people'
])

export const createCommandsSlice =
  (bridge: Bridge): Slice<CommandsSlice> =>
  (set, get) => {
    const findOf = async (
      kind: AssetKind,
      search: string,
      presence: Asset['presence']
    ): Promise<readonly Asset[]> => {
      const answer = await bridge.assetList({
        ...anyListed,
        presence,
        kind,
        search: search.slice(0, 200),
        sort: 'name-asc',
        limit: mostFound
      })
      return answer.ok ? answer.value.rows : []
    }
    return {
      overlay: null,
      findCount: 0,
      paletteText: '',
      setPaletteText: (paletteText) => set({ paletteText }),
      openOverlay: (overlay) => set({ overlay, paletteText: '' }),
      closeOverlay: () => set({ overlay: null }),
      find: () => {
        if (!searchable.has(get().place)) get().go(homeOf(get().accounts))
        // The page of one person has nothing to search in; the list of all does.
        if (get().place === 'people' && get().openPersonId !== null) get().showPerson(null)
        set((state) => ({ findCount: state.findCount + 1 }))
      },
      runCommand: (command) => {
        set({ overlay: null })
        run(command, get())
      },
      findAssets: async (search) => {
        const find = async (presence: Asset['presence']) =>
          (await Promise.all(assetKinds.map((kind) => findOf(kind, search, presence)))).flat()
        const listed = await find('listed')
        const gone = listed.length < mostFound ? await find('gone') : []
        return [...listed, ...gone].slice(0, mostFound)
      },
      showAsset: (ref) => {
        get().go(placeOf(ref.kind))
        get().select(ref)
      }
    }
  }
