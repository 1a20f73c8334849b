import type { HistoryBody, HistoryEvent } from '../../shared/domain/history.ts'

/** A record as the table keeps it. */
export interface HistoryRow {
  readonly seq: number
  readonly at: string
  readonly monotonic_ms: number
  readonly run_id: string
  readonly type: HistoryEvent['type']
  readonly operation_id: string | null
  readonly account_id: HistoryEvent['accountId']
  readonly account_name: string | null
  readonly asset_kind: HistoryEvent['assetKind']
  readonly asset_id: string | null
  readonly asset_name: string | null
  readonly body: string
  readonly prev_hash: string
  readonly hash: string
  /** JSON of the seal; null in records of before there were any. */
  readonly seal: string | null
  /** JSON of what tells by which record, and when, names in it were forgotten. */
  readonly forgotten: string | null
  readonly topic: string
  /** The account's id as the computer that wrote the record has it, where it is another one here. */
  readonly told_account_id: HistoryEvent['accountId']
}

/** What of it an event is made of; what the table works out beside that costs as much as reading it. */
export type EventRow = Omit<HistoryRow, 'topic' | 'told_account_id'>

/** The columns of `history h` for it. */
export const eventColumns = `h.seq, h.at, h.monotonic_ms, h.run_id, h.type, h.operation_id, h.account_id, h.account_name,
  h.asset_kind, h.asset_id, h.asset_name, h.body, h.prev_hash, h.hash, h.seal, h.forgotten`

type Seal = NonNullable<HistoryEvent['seal']>
type Forgotten = NonNullable<HistoryEvent['forgotten']>

/** Half of a seal is always null, and is not kept. */
export const storedSeal = ({ seal }: Pick<HistoryEvent, 'seal'>): string | null =>
  seal === undefined ? null : JSON.stringify(seal, (_key, value) => value ?? undefined)

const sealIn = (text: string): Seal => {
  const { keys, salt = null, hash = null } = parsed<Partial<Seal>>(text) ?? {}
  return { keys: Array.isArray(keys) ? keys : [], salt, hash }
}

/** What cannot be read was not written so; no record has the number 0, so the check finds it. */
const forgottenIn = (text: string): Forgotten => ({ by: 0, at: '', ...parsed<Forgotten>(text) })

export const toEvent = (row: EventRow): HistoryEvent => ({
  seq: row.seq,
  at: row.at,
  monotonicMs: row.monotonic_ms,
  runId: row.run_id,
  type: row.type,
  operationId: row.operation_id,
  accountId: row.account_id,
  accountName: row.account_name,
  assetKind: row.asset_kind,
  assetId: row.asset_id,
  assetName: row.asset_name,
  body: parsed<HistoryBody>(row.body) ?? {},
  prevHash: row.prev_hash,
  hash: row.hash,
  ...(row.seal === null ? {} : { seal: sealIn(row.seal) }),
  ...(row.forgotten === null ? {} : { forgotten: forgottenIn(row.forgotten) })
})

/** What somebody made unreadable must not hide the other records; its hash gives it away. */
const parsed = <T>(text: string): T | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as T) : null
  } catch {
    return null
  }
}
