import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupOffer } from '../../shared/domain/health.ts'
import {
  type DatabasePlace,
  fileReason,
  makePrivate,
  makePrivateFile,
  makePrivateFolder,
  removeDatabase,
  stampOf,
  syncFile,
  syncFolder
} from './database-files.ts'
import { latestVersion, type Migration, schemaVersion } from './migrations.ts'
import { frozenAddress, openSql, readOnlyAddress, type Sql } from './sql.ts'

/** Of the daily ones; of those before a schema step the last one tells it all. */
const keptDaily = 3
const dayMs = 24 * 60 * 60 * 1000
const namePattern =
  /^(library|before-v\d+)-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d(?:\.\d+)?Z)-([0-9a-f]{8})\.sqlite$/

interface Backup {
  readonly name: string
  readonly kind: string
  readonly madeAt: string
  readonly lineage: string
}

interface GoodBackup extends Backup {
  readonly offer: BackupOffer
}

/** Newest first. */
const listBackups = (place: DatabasePlace): readonly Backup[] =>
  namesIn(place.backups)
    .map(parseName)
    .filter((backup) => backup !== null)
    .sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (fileReason(error) === null) throw error
    return [] // Not made yet, or not to be read: either way there is no backup to be had.
  }
}

const parseName = (name: string): Backup | null => {
  const [, kind, day, hours, minutes, seconds, lineage] = namePattern.exec(name) ?? []
  if (kind === undefined || lineage === undefined) return null
  return { name, kind, madeAt: `${day}${hours}:${minutes}:${seconds}`, lineage }
}

const lineageText = (lineage: number): string => (lineage >>> 0).toString(16).padStart(8, '0')

const backupName = (kind: string, at: string, lineage: number): string =>
  `${kind}-${stampOf(at)}-${lineageText(lineage)}.sqlite`

/** True if there is none of this database from the last day. One from the future does not count: the clock was moved. */
export const isBackupDue = (place: DatabasePlace, lineage: number, nowAt: string): boolean => {
  const ages = listBackups(place)
    .filter((backup) => backup.kind === 'library' && backup.lineage === lineageText(lineage))
    .map((backup) => Date.parse(nowAt) - Date.parse(backup.madeAt))
  return !ages.some((ageMs) => ageMs >= 0 && ageMs < dayMs)
}

/** An empty private file for `VACUUM INTO`. Left over from a run that was cut short: taken away. */
export const unfinishedBackup = (place: DatabasePlace): string => {
  makePrivateFolder(place.backups)
  const file = join(place.backups, 'unfinished.sqlite')
  removeDatabase(file)
  makePrivateFile(file)
  return file
}

/** Gives a checked backup its name, once it is on disk, and takes the oldest ones of the same database away. */
export const keepBackup = (
  place: DatabasePlace,
  unfinished: string,
  kind: string,
  at: string,
  lineage: number
): void => {
  syncFile(unfinished)
  renameSync(unfinished, join(place.backups, backupName(kind, at, lineage)))
  syncFolder(place.backups)
  const surplus = listBackups(place)
    .filter((backup) => backup.kind === kind && backup.lineage === lineageText(lineage))
    .slice(kind === 'library' ? keptDaily : 1)
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
  keepBackup(place, file, `before-v${step.version}`, at, lineage)
}

interface Facts {
  readonly eventCount: number
  readonly assetCount: number
  readonly headSeq: number
}

/** Opens a copy as it lies there and looks at every page; null if anything is wrong with it. */
const readBack = (file: string, newestVersion: number): Facts | null => {
  let sql: Sql | null = null
  try {
    sql = openSql(frozenAddress(file))
    if (schemaVersion(sql) > newestVersion) return null
    const verdict = sql.first<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check
    return verdict === 'ok' ? readFacts(sql) : null
  } catch {
    return null // Whatever went wrong, it is no good backup; the next older one is looked at.
  } finally {
    sql?.close()
  }
}

const readFacts = (sql: Sql): Facts | null =>
  sql.first<Facts>(
    `SELECT (SELECT count(*) FROM history) AS eventCount,
       (SELECT count(*) FROM asset) AS assetCount,
       (SELECT coalesce(max(seq), 0) FROM history) AS headSeq`
  )

/**
 * The newest backup that reads back well, with what is missing against the set-aside file if that still tells.
 * Backups of the database that is open now (`lineage`) are no way back from the one before it.
 */
export const newestGoodBackup = (
  place: DatabasePlace,
  setAsideAs: string,
  steps: readonly Migration[],
  lineage: number
): GoodBackup | null => {
  const others = listBackups(place).filter((backup) => backup.lineage !== lineageText(lineage))
  for (const backup of others) {
    const facts = readBack(join(place.backups, backup.name), latestVersion(steps))
    if (facts !== null) {
      const lastSeq = lastKnownSeq(join(place.folder, setAsideAs))
      const offer: BackupOffer = {
        madeAt: backup.madeAt,
        eventCount: facts.eventCount,
        assetCount: facts.assetCount,
        missingEventCount: lastSeq === null ? null : Math.max(0, lastSeq - facts.headSeq)
      }
      return { ...backup, offer }
    }
  }
  return null
}

/** A damaged file often still gives away its last record. */
const lastKnownSeq = (file: string): number | null => {
  let sql: Sql | null = null
  try {
    sql = openSql(readOnlyAddress(file))
    return sql.first<{ seq: number | null }>('SELECT max(seq) AS seq FROM history')?.seq ?? null
  } catch {
    return null // Too damaged to tell, and "not known" is what the offer then says.
  } finally {
    sql?.close()
  }
}

/** Puts a copy of the backup where the database belongs, whole or not at all. */
export const copyIntoPlace = (place: DatabasePlace, backup: Backup): void => {
  const coming = `${place.file}.new`
  removeDatabase(coming)
  copyFileSync(join(place.backups, backup.name), coming)
  makePrivate(coming)
  syncFile(coming)
  renameSync(coming, place.file)
  syncFolder(place.folder)
}
