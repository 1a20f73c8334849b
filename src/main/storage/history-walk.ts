import type { AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryChartQuery, HistoryTimelineQuery } from '../../shared/domain/history.ts'
import type { HistoryHit, HistoryStretch, HistoryWalk, PersonOperations } from '../ports/store.ts'
import { anyTime, filtersOf, furtherOf, isListed, sourcesOf, together } from './history-filters.ts'
import { ofRecords } from './history-table.ts'
import { recordRanges } from './record-ranges.ts'
import { searchTerms } from './search-counts.ts'
import type { Sql } from './sql.ts'

/**
 * What one step looks at, at most. Each takes a millisecond or a few, whatever is asked for: a filter that few things pass
 * and a word that every record holds would otherwise be held against each other a million times in one go.
 */
export interface WalkSizes {
  readonly operationsAtOnce: number
  /** Records that the text index finds, and that are held against the filters. */
  readonly hitsAtOnce: number
  /** Numbers of records among which it looks. */
  readonly numbersAtOnce: number
  /** Records are looked for among those of so many operations alone; of more, the walk over all of them fills a page sooner. */
  readonly mostOperations: number
  /** Two stretches with less between them are walked as one. */
  readonly nearEnough: number
}

const usualSizes: WalkSizes = {
  operationsAtOnce: 5_000,
  hitsAtOnce: 1_000,
  numbersAtOnce: 250_000,
  mostOperations: 1_000,
  nearEnough: 200
}

/** Things of a person; each can have dozens of records. */
const assetsAtOnce = 20

/** What is tied to a person, and none of the operations about it yet; null: anyone is asked for. */
export const beginPerson = (
  sql: Sql,
  { personId }: Pick<HistoryChartQuery, 'personId'>
): PersonOperations | null =>
  personId === null
    ? null
    : {
        left: sql.all<AssetRef>(
          'SELECT account_id AS accountId, kind, id FROM person_asset WHERE person_id = ?',
          personId
        ),
        ids: []
      }

/** Finds the operations about the next few things. */
export const stepPerson = (sql: Sql, { left, ids }: PersonOperations): PersonOperations => {
  const found = sql.all<{ id: number }>(
    `SELECT DISTINCT m.group_id AS id FROM json_each(?) j
       CROSS JOIN history r ON r.account_id = j.value ->> 'accountId'
         AND r.asset_kind = j.value ->> 'kind' AND r.asset_id = j.value ->> 'id'
       CROSS JOIN history_member m ON m.seq = r.seq`,
    JSON.stringify(left.slice(0, assetsAtOnce))
  )
  return {
    left: left.slice(assetsAtOnce),
    ids: [...new Set([...ids, ...found.map(({ id }) => id)])]
  }
}

/** The places of the operations of that time, as far as clocks were right. */
const placesOf = (sql: Sql, { fromAt, untilAt }: HistoryChartQuery): HistoryStretch => {
  const placeAt = (at: string, compared: '>=' | '<', order: 'ASC' | 'DESC'): number =>
    sql.first<{ place: number }>(
      `SELECT place FROM history_group WHERE head_at ${compared} ? ORDER BY head_at ${order} LIMIT 1`,
      at
    )?.place ?? (order === 'ASC' ? Number.MAX_SAFE_INTEGER : -1)
  return {
    from: fromAt === null ? 0 : placeAt(fromAt, '>=', 'ASC'),
    until: untilAt === null ? Number.MAX_SAFE_INTEGER : placeAt(untilAt, '<', 'DESC') + 1
  }
}

const cutAt = (stretches: readonly HistoryStretch[], end: number): readonly HistoryStretch[] =>
  stretches
    .map(({ from, until }) => ({ from, until: Math.min(until, end) }))
    .filter(({ from, until }) => from < until)

const isNarrowed = (query: HistoryChartQuery): boolean =>
  query.personId !== null || furtherOf(query, null).where !== ''

