import type { AssetRef } from '../../shared/domain/asset.ts'
import type {
  HistoryCheck,
  HistoryFilter,
  HistoryLine,
  HistoryStory,
  HistoryTimeline
} from '../../shared/domain/history.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { askedFor, unfiltered } from '../../shared/history-filter.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { type AsyncData, askedAgain, fromResult, idle, loading } from './async-data.ts'
import {
  type HistoryRows,
  type OpenLines,
  oldestHead,
  startHistory,
  withNewest,
  withOlder
} from './history-rows.ts'

export interface HistorySlice {
  readonly historyFilter: HistoryFilter
  readonly history: AsyncData<HistoryRows>
  readonly openLines: OpenLines
  readonly selectedSeq: number | null
  /** The key of the line that the pane was opened from; null while it is closed. */
  readonly selectedOwner: string | null
  /** The story of what the pane is about. */
  readonly story: AsyncData<HistoryStory>
  /** The thing that the story is of. */
  readonly storyRef: AssetRef | null
  readonly historyCheck: AsyncData<HistoryCheck>
  /** How many changes came up elsewhere and were not acknowledged. */
  readonly newChanges: number
  readonly countNewChanges: () => Promise<void>
  /** Acknowledges the one of this operation, or all of them. */
  readonly acknowledgeChanges: (id: number | null) => Promise<void>
  readonly loadHistory: () => Promise<void>
  readonly loadOlderHistory: () => Promise<void>
  readonly reloadNewestHistory: () => Promise<void>
  readonly changeHistoryFilter: (change: Partial<HistoryFilter>) => void
  /** Everything that happened to one asset. */
  readonly showHistoryOf: (ref: AssetRef) => void
  /** Opens an operation to its records, or closes it if it is open. */
  readonly toggleLine: (line: HistoryLine) => Promise<void>
  readonly loadMoreOfLine: (line: HistoryLine) => Promise<void>
  /** Shows a record in the pane, opened from the line with this key or, without one, from where it was; null closes it. */
  readonly selectRecord: (seq: number | null, owner?: string) => void
  readonly loadStory: (ref: AssetRef) => Promise<void>
  /** Everything that happened to what is tied to a person. */
  readonly showPersonHistory: (personId: PersonId) => void
  readonly checkHistory: () => Promise<void>
  /** Puts what the last check said out of sight. */
  readonly closeHistoryCheck: () => void
  /** Lets the keychain remember the end as it is now, in the place of one that differs. */
  readonly acceptHistoryEnd: () => Promise<void>
  /** The number of the last record, which is how many there are; null while there is none or it cannot be told. */
  readonly countHistory: () => Promise<number | null>
  readonly clearHistory: (headSeq: number) => Promise<void>
}

const recordsAtOnce = 200
const mostAtOnce = 500

/** Whether the story is of this already, so that it stays while it is asked for anew. */
const isSameThing = (one: AssetRef | null, { id, kind, accountId }: AssetRef): boolean =>
  one?.id === id && one.kind === kind && one.accountId === accountId

const anything = {
  search: '',
  group: 'all',
  accountId: null,
  asset: null,
  beforeSeq: null
} as const

const askTimeline = (
  bridge: Bridge,
  filter: HistoryFilter,
  beforeSeq: number | null
): Promise<Result<HistoryTimeline>> =>
  bridge.historyTimeline({ ...askedFor(filter, Date.now()), beforeSeq, limit: recordsAtOnce })

