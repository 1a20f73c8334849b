import { historyEventTypes, topicBitsOf } from '../../shared/catalogue/history-events.ts'
import { isTargetKind, kinds } from '../../shared/catalogue/kinds.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { chainOf } from '../../shared/history-chains.ts'
import {
  type HistoryTone,
  historyTone,
  type ItemStanding,
  isAftermath,
  linkAfter,
  standingAfter
} from '../../shared/history-outcome.ts'
import { placesEach } from '../ports/store.ts'
import { inboxMark, type Mark } from './history-marks.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import { eachLot } from './other-chains.ts'
import type { Sql, SqlValue } from './sql.ts'

/**
 * Which operation each record belongs to. All of it can be made anew from the records, which stay as they are.
 * `id` of a group is the number of its first record; `head_seq` the newest that says something new, by which the timeline
 * is in order; an `account_id` of '' stands for several accounts. `is_new` is its mark in the inbox (`history-marks.ts`).
 */
export const historyGroupsSchema = `
  CREATE TABLE history_group (
    id INTEGER PRIMARY KEY,
    head_seq INTEGER NOT NULL,
    head_at TEXT NOT NULL,
    started_at TEXT NOT NULL,
    last_ms REAL NOT NULL,
    count INTEGER NOT NULL,
    topic TEXT NOT NULL,
    account_id TEXT,
    outcome TEXT NOT NULL,
    is_new INTEGER NOT NULL,
    batch_id TEXT,
    asset_account_id TEXT,
    asset_kind TEXT,
    asset_id TEXT,
    summary TEXT NOT NULL
  ) STRICT;
  CREATE INDEX history_group_in_order ON history_group (head_seq);
  CREATE INDEX history_group_of_account ON history_group (account_id, head_seq);
  CREATE INDEX history_group_of_topic ON history_group (topic, head_seq);
  CREATE INDEX history_group_by_outcome ON history_group (outcome, head_seq);
  CREATE INDEX history_group_at ON history_group (head_at);
  CREATE INDEX history_group_new ON history_group (head_seq) WHERE is_new = 1;
  CREATE TABLE history_member (seq INTEGER PRIMARY KEY, group_id INTEGER NOT NULL) STRICT;
  CREATE INDEX history_member_of_group ON history_member (group_id, seq);
  CREATE TABLE history_group_key (
    key TEXT PRIMARY KEY,
    group_id INTEGER NOT NULL,
    standing TEXT
  ) STRICT, WITHOUT ROWID;`

/** What a line of the timeline tells beside its newest record. */
export interface GroupSummary {
  /** The first few different names in it. */
  readonly names: string[]
  readonly accountName: string | null
  /** How many things of each kind it is about. */
  readonly kinds: Readonly<Record<string, number>>
  /** How many of its deletions stand where. */
  readonly standings: Readonly<Partial<Record<ItemStanding, number>>>
  /** Follow-up checks by what they showed. */
  readonly checks: Readonly<Record<string, number>>
  /** Links that the last check of each found online. */
  readonly online: string[]
}

export const placesSchema = `
  ALTER TABLE history_group ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
  UPDATE history_group SET place = head_seq * ${placesEach};
  DROP INDEX history_group_in_order;
  DROP INDEX history_group_of_account;
  DROP INDEX history_group_of_topic;
  DROP INDEX history_group_by_outcome;
  CREATE INDEX history_group_in_order ON history_group (place);
  CREATE INDEX history_group_of_account ON history_group (account_id, place);
  CREATE INDEX history_group_of_topic ON history_group (topic, place);
  CREATE INDEX history_group_by_outcome ON history_group (outcome, place);`

/** So many topics there were when each got its index; one index for all would hold each operation once alone. */
const topicCount = 11

/** An operation is found under what any of its records tells of. */
export const topicsSchema = `
  ALTER TABLE history_group ADD COLUMN topics INTEGER NOT NULL DEFAULT 0;
  DROP INDEX history_group_of_topic;
  CREATE INDEX history_group_elsewhere ON history_group (place) WHERE topic = 'elsewhere';
  ${Array.from(
    { length: topicCount },
    (_, index) =>
      `CREATE INDEX history_group_topic_${index} ON history_group (place) WHERE topics & ${1 << index} > 0;`
  ).join('\n  ')}`

