import { topicBit } from '../../shared/catalogue/history-events.ts'
import type {
  HistoryChartQuery,
  HistoryEvent,
  HistoryLine,
  HistoryPage,
  HistoryPartsQuery,
  HistoryTimeline,
  HistoryTimelineQuery,
  InboxQuery
} from '../../shared/domain/history.ts'
import { singleLine } from '../../shared/single-line.ts'
import type { HistoryMembers } from '../ports/store.ts'
import { type GroupRow, summaryOf } from './history-groups.ts'
import { type EventRow, eventColumns, toEvent } from './history-row.ts'
import { type Condition, historyPage, withTellers } from './history-table.ts'
import { computerOf } from './other-chains.ts'
import { recordRanges } from './record-ranges.ts'
import type { Sql } from './sql.ts'

/** Where operations `g` are looked for, and what is asked of each. */
interface Source extends Condition {
  readonly from: string
}

/** What has an index of its own, so that one account's share of it is found on the way. */
const isListed = ({ group, outcome, by }: HistoryChartQuery): boolean =>
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

const ofTime = (sql: Sql, { fromAt, untilAt }: HistoryChartQuery): readonly Condition[] => {
  const found: Condition[] = []
  if (fromAt !== null) {
    found.push({ where: 'AND g.head_at >= ?', values: [fromAt] })
    // The walk over the newest ends where the first of that time stands, however long the history is.
    const first = sql.first<{ place: number }>(
      'SELECT place FROM history_group WHERE head_at >= ? ORDER BY head_at LIMIT 1',
      fromAt
    )
    found.push({ where: 'AND g.place >= ?', values: [first?.place ?? 0] })
  }
  if (untilAt !== null) {
    found.push({ where: 'AND g.head_at < ?', values: [untilAt] })
    const last = sql.first<{ place: number }>(
      'SELECT place FROM history_group WHERE head_at < ? ORDER BY head_at DESC LIMIT 1',
      untilAt
    )
    found.push({ where: 'AND g.place <= ?', values: [last?.place ?? 0] })
  }
  return found
}

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
export const filtersOf = (sql: Sql, query: HistoryChartQuery): readonly Condition[] => {
  const { group, personId, kind, outcome, by } = query
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
  if (personId !== null) {
    const where = `AND g.id IN (
      SELECT m.group_id FROM person_asset p
        CROSS JOIN history r ON r.account_id = p.account_id AND r.asset_kind = p.kind AND r.asset_id = p.id
        CROSS JOIN history_member m ON m.seq = r.seq
      WHERE p.person_id = ?)`
    found.push({ where, values: [personId] })
  }
  return [...found, ...ofTime(sql, query)]
}

/** The ids of the operations, each by its newest telling record; at most `limit` of each source. */
const idsOf = (sql: Sql, query: HistoryTimelineQuery, limit: number): readonly number[] => {
  const common: readonly Condition[] = [
    { where: 'g.place < ?', values: [query.beforeSeq ?? Number.MAX_SAFE_INTEGER] },
    ...filtersOf(sql, query)
  ]
  return sourcesOf(query)
    .flatMap((source) => {
      const { where, values } = together([...common, source])
      return sql.all<{ id: number; place: number }>(
        `SELECT g.id, g.place FROM ${source.from} WHERE ${where}
         ORDER BY g.place DESC LIMIT ?`,
        ...values,
        limit
      )
    })
    .sort((a, b) => b.place - a.place)
    .slice(0, limit)
    .map(({ id }) => id)
}

/** What narrows single records `history h` by the operation that each belongs to. Their times are their own. */
export const furtherOf = (sql: Sql, query: HistoryChartQuery): Condition => {
  const { where, values } = together(filtersOf(sql, { ...query, ...anyTime, group: 'all' }))
  if (where === '') return { where, values }
  return {
    where: `AND EXISTS (SELECT 1 FROM history_member m CROSS JOIN history_group g ON g.id = m.group_id
      WHERE m.seq = h.seq ${where})`,
    values
  }
}

/** The same filters for single records, newest first; of a time, chain by chain. */
const searched = (sql: Sql, query: HistoryTimelineQuery): HistoryPage => {
  const { search, accountId, group, beforeSeq, limit, fromAt, untilAt } = query
  const further = furtherOf(sql, query)
  const page = { search, accountId, asset: null, group, beforeSeq, limit }
  if (fromAt === null && untilAt === null) return historyPage(sql, page, further)
  const before = beforeSeq ?? Number.MAX_SAFE_INTEGER
  const rows: HistoryEvent[] = []
  for (const { from, until } of recordRanges(sql, fromAt, untilAt)) {
    const left = { ...page, beforeSeq: Math.min(before, until), limit: limit + 1 - rows.length }
    if (left.limit > 0 && from < before) rows.push(...historyPage(sql, left, further, from).rows)
  }
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

type LineRow = Pick<
  GroupRow,
  'id' | 'head_seq' | 'place' | 'count' | 'started_at' | 'topic' | 'outcome' | 'is_new' | 'batch_id'
> & {
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
  ...singleLine(head),
  computer: computerOf(sql, head.seq),
  ...posterOf(sql, head)
})

/** Which marks a list shows: the timeline those of changes elsewhere, the inbox each. */
type Marked = 'changes' | 'all'

const lineOfGroup = (sql: Sql, row: LineRow, head: HistoryEvent, marked: Marked): HistoryLine => {
  const { online, ...told } = summaryOf(row.summary)
  return {
    id: row.id,
    place: row.place,
    head,
    computer: computerOf(sql, row.id),
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

/** A page of the timeline: operations by what they last told, or the records that a search finds. */
export const historyTimeline = (sql: Sql, query: HistoryTimelineQuery): HistoryTimeline => {
  if (query.search !== '') {
    const { rows, hasMore } = searched(sql, query)
    return { lines: rows.map((row) => lineOfRecord(sql, row)), hasMore }
  }
  const ids = idsOf(sql, query, query.limit + 1)
  return {
    lines: [...linesOf(sql, ids.slice(0, query.limit), 'changes')],
    hasMore: ids.length > query.limit
  }
}

/**
 * The numbers of all records on a page of the timeline, with those that tell what was forgotten of them, in no order; and
 * where the next page begins; null: there is none.
 */
export const timelineMembers = (sql: Sql, query: HistoryTimelineQuery): HistoryMembers => {
  if (query.search !== '') {
    const { rows, hasMore } = searched(sql, query)
    const next = hasMore ? rows.at(-1)?.seq : undefined
    return {
      seqs: withTellers(
        sql,
        rows.map(({ seq }) => seq)
      ),
      nextSeq: next ?? null
    }
  }
  const ids = idsOf(sql, query, query.limit + 1)
  const page = JSON.stringify(ids.slice(0, query.limit))
  // One row for all of them: an operation can have a hundred thousand records.
  const found = sql.first<{ seqs: string }>(
    `SELECT json_group_array(m.seq) AS seqs FROM json_each(?) j
     CROSS JOIN history_member m ON m.group_id = j.value`,
    page
  )
  const last = sql.first<{ place: number | null }>(
    'SELECT min(g.place) AS place FROM json_each(?) j CROSS JOIN history_group g ON g.id = j.value',
    page
  )
  const nextSeq = ids.length > query.limit ? (last?.place ?? null) : null
  return { seqs: withTellers(sql, JSON.parse(found?.seqs ?? '[]')), nextSeq }
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
