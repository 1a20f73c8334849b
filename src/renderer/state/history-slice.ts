import { bundleCount } from '../../shared/catalogue/history-events.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type {
  HistoryBundle,
  HistoryCheck,
  HistoryQuery,
  HistoryTimeline
} from '../../shared/domain/history.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { type AsyncData, askedAgain, fromResult, idle, loading } from './async-data.ts'
import {
  type HistoryRows,
  type OpenBundles,
  oldestSeq,
  startHistory,
  withNewest,
  withOlder
} from './history-rows.ts'

export type HistoryGroup = HistoryQuery['group']

export interface HistoryFilter {
  readonly search: string
  readonly group: HistoryGroup
  readonly accountId: AccountId | null
}

export interface HistorySlice {
  readonly historyFilter: HistoryFilter
  readonly history: AsyncData<HistoryRows>
  readonly openBundles: OpenBundles
  readonly selectedSeq: number | null
  readonly historyCheck: AsyncData<HistoryCheck>
  readonly isExporting: boolean
  readonly loadHistory: () => Promise<void>
  readonly loadOlderHistory: () => Promise<void>
  readonly reloadNewestHistory: () => Promise<void>
  readonly changeHistoryFilter: (change: Partial<HistoryFilter>) => void
  /** Everything that happened to one asset. */
  readonly showHistoryOf: (ref: AssetRef) => void
  /** Opens a bundle, or closes it if it is open. */
  readonly toggleBundle: (bundle: HistoryBundle) => Promise<void>
  readonly loadMoreOfBundle: (bundle: HistoryBundle) => Promise<void>
  readonly selectRecord: (seq: number | null) => void
  readonly checkHistory: () => Promise<void>
  /** Lets the keychain remember the end as it is now, in the place of one that differs. */
  readonly acceptHistoryEnd: () => Promise<void>
  /** The number of the last record, which is how many there are; null while there is none or it cannot be told. */
  readonly countHistory: () => Promise<number | null>
  readonly clearHistory: (headSeq: number) => Promise<void>
  readonly exportHistory: (format: 'csv' | 'jsonl') => Promise<void>
}

const recordsAtOnce = 200

const queryOf = (filter: HistoryFilter, beforeSeq: number | null): HistoryQuery => ({
  search: filter.search,
  accountId: filter.accountId,
  asset: null,
  group: filter.group,
  beforeSeq,
  limit: recordsAtOnce
})

/** What is searched for is shown one by one; anything else with neighbours of one kind as one. */
const askTimeline = async (
  bridge: Bridge,
  filter: HistoryFilter,
  beforeSeq: number | null
): Promise<Result<HistoryTimeline>> => {
  const { accountId, group } = filter
  if (filter.search === '') {
    return bridge.historyTimeline({ accountId, group, beforeSeq, limit: recordsAtOnce })
  }
  const answer = await bridge.historyList(queryOf(filter, beforeSeq))
  return answer.ok ? ok({ ...answer.value, bundles: [] }) : answer
}

