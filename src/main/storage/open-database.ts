import { randomBytes } from 'node:crypto'
import { renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Health } from '../../shared/domain/health.ts'
import { assertNever } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { backUpBefore, newestGoodBackup } from './backups.ts'
import {
  canWrite,
  type DatabasePlace,
  exists,
  fileReason,
  lookAt,
  makePrivate,
  makePrivateFile,
  makePrivateFolder,
  moveAside,
  newestSetAside,
  readLineage,
  removeDatabase,
  stampOf,
  syncFile,
  syncFolder
} from './database-files.ts'
import { putMeta, readMeta } from './meta-table.ts'
import { applyMigration, latestVersion, type Migration, schemaVersion } from './migrations.ts'
import { frozenAddress, openSql, readOnlyAddress, type Sql } from './sql.ts'
import { type StorageReason, storageReason } from './sql-errors.ts'

export type StorageHealth = Health['storage']

export interface OpenOptions {
  readonly place: DatabasePlace
  readonly clock: Clock
  readonly log: Log
  readonly migrations: readonly Migration[]
}

/** `sql` is null if nothing can even be read. `isSchemaOurs` is false if a read may meet tables it does not know. */
export interface OpenDatabase {
  readonly sql: Sql | null
  readonly health: StorageHealth
  readonly isWritable: boolean
  readonly isSchemaOurs: boolean
  readonly lineage: number
}

export const setAsideKey = 'storage.setAsideAs'

/** Never throws for what lies on the disk: the answer says how it is. Bugs still throw. */
export const openDatabase = (options: OpenOptions): OpenDatabase => {
  try {
    return openWhatIsThere(options)
  } catch (error) {
    const reason = reasonOf(error, options.place.folder)
    if (reason === null) throw error
    options.log.warn('The database could not be opened', { reason })
    return closedDatabase(reason === 'disk-full' ? 'disk-full' : 'unavailable')
  }
}

export const reasonOf = (error: unknown, folder: string): StorageReason | null =>
  storageReason(error, folder) ?? fileReason(error)

export const closedDatabase = (state: 'disk-full' | 'read-only' | 'unavailable'): OpenDatabase => ({
  sql: null,
  health: { state },
  isWritable: false,
  isSchemaOurs: true,
  lineage: 0
})

const openWhatIsThere = (options: OpenOptions): OpenDatabase => {
  const { folder, file } = options.place
  if (!exists(folder) || canWrite(folder)) makePrivateFolder(folder)
  const found = lookAt(file)
  if (!canWrite(folder)) {
    return found === 'plausible'
      ? openForReading(options, 'read-only')
      : closedDatabase(found === 'missing' ? 'read-only' : 'unavailable')
  }
  switch (found) {
    case 'missing':
      return startAnew(options, hasStrayLog(file) ? setAside(options) : newestSetAside(folder))
    case 'not-a-database':
      return startAnew(options, setAside(options))
    case 'plausible':
      return openPlausible(options)
    default:
      return assertNever(found)
  }
}

const hasStrayLog = (file: string): boolean => exists(`${file}-wal`) || exists(`${file}-journal`)

const setAside = ({ place, clock, log }: OpenOptions): string => {
  const name = moveAside(place, 'damaged', stampOf(clock.nowAt()))
  log.warn('A damaged database was set aside', { name })
  return name
}

/** Sets a database aside that turned out to be damaged, and opens an empty one in its place. The old one is closed. */
export const replaceDamaged = (options: OpenOptions): OpenDatabase => {
  try {
    return startAnew(options, setAside(options))
  } catch (error) {
    const reason = reasonOf(error, options.place.folder)
    if (reason === null) throw error
    return closedDatabase('unavailable')
  }
}

const openPlausible = (options: OpenOptions): OpenDatabase => {
  const { file } = options.place
  if (!canWrite(file)) return openForReading(options, 'read-only')
  const version = soundVersion(options)
  if (version === null) return replaceDamaged(options)
  if (version > latestVersion(options.migrations)) return openForReading(options, 'newer-version')
  return openForWriting(options, version)
}

/**
 * The schema's version if the database makes sense, null if it is damaged. Looks through a connection that cannot
 * write, so that a log that does not belong here is not yet copied into the file.
 */
const soundVersion = ({ place, migrations }: OpenOptions): number | null => {
  const lineage = readLineage(place.file)
  // Asked for before a connection makes one.
  const hasLog = hasStrayLog(place.file)
  let sql: Sql | null = null
  try {
    sql = openSql(readOnlyAddress(place.file))
    const version = schemaVersion(sql)
    const seen = sql.first<{ application_id: number }>('PRAGMA application_id')
    if (version < 1 || seen?.application_id !== lineage) return null
    if (version <= latestVersion(migrations)) touchTables(sql, version)
    return hasLog || isWhole(sql, place.file) ? version : null
  } catch (error) {
    const reason = storageReason(error, place.folder)
    if (reason === 'damaged' || isOurMistake(error)) return null
    throw error
  } finally {
    sql?.close()
  }
}

/** Without a log beside it the file holds as many pages as its first one says. */
const isWhole = (sql: Sql, file: string): boolean => {
  const told = sql.first<{ bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size'
  )
  return (told?.bytes ?? 0) <= statSync(file).size
}

