import type { HistoryLine } from '../../shared/domain/history.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'
import { type AsyncData, idle } from './async-data.ts'
import {
  type HistoryRows,
  oldestHead,
  recordKey,
  startHistory,
  withNewest,
  withOlder
} from './history-rows.ts'

export interface InboxSlice {
  /** What ended, failed, vanished or changed elsewhere; `isNew` of a line: it was not read. */
  readonly inbox: AsyncData<HistoryRows>
  readonly unreadCount: number
  readonly loadInbox: () => Promise<void>
  readonly loadOlderInbox: () => Promise<void>
  /** Null: all of them. */
  readonly markInbox: (ids: readonly number[] | null, isRead: boolean) => Promise<void>
  /** Opens the timeline where an operation stands in it, and what is written down of it. */
  readonly showLine: (line: HistoryLine) => Promise<void>
}

const linesAtOnce = 100

const marked = (
  lines: readonly HistoryLine[],
  ids: readonly number[] | null,
  isRead: boolean
): readonly HistoryLine[] =>
  lines.map((line) => (ids === null || ids.includes(line.id) ? { ...line, isNew: !isRead } : line))

export const createInboxSlice =
  (bridge: Bridge): Slice<InboxSlice> =>
  (set, get) => ({
    inbox: idle,
    unreadCount: 0,
    loadInbox: async () => {
      const answer = await bridge.inboxList({ beforeSeq: null, limit: linesAtOnce })
      const held = get().inbox
      if (!answer.ok) set({ inbox: { kind: 'failed', error: answer.error } })
      else {
        const rows =
          held.kind === 'ready' ? withNewest(held.value, answer.value) : startHistory(answer.value)
        set({ inbox: { kind: 'ready', value: rows } })
      }
    },
    loadOlderInbox: async () => {
      const { inbox } = get()
      if (inbox.kind !== 'ready' || inbox.value.isLoadingMore || !inbox.value.hasMore) return
      const beforeSeq = oldestHead(inbox.value)
      set({ inbox: { kind: 'ready', value: { ...inbox.value, isLoadingMore: true } } })
      const answer = await bridge.inboxList({ beforeSeq, limit: linesAtOnce })
      const now = get().inbox
      if (now.kind !== 'ready') return
      const value = answer.ok
        ? withOlder(now.value, answer.value)
        : { ...now.value, isLoadingMore: false }
      set({ inbox: { kind: 'ready', value } })
    },
    markInbox: async (ids, isRead) => {
      const answer = await bridge.inboxMark({ ids: ids === null ? null : [...ids], isRead })
      if (!answer.ok) {
        get().tellFailure('mark-read', answer.error)
        return
      }
      const { inbox } = get()
      if (inbox.kind === 'ready') {
        const lines = marked(inbox.value.lines, ids, isRead)
        set({ inbox: { kind: 'ready', value: { ...inbox.value, lines } } })
      }
      await get().countNewChanges()
    },
    showLine: async ({ id, head }) => {
      get().go('history')
      get().selectRecord(null)
      // The timeline begins with it, however long ago it was.
      const untilAt = new Date(Date.parse(head.at) + 1).toISOString()
      get().changeHistoryFilter({ ...unfiltered, untilAt })
      await get().loadHistory()
      get().selectRecord(head.seq, recordKey(id, false))
    }
  })
