import type { Sql } from './sql.ts'

/** The triggers that refuse any change are lifted for some work within a transaction, and put back as they were. */
export const withoutTriggers = (sql: Sql, work: () => void): void => {
  const triggers = sql.all<{ name: string; sql: string }>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history'`
  )
  for (const { name } of triggers) sql.exec(`DROP TRIGGER ${name}`)
  work()
  for (const trigger of triggers) sql.exec(trigger.sql)
}
