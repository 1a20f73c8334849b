import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Store } from '../../../src/main/ports/store.ts'
import { openSql } from '../../../src/main/storage/sql.ts'
import { openStore, type StoreOptions } from '../../../src/main/storage/sqlite-store.ts'
import { happening, listeningLog, steppingClock } from './records.ts'

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const backupNames = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'backups')).sort()

export const optionsIn = (folder: string): StoreOptions => ({
  folder,
  clock: steppingClock(),
  runId: 'run-1',
  log: listeningLog()
})

export const openIn = (folder: string, more: Partial<StoreOptions> = {}): Store => {
  const store = openStore({ ...optionsIn(folder), ...more })
  onTestFinished(() => store.close())
  return store
}

/** Appends `count` records, each in a transaction of its own. */
export const appendMany = (store: Store, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    store.transaction((write) => write.append(happening({ assetId: `r${index}` })))
  }
}

/** Changes the history from outside, as somebody does who has the closed file; it ends in the file, without a log. */
export const tamper = (folder: string, statements: string): void => {
  const sql = openSql(join(folder, 'library.sqlite'))
  for (const trigger of ['history_no_update', 'history_no_delete', 'history_in_order']) {
    sql.exec(`DROP TRIGGER ${trigger}`)
  }
  sql.exec(statements)
  sql.all('PRAGMA wal_checkpoint(TRUNCATE)')
  sql.close()
}
