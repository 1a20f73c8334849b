import { randomBytes } from 'node:crypto'
import { renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Health } from '../../shared/domain/health.ts'
import { assertNever } from '../../shared/result.ts'
import { diskReason } from '../files/disk-reason.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import {
  backUpBefore,
  bestBackup,
  furthestBackup,
  hasBackups,
  lastKnownSeq,
  offerOf,
  rescue
} from './backups.ts'
import { type Damage, putDamage, readDamage } from './damage-note.ts'
import {
  canWrite,
  type DatabasePlace,
  exists,
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
import { readLive } from './live-mark.ts'
import { checkLog } from './log-check.ts'
import {
  applyMigration,
  latestVersion,
  type Migration,
  neededTables,
  schemaVersion
} from './migrations.ts'
import { beginOpening, endOpening } from './opening-mark.ts'
import { refuseChangedSchema, rememberSchema } from './schema-print.ts'
import { frozenAddress, openSql, readOnlyAddress, type Sql } from './sql.ts'
import { type StorageReason, storageReason } from './sql-errors.ts'
import { compareStandings, isBehind, readStanding, type Standing } from './standing.ts'

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

/** Why a database cannot be used as it lies there, and what is known of it. */
interface Found {
  readonly cause: Damage['cause']
  /** How much of its log can be taken over when what is left is rescued; null if nothing is. */
  readonly soundBytes: number | null
  /** The last record that it must have had; null if that can only be asked of the file itself, or not at all. */
  readonly lastSeq: number | null
}

const unreadable: Found = { cause: 'unreadable', soundBytes: null, lastSeq: null }

/** Never throws for what lies on the disk: the answer says how it is. Bugs still throw. */
export const openDatabase = (options: OpenOptions): OpenDatabase => {
  const { folder } = options.place
  try {
    return openWhatIsThere(options)
  } catch (error) {
    const reason = reasonOf(error, folder)
    if (reason === null) throw error
    options.log.warn('The database could not be opened', { reason })
    const state = reason === 'disk-full' ? 'disk-full' : 'unavailable'
    return readableStill(options, state) ?? closedDatabase(state)
  } finally {
    endOpening(folder)
  }
}

/** What cannot be opened for writing, as on a full disk, may still be read. */
const readableStill = (
  options: OpenOptions,
  state: 'disk-full' | 'unavailable'
): OpenDatabase | null => {
  try {
    if (lookAt(options.place.file) !== 'plausible') return null
    return { ...openForReading(options, 'read-only'), health: { state } }
  } catch (error) {
    if (reasonOf(error, options.place.folder) === null) throw error
    return null // The first error was told; this one adds nothing to it.
  }
}

export const reasonOf = (error: unknown, folder: string): StorageReason | null =>
  storageReason(error, folder) ?? diskReason(error)

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
      return openMissing(options)
    case 'not-a-database':
      return startDamaged(options, unreadable)
    case 'plausible':
      return openPlausible(options)
    default:
      return assertNever(found)
  }
}

/** A folder that never held a database begins one. Where one must have been, that is told, and a backup offered. */
const openMissing = (options: OpenOptions): OpenDatabase => {
  const { place } = options
  const missing: Found = { cause: 'missing', soundBytes: null, lastSeq: null }
  if (hasStrayLog(place.file)) return startDamaged(options, missing)
  if (hasBackups(place)) return startBeside(options, null, missing)
  const setAsideAs = newestSetAside(place.folder)
  return setAsideAs === null
    ? startAnew(options, null)
    : startBeside(options, setAsideAs, unreadable)
}

const hasStrayLog = (file: string): boolean => exists(`${file}-wal`) || exists(`${file}-journal`)

/** Sets aside what lies in the database's place, and opens an empty one there. Every file stays as it is. */
const startDamaged = (options: OpenOptions, found: Found): OpenDatabase => {
  const { place, clock, log } = options
  const setAsideAs = moveAside(place, 'damaged', stampOf(clock.nowAt()))
  log.warn('A damaged database was set aside', { name: setAsideAs, cause: found.cause })
  return startBeside(options, setAsideAs, found)
}