export const createHistorySlice =
  (bridge: Bridge): Slice<HistorySlice> =>
  (set, get) => {
    /** Counts what was asked for, so that an answer to something older is told apart. */
    let wanted = 0
    let loadingNow: Promise<void> | null = null
    let reloading: Promise<void> | null = null
    let isNewestStale = false

    /** One search on its way at a time: letters that come meanwhile are answered by one more, not by one each. */
    const loadUntilCurrent = async (): Promise<void> => {
      for (;;) {
        const mine = wanted
        const answer = await askTimeline(bridge, get().historyFilter, null)
        if (mine !== wanted) continue
        loadingNow = null
        set({
          history: answer.ok
            ? { kind: 'ready', value: startHistory(answer.value) }
            : { kind: 'failed', error: answer.error }
        })
        return
      }
    }

    const reloadShownHistory = async (): Promise<void> => {
      const { history, historyFilter: filter, place } = get()
      // What is not on the screen is asked for when it is opened.
      if (place !== 'history' || history.kind !== 'ready') return
      const answer = await askTimeline(bridge, filter, null)
      const now = get().history
      if (!answer.ok || get().historyFilter !== filter || now.kind !== 'ready') return
      set({ history: { kind: 'ready', value: withNewest(now.value, answer.value) } })
    }

    /** One question on its way at a time; however much is told meanwhile is answered by one more. */
    const reloadUntilCurrent = async (): Promise<void> => {
      try {
        while (isNewestStale) {
          isNewestStale = false
          if (get().selected !== null) await get().reloadDetail()
          await reloadShownHistory()
        }
      } finally {
        reloading = null
      }
    }

    return {
      historyFilter: { search: '', group: 'all', accountId: null },
      history: idle,
      openBundles: new Map(),
      selectedSeq: null,
      historyCheck: idle,
      isExporting: false,
      loadHistory: () => {
        wanted += 1
        set((state) => ({ history: askedAgain(state.history) }))
        loadingNow ??= loadUntilCurrent()
        return loadingNow
      },
      loadOlderHistory: async () => {
        const { history, historyFilter: filter } = get()
        if (history.kind !== 'ready' || history.value.isLoadingMore || !history.value.hasMore)
          return
        const oldest = oldestSeq(history.value)
        if (oldest === null) return
        set({ history: { kind: 'ready', value: { ...history.value, isLoadingMore: true } } })
        const answer = await askTimeline(bridge, filter, oldest)
        const now = get().history
        if (get().historyFilter !== filter || now.kind !== 'ready') return
        set({
          history: answer.ok
            ? { kind: 'ready', value: withOlder(now.value, answer.value) }
            : { kind: 'ready', value: { ...now.value, isLoadingMore: false, hasMore: false } }
        })
      },
      reloadNewestHistory: () => {
        isNewestStale = true
        reloading ??= reloadUntilCurrent()
        return reloading
      },
      changeHistoryFilter: (change) => {
        set((state) => ({
          historyFilter: { ...state.historyFilter, ...change },
          openBundles: new Map()
        }))
        void get().loadHistory()
      },
      showHistoryOf: ({ accountId, id }) => {
        get().go('history')
        set({ selectedSeq: null })
        get().changeHistoryFilter({ search: id, group: 'all', accountId })
      },
      toggleBundle: async (bundle) => {
        if (!get().openBundles.has(bundle.newestSeq)) return get().loadMoreOfBundle(bundle)
        set(({ openBundles }) => {
          const left = new Map(openBundles)
          left.delete(bundle.newestSeq)
          return { openBundles: left }
        })
      },
      loadMoreOfBundle: async (bundle) => {
        const filter = get().historyFilter
        const held = get().openBundles.get(bundle.newestSeq) ?? []
        const beforeSeq = held.at(-1)?.seq ?? bundle.newestSeq + 1
        const limit = Math.min(recordsAtOnce, bundleCount(bundle) - held.length)
        const answer = await bridge.historyList({ ...queryOf(filter, beforeSeq), limit })
        if (!answer.ok || get().historyFilter !== filter) return
        set(({ openBundles }) => ({
          openBundles: new Map(openBundles).set(bundle.newestSeq, [...held, ...answer.value.rows])
        }))
      },
      selectRecord: (selectedSeq) => set({ selectedSeq }),
      checkHistory: async () => {
        set({ historyCheck: loading })
        set({ historyCheck: fromResult(await bridge.historyCheck({})) })
      },
      acceptHistoryEnd: async () => {
        const answer = await bridge.historyAcceptEnd({})
        if (!answer.ok) get().tellFailure('accept-end', answer.error)
        // What is shown by then is told with the health.
        else set({ historyCheck: idle })
      },
      countHistory: async () => {
        const anything: HistoryFilter = { search: '', group: 'all', accountId: null }
        const answer = await bridge.historyList({ ...queryOf(anything, null), limit: 1 })
        if (!answer.ok) get().tellFailure('clear-history', answer.error)
        return answer.ok ? (answer.value.rows[0]?.seq ?? null) : null
      },
      clearHistory: async (headSeq) => {
        const answer = await bridge.historyClear({ headSeq })
        if (!answer.ok) {
          get().tellFailure('clear-history', answer.error)
          return
        }
        const { count, keptAs } = answer.value
        get().tell({ kind: 'history-cleared', count, keptAs })
        set({ history: idle, openBundles: new Map(), selectedSeq: null, historyCheck: idle })
        await Promise.all([get().loadHistory(), get().reloadDetail()])
      },
      exportHistory: async (format) => {
        set({ isExporting: true })
        const answer = await bridge.historyExport({ format })
        set({ isExporting: false })
        if (!answer.ok) {
          get().tellFailure('export', answer.error)
          return
        }
        const { savedAs, count } = answer.value
        if (savedAs !== null) get().tell({ kind: 'exported', savedAs, count })
      }
    }
  }
