import { noItems } from '../../shared/catalogue/item-states.ts'
import type { TargetKind } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { TargetRef } from '../../shared/domain/asset.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Operation, OperationState } from '../ports/store.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

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
  readonly sent_at: string | null
  readonly batch_id: string | null
  readonly step_id: string | null
  /** JSON of the list. */
  readonly after: string
  readonly provider: Operation['provider']
  readonly origin: string | null
  readonly attempt: number
  readonly found: Operation['found']
}

export const operationsIn = (sql: Sql, states: readonly OperationState[]): readonly Operation[] =>
  sql
    .all<OperationRow>(
      `SELECT * FROM operation WHERE state IN (SELECT value FROM json_each(?)) ORDER BY position`,
      JSON.stringify(states)
    )
    .map(toOperation)

export const oneOperation = (sql: Sql, id: string): Operation | null => {
  const row = sql.first<OperationRow>('SELECT * FROM operation WHERE id = ?', id)
  return row === null ? null : toOperation(row)
}

/** A step that was tried again has several operations; the last one tells how it stands. */
const lastTries = `(
  SELECT min(position) AS first_try, max(position) AS last_try FROM operation
  WHERE batch_id = ? GROUP BY step_id
)`

export const batchOperations = (
  sql: Sql,
  batchId: string,
  states: readonly OperationState[] | null,
  { offset, limit }: { readonly offset: number; readonly limit: number }
): readonly Operation[] =>
  sql
    .all<OperationRow>(
      `SELECT operation.* FROM ${lastTries} CROSS JOIN operation ON position = last_try
       WHERE ?2 IS NULL OR state IN (SELECT value FROM json_each(?2))
       ORDER BY first_try LIMIT ?3 OFFSET ?4`,
      batchId,
      states === null ? null : JSON.stringify(states),
      limit,
      offset
    )
    .map(toOperation)

export const batchCounts = (
  sql: Sql,
  batchId: string
): Readonly<Record<OperationState, number>> => {
  const rows = sql.all<{ state: OperationState; n: number }>(
    `SELECT state, count(*) AS n FROM ${lastTries} CROSS JOIN operation ON position = last_try
     GROUP BY state`,
    batchId
  )
  return { ...noItems, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) }
}

export const deletionsOf = (sql: Sql, target: TargetRef): readonly Operation[] =>
  sql
    .all<OperationRow>(
      `SELECT * FROM operation
       WHERE kind = 'delete' AND account_id = ? AND asset_kind = ? AND asset_id = ?
       ORDER BY position DESC`,
      target.accountId,
      target.kind,
      target.id
    )
    .map(toOperation)

export const lateDeletions = (sql: Sql, accountId: AccountId): readonly Operation[] =>
  sql
    .all<OperationRow>(
      `SELECT * FROM operation
       WHERE state = 'refused' AND account_id = ?
         AND (found = 'there' OR asset_kind NOT IN ('conversation', 'persona', 'page'))
       ORDER BY position DESC`,
      accountId
    )
    .map(toOperation)

/**
 * Looks each asset up in the index of deletions, so that the number of old ones does not matter. One that was sent to another
 * address or with another key is never read back there, so it decides nothing any more.
 */
export const deletedSince = (
  sql: Sql,
  accountId: AccountId,
  kind: TargetKind,
  ids: readonly string[],
  sinceAt: string
): readonly string[] =>
  sql
    .all<{ asset_id: string }>(
      `SELECT DISTINCT asset_id FROM json_each(?) AS wanted
       CROSS JOIN operation ON account_id = ? AND asset_kind = ? AND asset_id = wanted.value
       WHERE operation.kind = 'delete' AND operation.mode IS NOT 'repoint'
         AND state NOT IN ('planned', 'held', 'queued', 'refused', 'canceled', 'not-found')
         AND NOT (state = 'accepted' AND found IS 'there')
         AND NOT (state IN ('accepted', 'unclear') AND EXISTS (
           SELECT 1 FROM account WHERE account.id = operation.account_id AND (
             operation.origin <> account.api_address OR
             operation.key_fingerprint <> account.key_fingerprint)))
         AND (finished_at IS NULL OR finished_at >= ?)`,
      JSON.stringify(ids),
      accountId,
      kind,
      sinceAt
    )
    .map(({ asset_id }) => asset_id)

export const putOperation = (sql: Sql, operation: Operation): void => {
  sql.run(
    `INSERT INTO operation (id, kind, account_id, asset_kind, asset_id, asset_name, mode,
       key_fingerprint, state, asked_at, finished_at, http_status, error, sent_at, batch_id, step_id,
       after, provider, origin, attempt, found)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       kind = excluded.kind, account_id = excluded.account_id, asset_kind = excluded.asset_kind,
       asset_id = excluded.asset_id, asset_name = excluded.asset_name, mode = excluded.mode,
       key_fingerprint = excluded.key_fingerprint, state = excluded.state,
       asked_at = excluded.asked_at, finished_at = excluded.finished_at,
       http_status = excluded.http_status, error = excluded.error, sent_at = excluded.sent_at,
       batch_id = excluded.batch_id, step_id = excluded.step_id, after = excluded.after,
       provider = excluded.provider, origin = excluded.origin, attempt = excluded.attempt,
       found = excluded.found`,
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
    operation.error === null ? null : JSON.stringify(operation.error),
    operation.sentAt,
    operation.batchId,
    operation.stepId,
    JSON.stringify(operation.after),
    operation.provider,
    operation.origin,
    operation.attempt,
    operation.found
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
  error: row.error === null ? null : storedJson<AppError>(row.error),
  sentAt: row.sent_at,
  batchId: row.batch_id,
  stepId: row.step_id,
  after: storedJson<readonly string[]>(row.after),
  provider: row.provider,
  origin: row.origin,
  attempt: row.attempt,
  found: row.found
})