const startBeside = (
  options: OpenOptions,
  setAsideAs: string | null,
  { cause, soundBytes, lastSeq }: Found
): OpenDatabase => {
  const { place } = options
  if (setAsideAs !== null && soundBytes !== null) tryToRescue(options, setAsideAs, soundBytes)
  const seen =
    setAsideAs !== null && cause === 'unreadable'
      ? lastKnownSeq(join(place.folder, setAsideAs))
      : null
  return startAnew(options, {
    cause,
    setAsideAs,
    lastSeq: lastSeq ?? seen
  })
}

const tryToRescue = (
  { place, clock, migrations, log }: OpenOptions,
  setAsideAs: string,
  soundBytes: number
): void => {
  try {
    rescue(place, setAsideAs, soundBytes, migrations, clock.nowAt())
  } catch (error) {
    const reason = reasonOf(error, place.folder)
    if (reason === null) throw error
    log.warn('Nothing could be rescued of a damaged database', { reason })
  }
}

/** Sets a database aside that turned out to be damaged, and opens an empty one in its place. The old one is closed. */
export const replaceDamaged = (options: OpenOptions, found: Found = unreadable): OpenDatabase => {
  try {
    return startDamaged(options, found)
  } catch (error) {
    const reason = reasonOf(error, options.place.folder)
    if (reason === null) throw error
    return closedDatabase(reason === 'disk-full' ? 'disk-full' : 'unavailable')
  }
}

/** How often in a row the process may end while it opens a database, until that database is no longer opened. */
const mostDeaths = 2

const openPlausible = (options: OpenOptions): OpenDatabase => {
  const { place } = options
  if (!canWrite(place.file)) return openForReading(options, 'read-only')
  if (beginOpening(place.folder) >= mostDeaths) {
    return replaceDamaged(options, { ...unreadable, cause: 'deadly' })
  }
  const log = checkLog(place.file)
  if (log.kind === 'damaged') {
    return replaceDamaged(options, { cause: 'log', soundBytes: log.soundBytes, lastSeq: null })
  }
  const examined = examine(options, log.soundBytes)
  if (typeof examined !== 'number') return replaceDamaged(options, examined)
  if (examined > latestVersion(options.migrations)) return openForReading(options, 'newer-version')
  return openForWriting(options, examined)
}

/**
 * The schema's version if the database makes sense, else what is wrong with it. Looks through a connection that cannot
 * write, so that a log that does not belong here is not yet copied into the file.
 */
const examine = ({ place, migrations }: OpenOptions, soundBytes: number): number | Found => {
  const lineage = readLineage(place.file)
  const hasLog = soundBytes > 0 || exists(`${place.file}-journal`)
  let sql: Sql | null = null
  try {
    sql = openSql(readOnlyAddress(place.file))
    const version = schemaVersion(sql)
    if (version < 1) return unreadable
    const seen = sql.first<{ application_id: number }>('PRAGMA application_id')
    if (seen?.application_id !== lineage) return { cause: 'log', soundBytes: 0, lastSeq: null }
    if (!hasLog && !isWhole(sql, place.file)) return unreadable
    if (version > latestVersion(migrations)) return version
    refuseChangedSchema(sql)
    touchTables(sql, version)
    const live = readLive(place.folder)
    if (soundBytes > 0 && live !== null && live.lineage !== lineage) {
      return { cause: 'log', soundBytes: 0, lastSeq: null }
    }
    const further = soundBytes > 0 ? fileFurtherOn(sql, place.file) : null
    if (further !== null) return { cause: 'log', soundBytes: 0, lastSeq: further.seq }
    if (live?.lineage === lineage && compareStandings(readStanding(sql), live) < 0) {
      return { cause: 'log', soundBytes, lastSeq: live.seq }
    }
    const backup = furthestBackup(place, lineage)
    if (backup === null || !isBehind(sql, backup)) return version
    return { cause: 'behind', soundBytes, lastSeq: backup.seq }
  } catch (error) {
    const reason = storageReason(error, place.folder)
    if (reason === 'damaged' || isOurMistake(error)) return unreadable
    throw error
  } finally {
    sql?.close()
  }
}