const firstTables = ['account', 'asset', 'operation', 'draft', 'meta']
const secondTables = ['batch', 'proof', 'pin', 'person', 'person_asset']

const touchTables = (sql: Sql, version: number): void => {
  for (const table of version < 2 ? firstTables : [...firstTables, ...secondTables]) {
    sql.all(`SELECT 1 FROM ${table} LIMIT 1`)
  }
  sql.all('SELECT * FROM history ORDER BY seq DESC LIMIT 1')
}

/** A statement of ours that does not fit: the tables are not there, or are not what they were. */
const isOurMistake = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR'

const openForReading = (
  { place, migrations, log }: OpenOptions,
  state: 'read-only' | 'newer-version'
): OpenDatabase => {
  const sql = openReadable(place.file)
  const version = schemaVersion(sql)
  const isNewer = version > latestVersion(migrations)
  log.warn('The database is open for reading only', { state, version })
  return {
    sql,
    health: { state: isNewer ? 'newer-version' : state },
    isWritable: false,
    isSchemaOurs: version === latestVersion(migrations),
    lineage: 0
  }
}

/** In a folder that cannot be written the log's index cannot be made; the file alone can still be read. */
const openReadable = (file: string): Sql => {
  let sql: Sql | null = null
  try {
    sql = openSql(readOnlyAddress(file))
    schemaVersion(sql)
    return sql
  } catch (error) {
    sql?.close()
    if (storageReason(error, file) !== 'no-access') throw error
    return openSql(frozenAddress(file))
  }
}

const openForWriting = (options: OpenOptions, version: number): OpenDatabase => {
  const { place } = options
  const sql = openConfigured(place)
  const lineage = lineageOf(sql)
  const blocked = migrate(options, sql, version, lineage)
  if (blocked !== null) {
    sql.close()
    return { ...openForReading(options, 'read-only'), health: { state: blocked } }
  }
  return {
    sql,
    health: openHealth(options, sql, lineage),
    isWritable: true,
    isSchemaOurs: true,
    lineage
  }
}

/** A damaged database stays told while a backup can still be taken in its place and the file is still there. */
const openHealth = (
  { place, migrations }: OpenOptions,
  sql: Sql,
  lineage: number
): StorageHealth => {
  const setAsideAs = readMeta(sql, setAsideKey) ?? ''
  if (setAsideAs === '' || !exists(join(place.folder, setAsideAs))) return { state: 'ok' }
  const backup = newestGoodBackup(place, setAsideAs, migrations, lineage)?.offer ?? null
  return backup === null ? { state: 'ok' } : { state: 'damaged', setAsideAs, backup }
}

const openConfigured = (place: DatabasePlace): Sql => {
  makePrivate(place.file)
  const sql = openSql(place.file)
  try {
    sql.all('PRAGMA busy_timeout = 2000')
    sql.all('PRAGMA journal_mode = WAL')
    sql.all('PRAGMA synchronous = FULL')
    if (process.platform === 'darwin') {
      sql.all('PRAGMA fullfsync = ON')
      sql.all('PRAGMA checkpoint_fullfsync = ON')
    }
    sql.all('PRAGMA recursive_triggers = ON')
    sql.all('PRAGMA trusted_schema = OFF')
    sql.all('PRAGMA cell_size_check = ON')
    makePrivate(place.file)
    return sql
  } catch (error) {
    sql.close()
    throw error
  }
}

const lineageOf = (sql: Sql): number =>
  sql.first<{ application_id: number }>('PRAGMA application_id')?.application_id ?? 0

/** Answers why it could not be done; the older schema is then whole, and there is a backup of each step's start. */
const migrate = (
  { place, clock, log, migrations }: OpenOptions,
  sql: Sql,
  version: number,
  lineage: number
): 'disk-full' | 'read-only' | null => {
  try {
    for (const step of migrations.filter((candidate) => candidate.version > version)) {
      backUpBefore(place, sql, step, clock.nowAt(), lineage)
      applyMigration(sql, step)
      log.info('The database has a new schema', { version: step.version })
    }
    return null
  } catch (error) {
    log.bug(error)
    return reasonOf(error, place.folder) === 'disk-full' ? 'disk-full' : 'read-only'
  }
}

/** Builds the empty database under another name first, so that a half-made one never stands in the place. */
const startAnew = (options: OpenOptions, setAsideAs: string | null): OpenDatabase => {
  const { place, migrations } = options
  const coming = `${place.file}.new`
  removeDatabase(coming)
  makePrivateFile(coming)
  const sql = openSql(coming)
  try {
    sql.exec(`PRAGMA application_id = ${randomBytes(4).readInt32BE()}`)
    for (const step of migrations) applyMigration(sql, step)
    if (setAsideAs !== null) putMeta(sql, setAsideKey, setAsideAs)
  } finally {
    sql.close()
  }
  syncFile(coming)
  renameSync(coming, place.file)
  syncFolder(place.folder)
  const opened = openForWriting(options, latestVersion(migrations))
  if (setAsideAs === null) return opened
  const backup = newestGoodBackup(place, setAsideAs, migrations, opened.lineage)?.offer ?? null
  return { ...opened, health: { state: 'damaged', setAsideAs, backup } }
}
