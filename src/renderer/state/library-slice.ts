import { type AssetKind, kinds } from '../../shared/catalogue/kinds.ts'
import type { SmallSide } from '../../shared/catalogue/small-pictures.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type {
  Asset,
  AssetCounts,
  AssetLink,
  AssetPage,
  AssetRef
} from '../../shared/domain/asset.ts'
import type { FirstLook } from '../../shared/domain/first-look.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { PalPage } from '../../shared/domain/pal-page.ts'
import type { TrainingOutlook } from '../../shared/domain/training-outlook.ts'
import type { Transcript } from '../../shared/domain/transcript.ts'
import type { VoiceUse } from '../../shared/domain/voice.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { isSameAsset } from './asset-key.ts'
import { type AsyncData, askedAgain, fromResult, idle, loading } from './async-data.ts'
import {
  cleared,
  findHeld,
  firstFilter,
  followed,
  forKind,
  keepNear,
  type LibraryFilter,
  type LibraryPages,
  offsetsFor,
  offsetsToAsk,
  pageSize,
  placeAmong,
  queryOf,
  replaceAsset,
  rowAt,
  type Spot,
  startWith,
  withOnly,
  withPage
} from './library-pages.ts'

export interface LibrarySlice {
  readonly filter: LibraryFilter
  readonly library: AsyncData<LibraryPages>
  /** Of all accounts, for the side bar. */
  readonly counts: AssetCounts | null
  /** Of the account that is filtered by, for the filters. */
  readonly viewCounts: AssetCounts | null
  readonly isRefreshing: boolean
  readonly selected: AssetRef | null
  readonly detail: AsyncData<Asset>
  readonly detailHistory: AsyncData<readonly HistoryEvent[]>
  /** How long the selected replica's training takes, and what had been foretold of it; null: nothing is known. */
  readonly detailOutlook: TrainingOutlook | null
  /** What it is tied to by a face or a voice; null where that is not known, or no question. */
  readonly detailVoices: readonly VoiceUse[] | null
  /** The public pages that a PAL is on, asked for at the provider. */
  readonly palPages: (ref: AssetRef) => Promise<AsyncData<readonly PalPage[]>>
  /** What was said in a conversation; handed over, and kept nowhere. */
  readonly readTranscript: (ref: AssetRef) => Promise<Result<Transcript>>
  readonly saveTranscript: (ref: AssetRef) => Promise<void>
  /** Shows rows that the last run left, until they are confirmed. */
  readonly showKnown: (kind: AssetKind, page: AssetPage) => void
  /** Puts what main holds in the place of rows that the last run left, where they are. */
  readonly confirmLibrary: () => Promise<void>
  readonly loadLibrary: () => Promise<void>
  readonly reloadLibrary: () => Promise<void>
  readonly showRange: (first: number, last: number) => void
  /** The rows `first` to `last` of the listing, asked for where they are not held. */
  readonly rowsBetween: (first: number, last: number) => Promise<readonly Asset[]>
  /** The row that the keyboard is at: an asset, through whatever becomes of the rows around it. Null: the first. */
  readonly marked: Spot | null
  readonly mark: (spot: Spot) => void
  /** Where an asset stands in the listing now; null: it is not in it, or that cannot be told. */
  readonly placeOf: (ref: AssetRef) => Promise<number | null>
  /** The next asset whose name begins with what was typed, from a place on; null: none. */
  readonly spotOfTyped: (text: string, from: number) => Promise<Spot | null>
  /** Opens the first asset of what is searched for now, once that is listed. */
  readonly openFirst: () => Promise<void>
  /** Tells main where the cards of the first screen stand; nothing is told if it fails, for it only saves time. */
  readonly noteFirstLook: (look: FirstLook) => void
  /** Has main ready for a search in what is listed; nothing is told, for it is found without that too. */
  readonly prepareSearch: () => void
  readonly showKind: (kind: AssetKind) => void
  /** The videos made with a replica, or the versions of a model. */
  readonly showMadeFrom: (parent: Asset) => void
  readonly changeFilter: (change: Partial<LibraryFilter>) => void
  readonly refreshLibrary: () => Promise<void>
  readonly refreshAccount: (accountId: AccountId | null) => Promise<void>
  /** Ends the refreshes of the accounts in view. */
  readonly stopRefresh: () => Promise<void>
  readonly select: (ref: AssetRef | null) => void
  readonly reloadDetail: () => Promise<void>
  /** `canUndo` false: this takes back another one. */
  readonly renameAsset: (ref: AssetRef, name: string, canUndo?: boolean) => Promise<Result<Asset>>
  /** Hands the picture of an asset to the system while the pointer is held. */
  readonly dragOut: (ref: AssetRef) => Promise<void>
  /** Nothing is told if it fails: what has no small copy is shown as it came. */
  readonly keepSmallPicture: (pictureId: string, side: SmallSide, webp: string) => Promise<void>
  readonly copyLink: (asset: Asset, link: AssetLink) => Promise<boolean>
  readonly forgetAccountInViews: (accountId: AccountId) => void
}

