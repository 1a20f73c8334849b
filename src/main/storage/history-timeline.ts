import { bundleCount, historyEvents } from '../../shared/catalogue/history-events.ts'
import type {
  HistoryBundle,
  HistoryEvent,
  HistoryQuery,
  HistoryTimeline,
  HistoryTimelineQuery
} from '../../shared/domain/history.ts'
import { conditions, historyPage } from './history-table.ts'
import type { Sql, SqlValue } from './sql.ts'

/** Fewer neighbours are no flood and are shown one by one. */
const smallestBundle = 6

/** The most records of one bundle, and about the most that a page looks at; what is left comes with the next one. */
const mostRecords = 5_000

const rowsAtOnce = 200

/** Later looks that found what was asked for; any other is told apart from its neighbours. */
const calmResults: ReadonlySet<unknown> = new Set(['gone', 'says-deleted', 'unreachable'])
const isCalm = `(h.type <> 'deletion-checked' OR (json_valid(h.body) AND
  json_extract(h.body, '$.result') IN ('gone', 'says-deleted', 'unreachable')))`

const canBundle = ({ type, body }: HistoryEvent): boolean =>
  historyEvents[type].comesInFloods &&
  (type !== 'deletion-checked' || calmResults.has(body['result']))

/** The number of the first record, going back from `head`, that is not of its kind; or where looking ended. */
const endOf = (sql: Sql, head: HistoryEvent, { where, values, most }: Conditions): number => {
  const floor = head.seq - most
  const other = sql.first<{ seq: number }>(
    `SELECT h.seq FROM history h WHERE h.seq < ? AND h.seq > ? ${where}
       AND NOT (h.type = ? AND h.run_id = ? AND h.account_id IS ? AND ${isCalm})
     ORDER BY h.seq DESC LIMIT 1`,
    head.seq,
    floor,
    ...values,
    head.type,
    head.runId,
    head.accountId
  )
  return other?.seq ?? floor
}

interface Conditions {
  readonly where: string
  readonly values: readonly SqlValue[]
  readonly most: number
}

/** The bundle that a record is the newest of; null if it stands alone. */
const bundleFrom = (sql: Sql, head: HistoryEvent, filters: Conditions): HistoryBundle | null => {
  if (!canBundle(head)) return null
  const end = endOf(sql, head, filters)
  if (head.seq - end < smallestBundle) return null
  const parts = sql.all<{ kind: HistoryEvent['assetKind']; count: number; oldest: number }>(
    `SELECT h.asset_kind AS kind, count(*) AS count, min(h.seq) AS oldest FROM history h
     WHERE h.seq <= ? AND h.seq > ? ${filters.where} GROUP BY h.asset_kind ORDER BY count DESC, kind`,
    head.seq,
    end,
    ...filters.values
  )
  const counts = parts.map(({ kind, count }) => ({ kind, count }))
  if (bundleCount({ counts }) < smallestBundle) return null
  const oldestSeq = Math.min(...parts.map(({ oldest }) => oldest))
  return { newestSeq: head.seq, oldestSeq, counts }
}

/** Records newest first, handed out one after the other from wherever the reader has come to. */
const createReader = (sql: Sql, query: HistoryQuery) => {
  let held: readonly HistoryEvent[] = []
  let isEnd = false
  return (beforeSeq: number): HistoryEvent | null => {
    held = held.filter(({ seq }) => seq < beforeSeq)
    if (held.length === 0 && !isEnd) {
      const page = historyPage(sql, { ...query, beforeSeq, limit: rowsAtOnce })
      held = page.rows
      isEnd = !page.hasMore
    }
    return held[0] ?? null
  }
}

/** A page of the timeline: single records, and neighbours of one kind as one. */
export const historyTimeline = (
  sql: Sql,
  query: HistoryTimelineQuery,
  most = mostRecords
): HistoryTimeline => {
  const single = { ...query, search: '', asset: null }
  const filters = { ...conditions(single), most }
  const next = createReader(sql, single)
  const rows: HistoryEvent[] = []
  const bundles: HistoryBundle[] = []
  let before = query.beforeSeq ?? Number.MAX_SAFE_INTEGER
  let bundledCount = 0
  for (;;) {
    const row = next(before)
    if (row === null) return { rows, bundles, hasMore: false }
    if (rows.length === query.limit || bundledCount >= most) {
      return { rows, bundles, hasMore: true }
    }
    const bundle = bundleFrom(sql, row, filters)
    rows.push(row)
    before = bundle?.oldestSeq ?? row.seq
    if (bundle === null) continue
    bundles.push(bundle)
    bundledCount += bundleCount(bundle)
  }
}
