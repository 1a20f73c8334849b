import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { appendMany, openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'

const nobody = 65_534
const isRoot = process.getuid?.() === 0

/** A library of 5 records, owned by the one who will open it. */
const library = (): string => {
  const outer = temporaryFolder()
  const folder = join(outer, 'data')
  const store = openIn(folder)
  appendMany(store, 5)
  store.close()
  if (isRoot) {
    chmodSync(outer, 0o755)
    chownSync(folder, nobody, nobody)
    for (const name of readdirSync(folder)) chownSync(join(folder, name), nobody, nobody)
  }
  onTestFinished(() => chmodSync(folder, 0o700))
  return folder
}

const openAsPlainUser = (folder: string): unknown => {
  const opener = new URL('../../../test/main/storage/plain-user.ts', import.meta.url).pathname
  const said = execFileSync(process.execPath, ['--import', 'tsx', opener, folder], {
    encoding: 'utf8'
  })
  return JSON.parse(said)
}

const noAccess = { ok: false, error: { kind: 'storage-failed', reason: 'no-access' } }

describe.skipIf(process.platform === 'win32')('rights that do not suffice', () => {
  it.each<[string, (folder: string) => void, unknown]>([
    ['all that is needed', () => {}, { health: 'ok', eventCount: 5, write: { ok: true } }],
    [
      'a file of mode 0000',
      (folder) => chmodSync(join(folder, 'library.sqlite'), 0o000),
      { health: 'unavailable', eventCount: 0, write: noAccess }
    ],
    [
      'a file that can only be read',
      (folder) => chmodSync(join(folder, 'library.sqlite'), 0o400),
      { health: 'read-only', eventCount: 5, write: noAccess }
    ],
    [
      'a folder that can only be read',
      (folder) => chmodSync(folder, 0o500),
      { health: 'read-only', eventCount: 5, write: noAccess }
    ],
    [
      'a folder that cannot be entered',
      (folder) => chmodSync(folder, 0o000),
      { health: 'unavailable', eventCount: 0, write: noAccess }
    ]
  ])('%s', (_what, change, outcome) => {
    const folder = library()
    const before = readFileSync(join(folder, 'library.sqlite'))
    change(folder)
    expect(openAsPlainUser(folder)).toMatchObject(outcome as object)
    chmodSync(folder, 0o700)
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([])
    chmodSync(join(folder, 'library.sqlite'), 0o600)
    expect(readFileSync(join(folder, 'library.sqlite')).length).toBeGreaterThanOrEqual(
      before.length
    )
    expect(openIn(folder).read.historyHead()?.seq).toBeGreaterThanOrEqual(5)
  })

  it('a new library in a folder that can only be read', () => {
    const outer = temporaryFolder()
    const folder = join(outer, 'data')
    mkdirSync(folder)
    if (isRoot) {
      chmodSync(outer, 0o755)
      chownSync(folder, nobody, nobody)
    }
    chmodSync(folder, 0o500)
    onTestFinished(() => chmodSync(folder, 0o700))
    expect(openAsPlainUser(folder)).toMatchObject({ health: 'read-only', write: noAccess })
  })
})
