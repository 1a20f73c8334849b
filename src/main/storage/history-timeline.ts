import type {
  HistoryEvent,
  HistoryLine,
  HistoryPage,
  HistoryPartsQuery,
  HistoryTimeline,
  InboxQuery
} from '../../shared/domain/history.ts'
import { singleLine } from '../../shared/single-line.ts'
import type { HistoryHit, HistoryMembers, HistoryWalk } from '../ports/store.ts'
import { type GroupRow, summaryOf } from './history-groups.ts'
import { type EventRow, eventColumns, toEvent } from './history-row.ts'
import { withTellers } from './history-table.ts'
import { computerOf } from './other-chains.ts'
import { sampleAccounts } from './sample-data.ts'
import type { Sql } from './sql.ts'

type LineRow = Pick<
  GroupRow,
  'id' | 'head_seq' | 'place' | 'count' | 'started_at' | 'topic' | 'outcome' | 'is_new' | 'batch_id'
> & {
  readonly summary: string
  readonly poster_id: string | null
  readonly presence: 'listed' | 'gone' | null
}

/** Which marks a list shows: the timeline those of changes elsewhere, the inbox each. */
type Marked = 'changes' | 'all'

const lineOfGroup = (sql: Sql, row: LineRow, head: HistoryEvent, marked: Marked): HistoryLine => {
  const { online, ...told } = summaryOf(row.summary)
  return {
    id: row.id,
    place: row.place,
    head,
    computer: computerOf(sql, row.id),
    isSample: false,
    count: row.count,
    startedAt: row.started_at,
    outcome: row.outcome,
    isNew: row.is_new === 1 && (marked === 'all' || row.topic === 'elsewhere'),
    batchId: row.batch_id,
    posterId: row.poster_id,
    presence: row.presence,
    ...told,
    onlineCount: online.length
  }
}

/** In the order of the ids. */
const linesOf = (sql: Sql, ids: readonly number[], marked: Marked): readonly HistoryLine[] => {
  const rows = sql.all<LineRow>(
    `SELECT g.id, g.head_seq, g.place, g.count, g.started_at, g.topic, g.outcome, g.is_new, g.batch_id, g.summary,
       a.poster_id, a.presence
     FROM json_each(?) j CROSS JOIN history_group g ON g.id = j.value
     LEFT JOIN asset a ON a.account_id = g.asset_account_id AND a.kind = g.asset_kind AND a.id = g.asset_id`,
    JSON.stringify(ids)
  )
  const heads = sql.all<EventRow>(
    `SELECT ${eventColumns} FROM json_each(?) j CROSS JOIN history h ON h.seq = j.value`,
    JSON.stringify(rows.map(({ head_seq }) => head_seq))
  )
  const events = new Map(heads.map((row) => [row.seq, toEvent(row)]))
  return rows.flatMap((row) => {
    const head = events.get(row.head_seq)
    return head === undefined ? [] : [lineOfGroup(sql, row, head, marked)]
  })
}

type RecordRow = EventRow & Pick<LineRow, 'poster_id' | 'presence'>

/** What was searched for is shown one by one. */
const linesOfRecords = (sql: Sql, seqs: readonly number[]): readonly HistoryLine[] =>
  sql
    .all<RecordRow>(
      `SELECT ${eventColumns}, a.poster_id, a.presence
       FROM json_each(?) j CROSS JOIN history h ON h.seq = j.value
       LEFT JOIN asset a ON a.account_id = h.account_id AND a.kind = h.asset_kind AND a.id = h.asset_id`,
      JSON.stringify(seqs)
    )
    .map((row) => ({
      ...singleLine(toEvent(row)),
      computer: computerOf(sql, row.seq),
      posterId: row.poster_id,
      presence: row.presence
    }))

/** What came from another computer without its accounts says so itself. */
const marked = (sql: Sql, lines: readonly HistoryLine[]): HistoryLine[] => {
  if (lines.every(({ computer }) => computer === null)) return [...lines]
  const samples = new Set(sampleAccounts(sql).map(({ id }) => id))
  return lines.map((line) => ({
    ...line,
    isSample: line.computer !== null && samples.has(line.head.accountId ?? '')
  }))
}

/** Of a walk that is over. */
const pageOf = ({ query, found }: HistoryWalk): readonly HistoryHit[] => found.slice(0, query.limit)

/** Operations by what they last told, or the records that a search finds. */
export const timelineLines = (sql: Sql, walk: HistoryWalk): HistoryTimeline => {
  const { query, found } = walk
  const ids = pageOf(walk).map(({ id }) => id)
  const lines = query.search === '' ? linesOf(sql, ids, 'changes') : linesOfRecords(sql, ids)
  return { lines: marked(sql, lines), hasMore: found.length > query.limit }
}

/**
 * The numbers of all records on a page of the timeline, with those that tell what was forgotten of them, in no order; and
 * where the next page begins; null: there is none.
 */
export const timelineMembers = (sql: Sql, walk: HistoryWalk): HistoryMembers => {
  const { query, found } = walk
  const page = pageOf(walk)
  const ids = page.map(({ id }) => id)
  return {
    seqs: withTellers(sql, query.search === '' ? membersOf(sql, ids) : ids),
    nextSeq: found.length > query.limit ? (page.at(-1)?.place ?? null) : null
  }
}

/** In one row: an operation can have a hundred thousand records. */
const membersOf = (sql: Sql, ids: readonly number[]): readonly number[] => {
  const found = sql.first<{ seqs: string }>(
    `SELECT json_group_array(m.seq) AS seqs FROM json_each(?) j
     CROSS JOIN history_member m ON m.group_id = j.value`,
    JSON.stringify(ids)
  )
  return JSON.parse(found?.seqs ?? '[]')
}

/** What ended, failed, vanished or changed elsewhere, newest first; `isNew`: it is unread. */
export const inboxPage = (sql: Sql, { beforeSeq, limit }: InboxQuery): HistoryTimeline => {
  const rows = sql.all<{ id: number }>(
    `SELECT id FROM history_group WHERE is_new > 0 AND place < ?
     ORDER BY place DESC LIMIT ?`,
    beforeSeq ?? Number.MAX_SAFE_INTEGER,
    limit + 1
  )
  const ids = rows.slice(0, limit).map(({ id }) => id)
  return { lines: [...linesOf(sql, ids, 'all')], hasMore: rows.length > limit }
}

/** The records of one operation, newest first. */
export const historyParts = (sql: Sql, query: HistoryPartsQuery): HistoryPage => {
  const rows = sql.all<EventRow>(
    `SELECT ${eventColumns} FROM history_member m CROSS JOIN history h ON h.seq = m.seq
     WHERE m.group_id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`,
    query.id,
    query.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    query.limit + 1
  )
  return { rows: rows.slice(0, query.limit).map(toEvent), hasMore: rows.length > query.limit }
}
