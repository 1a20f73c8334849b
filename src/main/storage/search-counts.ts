import {
  type HistoryEventType,
  historyEvents,
  historyEventTypes
} from '../../shared/catalogue/history-events.ts'
import type { HistoryChartQuery, HistoryCounts } from '../../shared/domain/history.ts'
import type { HistoryCounting, HistorySpan, HistoryStretch, SearchTerms } from '../ports/store.ts'
import { furtherOf } from './history-filters.ts'
import { elsewhereTerm, matchOf, searchWords } from './history-index.ts'
import { type Condition, ofRecords } from './history-table.ts'
import { anyOf, inBody, ofType } from './history-terms.ts'
import { recordRanges } from './record-ranges.ts'
import type { Sql } from './sql.ts'

/** What a search is counted by, worked out once: what the text index is asked for; '': every record; null: nothing is found. */
export const searchTerms = (sql: Sql, query: HistoryChartQuery): SearchTerms | null => {
  const words = searchWords(query.search)
  if (words === null) return null
  const { search, accountId, group } = query
  const asked = { search, accountId, asset: null, group, beforeSeq: null, limit: 1 }
  return words.length === 0 ? '' : matchOf(sql, words, asked)
}

/** When the first and the last record were written; null: there is none. */
export const recordSpan = (sql: Sql): HistorySpan | null => {
  const ends = recordRanges(sql, null, null).flatMap(({ from, until }) =>
    sql.all<{ at: string }>('SELECT at FROM history WHERE seq IN (?, ?)', from, until - 1)
  )
  const times = ends.map(({ at }) => at).sort()
  const [firstAt, lastAt] = [times.at(0), times.at(-1)]
  return firstAt === undefined || lastAt === undefined ? null : { firstAt, lastAt }
}

const alwaysBad: readonly HistoryEventType[] = historyEventTypes.filter(
  (type) => historyEvents[type].tone === 'bad'
)

/** As `historyTone` has it. */
const isBad = `(h.type IN (${alwaysBad.map((type) => `'${type}'`).join(', ')})
  OR h.type = 'asset-status-changed' AND json_valid(h.body) AND json_extract(h.body, '$.to') = 'failed')`

/** Among these are all of them: whoever fails says so by its type, or by a word in its text. */
const maybeBad = anyOf([
  ...alwaysBad.map(ofType),
  `(${ofType('asset-status-changed')} AND ${inBody('failed')})`
])

const notIndexed: Condition = { where: `AND h.topic = 'elsewhere'`, values: [] }
const bad: Condition = { where: `AND ${isBad}`, values: [] }
const all: Condition = { where: '', values: [] }

/** How many records a search finds from one number until right before another, and how many of them are marked. */
export const searchCounts = (
  sql: Sql,
  { query, persons }: Pick<HistoryCounting, 'query' | 'persons'>,
  terms: SearchTerms,
  { from, until }: HistoryStretch
): HistoryCounts => {
  const narrowed = [furtherOf(query, persons), ...(terms === '' ? [ofRecords(query)] : [])]
  const count = (match: string, which: Condition): number => {
    const conditions = [...narrowed, which].filter(({ where }) => where !== '')
    const records = conditions.length === 0 ? '' : 'CROSS JOIN history h ON h.seq = -t.rowid'
    const [source, between, values] =
      terms === ''
        ? ['history h WHERE', 'h.seq >= ? AND h.seq < ?', []]
        : [
            `history_text t ${records} WHERE history_text MATCH ? AND`,
            't.rowid <= -CAST(? AS INTEGER) AND t.rowid > -CAST(? AS INTEGER)',
            [match]
          ]
    const found = sql.first<{ count: number }>(
      `SELECT count(*) AS count FROM ${source} ${between} ${conditions.map(({ where }) => where).join(' ')}`,
      ...values,
      from,
      until,
      ...conditions.flatMap((condition) => condition.values)
    )
    return found?.count ?? 0
  }
  const found = count(terms, all)
  return {
    count: found,
    // What was deleted is counted by operations; a search shows their records.
    deleted: 0,
    failed: found === 0 ? 0 : count(`${terms} AND ${maybeBad}`, bad),
    elsewhere:
      found === 0 ? 0 : count(`${terms} AND ${elsewhereTerm()}`, terms === '' ? notIndexed : all)
  }
}