/** Gives operations that were put together before there were topics theirs. */
export const fillTopics = (sql: Sql): void =>
  sql.run(
    `UPDATE history_group SET topics = told.bits FROM (
       SELECT m.group_id, ${Array.from(
         { length: topicCount },
         (_, index) => `max(t.value ->> 1 & ${1 << index})`
       ).join(' | ')} AS bits
       FROM history_member m CROSS JOIN history h ON h.seq = m.seq
         JOIN json_each(?) t ON t.value ->> 0 = h.type
       GROUP BY m.group_id
     ) AS told WHERE told.group_id = history_group.id`,
    JSON.stringify(historyEventTypes.map((type) => [type, topicBitsOf(type)]))
  )

/** Of another computer's: none until all of them are placed. */
const placeOf = (headSeq: number): number => (headSeq > 0 ? headSeq * placesEach : 0)

/** Puts the operations of other computers between this one's, by when each told something new. */
export const placeOthers = (sql: Sql): void =>
  sql.exec(`
    UPDATE history_group SET place = placed.place FROM (
      SELECT id, coalesce(behind, 0) * ${placesEach}
        + row_number() OVER (PARTITION BY behind ORDER BY head_at, id) AS place
      FROM (
        SELECT id, head_seq, head_at, max(CASE WHEN head_seq > 0 THEN head_seq END)
          OVER (ORDER BY head_at, head_seq ROWS UNBOUNDED PRECEDING) AS behind
        FROM history_group
      )
      WHERE head_seq < 0
    ) AS placed WHERE placed.id = history_group.id`)

export interface GroupRow {
  readonly id: number
  readonly head_seq: number
  readonly head_at: string
  readonly started_at: string
  readonly last_ms: number
  readonly count: number
  /** Of its first record: what came up elsewhere is told by it. */
  readonly topic: string
  /** Bits of what its records tell of; see `topicBit`. */
  readonly topics: number
  readonly account_id: string | null
  readonly outcome: HistoryTone
  readonly is_new: Mark
  readonly batch_id: string | null
  readonly asset_account_id: string | null
  readonly asset_kind: string | null
  readonly asset_id: string | null
  /** Where it stands in the timeline; see `placeOf`. */
  readonly place: number
  readonly summary: GroupSummary
}

type StoredGroup = Omit<GroupRow, 'summary'> & { readonly summary: string }

interface KeyRow {
  readonly key: string
  readonly group_id: number
  readonly standing: ItemStanding | null
}

const noSummary: GroupSummary = {
  names: [],
  accountName: null,
  kinds: {},
  standings: {},
  checks: {},
  online: []
}

/** Of what comes in floods and names no walk, so much may lie between two records of one group. */
const nearMs = 60_000

const floods: ReadonlySet<HistoryEvent['type']> = new Set([
  'asset-first-seen',
  'asset-renamed',
  'asset-vanished',
  'asset-returned',
  'asset-pinned',
  'asset-unpinned'
])

/** It came up elsewhere, or of a deed on many things; what was asked to disappear belongs to its deletion. */
const isFlood = ({ type, body }: HistoryEvent): boolean =>
  floods.has(type) && body['wasAsked'] !== true

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const thing = ({ accountId, assetKind, assetId }: HistoryEvent): string | null =>
  assetId === null ? null : JSON.stringify([accountId, assetKind, assetId])

interface Keys {
  /** By any of these a record joins an operation; all of them lead to it from then on. */
  readonly keys: readonly string[]
  /** True where only what came shortly before is joined. */
  readonly isNear: boolean
}

