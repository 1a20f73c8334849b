import { execFileSync } from 'node:child_process'
import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'

/**
 * A program that starts Electron as somebody whom file rights bind: where the tests run as root, root goes without the
 * power to write what may only be read.
 */
export const writeLimitedStart = (folder: string): string => {
  const electron: unknown = createRequire(import.meta.url)('electron')
  const bound = 'setpriv --bounding-set=-dac_override,-dac_read_search'
  const script = [
    '#!/bin/sh',
    // Who may not give that power up, as in some containers, does not have it.
    `if [ "$(id -u)" = 0 ] && ${bound} true 2>/dev/null; then exec ${bound} '${String(electron)}' "$@"; fi`,
    `exec '${String(electron)}' "$@"`,
    ''
  ]
  const file = join(folder, 'limited-start.sh')
  writeFileSync(file, script.join('\n'))
  chmodSync(file, 0o755)
  return file
}

/** More than Chromium needs in one piece of shared memory, which counts as a file here. */
const roomBytes = 24 * 1024 * 1024

const limitFiles = (app: ElectronApplication, bytes: number | 'unlimited'): void => {
  execFileSync('prlimit', ['--pid', String(app.process().pid), `--fsize=${bytes}:unlimited`])
}

/**
 * Leaves a running app no room for one more change, until the answer is called. A reader keeps the log from beginning
 * anew, it is filled up to where the limit lies, and no file of the app may grow past that.
 */
export const fillUp = async (app: ElectronApplication, userData: string): Promise<() => void> => {
  const { default: Database } = await import('libsql')
  const file = join(userData, 'library.sqlite')
  const reader = new Database(file)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM meta').get()
  const writer = new Database(file)
  writer.exec('PRAGMA busy_timeout = 20000')
  writer.exec(`INSERT INTO meta (key, value) VALUES ('filler', hex(zeroblob(${roomBytes / 2})))`)
  writer.exec(`DELETE FROM meta WHERE key = 'filler'`)
  writer.close()
  limitFiles(app, statSync(`${file}-wal`).size)
  return () => {
    limitFiles(app, 'unlimited')
    reader.close()
  }
}

/** From now on the database takes nothing that assigns an asset to a person, until the answer is called. */
export const refuseAssigning = async (userData: string): Promise<() => void> => {
  const { default: Database } = await import('libsql')
  const database = new Database(join(userData, 'library.sqlite'))
  // The app may be writing just now.
  database.exec('PRAGMA busy_timeout = 20000')
  database.exec(`CREATE TRIGGER refused BEFORE INSERT ON person_asset
    BEGIN SELECT RAISE(ABORT, 'refused'); END`)
  return () => {
    database.exec('DROP TRIGGER refused')
    database.close()
  }
}