/** Where a page is looked for: operations by their places or, of a search, records by their numbers. */
export const beginWalk = (
  sql: Sql,
  query: HistoryTimelineQuery,
  persons = beginPerson(sql, query)
): HistoryWalk => {
  const { search, fromAt, untilAt, beforeSeq } = query
  const end = beforeSeq ?? Number.MAX_SAFE_INTEGER
  const begun = { query, persons, found: [] }
  if (search === '') {
    return { ...begun, terms: null, narrowing: 'done', left: cutAt([placesOf(sql, query)], end) }
  }
  const terms = searchTerms(sql, query)
  return {
    ...begun,
    terms: terms ?? '',
    narrowing: isNarrowed(query) ? 'later' : 'done',
    left: terms === null ? [] : cutAt(recordRanges(sql, fromAt, untilAt), end)
  }
}

const byPlace = (one: HistoryHit, other: HistoryHit): number => other.place - one.place

/** How many more make the page full, and tell that there is more behind it. */
const missingOf = ({ query, found }: HistoryWalk): number => query.limit + 1 - found.length

/** The page is full, or everything was walked. */
const isOver = (walk: HistoryWalk): boolean => missingOf(walk) <= 0 || walk.left.length === 0

const isWalked = (walk: HistoryWalk): boolean =>
  isOver(walk) && (missingOf(walk) <= 0 || typeof walk.narrowing === 'string')

/** What is asked for has an index that is in order, or is a few operations that are known: no step looks at more than it finds. */
const isServed = ({ query, persons }: HistoryWalk, { mostOperations }: WalkSizes): boolean => {
  if (persons !== null) return persons.ids.length <= mostOperations
  const { group, kind, outcome, by, accountId } = query
  const asked = [group !== 'all', outcome !== null, by !== null].filter(Boolean).length
  return kind === null && by !== 'here' && asked <= 1 && (accountId === null || !isListed(query))
}

/** The place over which as many operations stand as are looked at in one step. */
const floorOf = (sql: Sql, { from, until }: HistoryStretch, operationsAtOnce: number): number =>
  sql.first<{ place: number }>(
    `SELECT place FROM history_group WHERE place >= ? AND place < ?
     ORDER BY place DESC LIMIT 1 OFFSET CAST(? AS INTEGER)`,
    from,
    until,
    operationsAtOnce
  )?.place ?? from

/** What is left once the newest of it was walked down to there. */
const leftBelow = (
  [newest, ...older]: readonly HistoryStretch[],
  floor: number
): readonly HistoryStretch[] =>
  newest === undefined || floor <= newest.from
    ? older
    : [{ from: newest.from, until: floor }, ...older]

const findOperations = (
  sql: Sql,
  walk: HistoryWalk,
  stretch: HistoryStretch,
  sizes: WalkSizes
): HistoryWalk => {
  const { query, persons, found, left } = walk
  const from = isServed(walk, sizes) ? stretch.from : floorOf(sql, stretch, sizes.operationsAtOnce)
  const filters = filtersOf(query, persons)
  const hits = sourcesOf(query).flatMap((source) => {
    const { where, values } = together([...filters, source])
    return sql.all<HistoryHit>(
      `SELECT g.id, g.place FROM ${source.from} WHERE g.place >= ? AND g.place < ? ${where}
       ORDER BY g.place DESC LIMIT ?`,
      from,
      stretch.until,
      ...values,
      missingOf(walk)
    )
  })
  return {
    ...walk,
    found: [...found, ...hits.toSorted(byPlace).slice(0, missingOf(walk))],
    left: leftBelow(left, from)
  }
}

interface RecordsRow {
  readonly seen: number
  /** The oldest that was looked at. */
  readonly last: number | null
  readonly found: string
}

/** Numbers are bound as REAL, by which the text index does not skip what is newer: it would walk over it. */
const hitsIn = `SELECT -t.rowid AS seq FROM history_text t WHERE history_text MATCH ?
  AND t.rowid > -CAST(? AS INTEGER) AND t.rowid <= -CAST(? AS INTEGER) ORDER BY t.rowid LIMIT ?`

const recordsIn = `SELECT seq, account_id, topic, type FROM history WHERE seq < ? AND seq >= ?
  ORDER BY seq DESC LIMIT ?`

