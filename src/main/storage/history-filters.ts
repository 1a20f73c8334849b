import { topicBit } from '../../shared/catalogue/history-events.ts'
import type { HistoryChartQuery } from '../../shared/domain/history.ts'
import type { PersonOperations } from '../ports/store.ts'
import type { Condition } from './history-table.ts'

/** Where operations `g` are looked for, and what is asked of each. */
interface Source extends Condition {
  readonly from: string
}

/** What has an index of its own, so that one account's share of it is found on the way. */
export const isListed = ({ group, outcome, by }: HistoryChartQuery): boolean =>
  group !== 'all' || outcome !== null || by === 'elsewhere'

/**
 * Of one account: its own, and those of several accounts, which are found under each of them. The sign keeps the first from
 * being walked by the account where there is a shorter way; the others are few, and are walked by themselves.
 */
export const sourcesOf = (query: HistoryChartQuery): readonly Source[] =>
  query.accountId === null
    ? [{ from: 'history_group g', where: '', values: [] }]
    : [
        {
          from: 'history_group g',
          where: `AND ${isListed(query) ? '+' : ''}g.account_id = ?`,
          values: [query.accountId]
        },
        {
          from: 'history_group g INDEXED BY history_group_of_account',
          where: `AND g.account_id = '' AND EXISTS (
            SELECT 1 FROM history_member m CROSS JOIN history r ON r.seq = m.seq
            WHERE m.group_id = g.id AND r.account_id = ?)`,
          values: [query.accountId]
        }
      ]

export const together = (conditions: readonly Condition[]): Condition => ({
  where: conditions.map(({ where }) => where).join(' '),
  values: conditions.flatMap(({ values }) => values)
})

export const anyTime = { fromAt: null, untilAt: null } as const

const ofTime = ({ fromAt, untilAt }: HistoryChartQuery): readonly Condition[] => [
  ...(fromAt === null ? [] : [{ where: 'AND g.head_at >= ?', values: [fromAt] }]),
  ...(untilAt === null ? [] : [{ where: 'AND g.head_at < ?', values: [untilAt] }])
]

/** Written out, not bound: an index serves each of these alone. */
export const ofGroup = (group: HistoryChartQuery['group']): string => {
  if (group === 'all') return ''
  return group === 'elsewhere'
    ? `AND g.topic = 'elsewhere'`
    : `AND g.topics & ${topicBit(group)} > 0`
}

export const ofOutcome: Readonly<Record<'good' | 'warn' | 'bad', Condition>> = {
  good: { where: `AND g.outcome = 'good'`, values: [] },
  warn: { where: `AND g.outcome = 'warn'`, values: [] },
  bad: { where: `AND g.outcome = 'bad'`, values: [] }
}

/** What narrows the operations `history_group g`, but for whose account they are of. */
export const filtersOf = (
  query: HistoryChartQuery,
  persons: PersonOperations | null
): readonly Condition[] => {
  const { group, kind, outcome, by } = query
  const found: Condition[] = []
  if (group !== 'all') found.push({ where: ofGroup(group), values: [] })
  if (by === 'elsewhere') found.push({ where: ofGroup(by), values: [] })
  if (by === 'here') found.push({ where: `AND g.topic <> 'elsewhere'`, values: [] })
  if (outcome !== null) found.push(ofOutcome[outcome])
  if (kind !== null) {
    const path = `$.kinds.${kind}`
    const where = 'AND (g.asset_kind = ? OR g.count > 1 AND json_extract(g.summary, ?) > 0)'
    found.push({ where, values: [kind, path] })
  }
  if (persons !== null) {
    found.push({
      where: 'AND g.id IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(persons.ids)]
    })
  }
  return [...found, ...ofTime(query)]
}

/** What narrows single records `history h` by the operation that each belongs to. Their times are their own. */
export const furtherOf = (
  query: HistoryChartQuery,
  persons: PersonOperations | null
): Condition => {
  const { where, values } = together(filtersOf({ ...query, ...anyTime, group: 'all' }, persons))
  if (where === '') return { where, values }
  return {
    where: `AND EXISTS (SELECT 1 FROM history_member m CROSS JOIN history_group g ON g.id = m.group_id
      WHERE m.seq = h.seq ${where})`,
    values
  }
}
