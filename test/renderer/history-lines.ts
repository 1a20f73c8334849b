import type { HistoryEvent, HistoryLine } from '../../src/shared/domain/history.ts'

/** A line of the timeline that is one record. */
export const testLine = (head: HistoryEvent, changes: Partial<HistoryLine> = {}): HistoryLine => ({
  id: head.seq,
  place: head.seq,
  computer: null,
  isSample: false,
  head,
  count: 1,
  startedAt: head.at,
  outcome: 'quiet',
  isNew: false,
  batchId: null,
  posterId: null,
  presence: 'listed',
  names: [],
  accountName: head.accountName,
  kinds: {},
  standings: {},
  checks: {},
  onlineCount: 0,
  ...changes
})