export const createHistorySlice =
  (bridge: Bridge): Slice<HistorySlice> =>
  (set, get) => {
    /** Counts what was asked for, so that an answer to something older is told apart. */
    let wanted = 0
    let newestLoad = Promise.resolve()
    let reloading: Promise<void> | null = null
    let isNewestStale = false

    /** Each letter is asked for at once: main gives up what was asked for before it. */
    const loadAsked = async (): Promise<void> => {
      wanted += 1
      const mine = wanted
      for (;;) {
        const answer = await askTimeline(bridge, get().historyFilter, null)
        if (mine !== wanted) return newestLoad
        // Midnight came in between, and with it a question about other days.
        if (!answer.ok && answer.error.kind === 'canceled') continue
        set({
          history: answer.ok
            ? { kind: 'ready', value: startHistory(answer.value) }
            : { kind: 'failed', error: answer.error }
        })
        return
      }
    }

    /** Open operations that something was added to. */
    const grownOf = (before: HistoryRows, rows: HistoryRows): readonly HistoryLine[] => {
      const counts = new Map(before.lines.map(({ id, count }) => [id, count]))
      const open = get().openLines
      return rows.lines.filter(({ id, count }) => open.has(id) && counts.get(id) !== count)
    }

    const reopen = async ({ id }: HistoryLine): Promise<void> => {
      const held = get().openLines.get(id)?.length ?? 0
      const limit = Math.min(mostAtOnce, Math.max(recordsAtOnce, held))
      const answer = await bridge.historyParts({ id, beforeSeq: null, limit })
      if (!answer.ok || !get().openLines.has(id)) return
      set(({ openLines }) => ({ openLines: new Map(openLines).set(id, answer.value.rows) }))
    }

    /** Also of what is held below the newest page. */
    const noteAcknowledged = (id: number | null): void => {
      const { history } = get()
      if (history.kind !== 'ready') return
      const lines = history.value.lines.map((line) =>
        line.isNew && (id === null || line.id === id) ? { ...line, isNew: false } : line
      )
      set({ history: { kind: 'ready', value: { ...history.value, lines } } })
    }

    const reloadShownHistory = async (): Promise<void> => {
      const { history, historyFilter: filter, place } = get()
      // What is not on the screen is asked for when it is opened.
      if (place !== 'history' || history.kind !== 'ready') return
      const answer = await askTimeline(bridge, filter, null)
      const now = get().history
      if (!answer.ok || get().historyFilter !== filter || now.kind !== 'ready') return
      const rows = withNewest(now.value, answer.value)
      set({ history: { kind: 'ready', value: rows } })
      await Promise.all(grownOf(now.value, rows).map(reopen))
    }

    /** One question on its way at a time; however much is told meanwhile is answered by one more. */
    const reloadUntilCurrent = async (): Promise<void> => {
      try {
        while (isNewestStale) {
          isNewestStale = false
          await get().countNewChanges()
          if (get().selected !== null) await get().reloadDetail()
          await reloadShownHistory()
          if (get().place === 'inbox') await get().loadInbox()
          const { selectedSeq, storyRef } = get()
          if (selectedSeq !== null && storyRef !== null) await get().loadStory(storyRef)
        }
      } finally {
        reloading = null
      }
    }

    return {
      historyFilter: unfiltered,
      history: idle,
      openLines: new Map(),
      selectedSeq: null,
      selectedOwner: null,
      story: idle,
      storyRef: null,
      historyCheck: idle,
      newChanges: 0,
      countNewChanges: async () => {
        const answer = await bridge.historyCountNew({})
        if (answer.ok) set({ newChanges: answer.value.count, unreadCount: answer.value.unread })
      },
      acknowledgeChanges: async (id) => {
        const answer = await bridge.historyAcknowledge({ id })
        if (!answer.ok) {
          get().tellFailure('acknowledge', answer.error)
          return
        }
        await get().countNewChanges()
        noteAcknowledged(id)
      },
      loadHistory: () => {
        set((state) => ({ history: askedAgain(state.history) }))
        newestLoad = loadAsked()
        return newestLoad
      },
      loadOlderHistory: async () => {
        const { history, historyFilter: filter } = get()
        if (history.kind !== 'ready' || history.value.isLoadingMore || !history.value.hasMore)
          return
        const oldest = oldestHead(history.value)
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
          openLines: new Map()
        }))
        void get().loadHistory()
      },
      showHistoryOf: ({ accountId, id }) => {
        get().go('history')
        get().selectRecord(null)
        get().changeHistoryFilter({ ...unfiltered, search: id, accountId })
      },
      toggleLine: async (line) => {
        if (!get().openLines.has(line.id)) return get().loadMoreOfLine(line)
        set(({ openLines }) => {
          const left = new Map(openLines)
          left.delete(line.id)
          return { openLines: left }
        })
      },
      loadMoreOfLine: async ({ id }) => {
        const filter = get().historyFilter
        const held = get().openLines.get(id) ?? []
        const beforeSeq = held.at(-1)?.seq ?? null
        const answer = await bridge.historyParts({ id, beforeSeq, limit: recordsAtOnce })
        if (!answer.ok || get().historyFilter !== filter) return
        set(({ openLines }) => ({
          openLines: new Map(openLines).set(id, [...held, ...answer.value.rows])
        }))
      },
      selectRecord: (selectedSeq, owner) =>
        set(({ selectedOwner }) => ({
          selectedSeq,
          selectedOwner: selectedSeq === null ? null : (owner ?? selectedOwner)
        })),
      loadStory: async (ref) => {
        if (!isSameThing(get().storyRef, ref)) set({ story: loading })
        set({ storyRef: ref })
        const answer = await bridge.historyStory({ ref, limit: mostAtOnce })
        if (get().storyRef === ref) set({ story: fromResult(answer) })
      },
      showPersonHistory: (personId) => {
        get().go('history')
        get().selectRecord(null)
        get().changeHistoryFilter({ ...unfiltered, personId })
      },
      checkHistory: async () => {
        set({ historyCheck: loading })
        set({ historyCheck: fromResult(await bridge.historyCheck({})) })
      },
      closeHistoryCheck: () => set({ historyCheck: idle }),
      acceptHistoryEnd: async () => {
        const answer = await bridge.historyAcceptEnd({})
        if (!answer.ok) get().tellFailure('accept-end', answer.error)
        // What is shown by then is told with the health.
        else set({ historyCheck: idle })
      },
      countHistory: async () => {
        const answer = await bridge.historyList({ ...anything, limit: 1 })
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
        set({
          history: idle,
          openLines: new Map(),
          selectedSeq: null,
          selectedOwner: null,
          historyCheck: idle,
          inbox: idle
        })
        await Promise.all([get().loadHistory(), get().reloadDetail()])
      }
    }
  }