/** `walk` tells a listing, or another deed of the app, from the one before it. */
const keysOf = (event: HistoryEvent, walk: string | null): Keys => {
  const { type, operationId, accountId, runId, body } = event
  const about = thing(event)
  const operation = operationId === null ? [] : [`operation ${operationId}`]
  const batch = text(body['batch'])
  if (type.startsWith('deletion-') || type.startsWith('receipt-')) {
    const target = about === null ? [] : [`deletion ${about}`]
    // The thing itself only tells which deletion its disappearance belongs to; a second deletion is another operation.
    const keys = [...(batch === null ? [] : [`batch ${batch}`]), ...operation]
    return { keys: keys.length === 0 ? [] : [...keys, ...target], isNear: false }
  }
  if (type.startsWith('creation-')) {
    return { keys: about === null ? operation : [...operation, `making ${about}`], isNear: false }
  }
  if (type === 'asset-status-changed' && about !== null)
    return { keys: [`making ${about}`], isNear: false }
  if (type === 'asset-vanished' && body['wasAsked'] === true) {
    return { keys: [`deletion ${about}`], isNear: false }
  }
  if (!isFlood(event)) return { keys: operation, isNear: false }
  const flood = JSON.stringify([type, accountId, walk ?? runId])
  return { keys: [`${walk === null ? 'near' : 'walk'} ${flood}`], isNear: walk === null }
}

const isMade = ({ type, body }: HistoryEvent): boolean =>
  type === 'creation-failed' ||
  (type === 'asset-status-changed' && (body['to'] === 'ready' || body['to'] === 'failed'))

const mostNames = 3

/** What belongs to nothing else of the library leads an operation on it and on everything that does. */
const leads = (kind: string | null): boolean =>
  kind !== null && isTargetKind(kind) && kinds[kind].parent === null

/** Three at most; what leads comes before what only belongs to something. */
const namesWith = (
  names: string[],
  { assetName, assetKind }: HistoryEvent,
  isFirst: boolean
): string[] => {
  const name = assetName?.trim() ?? ''
  if (name === '' || names.includes(name)) return names
  if (isFirst && leads(assetKind)) return [name, ...names].slice(0, mostNames)
  return names.length < mostNames ? [...names, name] : names
}

const plusOne = <Key extends string>(
  counts: Readonly<Partial<Record<Key, number>>>,
  key: Key,
  by = 1
): Readonly<Partial<Record<Key, number>>> => ({ ...counts, [key]: (counts[key] ?? 0) + by })

interface Step {
  readonly event: HistoryEvent
  readonly topic: string
  readonly before: ItemStanding | null
  readonly isAnother: boolean
  readonly isNew: boolean
  /** Put together anew, from records that were there before: nothing of it is unread. */
  readonly isOld: boolean
}

const mostLinks = 100

const onlineAfter = (online: string[], event: HistoryEvent): string[] => {
  const found = linkAfter(event)
  if (found === null) return online
  const link = `${event.operationId} ${found.link}`
  const others = online.filter((known) => known !== link)
  return found.isOnline ? [...others, link].slice(-mostLinks) : others
}

const summaryWith = (summary: GroupSummary, step: Step, isFirst: boolean): GroupSummary => {
  const { event, before, isAnother } = step
  const after = standingAfter(event)
  const left = before === null ? summary.standings : plusOne(summary.standings, before, -1)
  const checked = event.type === 'deletion-checked' ? text(event.body['result']) : null
  return {
    names: namesWith(summary.names, event, isFirst),
    accountName: event.accountName ?? summary.accountName,
    kinds: isAnother
      ? (plusOne(summary.kinds, event.assetKind ?? 'other') as Record<string, number>)
      : summary.kinds,
    standings: after === null ? summary.standings : plusOne(left, after),
    checks:
      checked === null
        ? summary.checks
        : (plusOne(summary.checks, checked) as Record<string, number>),
    online: onlineAfter(summary.online, event)
  }
}

/** One deletion by its newest record; several by how they stand. */
const outcomeOf = (summary: GroupSummary, head: HistoryTone): HistoryTone => {
  const {
    open = 0,
    accepted = 0,
    deleted = 0,
    kept = 0,
    unclear = 0,
    canceled = 0
  } = summary.standings
  if (open + accepted + deleted + kept + unclear + canceled < 2) return head
  if (kept > 0) return 'bad'
  if (unclear > 0) return 'warn'
  if (open + accepted > 0) return 'busy'
  return deleted > 0 ? 'good' : 'quiet'
}

