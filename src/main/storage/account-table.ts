import type { AccountId } from '../../shared/domain/account.ts'
import type { AccountRecord } from '../ports/store.ts'
import { removeTextsOf } from './asset-text.ts'
import { removeNotesOf } from './note-table.ts'
import type { Sql } from './sql.ts'

interface AccountRow {
  readonly id: AccountId
  readonly provider: AccountRecord['provider']
  readonly name: string
  readonly color: AccountRecord['color']
  readonly api_address: string
  readonly is_read_only: number
  readonly is_sample: number
  readonly created_at: string
  readonly key_entry: string | null
  readonly key_last4: string | null
  readonly key_set_at: string | null
  readonly key_fingerprint: string | null
  readonly key_check_outcome: AccountRecord['keyCheck']['outcome']
  readonly key_checked_at: string | null
  readonly synced_at: string | null
}

export const allAccounts = (sql: Sql): readonly AccountRecord[] =>
  sql.all<AccountRow>('SELECT * FROM account ORDER BY position').map(toRecord)

export const oneAccount = (sql: Sql, id: AccountId): AccountRecord | null => {
  const row = sql.first<AccountRow>('SELECT * FROM account WHERE id = ?', id)
  return row === null ? null : toRecord(row)
}

export const putAccount = (sql: Sql, record: AccountRecord): void => {
  sql.run(
    `INSERT INTO account (id, provider, name, color, api_address, is_read_only, is_sample, created_at,
       key_last4, key_set_at, key_fingerprint, key_check_outcome, key_checked_at, synced_at, key_entry)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       provider = excluded.provider, name = excluded.name, color = excluded.color,
       api_address = excluded.api_address, is_read_only = excluded.is_read_only,
       is_sample = excluded.is_sample, created_at = excluded.created_at,
       key_last4 = excluded.key_last4, key_set_at = excluded.key_set_at,
       key_fingerprint = excluded.key_fingerprint,
       key_check_outcome = excluded.key_check_outcome,
       key_checked_at = excluded.key_checked_at, synced_at = excluded.synced_at,
       key_entry = excluded.key_entry`,
    record.id,
    record.provider,
    record.name,
    record.color,
    record.apiAddress,
    Number(record.isReadOnly),
    Number(record.isSample),
    record.createdAt,
    record.savedKey?.last4 ?? null,
    record.savedKey?.setAt ?? null,
    record.keyFingerprint,
    record.keyCheck.outcome,
    record.keyCheck.checkedAt,
    record.syncedAt,
    record.savedKey?.entry ?? null
  )
}

/**
 * What was sent and has no answer stays, so that it can still be read back by hand; what belongs to a batch stays for
 * its receipt, and nothing of it can be sent any more. Drafts stay for another account. The history always stays.
 */
export const removeAccount = (sql: Sql, id: AccountId): void => {
  sql.run('DELETE FROM asset WHERE account_id = ?', id)
  sql.run('DELETE FROM pin WHERE account_id = ?', id)
  sql.run('DELETE FROM person_asset WHERE account_id = ?', id)
  removeNotesOf(sql, { accountId: id })
  removeTextsOf(sql, id)
  sql.run(
    `UPDATE operation SET state = 'canceled'
     WHERE account_id = ? AND kind = 'delete' AND state IN ('planned', 'held', 'queued')`,
    id
  )
  sql.run(
    `DELETE FROM operation WHERE account_id = ? AND batch_id IS NULL
       AND state NOT IN ('queued', 'sent', 'unclear')`,
    id
  )
  sql.run('DELETE FROM account WHERE id = ?', id)
}

const toRecord = (row: AccountRow): AccountRecord => ({
  id: row.id,
  provider: row.provider,
  name: row.name,
  color: row.color,
  apiAddress: row.api_address,
  isReadOnly: row.is_read_only === 1,
  isSample: row.is_sample === 1,
  createdAt: row.created_at,
  savedKey:
    row.key_entry === null || row.key_last4 === null || row.key_set_at === null
      ? null
      : { entry: row.key_entry, last4: row.key_last4, setAt: row.key_set_at },
  keyFingerprint: row.key_fingerprint,
  keyCheck: { outcome: row.key_check_outcome, checkedAt: row.key_checked_at },
  syncedAt: row.synced_at
})
