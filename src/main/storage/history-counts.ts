import type { HistoryChartQuery, HistoryCounts } from '../../shared/domain/history.ts'
import type { HistoryCounting, HistorySpan, HistoryStretch } from '../ports/store.ts'
import { placesEach } from '../ports/store.ts'
import {
  anyTime,
  filtersOf,
  furtherOf,
  ofGroup,
  ofOutcome,
  sourcesOf,
  together
} from './history-filters.ts'
import { beginPerson } from './history-walk.ts'
import { recordRanges } from './record-ranges.ts'
import { recordSpan, searchCounts, searchTerms } from './search-counts.ts'
import type { Sql } from './sql.ts'

/** When the operations of the timeline happened, from the first to the last; null: there is none. */
const operationSpan = (sql: Sql): HistorySpan | null => {
  const { first_at, last_at } = sql.first<{ first_at: string | null; last_at: string | null }>(
    `SELECT (SELECT min(head_at) FROM history_group) AS first_at,
       (SELECT max(head_at) FROM history_group) AS last_at`
  ) ?? { first_at: null, last_at: null }
  return first_at === null || last_at === null ? null : { firstAt: first_at, lastAt: last_at }
}

const firstFrom = (sql: Sql, at: string): number | null =>
  sql.first<{ place: number }>(
    'SELECT place FROM history_group WHERE head_at >= ? ORDER BY head_at LIMIT 1',
    at
  )?.place ?? null

/** Where in the timeline a time begins and ends: a count between two places reads an index alone. */
const placesOf = (sql: Sql, fromAt: string, untilAt: string): HistoryStretch => {
  const end =
    (sql.first<{ last: number | null }>('SELECT max(place) AS last FROM history_group')?.last ??
      0) + 1
  return { from: firstFrom(sql, fromAt) ?? end, until: firstFrom(sql, untilAt) ?? end }
}

/** A day can hold a hundred thousand operations. */
const placesAtOnce = 5_000 * placesEach

/** So many records are asked of the text index in one go, and so many that further conditions are held against. */
const recordsAtOnce = 1_000
const narrowedAtOnce = 500

export const countingOf = (sql: Sql, query: HistoryChartQuery): HistoryCounting => {
  const persons = beginPerson(sql, query)
  if (query.search === '')
    return { query, persons, terms: null, span: operationSpan(sql), atOnce: placesAtOnce }
  const terms = searchTerms(sql, query)
  const isNarrowed = furtherOf(query, persons).where !== ''
  return {
    query,
    persons,
    terms: terms ?? '',
    span: terms === null ? null : recordSpan(sql),
    atOnce: isNarrowed ? narrowedAtOnce : recordsAtOnce
  }
}

export const stretchesOf = (
  sql: Sql,
  { terms, span }: HistoryCounting,
  fromAt: string,
  untilAt: string
): readonly HistoryStretch[] => {
  if (span === null) return []
  return terms === null ? [placesOf(sql, fromAt, untilAt)] : recordRanges(sql, fromAt, untilAt)
}

export const countsIn = (
  sql: Sql,
  counting: HistoryCounting,
  stretch: HistoryStretch
): HistoryCounts =>
  counting.terms === null
    ? operationCounts(sql, counting, stretch)
    : searchCounts(sql, counting, counting.terms, stretch)

export const noHistoryCounts: HistoryCounts = { count: 0, deleted: 0, failed: 0, elsewhere: 0 }

const deletedThings = `SELECT sum(coalesce(json_extract(g.summary, '$.standings.deleted'), 0)) AS count`
const operations = 'SELECT count(*) AS count'

/** How many operations stand between two places of the timeline, and what they did. */
const operationCounts = (
  sql: Sql,
  { query, persons }: HistoryCounting,
  { from, until }: HistoryStretch
): HistoryCounts => {
  const filters = filtersOf({ ...query, ...anyTime }, persons)
  const sources = sourcesOf(query)
  const count = (what: string, which: string): number =>
    sources
      .map((source) => {
        const { where, values } = together([...filters, source])
        const found = sql.first<{ count: number | null }>(
          `${what} FROM ${source.from} WHERE g.place >= ? AND g.place < ? ${which} ${where}`,
          from,
          until,
          ...values
        )
        return found?.count ?? 0
      })
      .reduce((sum, part) => sum + part, 0)
  const all = count(operations, '')
  if (all === 0) return noHistoryCounts
  return {
    count: all,
    deleted: count(deletedThings, ofGroup('deletions')),
    failed: count(operations, ofOutcome.bad.where),
    elsewhere: count(operations, ofGroup('elsewhere'))
  }
}

export const linesBefore = (sql: Sql, at: string): number =>
  sql.first<{ count: number }>('SELECT count(*) AS count FROM history_group WHERE head_at < ?', at)
    ?.count ?? 0