const ownerWith = (group: GroupRow | null, { accountId }: HistoryEvent): string | null => {
  if (group === null || group.account_id === null) return accountId
  return accountId === null || accountId === group.account_id ? group.account_id : ''
}

/** What was only accepted, or unclear, turned out to be gone. */
const hasSettled = ({ event, before }: Step): boolean =>
  before !== null && before !== 'deleted' && standingAfter(event) === 'deleted'

const joined = (group: GroupRow | null, step: Step): GroupRow => {
  const { event, topic } = step
  const isHead = group === null || !isAftermath(event) || hasSettled(step)
  const hasLead = group !== null && leads(group.asset_kind)
  const hasThing = group !== null && group.asset_id !== null && (hasLead || !leads(event.assetKind))
  const summary = summaryWith(group?.summary ?? noSummary, step, !hasLead)
  const head = isHead ? historyTone(event) : group.outcome
  const next: Omit<GroupRow, 'is_new'> = {
    id: group?.id ?? event.seq,
    head_seq: isHead ? event.seq : group.head_seq,
    place: isHead ? placeOf(event.seq) : group.place,
    head_at: isHead ? event.at : group.head_at,
    started_at: group?.started_at ?? event.at,
    last_ms: event.monotonicMs,
    count: (group?.count ?? 0) + 1,
    topic: group?.topic ?? topic,
    topics: (group?.topics ?? 0) | topicBitsOf(event.type),
    account_id: ownerWith(group, event),
    outcome: isHead ? outcomeOf(summary, head) : group.outcome,
    batch_id: group?.batch_id ?? text(event.body['batch']),
    asset_account_id: hasThing ? group.asset_account_id : event.accountId,
    asset_kind: hasThing ? group.asset_kind : event.assetKind,
    asset_id: hasThing ? group.asset_id : event.assetId,
    summary
  }
  return { ...next, is_new: inboxMark(group?.is_new ?? 0, next, step) }
}

/** What is read of the groups on the way, and what is to be written at the end. */
interface Book {
  readonly groups: Map<number, GroupRow>
  readonly keys: Map<string, KeyRow | null>
  /** Those of them that lead somewhere else now, or stand otherwise. */
  readonly changedKeys: Set<string>
  readonly members: (readonly [number, number])[]
}

const keyIn = (sql: Sql, book: Book, key: string): KeyRow | null => {
  const held = book.keys.get(key)
  if (held !== undefined) return held
  const found = sql.first<KeyRow>('SELECT * FROM history_group_key WHERE key = ?', key)
  book.keys.set(key, found)
  return found
}

const setKey = (sql: Sql, book: Book, key: string, row: KeyRow | null): void => {
  const known = keyIn(sql, book, key)
  if (known?.group_id === row?.group_id && known?.standing === row?.standing) return
  book.keys.set(key, row)
  book.changedKeys.add(key)
}

const groupIn = (sql: Sql, book: Book, id: number): GroupRow | null => {
  const held = book.groups.get(id)
  if (held !== undefined) return held
  const found = sql.first<StoredGroup>('SELECT * FROM history_group WHERE id = ?', id)
  return found === null ? null : { ...found, summary: summaryOf(found.summary) }
}

/** A summary that somebody made unreadable must not hide the records. */
export const summaryOf = (stored: string): GroupSummary => {
  try {
    return { ...noSummary, ...(JSON.parse(stored) as Partial<GroupSummary>) }
  } catch {
    return noSummary
  }
}

const groupFor = (
  sql: Sql,
  book: Book,
  { keys, isNear }: Keys,
  event: HistoryEvent
): GroupRow | null => {
  const isDeletion = event.type.startsWith('deletion-') || event.type.startsWith('receipt-')
  // What was deleted before leads to the operation of that time.
  const leading = isDeletion ? keys.filter((key) => !key.startsWith('deletion ')) : keys
  for (const key of leading) {
    const known = keyIn(sql, book, key)
    const group = known === null ? null : groupIn(sql, book, known.group_id)
    if (group === null) continue
    return isNear && event.monotonicMs - group.last_ms > nearMs ? null : group
  }
  return null
}

