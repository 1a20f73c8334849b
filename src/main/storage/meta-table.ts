import type { Sql } from './sql.ts'

export const readMeta = (sql: Sql, key: string): string | null =>
  sql.first<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null

export const putMeta = (sql: Sql, key: string, value: string): void => {
  sql.run(
    `INSERT INTO meta (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    key,
    value
  )
}