const eventsInDetail = 8

/** Pages on their way at once; more would only queue behind pages that have flown past by then. */
const mostAsked = 2

/** The name that an asset has as far as the window knows; null: it does not hold it. */
export const nameOf = (
  { library, detail }: Pick<LibrarySlice, 'library' | 'detail'>,
  ref: AssetRef
): string | null => {
  const held = library.kind === 'ready' ? findHeld(library.value, ref) : null
  const shown = detail.kind === 'ready' && isSameAsset(detail.value.ref, ref) ? detail.value : null
  return (held ?? shown)?.name ?? null
}

export const createLibrarySlice =
  (bridge: Bridge): Slice<LibrarySlice> =>
  (set, get) => {
    /** The rows that are on the screen; only their pages are asked for again. */
    let shown = { first: 0, last: 0 }
    const asked = new Map<string, Promise<boolean>>()
    /** Counts filters, so that a late answer to an old one is told apart. */
    let generation = 0
    let listing: Promise<void> | null = null
    let reloading: Promise<void> | null = null
    /** While the rows are those that the last run left, no further ones are asked for: the core is not there yet. */
    let isProvisional = false
    let isReloadDue = false

    /** Each kind keeps the order that was chosen for it. */
    const sorts = new Map<AssetKind, LibraryFilter['sort']>()

    /** Answers true if the page came and still belongs to what is looked at. */
    const fetchPage = async (offset: number, from: number): Promise<boolean> => {
      const answer = await bridge.assetList(queryOf(get().filter, offset, Date.now()))
      if (from !== generation) return false
      set((state) => {
        if (!answer.ok) {
          return state.library.kind === 'ready'
            ? {}
            : { library: { kind: 'failed', error: answer.error } }
        }
        const value =
          state.library.kind === 'ready'
            ? keepNear(withPage(state.library.value, offset, answer.value), shown.first)
            : startWith(answer.value, from)
        return { library: { kind: 'ready', value } }
      })
      return answer.ok
    }

    const readPages = async (
      offsets: readonly number[]
    ): Promise<ReadonlyMap<number, AssetPage>> => {
      const { filter } = get()
      const answers = await Promise.all(
        offsets.map(async (offset) => {
          const answer = await bridge.assetList(queryOf(filter, offset, Date.now()))
          return answer.ok ? [[offset, answer.value] as const] : []
        })
      )
      return new Map(answers.flat())
    }

    /** Null: not in the listing. Undefined: could not be told. */
    const askPlace = async (ref: AssetRef): Promise<number | null | undefined> => {
      const answer = await bridge.assetPlace({ query: queryOf(get().filter, 0, Date.now()), ref })
      return answer.ok ? answer.value.place : undefined
    }

    const fetchOnce = (offset: number): Promise<boolean> => {
      const key = `${generation}/${offset}`
      const running = asked.get(key)
      if (running !== undefined) return running
      const started = fetchPage(offset, generation).finally(() => {
        asked.delete(key)
      })
      asked.set(key, started)
      return started
    }

    /** One listing on its way at a time: filters that change meanwhile are answered by one more, not by one each. */
    const listUntilCurrent = async (): Promise<void> => {
      for (;;) {
        const mine = generation
        const answer = await bridge.assetList(queryOf(get().filter, 0, Date.now()))
        if (mine !== generation) continue
        listing = null
        set({
          marked: null,
          library: answer.ok
            ? { kind: 'ready', value: startWith(answer.value, mine) }
            : { kind: 'failed', error: answer.error }
        })
        return
      }
    }

    /** Asks for what is on the screen now, not for what flew past while the last pages were on their way. */
    const askForShown = (): void => {
      const { library } = get()
      if (library.kind !== 'ready' || isProvisional) return
      const { pages, total } = library.value
      const offsets = offsetsToAsk(
        shown,
        total,
        (offset) => pages.has(offset) || asked.has(`${generation}/${offset}`)
      )
      for (const offset of offsets.slice(0, Math.max(0, mostAsked - asked.size))) {
        void fetchOnce(offset).then((isHere) => {
          if (isHere) askForShown()
        })
      }
    }

    const loadCounts = async (): Promise<void> => {
      const { accountId } = get().filter
      const all = await bridge.assetCount({ accountId: null })
      if (!all.ok) return
      const inView = accountId === null ? all : await bridge.assetCount({ accountId })
      if (accountId === get().filter.accountId && inView.ok) set({ viewCounts: inView.value })
      set({ counts: all.value })
    }

    /**
     * All that is on the screen changes at once, and with it the place of what the keyboard is at: in between, a key
     * would find another asset there. After a change elsewhere, pages that were not asked for again may be wrong, so
     * they are dropped.
     */
    const reloadRows = async (): Promise<void> => {
      const from = generation
      if (get().library.kind !== 'ready') {
        await fetchPage(0, from)
        return
      }
      const inView = offsetsFor(shown.first, shown.last)
      const read = await readPages(inView)
      const ref = get().marked?.ref ?? null
      const rows = new Map([...read].map(([offset, page]) => [offset, page.rows]))
      const place = ref === null ? undefined : (placeAmong(rows, ref) ?? (await askPlace(ref)))
      const around = typeof place === 'number' ? offsetsFor(place, place) : []
      const further = await readPages(around.filter((offset) => !read.has(offset)))
      if (from !== generation) return
      const all = new Map([...read, ...further])
      set(({ library, marked }) => ({
        ...(library.kind === 'ready'
          ? {
              library: {
                kind: 'ready' as const,
                value: withOnly(library.value, [...new Set([...inView, ...around])], all)
              }
            }
          : {}),
        marked:
          marked !== null && place !== undefined && isSameAsset(marked.ref, ref)
            ? followed(marked, place)
            : marked
      }))
    }

    const reloadOnce = async (): Promise<void> => {
      await Promise.all([reloadRows(), loadCounts(), get().reloadDetail()])
    }

    /** Changes that come while a reload runs are answered by one more, not by one each. */
    const reload = async (): Promise<void> => {
      do {
        isReloadDue = false
        await reloadOnce()
      } while (isReloadDue)
      reloading = null
    }

    return {
      filter: firstFilter,
      library: idle,
      counts: null,
      viewCounts: null,
      isRefreshing: false,
      selected: null,
      marked: null,
      detail: idle,
      detailHistory: idle,
      detailOutlook: null,
      detailVoices: null,
      readTranscript: (ref) => bridge.transcriptGet({ ref }),
      saveTranscript: async (ref) => {
        const answer = await bridge.transcriptSave({ ref })
        if (!answer.ok) get().tellFailure('save-transcript', answer.error)
        else if (answer.value.savedAs !== null) {
          get().tell({ kind: 'transcript-saved', savedAs: answer.value.savedAs })
        }
      },
      showKnown: (kind, page) => {
        isProvisional = true
        set((state) => ({
          filter: forKind(state.filter, kind),
          library: { kind: 'ready', value: startWith(page, generation) }
        }))
      },
      confirmLibrary: async () => {
        const from = generation
        const answer = await bridge.assetList(queryOf(get().filter, 0, Date.now()))
        isProvisional = false
        if (from !== generation) return
        if (!answer.ok) {
          set({ library: { kind: 'failed', error: answer.error } })
          return
        }
        const { library, marked } = get()
        const first = new Map([[0, answer.value]])
        const rows = new Map([[0, answer.value.rows]])
        const ref = marked?.ref ?? null
        const place = ref === null ? null : placeAmong(rows, ref)
        // What lies further down has to be asked for as well.
        if (
          library.kind !== 'ready' ||
          shown.last >= pageSize ||
          (ref !== null && place === null)
        ) {
          await reloadRows()
          return
        }
        set({
          library: { kind: 'ready', value: withOnly(library.value, [0], first) },
          marked: marked === null || ref === null ? marked : followed(marked, place)
        })
        askForShown()
      },
      loadLibrary: () => {
        generation += 1
        isProvisional = false
        set((state) => ({ library: askedAgain(state.library) }))
        listing ??= listUntilCurrent()
        return listing
      },
      reloadLibrary: () => {
        if (reloading === null) reloading = reload()
        else isReloadDue = true
        return reloading
      },
      showRange: (first, last) => {
        shown = { first, last }
        askForShown()
      },
      mark: (marked) => {
        const now = get().marked
        const isSame = now?.index === marked.index && isSameAsset(now.ref, marked.ref)
        if (!isSame) set({ marked })
      },
      placeOf: async (ref) => {
        const { library } = get()
        const held = library.kind === 'ready' ? placeAmong(library.value.pages, ref) : null
        return held ?? (await askPlace(ref)) ?? null
      },
      spotOfTyped: async (text, from) => {
        const query = queryOf(get().filter, 0, Date.now())
        const answer = await bridge.assetTyped({ query, text, from })
        const found = answer.ok ? answer.value.found : null
        return found === null ? null : { ref: found.ref, index: found.place }
      },
      noteFirstLook: (look) => {
        void bridge.firstScreenNote({ ...look, cards: [...look.cards] })
      },
      prepareSearch: () => {
        void bridge.assetPrepareSearch(queryOf(get().filter, 0, Date.now()))
      },
      openFirst: async () => {
        await get().loadLibrary()
        const { library } = get()
        const first = library.kind === 'ready' ? rowAt(library.value, 0) : null
        if (first === null) return
        get().mark({ ref: first.ref, index: 0 })
        get().select(first.ref)
      },
      rowsBetween: async (first, last) => {
        const from = generation
        const held = (): LibraryPages | null => {
          const { library } = get()
          return library.kind === 'ready' && from === generation ? library.value : null
        }
        const rows: Asset[] = []
        for (const offset of offsetsFor(first, last)) {
          if (held()?.pages.has(offset) === false) await fetchOnce(offset)
          const value = held()
          if (value === null) return []
          for (let index = Math.max(first, offset); index <= last; index += 1) {
            if (index >= offset + pageSize) break
            const row = rowAt(value, index)
            if (row !== null) rows.push(row)
          }
        }
        return rows
      },
      showKind: (kind) => {
        if (get().filter.kind === kind) return
        set((state) => {
          sorts.set(state.filter.kind, state.filter.sort)
          const filter = forKind(state.filter, kind, sorts.get(kind))
          const account = state.accounts.find(({ id }) => id === filter.accountId)
          // An account of the other provider has nothing of this kind.
          const accountId = account?.provider === kinds[kind].provider ? account.id : null
          return { filter: { ...filter, accountId }, library: idle }
        })
        get().select(null)
        get().changeFilter({})
      },
      showMadeFrom: ({ ref, name }) => {
        get().go(ref.kind === 'replica' ? 'videos' : 'versions')
        get().select(null)
        get().changeFilter({
          ...cleared(get().filter),
          accountId: ref.accountId,
          parent: { ref, name }
        })
      },
      changeFilter: (change) => {
        const before = get().filter.accountId
        set((state) => ({ filter: { ...state.filter, ...change } }))
        shown = { first: 0, last: 0 }
        // What is no longer in sight must not be deleted with what is.
        get().clearChosen()
        void get().loadLibrary()
        if (get().filter.accountId !== before) void loadCounts()
      },
      refreshLibrary: () => get().refreshAccount(get().filter.accountId),
      stopRefresh: async () => {
        const { accountId } = get().filter
        const answer = await bridge.libraryStop({ accountId })
        if (answer.ok) for (const status of answer.value) get().noteSync(status)
        else get().tellFailure('refresh', answer.error, accountId)
      },
      refreshAccount: async (accountId) => {
        set({ isRefreshing: true })
        const answer = await bridge.libraryRefresh({ accountId })
        set({ isRefreshing: false })
        if (!answer.ok) {
          get().tellFailure('refresh', answer.error, accountId)
          return
        }
        for (const status of answer.value) get().noteSync(status)
        await get().reloadLibrary()
      },
      select: (ref) => {
        if (ref === null) {
          set({ selected: null, detail: idle, detailHistory: idle, pastDeletions: idle })
          return
        }
        const { library } = get()
        const held = library.kind === 'ready' ? findHeld(library.value, ref) : null
        set({
          selected: ref,
          detail: held === null ? loading : { kind: 'ready', value: held },
          detailHistory: loading,
          detailOutlook: null,
          detailVoices: null,
          pastDeletions: idle
        })
        void get().reloadDetail()
      },
      reloadDetail: async () => {
        const ref = get().selected
        if (ref === null) return
        const [asset, outlook, voices, history] = await Promise.all([
          bridge.assetGet({ ref }),
          ref.kind === 'replica' ? bridge.trainingOutlook({ ref }) : null,
          ['replica', 'voice', 'persona'].includes(ref.kind) ? bridge.voiceUses({ ref }) : null,
          bridge.historyList({
            search: '',
            accountId: null,
            asset: ref,
            group: 'all',
            beforeSeq: null,
            limit: eventsInDetail
          })
        ])
        if (!isSameAsset(get().selected, ref)) return
        set({
          detail: fromResult(asset),
          detailOutlook: outlook?.ok === true ? outlook.value : null,
          detailVoices: voices?.ok === true ? voices.value.uses : null,
          detailHistory: history.ok
            ? { kind: 'ready', value: history.value.rows }
            : { kind: 'failed', error: history.error }
        })
      },
      palPages: async (ref) => {
        const told = await bridge.palPages({ ref })
        return told.ok
          ? { kind: 'ready', value: told.value.pages }
          : { kind: 'failed', error: told.error }
      },
      renameAsset: async (ref, name, canUndo = true) => {
        const before = canUndo ? nameOf(get(), ref) : null
        const answer = await bridge.assetRename({ ref, name })
        if (answer.ok) {
          const renamed = answer.value
          // A provider takes no empty name, and a name that is not known cannot be had back.
          const undo = before === null || before === '' || before === renamed.name ? null : before
          set((state) => ({
            library:
              state.library.kind === 'ready'
                ? { kind: 'ready', value: replaceAsset(state.library.value, renamed) }
                : state.library
          }))
          get().tell({
            kind: 'renamed',
            name: renamed.name,
            undo: undo === null ? null : { of: 'rename', ref, name: undo }
          })
          void get().reloadDetail()
        }
        return answer
      },
      dragOut: async (ref) => {
        const answer = await bridge.assetStartDrag({ ref })
        if (!answer.ok) get().tellFailure('drag-out', answer.error)
      },
      keepSmallPicture: async (pictureId, side, webp) => {
        await bridge.pictureKeepSmall({ pictureId, side, webp })
      },
      copyLink: async (asset, link) => {
        const answer = await bridge.assetCopyLink({ ref: asset.ref, link })
        if (!answer.ok) get().tellFailure('copy-link', answer.error, asset.ref.accountId)
        return answer.ok
      },
      forgetAccountInViews: (accountId) => {
        set((state) => ({
          sync: new Map([...state.sync].filter(([id]) => id !== accountId)),
          ...(state.selected?.accountId === accountId
            ? { selected: null, detail: idle, detailHistory: idle }
            : {}),
          historyFilter:
            state.historyFilter.accountId === accountId
              ? { ...state.historyFilter, accountId: null }
              : state.historyFilter
        }))
        get().changeFilter(get().filter.accountId === accountId ? { accountId: null } : {})
        void loadCounts()
      }
    }
  }
