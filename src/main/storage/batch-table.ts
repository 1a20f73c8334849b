import type { Archive } from '../../shared/domain/archive.ts'
import type { PlanChange } from '../../shared/domain/plan.ts'
import type { BatchRecord, ListedBatch } from '../ports/store.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

interface BatchRow {
  readonly id: string
  readonly scope: BatchRecord['scope']
  readonly mode: BatchRecord['mode']
  readonly title: string
  readonly state: BatchRecord['state']
  readonly waits_for: BatchRecord['waitsFor']
  readonly waits_until_at: string | null
  readonly held_until_at: string | null
  readonly hold_left_ms: number | null
  readonly run_at: string | null
  readonly asked_at: string
  readonly ended_at: string | null
  /** JSON of the list. */
  readonly changes: string
  readonly plan: string
  readonly facts: string
  readonly archive: string | null
  readonly is_dismissed: number
}

type ListedRow = Omit<BatchRow, 'plan' | 'facts'>

const listedColumns = `id, scope, mode, title, state, waits_for, waits_until_at, held_until_at,
  hold_left_ms, run_at, asked_at, ended_at, changes, archive, is_dismissed`

export const oneBatch = (sql: Sql, id: string): BatchRecord | null => {
  const row = sql.first<BatchRow>('SELECT * FROM batch WHERE id = ?', id)
  return row === null ? null : toRecord(row)
}

/** Only ended batches are put away, so those that were not are the open ones too. */
export const openBatches = (sql: Sql): readonly BatchRecord[] =>
  sql.all<BatchRow>('SELECT * FROM batch WHERE is_dismissed = 0 ORDER BY position').map(toRecord)

export const listedBatches = (sql: Sql): readonly ListedBatch[] =>
  sql
    .all<ListedRow>(`SELECT ${listedColumns} FROM batch WHERE is_dismissed = 0 ORDER BY position`)
    .map(toListed)

/** Those that were put away, newest first. */
export const dismissedBatches = (
  sql: Sql,
  range: { readonly offset: number; readonly limit: number }
): { readonly total: number; readonly rows: readonly ListedBatch[] } => ({
  total: sql.first<{ n: number }>('SELECT count(*) AS n FROM batch WHERE is_dismissed = 1')?.n ?? 0,
  rows: sql
    .all<ListedRow>(
      `SELECT ${listedColumns} FROM batch WHERE is_dismissed = 1 ORDER BY position DESC LIMIT ? OFFSET ?`,
      range.limit,
      range.offset
    )
    .map(toListed)
})

export const putBatch = (sql: Sql, batch: BatchRecord): void => {
  sql.run(
    `INSERT INTO batch (id, scope, mode, title, state, waits_for, waits_until_at, held_until_at,
       hold_left_ms, run_at, asked_at, ended_at, changes, plan, facts, archive, is_dismissed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       scope = excluded.scope, mode = excluded.mode, title = excluded.title, state = excluded.state,
       waits_for = excluded.waits_for, waits_until_at = excluded.waits_until_at,
       held_until_at = excluded.held_until_at, hold_left_ms = excluded.hold_left_ms,
       run_at = excluded.run_at, asked_at = excluded.asked_at, ended_at = excluded.ended_at,
       changes = excluded.changes, plan = excluded.plan, facts = excluded.facts,
       archive = excluded.archive, is_dismissed = excluded.is_dismissed`,
    batch.id,
    batch.scope,
    batch.mode,
    batch.title,
    batch.state,
    batch.waitsFor,
    batch.waitsUntilAt,
    batch.heldUntilAt,
    batch.holdLeftMs,
    batch.runAt,
    batch.askedAt,
    batch.endedAt,
    JSON.stringify(batch.changes),
    batch.planJson,
    batch.factsJson,
    batch.archive === null ? null : JSON.stringify(batch.archive),
    Number(batch.isDismissed)
  )
}

const toListed = (row: ListedRow): ListedBatch => ({
  id: row.id,
  scope: row.scope,
  mode: row.mode,
  title: row.title,
  state: row.state,
  waitsFor: row.waits_for,
  waitsUntilAt: row.waits_until_at,
  heldUntilAt: row.held_until_at,
  holdLeftMs: row.hold_left_ms,
  runAt: row.run_at,
  askedAt: row.asked_at,
  endedAt: row.ended_at,
  changes: storedJson<readonly PlanChange[]>(row.changes),
  archive: row.archive === null ? null : storedJson<Archive>(row.archive),
  isDismissed: row.is_dismissed === 1
})

const toRecord = (row: BatchRow): BatchRecord => ({
  ...toListed(row),
  planJson: row.plan,
  factsJson: row.facts
})
