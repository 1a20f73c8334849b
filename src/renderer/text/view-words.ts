import type { HistoryFilter } from '../../shared/domain/history.ts'
import { t } from '../../shared/messages/messages.ts'
import { kindsTitle } from './kind-words.ts'
import { allOf, shortDate } from './time-words.ts'

/** What those are called that it is narrowed to. */
export interface FilterNames {
  readonly account: string | null
  readonly person: string | null
}

const timeOf = ({ lastDays, fromAt, untilAt }: HistoryFilter): readonly string[] => {
  if (lastDays !== null) return [t('history.filter.lastDays', { days: lastDays })]
  const from = fromAt === null ? '' : shortDate(fromAt)
  const until = untilAt === null ? '' : shortDate(new Date(Date.parse(untilAt) - 1).toISOString())
  return from === '' && until === '' ? [] : [`${from} – ${until}`.trim()]
}

const partsOf = (filter: HistoryFilter, { account, person }: FilterNames): readonly string[] => {
  const { search, group, kind, outcome, by } = filter
  return [
    ...(search === '' ? [] : [t('filter.search', { text: search })]),
    ...(person === null ? [] : [person]),
    ...(account === null ? [] : [account]),
    ...(group === 'all' ? [] : [t(`history.groups.${group}`)]),
    ...(kind === null ? [] : [kindsTitle(kind)]),
    ...(outcome === null ? [] : [t(`history.filter.outcomes.${outcome}`)]),
    ...(by === null ? [] : [t(`history.filter.sides.${by}`)]),
    ...timeOf(filter)
  ]
}

/** "Amara Osei · Deletions · Last 30 days": what a filter of the history narrows it to. */
export const viewName = (filter: HistoryFilter, names: FilterNames): string =>
  partsOf(filter, names).join(' · ')

/** "Nothing matches Deletions and Failed." */
export const nothingMatches = (filter: HistoryFilter, names: FilterNames): string =>
  t('filter.noResults', { filters: allOf(partsOf(filter, names)) })
