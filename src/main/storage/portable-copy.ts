import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupFacts } from '../../shared/domain/backup.ts'
import { lineageText } from './backups.ts'
import { type DatabasePlace, removeDatabase } from './database-files.ts'
import { schemaVersion } from './migrations.ts'
import { withoutSample } from './sample-data.ts'
import { frozenAddress, openSql } from './sql.ts'

/**
 * Takes out of a copy what belongs to this computer alone: sample data, what is remembered of keys, where files lie, uploads under way,
 * and the notes of the app to itself. No key is in the database at any time; these are the traces of them.
 */
export const portableStatements: readonly string[] = [
  ...withoutSample,
  `UPDATE account SET key_last4 = NULL, key_set_at = NULL, key_fingerprint = NULL, key_entry = NULL,
     key_check_outcome = 'not-checked', key_checked_at = NULL`,
  `UPDATE bucket SET key_entry = NULL, key_last4 = NULL, key_set_at = NULL, key_fingerprint = NULL,
     test = '{"outcome":"not-tested","trouble":null,"right":null,"checkedAt":null}'`,
  'DELETE FROM key_entry',
  'DELETE FROM forgotten_key',
  'UPDATE operation SET key_fingerprint = NULL',
  `UPDATE batch SET facts = ''`,
  `DELETE FROM upload WHERE state <> 'done'`,
  `UPDATE upload SET file_path = '', multipart_id = NULL`,
  `UPDATE draft SET json = json_set(json, '$.paths', json('{}')) WHERE json_valid(json)`,
  `DELETE FROM meta WHERE key NOT IN ('receiptKey', 'storage.schemaPrint', 'storage.generation')`,
  'VACUUM'
]

const outgoingName = 'outgoing.sqlite'

/** Takes away what a run that was cut short left behind. Only while nothing is being written from it. */
export const dropOutgoing = ({ folder }: DatabasePlace): void =>
  removeDatabase(join(folder, outgoingName))

/** Gives a copy a name of its own: upkeep takes unfinished ones away, and this one is still to be written from. */
export const keepOutgoing = (place: DatabasePlace, copy: string): string => {
  dropOutgoing(place)
  const file = join(place.folder, outgoingName)
  renameSync(copy, file)
  return file
}

interface CountsRow extends Record<string, unknown> {
  readonly accounts: number
  readonly assets: number
  readonly persons: number
  readonly consentNotes: number
  readonly drafts: number
  readonly deletions: number
  readonly records: number
  readonly firstRecordAt: string | null
  readonly lastRecordAt: string | null
  readonly computer: number
}

/** What a copy tells about itself. */
export const readPortable = (file: string): Omit<BackupFacts, 'appVersion' | 'madeAt'> => {
  const sql = openSql(frozenAddress(file))
  try {
    const row = sql.first<CountsRow>(
      `SELECT (SELECT count(*) FROM account) AS accounts, (SELECT count(*) FROM asset) AS assets,
         (SELECT count(*) FROM person) AS persons, (SELECT count(*) FROM consent_note) AS consentNotes,
         (SELECT count(*) FROM draft) AS drafts, (SELECT count(*) FROM batch) AS deletions,
         (SELECT count(*) FROM history) AS records,
         (SELECT min(at) FROM history) AS firstRecordAt, (SELECT max(at) FROM history) AS lastRecordAt,
         (SELECT application_id FROM pragma_application_id) AS computer`
    )
    if (row === null) throw new Error('The copy did not answer')
    const { firstRecordAt, lastRecordAt, computer, ...counts } = row
    return {
      schemaVersion: schemaVersion(sql),
      computer: lineageText(computer),
      counts: { ...counts, pictures: 0 },
      firstRecordAt,
      lastRecordAt
    }
  } finally {
    sql.close()
  }
}
