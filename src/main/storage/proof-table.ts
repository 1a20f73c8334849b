import type { PendingProofs, ProofRecord } from '../ports/store.ts'
import type { Sql } from './sql.ts'

interface ProofRow {
  readonly id: string
  readonly operation_id: string
  readonly what: ProofRecord['what']
  readonly address: string | null
  readonly due_at: string
  readonly checked_at: string | null
  readonly result: ProofRecord['result']
}

export const dueProofs = (
  sql: Sql,
  nowAt: string,
  limit: number,
  without: readonly string[] = []
): readonly ProofRecord[] =>
  sql
    .all<ProofRow>(
      `SELECT * FROM proof WHERE checked_at IS NULL AND due_at <= ? AND NOT EXISTS (
         SELECT 1 FROM operation WHERE operation.id = proof.operation_id
           AND operation.account_id IN (SELECT value FROM json_each(?)))
       ORDER BY due_at LIMIT ?`,
      nowAt,
      JSON.stringify(without),
      limit
    )
    .map(toRecord)

export const proofsOf = (sql: Sql, operationId: string): readonly ProofRecord[] =>
  sql
    .all<ProofRow>('SELECT * FROM proof WHERE operation_id = ? ORDER BY due_at', operationId)
    .map(toRecord)

/** More groups than this are not shown. */
const mostGroups = 200

interface PendingRow {
  readonly account_id: PendingProofs['accountId']
  readonly due_at: string
  readonly count: number
  readonly name: string
}

export const pendingProofs = (sql: Sql): readonly PendingProofs[] =>
  sql
    .all<PendingRow>(
      `SELECT operation.account_id, min(proof.due_at) AS due_at,
         count(DISTINCT proof.operation_id) AS count, min(operation.asset_name) AS name
       FROM proof JOIN operation ON operation.id = proof.operation_id
       WHERE proof.checked_at IS NULL
       GROUP BY operation.account_id, substr(proof.due_at, 1, 13)
       ORDER BY due_at LIMIT ?`,
      mostGroups
    )
    .map(({ account_id: accountId, due_at: dueAt, count, name }) => ({
      accountId,
      dueAt,
      count,
      name
    }))

export const putProof = (sql: Sql, proof: ProofRecord): void => {
  sql.run(
    `INSERT INTO proof (id, operation_id, what, address, due_at, checked_at, result)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       operation_id = excluded.operation_id, what = excluded.what, address = excluded.address,
       due_at = excluded.due_at, checked_at = excluded.checked_at, result = excluded.result`,
    proof.id,
    proof.operationId,
    proof.what,
    proof.address,
    proof.dueAt,
    proof.checkedAt,
    proof.result
  )
}

const toRecord = (row: ProofRow): ProofRecord => ({
  id: row.id,
  operationId: row.operation_id,
  what: row.what,
  address: row.address,
  dueAt: row.due_at,
  checkedAt: row.checked_at,
  result: row.result
})
