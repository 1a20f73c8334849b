import type { HistoryWalk, Store } from '../../../src/main/ports/store.ts'
import type { HistoryTimeline, HistoryTimelineQuery } from '../../../src/shared/domain/history.ts'

/** A page of the timeline that is walked to its end at once. */
export const walkedIn = (read: Store['read'], query: HistoryTimelineQuery): HistoryWalk => {
  let walk = read.historyWalk(query)
  for (let next: HistoryWalk | null = walk; next !== null; next = read.historyStep(walk))
    walk = next
  return walk
}

export const timelineOf = (
  { read }: Pick<Store, 'read'>,
  query: HistoryTimelineQuery
): HistoryTimeline => read.historyLines(walkedIn(read, query))
