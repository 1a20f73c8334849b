import type { AccountId } from '../../shared/domain/account.ts'
import type { Asset, AssetCounts, AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { isSameAsset } from './asset-key.ts'
import { type AsyncData, askedAgain, fromResult, idle, loading } from './async-data.ts'
import {
  findHeld,
  firstFilter,
  type LibraryFilter,
  type LibraryPages,
  offsetsFor,
  queryOf,
  replaceAsset,
  startWith,
  withPage
} from './library-pages.ts'

export interface LibrarySlice {
  readonly filter: LibraryFilter
  readonly library: AsyncData<LibraryPages>
  readonly counts: AssetCounts | null
  readonly isRefreshing: boolean
  readonly selected: AssetRef | null
  readonly detail: AsyncData<Asset>
  readonly detailHistory: AsyncData<readonly HistoryEvent[]>
  readonly loadLibrary: () => Promise<void>
  readonly reloadLibrary: () => Promise<void>
  readonly showRange: (first: number, last: number) => void
  readonly changeFilter: (change: Partial<LibraryFilter>) => void
  readonly refreshLibrary: () => Promise<void>
  readonly refreshAccount: (accountId: AccountId | null) => Promise<void>
  readonly select: (ref: AssetRef | null) => void
  readonly reloadDetail: () => Promise<void>
  readonly renameAsset: (ref: AssetRef, name: string) => Promise<Result<Asset>>
  readonly forgetAccountInViews: (accountId: AccountId) => void
}

const eventsInDetail = 8

export const createLibrarySlice =
  (bridge: Bridge): Slice<LibrarySlice> =>
  (set, get) => {
    /** The rows that are on the screen; only their pages are asked for again. */
    let shown = { first: 0, last: 0 }
    const asked = new Set<string>()
    /** Counts filters, so that a late answer to an old one is told apart. */
    let generation = 0
    let reloading: Promise<void> | null = null
    let isReloadDue = false

    const fetchPage = async (offset: number, from: number): Promise<void> => {
      const answer = await bridge.assetList(queryOf(get().filter, offset))
      if (from !== generation) return
      set((state) => {
        if (!answer.ok) {
          return state.library.kind === 'ready'
            ? {}
            : { library: { kind: 'failed', error: answer.error } }
        }
        const value =
          state.library.kind === 'ready'
            ? withPage(state.library.value, offset, answer.value)
            : startWith(answer.value)
        return { library: { kind: 'ready', value } }
      })
    }

    const fetchOnce = async (offset: number): Promise<void> => {
      const key = `${generation}/${offset}`
      if (asked.has(key)) return
      asked.add(key)
      await fetchPage(offset, generation)
      asked.delete(key)
    }

    const loadCounts = async (): Promise<void> => {
      const answer = await bridge.assetCount({ accountId: null })
      if (answer.ok) set({ counts: answer.value })
    }

    const reloadOnce = async (): Promise<void> => {
      const offsets = offsetsFor(shown.first, shown.last)
      await Promise.all([
        ...offsets.map((offset) => fetchPage(offset, generation)),
        loadCounts(),
        get().reloadDetail()
      ])
      set((state) =>
        state.library.kind === 'ready'
          ? { library: { kind: 'ready', value: onlyPages(state.library.value, offsets) } }
          : {}
      )
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
      isRefreshing: false,
      selected: null,
      detail: idle,
      detailHistory: idle,
      loadLibrary: async () => {
        generation += 1
        const mine = generation
        set((state) => ({ library: askedAgain(state.library) }))
        const answer = await bridge.assetList(queryOf(get().filter, 0))
        if (mine !== generation) return
        set({
          library: answer.ok
            ? { kind: 'ready', value: startWith(answer.value) }
            : { kind: 'failed', error: answer.error }
        })
      },
      reloadLibrary: () => {
        if (reloading === null) reloading = reload()
        else isReloadDue = true
        return reloading
      },
      showRange: (first, last) => {
        shown = { first, last }
        const { library } = get()
        if (library.kind !== 'ready') return
        for (const offset of offsetsFor(first, last)) {
          if (!library.value.pages.has(offset)) void fetchOnce(offset)
        }
      },
      changeFilter: (change) => {
        set((state) => ({ filter: { ...state.filter, ...change } }))
        shown = { first: 0, last: 0 }
        void get().loadLibrary()
      },
      refreshLibrary: () => get().refreshAccount(get().filter.accountId),
      refreshAccount: async (accountId) => {
        set({ isRefreshing: true })
        const answer = await bridge.libraryRefresh({ accountId })
        set({ isRefreshing: false })
        if (!answer.ok) {
          get().tellFailure('refresh', answer.error)
          return
        }
        for (const status of answer.value) get().noteSync(status)
        await get().reloadLibrary()
      },
      select: (ref) => {
        if (ref === null) {
          set({ selected: null, detail: idle, detailHistory: idle })
          return
        }
        const { library } = get()
        const held = library.kind === 'ready' ? findHeld(library.value, ref) : null
        set({
          selected: ref,
          detail: held === null ? loading : { kind: 'ready', value: held },
          detailHistory: loading
        })
        void get().reloadDetail()
      },
      reloadDetail: async () => {
        const ref = get().selected
        if (ref === null) return
        const [asset, history] = await Promise.all([
          bridge.assetGet({ ref }),
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
          detailHistory: history.ok
            ? { kind: 'ready', value: history.value.rows }
            : { kind: 'failed', error: history.error }
        })
      },
      renameAsset: async (ref, name) => {
        const answer = await bridge.assetRename({ ref, name })
        if (answer.ok) {
          const renamed = answer.value
          set((state) => ({
            library:
              state.library.kind === 'ready'
                ? { kind: 'ready', value: replaceAsset(state.library.value, renamed) }
                : state.library
          }))
          get().tell({ kind: 'renamed', name: renamed.name })
          void get().reloadDetail()
        }
        return answer
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

/** After a change elsewhere, pages that were not asked for again may be wrong, so they are dropped. */
const onlyPages = (held: LibraryPages, offsets: readonly number[]): LibraryPages => ({
  total: held.total,
  pages: new Map([...held.pages].filter(([start]) => offsets.includes(start)))
})
