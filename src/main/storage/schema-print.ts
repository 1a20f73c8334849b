import { createHash } from 'node:crypto'
import { putMeta, readMeta } from './meta-table.ts'
import { schemaVersion } from './migrations.ts'
import { DamagedValueError, type Sql } from './sql.ts'

const printKey = 'storage.schemaPrint'

/**
 * The schema's number and a hash of its text, which differs with the version of SQLite and cannot be foretold. A trigger
 * that somebody lifted is left to the check of the chain.
 */
const printOf = (sql: Sql): string => {
  const parts = sql.all(
    `SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'trigger' ORDER BY type, name`
  )
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${schemaVersion(sql)} ${hash}`
}

/**
 * Throws if the schema is not the one that was remembered. A bit that flips in it would otherwise be met as a column
 * that does not exist, at some later statement. A later number alone is a step after which the process ended.
 */
export const refuseChangedSchema = (sql: Sql): void => {
  const remembered = readMeta(sql, printKey)
  if (remembered === null || Number(remembered.split(' ')[0]) < schemaVersion(sql)) return
  if (remembered !== printOf(sql)) throw new DamagedValueError('The schema is not what it was')
}

export const rememberSchema = (sql: Sql): void => {
  const print = printOf(sql)
  if (readMeta(sql, printKey) !== print) putMeta(sql, printKey, print)
}
