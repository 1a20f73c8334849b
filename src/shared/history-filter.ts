import type { HistoryFilter, HistoryTimelineQuery } from './domain/history.ts'

/** So many saved views have room in the side bar. */
export const mostViews = 50

/** Narrows nothing. */
export const unfiltered: HistoryFilter = {
  search: '',
  group: 'all',
  accountId: null,
  personId: null,
  kind: null,
  outcome: null,
  by: null,
  fromAt: null,
  untilAt: null,
  lastDays: null
}

const keys = Object.keys(unfiltered) as readonly (keyof HistoryFilter)[]

export const isSameFilter = (one: HistoryFilter, other: HistoryFilter): boolean =>
  keys.every((key) => one[key] === other[key])

export const isFiltered = (filter: HistoryFilter): boolean => !isSameFilter(filter, unfiltered)

/** The day that the last ones begin with, where the person is: the same until midnight. */
const startOf = (lastDays: number, nowMs: number): string => {
  const now = new Date(nowMs)
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - lastDays).toISOString()
}

/** What is asked for at this instant. */
export const askedFor = (
  { lastDays, ...chosen }: HistoryFilter,
  nowMs: number
): Omit<HistoryTimelineQuery, 'beforeSeq' | 'limit'> =>
  lastDays === null ? chosen : { ...chosen, fromAt: startOf(lastDays, nowMs), untilAt: null }
