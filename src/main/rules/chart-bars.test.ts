import { expect, it } from 'vitest'
import { chartBars, wholeDays } from './chart-bars.ts'

/** An instant of this computer's calendar, wherever it is. */
const local = (year: number, month: number, day: number, hour = 0): string =>
  new Date(year, month - 1, day, hour).toISOString()

const startsOf = (fromAt: string, untilAt: string) => {
  const { unit, bars } = chartBars(fromAt, untilAt)
  return { unit, starts: bars.map((bar) => bar.fromAt), end: bars.at(-1)?.untilAt }
}

it('has a bar for each day of a short time, cut where the time is', () => {
  expect(startsOf(local(2026, 3, 28, 9), local(2026, 3, 31))).toEqual({
    unit: 'day',
    starts: [local(2026, 3, 28, 9), local(2026, 3, 29), local(2026, 3, 30)],
    end: local(2026, 3, 31)
  })
})

it('has weeks that begin on Monday in a longer time', () => {
  const { unit, starts } = startsOf(local(2026, 1, 1), local(2026, 12, 1))
  expect(unit).toBe('week')
  expect(starts.slice(0, 3)).toEqual([local(2026, 1, 1), local(2026, 1, 5), local(2026, 1, 12)])
})

it.each([
  ['month', local(2020, 5, 20), local(2026, 3, 1), local(2020, 6, 1)],
  ['year', local(1970, 1, 2), local(2026, 3, 1), local(1971, 1, 1)]
])('has a bar for each %s of years', (unit, from, until, second) => {
  const chart = startsOf(from, until)
  expect([chart.unit, chart.starts[1]]).toEqual([unit, second])
})

it('leaves no gap between two bars, and has none without time', () => {
  const { bars } = chartBars(local(2025, 1, 1), local(2026, 4, 1))
  expect(bars.slice(1).map(({ fromAt }) => fromAt)).toEqual(
    bars.slice(0, -1).map(({ untilAt }) => untilAt)
  )
  expect(chartBars(local(2026, 3, 1), local(2026, 3, 1)).bars).toEqual([])
})

it('shows a day with those before it', () => {
  expect(wholeDays(local(2026, 3, 30, 9), local(2026, 3, 30, 11), 30)).toEqual({
    fromAt: local(2026, 3, 1),
    untilAt: local(2026, 3, 31)
  })
  expect(wholeDays(local(2025, 3, 30, 9), local(2026, 3, 30, 11), 30).fromAt).toBe(
    local(2025, 3, 30)
  )
})
