import type {
  HistoryBar,
  HistoryChart,
  HistoryChartQuery,
  HistoryCounts
} from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import { type HistoryPlaces, placesEach, type Store } from '../ports/store.ts'
import { chartBars, wholeDays } from '../rules/chart-bars.ts'

export interface HistoryChartDeps {
  readonly store: {
    readonly read: Pick<Store['read'], 'historySpan' | 'historyPlaces' | 'historyCounts'>
  }
  readonly clock: Pick<Clock, 'nowAt' | 'monotonicMs'>
  /** Whatever waits for its turn has it. */
  readonly rest: () => Promise<void>
}

/** A history of a day would be one bar over the whole width. */
const fewestDays = 30

/** So much of the timeline is counted in one go: a day can hold a hundred thousand operations. */
const placesAtOnce = 5_000 * placesEach

const nothing: HistoryCounts = { count: 0, deleted: 0, failed: 0, elsewhere: 0 }

const sum = (one: HistoryCounts, other: HistoryCounts): HistoryCounts => ({
  count: one.count + other.count,
  deleted: one.deleted + other.deleted,
  failed: one.failed + other.failed,
  elsewhere: one.elsewhere + other.elsewhere
})

/** So long it counts in one go; whatever else is asked of main then has its turn. */
const sliceMs = 4

/** Counts the timeline over time, bar by bar, and leaves room for everything else; the newest question alone is answered. */
export const createHistoryChart = ({ store, clock, rest }: HistoryChartDeps) => {
  let newest = 0
  let restedMs = clock.monotonicMs()

  const restIfDue = async (): Promise<void> => {
    if (clock.monotonicMs() - restedMs <= sliceMs) return
    await rest()
    restedMs = clock.monotonicMs()
  }

  /** Null: nobody waits for it any more. */
  const countIn = async (
    query: HistoryChartQuery,
    { from, until }: HistoryPlaces,
    isWanted: () => boolean
  ): Promise<HistoryCounts | null> => {
    let counted = nothing
    for (let at = from; at < until; at += placesAtOnce) {
      await restIfDue()
      if (!isWanted()) return null
      const part = { from: at, until: Math.min(at + placesAtOnce, until) }
      counted = sum(counted, store.read.historyCounts(query, part))
    }
    return counted
  }

  return async (query: HistoryChartQuery): Promise<Result<HistoryChart>> => {
    newest += 1
    const mine = newest
    const span = store.read.historySpan()
    if (span === null) return ok({ unit: 'day', bars: [] })
    const nowAt = clock.nowAt()
    const [, lastAt = nowAt] = [nowAt, span.lastAt].sort()
    const all = wholeDays(span.firstAt, lastAt, fewestDays)
    const { unit, bars } = chartBars(query.fromAt ?? all.fromAt, query.untilAt ?? all.untilAt)
    const drawn: HistoryBar[] = []
    for (const bar of bars) {
      const places = store.read.historyPlaces(bar.fromAt, bar.untilAt)
      const counted = await countIn(query, places, () => mine === newest)
      if (counted === null) return fail({ kind: 'canceled' })
      drawn.push({ ...bar, ...counted })
    }
    return ok({ unit, bars: drawn })
  }
}
