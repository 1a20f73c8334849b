import { eventTypesOf, type HistoryEventType } from '../../shared/catalogue/history-events.ts'
import type {
  HistoryCheck,
  HistoryEvent,
  HistoryPage,
  HistoryQuery,
  NewHistoryEvent
} from '../../shared/domain/history.ts'
import { newHistoryEventSchema } from '../../shared/domain/history.ts'
import { chainBase } from '../../shared/history-chains.ts'
import { chainStart } from '../../verifier/record-hash.ts'
import type { Clock } from '../ports/clock.ts'
import { type CheckPace, DamagedStoreError } from '../ports/store.ts'
import { ChainWalk, sealed } from './history-chain.ts'
import { isKeptTopic, matchOf, searchWords } from './history-index.ts'
import { type EventRow, eventColumns, type HistoryRow, storedSeal, toEvent } from './history-row.ts'
import { asWritten, type Chain, otherChains, ownChain, recordsOf } from './other-chains.ts'
import { type Sql, type SqlValue, storable } from './sql.ts'

export interface HistoryHead {
  readonly seq: number
  readonly hash: string
}

const streamSlice = 500

/** A person waits for it. */
const quickPace: CheckPace = {
  recordsAtOnce: 2000,
  rest: () => new Promise((resolve) => setImmediate(() => resolve(true)))
}

export const historyHash = (sql: Sql, seq: number): string | null =>
  sql.first<{ hash: string }>('SELECT hash FROM history WHERE seq = ?', seq)?.hash ?? null

export const historyHead = (sql: Sql): HistoryHead | null =>
  sql.first<HistoryHead>('SELECT seq, hash FROM history WHERE seq > 0 ORDER BY seq DESC LIMIT 1')

/** Answers the record, which follows `head`. Whoever appends calls `groupManyNew` before the commit. */
export const appendHistory = (
  sql: Sql,
  clock: Clock,
  runId: string,
  head: HistoryHead | null,
  wanted: NewHistoryEvent
): HistoryHead => {
  const event = newHistoryEventSchema.parse(wellFormed(wanted))
  const record = sealed({
    ...event,
    seq: (head?.seq ?? 0) + 1,
    at: clock.nowAt(),
    monotonicMs: clock.monotonicMs(),
    runId,
    prevHash: head?.hash ?? chainStart
  })
  insert(sql, record)
  return { seq: record.seq, hash: record.hash }
}

/** As many characters as a record may have there; see `newHistoryEventSchema`. */
const longest = { accountName: 80, assetId: 400, assetName: 500, body: 1000 } as const

/**
 * The database keeps only text that it can hold, so that is what the hash must be made of. Text that is too long is cut: a
 * record that was refused would take everything with it that is stored in the same transaction.
 */
const wellFormed = (event: NewHistoryEvent): NewHistoryEvent => ({
  ...event,
  accountName: wellFormedText(event.accountName, longest.accountName),
  assetId: wellFormedText(event.assetId, longest.assetId),
  assetName: wellFormedText(event.assetName, longest.assetName),
  body: Object.fromEntries(
    Object.entries(event.body).map(([key, value]) => [
      key,
      typeof value === 'string' ? wellFormedText(value, longest.body) : value
    ])
  )
})

const wellFormedText = (text: string | null, most: number): string | null =>
  text === null ? null : storable(text.slice(0, most))