/** The app had listed the account before, so what is found now came up elsewhere, and nobody has seen it yet. */
const isNews = (sql: Sql, event: HistoryEvent, topic: string, walk: string | null): boolean =>
  topic === 'elsewhere' &&
  walk !== null &&
  sql.first('SELECT 1 FROM account WHERE id = ? AND synced_at IS NOT NULL', event.accountId) !==
    null

/** What another computer did with the same thing is an operation of its own. */
const ofChain = (key: string, { seq }: HistoryEvent): string => {
  const chain = chainOf(seq)
  return chain === 0 ? key : `${key} @${chain}`
}

const addTo = (
  sql: Sql,
  book: Book,
  row: HistoryRow,
  walk: string | null,
  isOld: boolean
): void => {
  const event = toEvent(row)
  const { keys, isNear } = keysOf(event, walk)
  const found = { keys: keys.map((key) => ofChain(key, event)), isNear }
  const group = groupFor(sql, book, found, event)
  const own = event.operationId === null ? null : ofChain(`operation ${event.operationId}`, event)
  const before = own === null ? null : (keyIn(sql, book, own)?.standing ?? null)
  const isKnown = own !== null && keyIn(sql, book, own) !== null
  const isAnother = own === null ? isFlood(event) : !isKnown
  const isNew = isNews(sql, event, row.topic, walk)
  const next = joined(group, { event, topic: row.topic, before, isAnother, isNew, isOld })
  book.groups.set(next.id, next)
  book.members.push([event.seq, next.id])
  const standing = standingAfter(event) ?? before
  for (const key of found.keys) {
    setKey(sql, book, key, { key, group_id: next.id, standing: key === own ? standing : null })
  }
  // Whatever is made of it later is another operation.
  if (isMade(event)) setKey(sql, book, ofChain(`making ${thing(event)}`, event), null)
}

const groupColumns = [
  'id',
  'head_seq',
  'head_at',
  'started_at',
  'last_ms',
  'count',
  'topic',
  'topics',
  'account_id',
  'outcome',
  'is_new',
  'batch_id',
  'asset_account_id',
  'asset_kind',
  'asset_id',
  'place',
  'summary'
] as const

const valuesOf = (group: GroupRow): readonly SqlValue[] =>
  groupColumns.map((column) =>
    column === 'summary' ? JSON.stringify(group.summary) : group[column]
  )

const fieldsOf = (count: number): string =>
  Array.from({ length: count }, (_, index) => `value ->> ${index}`).join(', ')

const write = (sql: Sql, { groups, keys, changedKeys, members }: Book): void => {
  sql.run(
    `INSERT OR REPLACE INTO history_group (${groupColumns.join(', ')})
     SELECT ${fieldsOf(groupColumns.length)} FROM json_each(?)`,
    JSON.stringify([...groups.values()].map(valuesOf))
  )
  sql.run(
    `INSERT OR REPLACE INTO history_member (seq, group_id) SELECT ${fieldsOf(2)} FROM json_each(?)`,
    JSON.stringify(members)
  )
  const changed = [...changedKeys].map((key) => [key, keys.get(key) ?? null] as const)
  const gone = changed.flatMap(([key, row]) => (row === null ? [key] : []))
  const kept = changed.flatMap(([key, row]) =>
    row === null ? [] : [[key, row.group_id, row.standing]]
  )
  if (gone.length > 0) {
    sql.run(
      'DELETE FROM history_group_key WHERE key IN (SELECT value FROM json_each(?))',
      JSON.stringify(gone)
    )
  }
  if (kept.length > 0) {
    sql.run(
      `INSERT OR REPLACE INTO history_group_key (key, group_id, standing)
       SELECT ${fieldsOf(3)} FROM json_each(?)`,
      JSON.stringify(kept)
    )
  }
}

