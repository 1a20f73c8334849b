import { randomBytes } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupOffer } from '../../shared/domain/health.ts'
import { diskReason } from '../files/disk-reason.ts'
import {
  type DatabasePlace,
  digestOf,
  makePrivate,
  makePrivateFile,
  makePrivateFolder,
  readLineage,
  removeDatabase,
  stampOf,
  syncFile,
  syncFolder
} from './database-files.ts'
import { isChainIntact } from './history-table.ts'
import { latestVersion, type Migration, ownTables, schemaVersion } from './migrations.ts'
import { frozenAddress, openSql, readOnlyAddress, type Sql } from './sql.ts'
import { compareStandings, readStanding, type Standing } from './standing.ts'

/** Of each kind but those before a schema step, of which the last one tells it all. */
const keptBackups = 3
/** Less than a day: whoever asks once a day is then never told "not yet" for a few minutes. */
const backupAgeMs = 20 * 60 * 60 * 1000
const namePattern =
  /^(library|rescued|before-v\d+)-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d(?:\.\d+)?Z)-([0-9a-f]{8})(?:-(\d+)-(\d+)-([0-9a-f]{8})(?:-([0-9a-f]{64}))?)?\.sqlite$/

interface Backup {
  readonly name: string
  /** `rescued`: what could still be read of a database that was set aside. */
  readonly kind: string
  readonly madeAt: string
  readonly lineage: string
  /** Part of the name, so that a start need not open a backup to know it. Null in names of older versions. */
  readonly standing: Standing | null
  /** SHA-256 of the file as it was kept, so that no text in it can read otherwise unnoticed. Null in older names. */
  readonly digest: string | null
}

interface GoodBackup extends Backup {
  readonly facts: Facts
}

/** Newest first; those of one database by how far it had come, as the clock may have been moved between them. */
const listBackups = (place: DatabasePlace): readonly Backup[] => {
  const byClock = namesIn(place.backups)
    .map(parseName)
    .filter((backup) => backup !== null)
    .sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
  const lineages = [...new Set(byClock.map(({ lineage }) => lineage))]
  return lineages.flatMap((own) =>
    byClock.filter(({ lineage }) => lineage === own).sort(byStanding)
  )
}

/** Older versions did not note how far it was. */
const byStanding = (a: Backup, b: Backup): number => {
  if (a.standing === null || b.standing === null) {
    return Number(a.standing === null) - Number(b.standing === null)
  }
  return compareStandings(b.standing, a.standing)
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (diskReason(error) === null) throw error
    return [] // Not made yet, or not to be read: either way there is no backup to be had.
  }
}

const parseName = (name: string): Backup | null => {
  const [, kind, day, hours, minutes, seconds, lineage, generation, seq, hash, digest = null] =
    namePattern.exec(name) ?? []
  if (kind === undefined || lineage === undefined) return null
  const standing =
    hash === undefined ? null : { generation: Number(generation), seq: Number(seq), hash }
  return { name, kind, madeAt: `${day}${hours}:${minutes}:${seconds}`, lineage, standing, digest }
}

export const lineageText = (lineage: number): string =>
  (lineage >>> 0).toString(16).padStart(8, '0')

/** What a finished copy is a copy of. */
export interface CopyFacts {
  readonly lineage: number
  readonly standing: Standing
  /** SHA-256 of the file. */
  readonly digest: string
}

const backupName = (kind: string, at: string, { lineage, standing, digest }: CopyFacts): string => {
  const { generation, seq, hash } = standing
  const place = `${generation}-${seq}-${hash}-${digest}`
  return `${kind}-${stampOf(at)}-${lineageText(lineage)}-${place}.sqlite`
}

export const hasBackups = (place: DatabasePlace): boolean => listBackups(place).length > 0

/** How far the backups of a database have come; null if there is none that tells. */
export const furthestBackup = (place: DatabasePlace, lineage: number): Standing | null =>
  listBackups(place)
    .filter((backup) => backup.lineage === lineageText(lineage))
    .map(({ standing }) => standing)
    .filter((standing) => standing !== null)
    .sort(compareStandings)
    .at(-1) ?? null