const insert = (sql: Sql, event: HistoryEvent): void => {
  sql.run(
    `INSERT INTO history (seq, at, monotonic_ms, run_id, type, operation_id, account_id, account_name,
       asset_kind, asset_id, asset_name, body, prev_hash, hash, seal)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    event.seq,
    event.at,
    event.monotonicMs,
    event.runId,
    event.type,
    event.operationId,
    event.accountId,
    event.accountName,
    event.assetKind,
    event.assetId,
    event.assetName,
    JSON.stringify(event.body),
    event.prevHash,
    event.hash,
    storedSeal(event)
  )
}

/** What stands behind another condition of a query. */
export interface Condition {
  readonly where: string
  readonly values: readonly SqlValue[]
}

export const historyPage = (sql: Sql, query: HistoryQuery): HistoryPage => {
  const words = searchWords(query.search)
  if (words === null) return { rows: [], hasMore: false }
  const terms = words.length === 0 ? '' : matchOf(sql, words, query)
  const { where, values } = ofRecords(query)
  // CROSS JOIN keeps the order of the loops: the text index hands out its hits newest first. Numbers are bound as REAL, and
  // by such a bound it does not skip what is newer: it would walk over it.
  const [from, between, order] =
    terms === ''
      ? ['history h WHERE', 'h.seq < ?', 'h.seq DESC']
      : [
          'history_text t CROSS JOIN history h ON h.seq = -t.rowid WHERE history_text MATCH ? AND',
          't.rowid > -CAST(? AS INTEGER)',
          't.rowid'
        ]
  const rows = sql.all<EventRow>(
    `SELECT ${eventColumns} FROM ${from} ${between} ${where} ORDER BY ${order} LIMIT ?`,
    ...(terms === '' ? [] : [terms]),
    query.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    ...values,
    query.limit + 1
  )
  return { rows: rows.slice(0, query.limit).map(toEvent), hasMore: rows.length > query.limit }
}

/** What the filters ask for of `history h`, to stand behind another condition. */
export const ofRecords = ({
  accountId,
  asset = null,
  group
}: Pick<HistoryQuery, 'accountId' | 'group'> & Partial<Pick<HistoryQuery, 'asset'>>): Condition => {
  const parts: string[] = []
  const values: SqlValue[] = []
  if (accountId !== null) {
    parts.push('AND h.account_id = ?')
    values.push(accountId)
  }
  if (asset !== null) {
    parts.push('AND h.account_id = ? AND h.asset_kind = ? AND h.asset_id = ?')
    values.push(asset.accountId, asset.kind, asset.id)
  }
  if (isKeptTopic(group)) {
    // Written out, not bound: an index serves trainings alone.
    parts.push(`AND h.topic = '${group}'`)
  } else if (group !== 'all' && group !== 'elsewhere') {
    parts.push('AND h.type IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(eventTypesOf(group)))
  }
  return { where: parts.join(' '), values }
}

/** All records of a chain, as its computer wrote them. */
export function* eachHistoryEvent(sql: Sql, chain = 0): IterableIterator<HistoryEvent> {
  let after = 0
  for (;;) {
    const events = recordsOf(sql, chain, after, streamSlice)
    yield* events
    const last = events.at(-1)
    if (!last) return
    after = last.seq
  }
}

/** Numbers of records, with those of the records that tell what was forgotten of them: a part is checked by these. */
export const withTellers = (sql: Sql, seqs: readonly number[]): readonly number[] => [
  ...seqs,
  ...sql
    .all<{ by: number }>(
      `SELECT DISTINCT json_extract(h.forgotten, '$.by') AS by
       FROM json_each(?) j CROSS JOIN history h ON h.seq = j.value WHERE h.forgotten IS NOT NULL AND h.seq > 0`,
      JSON.stringify(seqs)
    )
    .map(({ by }) => by)
]

/** The records of a chain with these numbers of its own, which go up. One that is not there is damage. */
export function* historyEventsAt(
  sql: Sql,
  seqs: Iterable<number>,
  chain = 0
): IterableIterator<HistoryEvent> {
  const base = chainBase(chain)
  let wanted: number[] = []
  for (const seq of seqs) {
    wanted.push(base + seq)
    if (wanted.length < streamSlice) continue
    yield* recordsAt(sql, wanted)
    wanted = []
  }
  yield* recordsAt(sql, wanted)
}

const recordsAt = (sql: Sql, seqs: readonly number[]): readonly HistoryEvent[] => {
  const rows = sql.all<HistoryRow>(
    'SELECT h.* FROM json_each(?) j CROSS JOIN history h ON h.seq = j.value ORDER BY h.seq',
    JSON.stringify(seqs)
  )
  if (rows.length < seqs.length) throw new DamagedStoreError()
  return rows.map(asWritten)
}

/** The first records of some types after one, oldest first. */
export const historyAfter = (
  sql: Sql,
  seq: number,
  types: readonly HistoryEventType[],
  limit: number
): readonly HistoryEvent[] =>
  sql
    .all<HistoryRow>(
      `SELECT * FROM history WHERE seq > ? AND type IN (${types.map(() => '?').join(', ')})
       ORDER BY seq LIMIT ?`,
      seq,
      ...types,
      limit
    )
    .map(toEvent)

/** What a walk over one chain found. */
interface Walked {
  readonly walk: ChainWalk
  readonly rememberedHash: string | null
}

/** Null: it was stopped. */
const walkChain = async (
  sql: () => Sql | null,
  { id, firstSeq, prevHash }: Chain,
  remembered: HistoryHead | null,
  { recordsAtOnce, rest }: CheckPace,
  visit: (record: HistoryEvent) => void = () => undefined
): Promise<Walked | null> => {
  const walk = new ChainWalk({ seq: firstSeq - 1, hash: prevHash })
  let rememberedHash: string | null = null
  for (;;) {
    const connection = sql()
    const records =
      connection === null ? [] : recordsOf(connection, id, walk.before.seq, recordsAtOnce)
    for (const record of records) {
      walk.take(record)
      visit(record)
      if (record.seq === remembered?.seq) rememberedHash = record.hash
    }
    if (records.length < recordsAtOnce) break
    if (!(await rest())) return null
  }
  walk.end()
  return { walk, rememberedHash }
}

/** How far another computer's chain had come when it was restored, by a record of this computer's own. */
const restoredEnd = ({ type, body }: HistoryEvent): (HistoryHead & { computer: string }) | null => {
  const { computer, lastSeq: seq, lastHash: hash } = body
  if (type !== 'backup-restored' || typeof computer !== 'string') return null
  return typeof seq === 'number' && typeof hash === 'string' ? { computer, seq, hash } : null
}

/** Walks every chain; between slices the event loop gets its turn. */
export const checkChain = async (
  sql: () => Sql | null,
  remembered: HistoryHead | null,
  pace: CheckPace = quickPace
): Promise<HistoryCheck | null> => {
  const ends = new Map<string, HistoryHead>()
  const own = await walkChain(sql, ownChain(''), remembered, pace, (record) => {
    const end = restoredEnd(record)
    if (end !== null) ends.set(end.computer, end)
  })
  if (own === null) return null
  const walks: (Walked & { readonly chain: Chain })[] = []
  const connection = sql()
  for (const chain of connection === null ? [] : otherChains(connection)) {
    const walked = await walkChain(sql, chain, ends.get(chain.computer) ?? null, pace)
    if (walked === null) return null
    walks.push({ ...walked, chain })
  }
  const others = walks.map(({ walk, chain: { computer, firstSeq } }) => {
    const end = ends.get(computer)
    // A computer that went back to an older copy has two chains, and the end is that of one of them.
    const isThere = walks.some(
      ({ chain, rememberedHash }) => chain.computer === computer && rememberedHash === end?.hash
    )
    const isCut = end !== undefined && end.seq >= firstSeq && !isThere
    const firstBadSeq = walk.firstBadSeq ?? (isCut ? Math.min(end.seq, walk.before.seq + 1) : null)
    return { computer, isIntact: firstBadSeq === null, checkedCount: walk.count, firstBadSeq }
  })
  const { firstBadSeq, count, before, contents } = own.walk
  return {
    isIntact: firstBadSeq === null,
    checkedCount: count,
    firstBadSeq,
    headHash: count === 0 ? null : before.hash,
    others,
    remembered: compareHead(remembered, before.seq, own.rememberedHash),
    forgottenCount: contents.count,
    forgottenAt: contents.lastAt
  }
}

/** The same in one go, for a copy that nobody uses yet. */
export const isChainIntact = (sql: Sql): boolean => {
  const walk = new ChainWalk()
  for (const event of eachHistoryEvent(sql)) walk.take(event)
  walk.end()
  return walk.firstBadSeq === null
}

const compareHead = (
  remembered: HistoryHead | null,
  headSeq: number,
  hashThere: string | null
): HistoryCheck['remembered'] => {
  if (remembered === null) return 'none'
  if (remembered.seq > headSeq) return 'behind'
  return remembered.hash === hashThere ? 'matches' : 'mismatch'
}