const findRecords = (
  sql: Sql,
  walk: HistoryWalk,
  stretch: HistoryStretch,
  { hitsAtOnce, numbersAtOnce, mostOperations }: WalkSizes
): HistoryWalk => {
  const { query, persons, terms, found, left, narrowing } = walk
  const { where, values } = together([
    furtherOf(query, persons),
    ...(terms === '' ? [ofRecords(query)] : [])
  ])
  const most = where === '' ? missingOf(walk) : hitsAtOnce
  const from = Math.max(stretch.from, stretch.until - numbersAtOnce)
  const row = sql.first<RecordsRow>(
    `SELECT count(*) AS seen, min(seq) AS last, json_group_array(seq) FILTER (WHERE isFound) AS found
     FROM (SELECT h.seq, (1 ${where}) AS isFound FROM (${terms === '' ? recordsIn : hitsIn}) h)`,
    ...values,
    ...(terms === '' ? [] : [terms]),
    stretch.until,
    from,
    most
  )
  const seqs: readonly number[] = JSON.parse(row?.found ?? '[]')
  const isCommon = row?.seen === most
  const hits = seqs.map((seq) => ({ id: seq, place: seq })).sort(byPlace)
  const next = {
    ...walk,
    found: [...found, ...hits.slice(0, missingOf(walk))],
    left: leftBelow(left, isCommon ? (row?.last ?? from) : from)
  }
  // What few records hold is found sooner by the text index alone.
  return narrowing === 'later' && isCommon && !isOver(next)
    ? { ...next, narrowing: beginNarrowing(sql, walk, mostOperations) }
    : next
}

/** Which operations pass the filters, whenever they were: as the timeline finds them. */
const beginNarrowing = (sql: Sql, { query, persons }: HistoryWalk, limit: number): HistoryWalk =>
  beginWalk(
    sql,
    { ...query, ...anyTime, search: '', group: 'all', beforeSeq: null, limit },
    persons
  )

/** From the first to the last record of each operation, newest first, near ones in one. */
const stretchesOf = (
  sql: Sql,
  operations: readonly HistoryHit[],
  nearEnough: number
): readonly HistoryStretch[] => {
  const rows = sql.all<HistoryStretch>(
    `SELECT (SELECT m.seq FROM history_member m WHERE m.group_id = j.value ORDER BY m.seq LIMIT 1) AS "from",
       (SELECT m.seq + 1 FROM history_member m WHERE m.group_id = j.value ORDER BY m.seq DESC LIMIT 1) AS until
     FROM json_each(?) j`,
    JSON.stringify(operations.map(({ id }) => id))
  )
  const joined: HistoryStretch[] = []
  for (const row of rows.toSorted((one, other) => other.until - one.until)) {
    const newer = joined.at(-1)
    if (newer === undefined || row.until + nearEnough < newer.from) joined.push(row)
    else joined.splice(-1, 1, { ...newer, from: Math.min(newer.from, row.from) })
  }
  return joined
}

/** What of these lies in those as well, in their order. */
const common = (
  these: readonly HistoryStretch[],
  those: readonly HistoryStretch[]
): readonly HistoryStretch[] =>
  these.flatMap(({ from, until }) =>
    those
      .map((other) => ({ from: Math.max(from, other.from), until: Math.min(until, other.until) }))
      .filter((shared) => shared.from < shared.until)
  )

const narrowed = (
  sql: Sql,
  walk: HistoryWalk,
  { found, query }: HistoryWalk,
  nearEnough: number
): HistoryWalk =>
  found.length > query.limit
    ? { ...walk, narrowing: 'done' }
    : { ...walk, narrowing: 'done', left: common(walk.left, stretchesOf(sql, found, nearEnough)) }

/** Walks a little further; null: the page is found. Whoever wants it leaves room for others between two steps. */
export const stepWalk = (sql: Sql, walk: HistoryWalk, sizes = usualSizes): HistoryWalk | null => {
  const { persons, narrowing, terms } = walk
  if (isWalked(walk)) return null
  if (persons !== null && persons.left.length > 0) {
    return { ...walk, persons: stepPerson(sql, persons) }
  }
  if (typeof narrowing !== 'string') {
    const next = stepWalk(sql, narrowing, sizes)
    return next === null
      ? narrowed(sql, walk, narrowing, sizes.nearEnough)
      : { ...walk, narrowing: next }
  }
  const [stretch] = walk.left
  if (stretch === undefined) return null
  const find = terms === null ? findOperations : findRecords
  return find(sql, walk, stretch, sizes)
}
