import type {
  HistoryBar,
  HistoryChart,
  HistoryChartQuery,
  HistoryCounts
} from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { HistoryCounting, HistoryStretch, Store } from '../ports/store.ts'
import { chartBars, wholeDays } from '../rules/chart-bars.ts'
import { createTurns, type TurnsDeps } from './turns.ts'

export interface HistoryChartDeps extends TurnsDeps {
  readonly store: {
    readonly read: Pick<
      Store['read'],
      'historyCounting' | 'historyOfPerson' | 'historyStretches' | 'historyCounts'
    >
  }
  readonly clock: Pick<Clock, 'nowAt' | 'monotonicMs'>
}

/** A history of a day would be one bar over the whole width. */
const fewestDays = 30

const nothing: HistoryCounts = { count: 0, deleted: 0, failed: 0, elsewhere: 0 }

const sum = (one: HistoryCounts, other: HistoryCounts): HistoryCounts => ({
  count: one.count + other.count,
  deleted: one.deleted + other.deleted,
  failed: one.failed + other.failed,
  elsewhere: one.elsewhere + other.elsewhere
})

const partsOf = ({ from, until }: HistoryStretch, atOnce: number): readonly HistoryStretch[] =>
  Array.from({ length: Math.ceil((until - from) / atOnce) }, (_, part) => ({
    from: from + part * atOnce,
    until: Math.min(from + (part + 1) * atOnce, until)
  }))

/** Counts the timeline over time, bar by bar, and leaves room for everything else; the newest question alone is answered. */
export const createHistoryChart = ({ store, clock, rest }: HistoryChartDeps) => {
  let newest = 0
  const restIfDue = createTurns({ clock, rest })

  /** Null: nobody waits for it any more. */
  const wholePerson = async (
    begun: HistoryCounting,
    isWanted: () => boolean
  ): Promise<HistoryCounting | null> => {
    let counting = begun
    while (counting.persons !== null && counting.persons.left.length > 0) {
      await restIfDue()
      if (!isWanted()) return null
      counting = { ...counting, persons: store.read.historyOfPerson(counting.persons) }
    }
    return counting
  }

  /** Null: nobody waits for it any more. */
  const countIn = async (
    counting: HistoryCounting,
    stretches: readonly HistoryStretch[],
    isWanted: () => boolean
  ): Promise<HistoryCounts | null> => {
    let counted = nothing
    for (const part of stretches.flatMap((stretch) => partsOf(stretch, counting.atOnce))) {
      await restIfDue()
      if (!isWanted()) return null
      counted = sum(counted, store.read.historyCounts(counting, part))
    }
    return counted
  }

  return async (query: HistoryChartQuery): Promise<Result<HistoryChart>> => {
    newest += 1
    const mine = newest
    // The page of the timeline is found first, and the next letter has its turn.
    if (query.search !== '') await rest()
    if (mine !== newest) return fail({ kind: 'canceled' })
    const isWanted = () => mine === newest
    const counting = await wholePerson(store.read.historyCounting(query), isWanted)
    if (counting === null) return fail({ kind: 'canceled' })
    const { span } = counting
    const of = query.search === '' ? 'operations' : 'records'
    if (span === null) return ok({ of, unit: 'day', bars: [] })
    const nowAt = clock.nowAt()
    const [, lastAt = nowAt] = [nowAt, span.lastAt].sort()
    const all = wholeDays(span.firstAt, lastAt, fewestDays)
    const { unit, bars } = chartBars(query.fromAt ?? all.fromAt, query.untilAt ?? all.untilAt)
    const drawn: HistoryBar[] = []
    for (const bar of bars) {
      // Where a bar begins is looked up among all records, also if nothing is in it.
      await restIfDue()
      if (!isWanted()) return fail({ kind: 'canceled' })
      const stretches = store.read.historyStretches(counting, bar.fromAt, bar.untilAt)
      const counted = await countIn(counting, stretches, isWanted)
      if (counted === null) return fail({ kind: 'canceled' })
      drawn.push({ ...bar, ...counted })
    }
    return ok({ of, unit, bars: drawn })
  }
}