/** True if there is none of this database from the last day. One from the future does not count: the clock was moved. */
export const isBackupDue = (place: DatabasePlace, lineage: number, nowAt: string): boolean => {
  const ages = listBackups(place)
    .filter((backup) => backup.kind === 'library' && backup.lineage === lineageText(lineage))
    .map((backup) => Date.parse(nowAt) - Date.parse(backup.madeAt))
  return !ages.some((ageMs) => ageMs >= 0 && ageMs < backupAgeMs)
}

const unfinishedPattern = /^unfinished(-[0-9a-f]+)?\.sqlite/

/** An empty private file for a copy, under a name that no other copy in the making has. */
export const unfinishedBackup = (place: DatabasePlace): string => {
  makePrivateFolder(place.backups)
  const file = join(place.backups, `unfinished-${randomBytes(6).toString('hex')}.sqlite`)
  makePrivateFile(file)
  return file
}

/** Takes away what runs that were cut short left behind. Only while nothing is being copied. */
export const dropUnfinished = (place: DatabasePlace): void => {
  for (const name of namesIn(place.backups)) {
    if (unfinishedPattern.test(name)) rmSync(join(place.backups, name), { force: true })
  }
}

/** Gives a checked backup its name, once it is on disk, and takes the oldest ones of the same database away. */
export const keepBackup = (
  place: DatabasePlace,
  unfinished: string,
  kind: string,
  at: string,
  facts: CopyFacts
): void => {
  syncFile(unfinished)
  renameSync(unfinished, join(place.backups, backupName(kind, at, facts)))
  syncFolder(place.backups)
  const surplus = listBackups(place)
    .filter((backup) => backup.kind === kind && backup.lineage === lineageText(facts.lineage))
    .slice(kind.startsWith('before') ? 1 : keptBackups)
  for (const backup of surplus) rmSync(join(place.backups, backup.name), { force: true })
}

/** Before a schema step: on disk and read back, or the step is not taken. */
export const backUpBefore = (
  place: DatabasePlace,
  sql: Sql,
  step: Migration,
  at: string,
  lineage: number
): void => {
  const file = unfinishedBackup(place)
  sql.run('VACUUM INTO ?', file)
  if (readBack(file, step.version) === null) throw new Error('The backup did not read back')
  const facts = { lineage, standing: readStanding(sql), digest: digestOf(file) }
  keepBackup(place, file, `before-v${step.version}`, at, facts)
}

interface Facts {
  readonly eventCount: number
  readonly assetCount: number
  /** False if a record or the file is not what its hash says: a page can be sound, and a bit in its text be flipped. */
  readonly isIntact: boolean
  readonly standing: Standing
}

/** Opens a copy as it lies there and looks at every page and every text; null if anything is wrong with it. */
const readBack = (file: string, newestVersion: number): Facts | null => {
  let sql: Sql | null = null
  try {
    sql = openSql(frozenAddress(file))
    const version = schemaVersion(sql)
    if (version < 1 || version > newestVersion) return null
    const verdict = sql.first<{ isOk: number }>(
      `SELECT quick_check = 'ok' AS isOk FROM pragma_quick_check(1)`
    )
    if (verdict?.isOk !== 1) return null
    for (const table of ownTables(sql)) sql.scan(`SELECT * FROM ${table}`)
    return readFacts(sql)
  } catch {
    return null // Whatever went wrong, it is no good backup; the next older one is looked at.
  } finally {
    sql?.close()
  }
}

const readFacts = (sql: Sql): Facts | null => {
  const counts = sql.first<{ eventCount: number; assetCount: number }>(
    `SELECT (SELECT count(*) FROM history) AS eventCount,
       (SELECT count(*) FROM asset) AS assetCount`
  )
  if (counts === null) return null
  return { ...counts, isIntact: isChainIntact(sql), standing: readStanding(sql) }
}

/**
 * The backup to go back to: the newest that reads back well, or what was rescued later of the same database if that
 * is as sound and holds at least as much. Backups of the database that is open now (`lineage`) are no way back from the one before it.
 */
