import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetKind } from '../../shared/domain/asset.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Operation, OperationState } from '../ports/store.ts'
import type { Sql } from './sql.ts'

interface OperationRow {
  readonly id: string
  readonly kind: Operation['kind']
  readonly account_id: Operation['accountId']
  readonly asset_kind: Operation['assetKind']
  readonly asset_id: string | null
  readonly asset_name: string
  readonly mode: Operation['mode']
  readonly key_fingerprint: string | null
  readonly state: OperationState
  readonly asked_at: string
  readonly finished_at: string | null
  readonly http_status: number | null
  readonly error: string | null
}

export const operationsIn = (sql: Sql, states: readonly OperationState[]): readonly Operation[] =>
  sql
    .all<OperationRow>(
      `SELECT * FROM operation WHERE state IN (SELECT value FROM json_each(?)) ORDER BY position`,
      JSON.stringify(states)
    )
    .map(toOperation)

/** Looks each asset up in the index of deletions, so that the number of old ones does not matter. */
export const deletedSince = (
  sql: Sql,
  accountId: AccountId,
  kind: AssetKind,
  ids: readonly string[],
  sinceAt: string
): readonly string[] =>
  sql
    .all<{ asset_id: string }>(
      `SELECT DISTINCT asset_id FROM json_each(?) AS wanted
       CROSS JOIN operation ON account_id = ? AND asset_kind = ? AND asset_id = wanted.value
       WHERE operation.kind = 'delete' AND state NOT IN ('failed', 'canceled')
         AND state <> 'not-found' AND (finished_at IS NULL OR finished_at >= ?)`,
      JSON.stringify(ids),
      accountId,
      kind,
      sinceAt
    )
    .map(({ asset_id }) => asset_id)

export const putOperation = (sql: Sql, operation: Operation): void => {
  sql.run(
    `INSERT INTO operation (id, kind, account_id, asset_kind, asset_id, asset_name, mode,
       key_fingerprint, state, asked_at, finished_at, http_status, error)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       kind = excluded.kind, account_id = excluded.account_id, asset_kind = excluded.asset_kind,
       asset_id = excluded.asset_id, asset_name = excluded.asset_name, mode = excluded.mode,
       key_fingerprint = excluded.key_fingerprint, state = excluded.state,
       asked_at = excluded.asked_at, finished_at = excluded.finished_at,
       http_status = excluded.http_status, error = excluded.error`,
    operation.id,
    operation.kind,
    operation.accountId,
    operation.assetKind,
    operation.assetId,
    operation.assetName,
    operation.mode,
    operation.keyFingerprint,
    operation.state,
    operation.askedAt,
    operation.finishedAt,
    operation.httpStatus,
    operation.error === null ? null : JSON.stringify(operation.error)
  )
}

const toOperation = (row: OperationRow): Operation => ({
  id: row.id,
  kind: row.kind,
  accountId: row.account_id,
  assetKind: row.asset_kind,
  assetId: row.asset_id,
  assetName: row.asset_name,
  mode: row.mode,
  keyFingerprint: row.key_fingerprint,
  state: row.state,
  askedAt: row.asked_at,
  finishedAt: row.finished_at,
  httpStatus: row.http_status,
  error: row.error === null ? null : (JSON.parse(row.error) as AppError)
})
