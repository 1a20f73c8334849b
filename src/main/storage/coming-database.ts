import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { checkInBackground } from './background-check.ts'
import { lookAt } from './database-files.ts'
import { applyMigration, latestVersion, type Migration, schemaVersion } from './migrations.ts'
import { withoutSample } from './sample-data.ts'
import { refuseChangedSchema } from './schema-print.ts'
import { DamagedValueError, openSql, type Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

/** What is wrong with the other database must never be taken for damage of this one. */
export class ComingDamagedError extends Error {
  override readonly name = 'ComingDamagedError'
}

const theirs = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof DamagedValueError || isTheirMistake(error)) throw new ComingDamagedError()
    throw error
  }
}

const guarded = (sql: Sql): Sql => ({
  all: (text, ...values) => theirs(() => sql.all(text, ...values)),
  first: (text, ...values) => theirs(() => sql.first(text, ...values)),
  scan: (text) => theirs(() => sql.scan(text)),
  run: (text, ...values) => theirs(() => sql.run(text, ...values)),
  exec: (text) => theirs(() => sql.exec(text)),
  get isInTransaction() {
    return sql.isInTransaction
  },
  close: () => sql.close()
})

/** JSON that another computer stored. */
export const comingJson = <T>(text: string): T => theirs(() => storedJson<T>(text))

type Why = Extract<AppError, { kind: 'backup-refused' }>['why']

const refused = (why: Why) => fail({ kind: 'backup-refused', why })

const ownTriggers = `('history_no_update', 'history_no_delete', 'history_in_order')`

/** Whoever made the file may have put more into it than tables: nothing of that may run here. */
const refuseForeignSchema = (sql: Sql): void => {
  const foreign = sql.first(
    `SELECT 1 FROM sqlite_master WHERE type = 'view'
       OR type = 'trigger' AND name NOT IN ${ownTriggers}
       OR type = 'table' AND sql LIKE 'CREATE VIRTUAL%' AND name NOT IN ('history_text', 'history_words')`
  )
  if (foreign !== null) throw new DamagedValueError('The schema holds what is not ours')
}

const brought = (sql: Sql, steps: readonly Migration[]): void => {
  sql.all('PRAGMA trusted_schema = OFF')
  sql.all('PRAGMA journal_mode = DELETE')
  refuseForeignSchema(sql)
  refuseChangedSchema(sql)
  const version = schemaVersion(sql)
  if (version < 1) throw new DamagedValueError('There is no schema')
  for (const step of steps.filter((candidate) => candidate.version > version)) {
    applyMigration(sql, step)
  }
  // Backups of earlier versions hold it.
  for (const statement of withoutSample) sql.exec(statement)
}

/**
 * Opens the database of a backup, whose pages and texts are looked at first, and takes it to the schema of now. It is a copy
 * that belongs to the caller. `backup-refused`.
 */
export const openComing = async (
  file: string,
  steps: readonly Migration[],
  signal: AbortSignal
): Promise<Result<Sql>> => {
  if (lookAt(file) !== 'plausible') return refused('damaged')
  const verdict = await checkInBackground(file, null, signal)
  if (verdict.kind === 'stopped') return fail({ kind: 'canceled' })
  if (verdict.kind !== 'ok') return refused('damaged')
  const sql = openSql(file)
  try {
    if (schemaVersion(sql) > latestVersion(steps)) {
      sql.close()
      return refused('newer-version')
    }
    brought(sql, steps)
    return ok(guarded(sql))
  } catch (error) {
    sql.close()
    if (error instanceof DamagedValueError || isTheirMistake(error)) return refused('damaged')
    throw error
  }
}

/** The tables are not there, or are not what they were. */
const isTheirMistake = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^SQLITE_(ERROR|CORRUPT|NOTADB)/.test(String(error.code))