export const bestBackup = (
  place: DatabasePlace,
  steps: readonly Migration[],
  lineage: number
): GoodBackup | null => {
  const others = listBackups(place).filter((backup) => backup.lineage !== lineageText(lineage))
  const isRescued = ({ kind }: Backup): boolean => kind === 'rescued'
  const made = firstGood(
    place,
    steps,
    others.filter((backup) => !isRescued(backup))
  )
  const rescued = firstGood(
    place,
    steps,
    others.filter((backup) => isRescued(backup) && backup.madeAt > (made?.madeAt ?? ''))
  )
  if (made === null || rescued === null) return made ?? rescued
  if (made.lineage !== rescued.lineage) return rescued
  if (made.facts.isIntact !== rescued.facts.isIntact) return made.facts.isIntact ? made : rescued
  return compareStandings(rescued.facts.standing, made.facts.standing) < 0 ? made : rescued
}

const isAsKept = (place: DatabasePlace, { name, digest }: Backup): boolean =>
  digest === null || digestOf(join(place.backups, name)) === digest

/** The newest that is intact, file and history; if there is none, because the history itself was altered, the newest. */
const firstGood = (
  place: DatabasePlace,
  steps: readonly Migration[],
  backups: readonly Backup[]
): GoodBackup | null => {
  let readable: GoodBackup | null = null
  for (const backup of backups) {
    const facts = readBack(join(place.backups, backup.name), latestVersion(steps))
    if (facts === null) continue
    const isIntact = facts.isIntact && isAsKept(place, backup)
    const good = { ...backup, facts: { ...facts, isIntact } }
    if (isIntact) return good
    readable ??= good
  }
  return readable
}

/** What taking a backup would bring, and lack against the last record that is known of (`lastSeq`). */
export const offerOf = (
  { madeAt, kind, facts }: GoodBackup,
  lastSeq: number | null
): BackupOffer => ({
  madeAt,
  isRescued: kind === 'rescued',
  eventCount: facts.eventCount,
  assetCount: facts.assetCount,
  missingEventCount: lastSeq === null ? null : Math.max(0, lastSeq - facts.standing.seq)
})

/** A damaged file often still gives away its last record. */
export const lastKnownSeq = (file: string): number | null => {
  let sql: Sql | null = null
  try {
    sql = openSql(readOnlyAddress(file))
    return (
      sql.first<{ seq: number | null }>('SELECT max(seq) AS seq FROM history WHERE seq > 0')?.seq ??
      null
    )
  } catch {
    return null // Too damaged to tell, and "not known" is what the offer then says.
  } finally {
    sql?.close()
  }
}

/**
 * Makes a backup of what still checks out of a database that was set aside: the file, and of its log the beginning that
 * is sound. The set-aside files stay as they are. Nothing is kept if
 * the copy does not read back, or is empty.
 */
export const rescue = (
  place: DatabasePlace,
  setAsideAs: string,
  soundBytes: number,
  steps: readonly Migration[],
  at: string
): void => {
  const aside = join(place.folder, setAsideAs)
  const file = unfinishedBackup(place)
  try {
    copyFileSync(aside, file)
    if (soundBytes > 0) {
      const log = readFileSync(`${aside}-wal`).subarray(0, soundBytes)
      writeFileSync(`${file}-wal`, log, { mode: 0o600 })
      takeLogIn(file)
    }
    const facts = readBack(file, latestVersion(steps))
    if (facts === null || (facts.eventCount === 0 && facts.assetCount === 0)) return
    const { standing } = facts
    keepBackup(place, file, 'rescued', at, {
      lineage: readLineage(file),
      standing,
      digest: digestOf(file)
    })
  } finally {
    removeDatabase(file)
  }
}

const takeLogIn = (file: string): void => {
  const sql = openSql(file)
  try {
    sql.all('PRAGMA wal_checkpoint(TRUNCATE)')
    sql.all('PRAGMA journal_mode = DELETE')
  } finally {
    sql.close()
  }
}

/**
 * Puts a copy of the backup where the database belongs, whole or not at all. `prepare` may write to the copy first.
 */
export const copyIntoPlace = (
  place: DatabasePlace,
  backup: Pick<Backup, 'name'>,
  prepare: (sql: Sql) => void
): void => {
  const coming = `${place.file}.new`
  removeDatabase(coming)
  copyFileSync(join(place.backups, backup.name), coming)
  makePrivate(coming)
  const sql = openSql(coming)
  try {
    sql.all('PRAGMA journal_mode = DELETE')
    prepare(sql)
  } finally {
    sql.close()
  }
  syncFile(coming)
  renameSync(coming, place.file)
  syncFolder(place.folder)
}