const groupRange = (
  sql: Sql,
  fromSeq: number,
  toSeq: number,
  walks: ReadonlyMap<number, string>,
  isOld: boolean
): void => {
  const rows = sql.all<HistoryRow>(
    'SELECT * FROM history WHERE seq >= ? AND seq <= ? ORDER BY seq',
    fromSeq,
    toSeq
  )
  const book: Book = {
    groups: new Map(),
    keys: new Map(),
    changedKeys: new Set(),
    members: []
  }
  for (const row of rows) addTo(sql, book, row, walks.get(row.seq) ?? null, isOld)
  write(sql, book)
}

/** Puts some records into their operations. */
export const groupHistory = (
  sql: Sql,
  fromSeq: number,
  walks: ReadonlyMap<number, string>,
  toSeq: number
): void => groupRange(sql, fromSeq, toSeq, walks, false)

/** Records of other computers, whose numbers are below 0, are put together as they come. */
const groupedSeq = (sql: Sql): number => {
  const last = sql.first<{ seq: number | null }>('SELECT max(seq) AS seq FROM history_member')
  return Math.max(0, last?.seq ?? 0)
}

export const isHistoryGrouped = (sql: Sql): boolean =>
  sql.first('SELECT 1 FROM history WHERE seq > ? LIMIT 1', groupedSeq(sql)) === null

/** Puts the newest records into their operations; called before these are read. */
export const groupNewHistory = (sql: Sql, walks: ReadonlyMap<number, string> = new Map()): void =>
  groupHistory(sql, groupedSeq(sql) + 1, walks, Number.MAX_SAFE_INTEGER)

/** An operation has more indexes than a record, so it is not written for every one. */
const mostWaiting = 50

/**
 * The same if many wait, or if a listing tells which of them belong together, which no record does; called before the
 * commit. `atLeast`: up to where they are known to be in their operations; answers the same for the next call.
 */
export const groupManyNew = (
  sql: Sql,
  headSeq: number,
  walks: ReadonlyMap<number, string>,
  atLeast: number
): number => {
  if (walks.size === 0) {
    if (headSeq - atLeast < mostWaiting) return atLeast
    const groupedBefore = groupedSeq(sql)
    if (headSeq - groupedBefore < mostWaiting) return groupedBefore
  }
  groupNewHistory(sql, walks)
  return headSeq
}

const rowsAtOnce = 5_000

/** Puts every record into its operation, those of earlier versions by what they tell themselves. */
export const groupAllHistory = (sql: Sql): void =>
  eachLot(sql, rowsAtOnce, (fromSeq, toSeq) => groupRange(sql, fromSeq, toSeq, new Map(), true))

/** Takes the names of the operations that some records belong to from their records again. */
export const regroupNames = (sql: Sql, seqs: readonly number[]): void => {
  const groups = sql.all<{ id: number; summary: string }>(
    `SELECT id, summary FROM history_group WHERE id IN (
       SELECT m.group_id FROM json_each(?) AS wanted CROSS JOIN history_member m ON m.seq = wanted.value)`,
    JSON.stringify(seqs)
  )
  for (const { id, summary } of groups) {
    const called = sql.all<{ name: string | null; account: string | null }>(
      `SELECT h.asset_name AS name, h.account_name AS account FROM history_member m
       CROSS JOIN history h ON h.seq = m.seq WHERE m.group_id = ? ORDER BY m.seq`,
      id
    )
    const names = [...new Set(called.flatMap(({ name }) => name?.trim() || []))].slice(0, mostNames)
    const accountName = called.findLast(({ account }) => account !== null)?.account ?? null
    const renewed = { ...(JSON.parse(summary) as GroupSummary), names, accountName }
    sql.run('UPDATE history_group SET summary = ? WHERE id = ?', JSON.stringify(renewed), id)
  }
}

export const emptyHistoryGroups = (sql: Sql): void => {
  for (const table of ['history_group', 'history_member', 'history_group_key']) {
    sql.exec(`DELETE FROM ${table}`)
  }
}
