import type { ReleaseNotes, UpdateStatus } from '../../shared/domain/update.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'
import { addNotice } from './notices-slice.ts'

export interface UpdatesSlice {
  /** How this app stands against the newest release; null: not asked for yet. */
  readonly update: UpdateStatus | null
  /** Asks main how it stands, and whether this is the first start of a version. Asks nobody else. */
  readonly takeUpdate: () => Promise<void>
  readonly noteUpdate: (update: UpdateStatus) => void
  readonly checkForUpdates: () => Promise<void>
  /** Somebody asked for updates: they are brought into view once. */
  readonly isUpdateWanted: boolean
  readonly noteUpdateSeen: () => void
  readonly installUpdate: () => Promise<void>
  readonly openReleases: () => Promise<void>
  /** What is shown of the changelog; null: nothing. */
  readonly whatsNew: readonly ReleaseNotes[] | null
  readonly openWhatsNew: () => Promise<void>
  readonly closeWhatsNew: () => void
}

/** The version that waits for the person, however it gets here. */
const waitingVersion = (update: UpdateStatus | null): string | null =>
  update?.stand.state === 'ready' || update?.stand.state === 'found' ? update.stand.version : null

export const createUpdatesSlice =
  (bridge: Bridge): Slice<UpdatesSlice> =>
  (set, get) => ({
    update: null,
    whatsNew: null,
    isUpdateWanted: false,
    noteUpdateSeen: () => set({ isUpdateWanted: false }),
    takeUpdate: async () => {
      const status = await bridge.updateGet({})
      if (status.ok) set({ update: status.value })
      const taken = await bridge.whatsNewTake({})
      if (!taken.ok || taken.value.version === null) return
      get().tell({ kind: 'updated', version: taken.value.version })
    },
    noteUpdate: (update) => {
      const waiting = waitingVersion(update)
      const isOld = waiting === waitingVersion(get().update)
      set(({ notices }) => ({
        update,
        notices:
          waiting === null || isOld
            ? notices
            : addNotice(
                notices.filter(({ kind }) => kind !== 'update'),
                { kind: 'update', version: waiting, way: update.way }
              )
      }))
    },
    checkForUpdates: async () => {
      set({ isUpdateWanted: true })
      get().go('settings')
      const answer = await bridge.updateCheck({})
      if (answer.ok) set({ update: answer.value })
      else get().tellFailure('check-updates', answer.error)
    },
    installUpdate: async () => {
      const answer = await bridge.updateInstall({})
      if (answer.ok) set({ update: answer.value })
      else get().tellFailure('install-update', answer.error)
    },
    openReleases: async () => {
      const answer = await bridge.updateOpenPage({})
      if (!answer.ok) get().tellFailure('open-link', answer.error)
    },
    openWhatsNew: async () => {
      const answer = await bridge.whatsNewGet({})
      if (answer.ok) set({ whatsNew: answer.value.releases })
      else get().tellFailure('show-notes', answer.error)
    },
    closeWhatsNew: () => set({ whatsNew: null })
  })
