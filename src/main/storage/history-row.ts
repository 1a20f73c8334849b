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
  readonly topic: string
}

export const toEvent = (row: HistoryRow): HistoryEvent => ({
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
  body: parseBody(row.body),
  prevHash: row.prev_hash,
  hash: row.hash
})

/** A body that somebody made unreadable must not hide the other records; its hash gives it away. */
const parseBody = (text: string): HistoryBody => {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? (body as HistoryBody) : {}
  } catch {
    return {}
  }
}
