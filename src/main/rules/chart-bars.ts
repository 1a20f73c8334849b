/** How long one bar of a chart over time is. */
export type ChartUnit = 'day' | 'week' | 'month' | 'year'

const dayMs = 24 * 60 * 60 * 1000

/** So many bars have room beside each other; what is longer has longer bars. */
const mostDays = 93
const mostWeeks = 157
const mostMonths = 180

const unitFor = (days: number): ChartUnit => {
  if (days <= mostDays) return 'day'
  if (days <= mostWeeks * 7) return 'week'
  return days <= mostMonths * 30.5 ? 'month' : 'year'
}

/** Where the unit that an instant lies in begins, where this computer is; `further` units on. Weeks begin on Monday. */
const beginning = (unit: ChartUnit, at: Date, further: number): Date => {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()]
  switch (unit) {
    case 'day':
      return new Date(year, month, day + further)
    case 'week':
      return new Date(year, month, day - ((at.getDay() + 6) % 7) + further * 7)
    case 'month':
      return new Date(year, month + further, 1)
    case 'year':
      return new Date(year + further, 0, 1)
  }
}

export interface ChartBars {
  readonly unit: ChartUnit
  /** Each from an instant until right before another, without gaps, oldest first; the first and the last may be cut. */
  readonly bars: readonly { readonly fromAt: string; readonly untilAt: string }[]
}

/** A chart from one instant until right before another, by the calendar of this computer. */
export const chartBars = (fromAt: string, untilAt: string): ChartBars => {
  const endMs = Date.parse(untilAt)
  const unit = unitFor((endMs - Date.parse(fromAt)) / dayMs)
  const bars: { readonly fromAt: string; readonly untilAt: string }[] = []
  for (let from = new Date(fromAt); from.getTime() < endMs; ) {
    const until = new Date(Math.min(beginning(unit, from, 1).getTime(), endMs))
    bars.push({ fromAt: from.toISOString(), untilAt: until.toISOString() })
    from = until
  }
  return { unit, bars }
}

/** The whole days that two instants lie in, and the days before the first that a short time is shown with. */
export const wholeDays = (
  firstAt: string,
  lastAt: string,
  atLeast: number
): { readonly fromAt: string; readonly untilAt: string } => {
  const end = beginning('day', new Date(lastAt), 1)
  const early = beginning('day', end, -atLeast)
  const first = beginning('day', new Date(firstAt), 0)
  const from = first.getTime() < early.getTime() ? first : early
  return { fromAt: from.toISOString(), untilAt: end.toISOString() }
}
