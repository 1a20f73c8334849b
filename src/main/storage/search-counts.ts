import {
  type HistoryEventType,
  historyEvents,
  historyEventTypes
} from '../../shared/catalogue/history-events.ts'
import type { HistoryChartQuery, HistoryCounts } from '../../shared/domain/history.ts'
import type { HistoryCounting, HistorySpan, HistoryStretch, SearchTerms } from '../ports/store.ts'
import { furtherOf, together } from './history-filters.ts'
import { matchOf, searchWords } from './history-index.ts'
import { ofRecords } from './history-table.ts'
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

interface CountsRow {
  readonly count: number
  readonly failed: number | null
  readonly elsewhere: number | null
}

/** How many records a search finds from one number until right before another, and how many of them are marked. */
export const searchCounts = (
  sql: Sql,
  { query, persons }: Pick<HistoryCounting, 'query' | 'persons'>,
  terms: SearchTerms,
  { from, until }: HistoryStretch
): HistoryCounts => {
  const { where, values } = together([
    furtherOf(query, persons),
    ...(terms === '' ? [ofRecords(query)] : [])
  ])
  // Each record that is found is read: to ask the text index for those of another kind among them could walk over all.
  const source =
    terms === ''
      ? 'history h WHERE h.seq >= ? AND h.seq < ?'
      : `history_text t CROSS JOIN history h ON h.seq = -t.rowid
         WHERE t.rowid <= -CAST(? AS INTEGER) AND t.rowid > -CAST(? AS INTEGER) AND history_text MATCH ?`
  const found = sql.first<CountsRow>(
    `SELECT count(*) AS count, sum(${isBad}) AS failed, sum(h.topic = 'elsewhere') AS elsewhere
     FROM ${source} ${where}`,
    from,
    until,
    ...(terms === '' ? [] : [terms]),
    ...values
  )
  return {
    count: found?.count ?? 0,
    // What was deleted is counted by operations; a search shows their records.
    deleted: 0,
    failed: found?.failed ?? 0,
    elsewhere: found?.elsewhere ?? 0
  }
}
