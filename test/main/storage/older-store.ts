import { join } from 'node:path'
import { indexAllHistory } from '../../../src/main/storage/history-index.ts'
import { applyMigration, migrations } from '../../../src/main/storage/migrations.ts'
import { openSql } from '../../../src/main/storage/sql.ts'
import type { NewHistoryEvent } from '../../../src/shared/domain/history.ts'
import { chainStart, recordHash } from '../../../src/verifier/record-hash.ts'
import { startAt } from './records.ts'

/** A database as version 13 of the schema left it, closed, with records hashed over all that they hold. */
export const storeOfVersion13 = (folder: string, events: readonly NewHistoryEvent[]): void => {
  const sql = openSql(join(folder, 'library.sqlite'))
  for (const step of migrations.filter(({ version }) => version <= 13)) applyMigration(sql, step)
  let prevHash = chainStart
  for (const [index, event] of events.entries()) {
    const at = new Date(Date.parse(startAt) + index * 1000).toISOString()
    const record = { ...event, seq: index + 1, at, monotonicMs: index, runId: 'run-0', prevHash }
    const hash = recordHash(record)
    sql.run(
      `INSERT INTO history (seq, at, monotonic_ms, run_id, type, operation_id, account_id,
         account_name, asset_kind, asset_id, asset_name, body, prev_hash, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      record.seq,
      at,
      record.monotonicMs,
      record.runId,
      event.type,
      event.operationId,
      event.accountId,
      event.accountName,
      event.assetKind,
      event.assetId,
      event.assetName,
      JSON.stringify(event.body),
      prevHash,
      hash
    )
    prevHash = hash
  }
  indexAllHistory(sql)
  sql.all('PRAGMA wal_checkpoint(TRUNCATE)')
  sql.close()
}
