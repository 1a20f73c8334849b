import type { KeyEntry } from '../ports/store.ts'
import type { Sql } from './sql.ts'

interface KeyEntryRow {
  readonly name: string
  readonly account_id: KeyEntry['holderId']
  readonly account_name: string
  readonly noted_at: string
  readonly is_likely: number
}

export const allKeyEntries = (sql: Sql): readonly KeyEntry[] =>
  sql.all<KeyEntryRow>('SELECT * FROM key_entry ORDER BY noted_at, name').map((row) => ({
    name: row.name,
    holderId: row.account_id,
    holderName: row.account_name,
    notedAt: row.noted_at,
    isLikely: row.is_likely === 1
  }))

export const putKeyEntry = (sql: Sql, entry: KeyEntry): void => {
  sql.run(
    `INSERT INTO key_entry (name, account_id, account_name, noted_at, is_likely)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET
       account_id = excluded.account_id, account_name = excluded.account_name,
       noted_at = excluded.noted_at, is_likely = excluded.is_likely`,
    entry.name,
    entry.holderId,
    entry.holderName,
    entry.notedAt,
    Number(entry.isLikely)
  )
}

export const removeKeyEntry = (sql: Sql, name: string): void => {
  sql.run('DELETE FROM key_entry WHERE name = ?', name)
}
