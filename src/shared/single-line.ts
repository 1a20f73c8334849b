import type { HistoryEvent, HistoryLine } from './domain/history.ts'
import { historyTone } from './history-outcome.ts'

/** A record as a line of its own; without the picture and presence of what it is about. */
export const singleLine = (head: HistoryEvent): HistoryLine => ({
  id: head.seq,
  place: head.seq,
  head,
  computer: null,
  isSample: false,
  count: 1,
  startedAt: head.at,
  outcome: historyTone(head),
  isNew: false,
  batchId: null,
  posterId: null,
  presence: null,
  names: [],
  accountName: head.accountName,
  kinds: {},
  standings: {},
  checks: {},
  onlineCount: 0
})