/**
 * How far the file alone has come if it holds what the log would take away, or went another way: the log is then of another
 * day or of another database, though all of its sums are right. Null if the log leads on from the file. While a log was
 * being taken in, the file alone need make no sense, so it is believed only if all of its pages do.
 */
const fileFurtherOn = (sql: Sql, file: string): Standing | null => {
  let alone: Sql | null = null
  try {
    alone = openSql(frozenAddress(file))
    const standing = readStanding(alone)
    return isBehind(sql, standing) && arePagesSound(alone) ? standing : null
  } catch (error) {
    if (storageReason(error, dirname(file)) === 'damaged' || isOurMistake(error)) return null
    throw error
  } finally {
    alone?.close()
  }
}

const arePagesSound = (sql: Sql): boolean =>
  sql.first<{ isOk: number }>(`SELECT quick_check = 'ok' AS isOk FROM pragma_quick_check(1)`)
    ?.isOk === 1

/** Without a log beside it the file holds as many pages as its first one says. */
const isWhole = (sql: Sql, file: string): boolean => {
  const told = sql.first<{ bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size'
  )
  return (told?.bytes ?? 0) <= statSync(file).size
}

const touchTables = (sql: Sql, version: number): void => {
  for (const table of neededTables(version)) sql.all(`SELECT 1 FROM ${table} LIMIT 1`)
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
    if (storageReason(error, dirname(file)) === 'damaged') throw error
    return openSql(frozenAddress(file))
  }
}

const openForWriting = (options: OpenOptions, version: number): OpenDatabase => {
  const { place } = options
  const sql = openConfigured(place)
  const lineage = lineageOf(sql)
  const blocked = migrate(options, sql, version, lineage)
  if (blocked === null) rememberSchema(sql)
  else {
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
  const damage = readDamage(sql)
  if (damage === null) return { state: 'ok' }
  const { setAsideAs, cause } = damage
  if (cause !== 'missing' && !exists(join(place.folder, setAsideAs ?? ''))) return { state: 'ok' }
  const health = damagedHealth(place, migrations, damage, lineage)
  return health.backup === null ? { state: 'ok' } : health
}

const damagedHealth = (
  place: DatabasePlace,
  migrations: readonly Migration[],
  { cause, setAsideAs, lastSeq }: Damage,
  lineage: number
) => {
  const backup = bestBackup(place, migrations, lineage)
  const offer = backup === null ? null : offerOf(backup, lastSeq)
  return { state: 'damaged', cause: toldCause(cause), setAsideAs, backup: offer } as const
}

const toldCause = (cause: Damage['cause']) => (cause === 'deadly' ? 'unreadable' : cause)

/**
 * So much of the file is held in memory at most, once it was read: a page of a long history lies on hundreds of pages of
 * the file. A small database never takes as much.
 */
const mostCachedKiB = 32 * 1024

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
    sql.all(`PRAGMA cache_size = -${mostCachedKiB}`)
    makePrivate(place.file)
    return sql
  } catch (error) {
    sql.close()
    throw error
  }
}

export const lineageOf = (sql: Sql): number =>
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
const startAnew = (options: OpenOptions, damage: Damage | null): OpenDatabase => {
  const { place, migrations } = options
  const coming = `${place.file}.new`
  removeDatabase(coming)
  makePrivateFile(coming)
  const sql = openSql(coming)
  try {
    sql.exec(`PRAGMA application_id = ${randomBytes(4).readInt32BE()}`)
    for (const step of migrations) applyMigration(sql, step)
    rememberSchema(sql)
    if (damage !== null) putDamage(sql, damage)
  } finally {
    sql.close()
  }
  syncFile(coming)
  renameSync(coming, place.file)
  syncFolder(place.folder)
  const opened = openForWriting(options, latestVersion(migrations))
  if (damage === null) return opened
  return { ...opened, health: damagedHealth(place, migrations, damage, opened.lineage) }
}
