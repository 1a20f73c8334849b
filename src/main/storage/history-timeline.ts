import type {
  HistoryEvent,
  HistoryLine,
  HistoryPage,
  HistoryPartsQuery,
  HistoryTimeline,
  HistoryTimelineQuery
} from '../../shared/domain/history.ts'
import { historyTone } from '../../shared/history-outcome.ts'
import { type GroupRow, summaryOf } from './history-groups.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import { historyPage } from './history-table.ts'
import type { Sql, SqlValue } from './sql.ts'

interface Condition {
  readonly where: string
  readonly values: readonly SqlValue[]
}

/** Of whom or what: an operation of several accounts is found under each of them. */
const ofAccount = (accountId: string): readonly [Condition, Condition] => [
  { where: 'AND g.account_id = ?', values: [accountId] },
  {
    where: `AND g.account_id = '' AND EXISTS (
      SELECT 1 FROM history_member m CROSS JOIN history r ON r.seq = m.seq
      WHERE m.group_id = g.id AND r.account_id = ?)`,
    values: [accountId]
  }
]

const together = (conditions: readonly Condition[]): Condition => ({
  where: conditions.map(({ where }) => where).join(' '),
  values: conditions.flatMap(({ values }) => values)
})

/** The numbers of the operations, each by its newest telling record; at most `limit` of each kind of owner. */
const headsOf = (sql: Sql, query: HistoryTimelineQuery, limit: number): readonly number[] => {
  const common: Condition[] = [
    { where: 'g.head_seq < ?', values: [query.beforeSeq ?? Number.MAX_SAFE_INTEGER] },
    ...(query.group === 'all' ? [] : [{ where: 'AND g.topic = ?', values: [query.group] }])
  ]
  const owners: readonly (readonly Condition[])[] =
    query.accountId === null ? [[]] : ofAccount(query.accountId).map((one) => [one])
  return owners
    .flatMap((owner) => {
      const { where, values } = together([...common, ...owner])
      return sql.all<{ id: number; head_seq: number }>(
        `SELECT g.id, g.head_seq FROM history_group g WHERE ${where}
         ORDER BY g.head_seq DESC LIMIT ?`,
        ...values,
        limit
      )
    })
    .sort((a, b) => b.head_seq - a.head_seq)
    .slice(0, limit)
    .map(({ id }) => id)
}

type LineRow = Omit<GroupRow, 'summary'> & {
  readonly summary: string
  readonly poster_id: string | null
  readonly presence: 'listed' | 'gone' | null
}

const posterOf = (
  sql: Sql,
  { accountId, assetKind, assetId }: HistoryEvent
): Pick<HistoryLine, 'posterId' | 'presence'> => {
  const found = sql.first<Pick<LineRow, 'poster_id' | 'presence'>>(
    'SELECT poster_id, presence FROM asset WHERE account_id = ? AND kind = ? AND id = ?',
    accountId,
    assetKind,
    assetId
  )
  return { posterId: found?.poster_id ?? null, presence: found?.presence ?? null }
}

/** What was searched for is shown one by one. */
const lineOfRecord = (sql: Sql, head: HistoryEvent): HistoryLine => ({
  id: head.seq,
  head,
  count: 1,
  startedAt: head.at,
  outcome: historyTone(head),
  isNew: false,
  batchId: null,
  ...posterOf(sql, head),
  names: [],
  accountName: head.accountName,
  kinds: {},
  standings: {},
  checks: {}
})

const lineOfGroup = (row: LineRow, head: HistoryEvent): HistoryLine => ({
  id: row.id,
  head,
  count: row.count,
  startedAt: row.started_at,
  outcome: row.outcome,
  isNew: row.is_new === 1,
  batchId: row.batch_id,
  posterId: row.poster_id,
  presence: row.presence,
  ...summaryOf(row.summary)
})

const linesOf = (sql: Sql, ids: readonly number[]): readonly HistoryLine[] => {
  const wanted = JSON.stringify(ids)
  const rows = sql.all<LineRow>(
    `SELECT g.*, a.poster_id, a.presence FROM json_each(?) j
     CROSS JOIN history_group g ON g.id = j.value
     LEFT JOIN asset a ON a.account_id = g.asset_account_id AND a.kind = g.asset_kind AND a.id = g.asset_id
     ORDER BY g.head_seq DESC`,
    wanted
  )
  const heads = sql.all<HistoryRow>(
    'SELECT h.* FROM json_each(?) j CROSS JOIN history h ON h.seq = j.value',
    JSON.stringify(rows.map(({ head_seq }) => head_seq))
  )
  const events = new Map(heads.map((row) => [row.seq, toEvent(row)]))
  return rows.flatMap((row) => {
    const head = events.get(row.head_seq)
    return head === undefined ? [] : [lineOfGroup(row, head)]
  })
}

/** A page of the timeline: operations by what they last told, or the records that a search finds. */
export const historyTimeline = (sql: Sql, query: HistoryTimelineQuery): HistoryTimeline => {
  if (query.search !== '') {
    const { rows, hasMore } = historyPage(sql, { ...query, asset: null })
    return { lines: rows.map((row) => lineOfRecord(sql, row)), hasMore }
  }
  const heads = headsOf(sql, query, query.limit + 1)
  return {
    lines: [...linesOf(sql, heads.slice(0, query.limit))],
    hasMore: heads.length > query.limit
  }
}

/** The records of one operation, newest first. */
export const historyParts = (sql: Sql, query: HistoryPartsQuery): HistoryPage => {
  const rows = sql.all<HistoryRow>(
    `SELECT h.* FROM history_member m CROSS JOIN history h ON h.seq = m.seq
     WHERE m.group_id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`,
    query.id,
    query.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    query.limit + 1
  )
  return { rows: rows.slice(0, query.limit).map(toEvent), hasMore: rows.length > query.limit }
}
