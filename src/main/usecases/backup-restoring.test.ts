import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import yazl from 'yazl'
import { failingLog, unwrap } from '../../../test/main/desks/desk.ts'
import { account, asset, happening } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { RestoreRun } from '../../shared/domain/backup.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import { type Settings, settingsSchema } from '../../shared/domain/settings.ts'
import { events } from '../../shared/ipc/events.ts'
import { fail, ok } from '../../shared/result.ts'
import { createBackupReader } from '../backup/read-backup.ts'
import { createBackupWriter } from '../backup/write-backup.ts'
import { systemClock } from '../clock.ts'
import type { Store } from '../ports/store.ts'
import { createBackupRestoring } from './backup-restoring.ts'
import { createSupervisor } from './supervisor.ts'

const never = new AbortController().signal
const pictureName = `${'a'.repeat(32)}.png`
const settingsThere: Settings = {
  ...defaultSettings,
  theme: 'dark',
  exportFolder: '/home/somebody/exports',
  startsAtLogin: true,
  holdSeconds: 0
}

/** A backup of a computer that has one account, one asset with its picture, and records. */
const backUp = async (): Promise<string> => {
  const store = openIn(temporaryFolder(), { runId: 'run-there' })
  unwrap(
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('r1', { posterId: 'a'.repeat(32) }))
      write.append(happening({ assetName: 'First' }))
      write.append(happening({ assetName: 'Second' }))
    })
  )
  const { file, facts } = unwrap(await store.copyWithoutKeys(never))
  const picture = join(temporaryFolder(), pictureName)
  writeFileSync(picture, 'a picture')
  const path = join(temporaryFolder(), 'all.replicadesk')
  unwrap(
    await createBackupWriter().write(
      path,
      { ...facts, appVersion: '0.1.0', madeAt: '2026-03-01T10:00:00.000Z' },
      {
        database: file,
        settings: JSON.stringify(settingsThere),
        words: 'All of it',
        pictures: [{ name: pictureName, path: picture }]
      },
      () => undefined,
      never
    )
  )
  return path
}

const computer = (path: string, changes: Partial<Pick<Store, 'takeInBackup'>> = {}) => {
  const dataFolder = temporaryFolder()
  const folder = join(dataFolder, 'restoring')
  const store = openIn(dataFolder, { runId: 'run-here' })
  const kept = new Map<string, string>()
  const told: (RestoreRun | null)[] = []
  let settings = defaultSettings
  let restoredCount = 0
  const start = (takeInBackup: Store['takeInBackup'] = store.takeInBackup.bind(store)) =>
    createBackupRestoring({
      store: {
        read: store.read,
        transaction: store.transaction.bind(store),
        lookIntoBackup: store.lookIntoBackup.bind(store),
        takeInBackup
      },
      settings: {
        update: async (patch) => {
          settings = settingsSchema.parse({ ...settings, ...patch })
          return ok(settings)
        }
      },
      reader: createBackupReader(),
      folder,
      keepPicture: async (name, bytes) => {
        kept.set(name, bytes.toString())
        return true
      },
      askFile: async () => path,
      onRestored: () => {
        restoredCount += 1
      },
      forgetAgain: async () => ok(null),
      clock: systemClock,
      emit: (name, payload) => {
        if (name === 'restore:changed') told.push(events['restore:changed'].parse(payload).run)
      },
      supervisor: createSupervisor({
        clock: systemClock,
        log: failingLog,
        onBackground: () => undefined
      }),
      stopping: never
    })
  const restoring = start(changes.takeInBackup)
  const until = async (states: RegExp): Promise<RestoreRun> => {
    await expect
      .poll(() => restoring.current()?.state ?? 'none', { timeout: 30_000 })
      .toMatch(states)
    const run = restoring.current()
    if (run === null) throw new Error('Nothing was opened')
    return run
  }
  const looked = async (): Promise<RestoreRun> => {
    unwrap(await restoring.open())
    return until(/ready|refused/)
  }
  return {
    store,
    folder,
    kept,
    told,
    restoring,
    start,
    looked,
    until,
    settings: () => settings,
    restoredCount: () => restoredCount
  }
}

test('says what it would bring, then brings it, once, with the settings that are not about the computer', async () => {
  const desk = computer(await backUp())
  const ready = await desk.looked()
  expect(ready).toMatchObject({
    state: 'ready',
    found: {
      facts: { appVersion: '0.1.0', counts: { records: 2, pictures: 1 } },
      look: { accounts: [{ name: 'Studio', isKnown: false }], assets: 1, records: 2 },
      isOwn: false
    }
  })
  expect(desk.store.read.accounts()).toEqual([])
  unwrap(desk.restoring.begin(true))
  expect(await desk.until(/restored|failed/)).toMatchObject({
    state: 'restored',
    taken: { accounts: 1, assets: 1, records: 2, pictures: 1 }
  })
  expect(desk.kept).toEqual(new Map([[pictureName, 'a picture']]))
  expect(desk.settings()).toEqual({ ...defaultSettings, theme: 'dark' })
  expect(desk.restoredCount()).toBe(1)
  expect(existsSync(desk.folder)).toBe(false)
  const computerThere = ready.found?.facts.computer
  expect([...desk.store.read.eachHistoryEvent()]).toMatchObject([
    { type: 'backup-restored', body: { count: 2, computer: computerThere } }
  ])

  expect(await desk.looked()).toMatchObject({ found: { look: { assets: 0, records: 0 } } })
  unwrap(desk.restoring.begin(false))
  expect(await desk.until(/restored|failed/)).toMatchObject({
    state: 'restored',
    taken: { accounts: 0, assets: 0, records: 0 }
  })
  expect([...desk.store.read.eachHistoryEvent()]).toHaveLength(1)
})

test('what was only opened is forgotten when it is closed', async () => {
  const desk = computer(await backUp())
  await desk.looked()
  expect(existsSync(desk.folder)).toBe(true)
  await desk.restoring.close()
  expect(existsSync(desk.folder)).toBe(false)
  expect(desk.told.at(-1)).toBeNull()
  expect(desk.restoring.begin(true)).toEqual({ ok: true, value: { run: null } })
})

test.each(['before', 'after'] as const)(
  'what a person opens right %s the start takes away leftovers is there to be restored',
  async (when) => {
    const desk = computer(await backUp())
    mkdirSync(desk.folder)
    writeFileSync(join(desk.folder, 'left-over'), 'of an earlier run')
    const resumed = when === 'after' ? desk.restoring.resume() : null
    unwrap(await desk.restoring.open())
    await (resumed ?? desk.restoring.resume())
    expect(await desk.until(/ready|refused/)).toMatchObject({ state: 'ready' })
    unwrap(desk.restoring.begin(false))
    expect(await desk.until(/restored|failed/)).toMatchObject({ state: 'restored' })
  }
)

test('a restore that was cut short is finished at the next start', async () => {
  const desk = computer(await backUp(), {
    takeInBackup: async () => fail({ kind: 'storage-failed', reason: 'disk-full' })
  })
  await desk.looked()
  unwrap(desk.restoring.begin(true))
  expect(await desk.until(/restored|failed/)).toMatchObject({
    state: 'failed',
    error: { kind: 'storage-failed', reason: 'disk-full' }
  })
  expect(desk.store.read.accounts()).toEqual([])
  const next = desk.start()
  await next.resume()
  expect(next.current()).toMatchObject({ state: 'restored', taken: { accounts: 1, records: 2 } })
  expect(desk.settings().theme).toBe('dark')
  expect(existsSync(desk.folder)).toBe(false)
  // Nothing is left to be gone on with.
  const later = desk.start()
  await later.resume()
  expect(later.current()).toBeNull()
})

interface Part {
  readonly name: string
  readonly content: Buffer
}

const zipOf = async (
  parts: readonly Part[],
  patch: (bytes: Buffer) => Buffer = (bytes) => bytes
) => {
  const zip = new yazl.ZipFile()
  for (const { name, content } of parts) zip.addBuffer(content, name)
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer)
  const path = join(temporaryFolder(), 'made.replicadesk')
  writeFileSync(path, patch(Buffer.concat(pieces)))
  return path
}

const sumOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

const manifestOf = (parts: readonly Part[], changes: object = {}): Part => ({
  name: 'manifest.json',
  content: Buffer.from(
    JSON.stringify({
      format: 'replica-desk-backup',
      version: 1,
      facts: {
        appVersion: '0.1.0',
        schemaVersion: 1,
        madeAt: '2026-03-01T10:00:00.000Z',
        computer: '0123abcd',
        counts: {
          accounts: 0,
          assets: 0,
          persons: 0,
          consentNotes: 0,
          drafts: 0,
          deletions: 0,
          records: 0,
          pictures: 0
        },
        firstRecordAt: null,
        lastRecordAt: null
      },
      parts: parts.map(({ name, content }) => ({
        name,
        sizeBytes: content.length,
        sha256: sumOf(content)
      })),
      ...changes
    })
  )
})

const usual: readonly Part[] = ['contents.txt', 'library.sqlite', 'settings.json'].map((name) => ({
  name,
  content: Buffer.from('{}')
}))

/** Names as a hostile writer would put them, which this library refuses to write. */
const renamed = (from: string, to: string) => (bytes: Buffer) =>
  Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')

const hostile: Readonly<Record<string, () => Promise<readonly [string, string]>>> = {
  'a file of another kind': async () => {
    const path = join(temporaryFolder(), 'notes.replicadesk')
    writeFileSync(path, 'just some text')
    return [path, 'not-one']
  },
  'a ZIP of something else': async () => [
    await zipOf([{ name: 'a.txt', content: Buffer.from('a') }]),
    'not-one'
  ],
  'one that was cut off': async () => {
    const path = await backUp()
    writeFileSync(path, readFileSync(path).subarray(0, -200))
    return [path, 'damaged']
  },
  'one with a changed byte': async () => {
    const path = await backUp()
    const bytes = readFileSync(path)
    const at = bytes.indexOf('a picture')
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    return [path, 'damaged']
  },
  'a path that leads out': async () => {
    const strange = { name: 'xx/xx/escaped.sqlite', content: Buffer.from('{}') }
    const all = [...usual, strange]
    return [await zipOf([manifestOf(all), ...all], renamed('xx/xx/', '../../')), 'damaged']
  },
  'a part that is not listed': async () => [
    await zipOf([manifestOf(usual), ...usual, { name: 'more.txt', content: Buffer.from('x') }]),
    'damaged'
  ],
  'a listed part that is missing': async () => [
    await zipOf([manifestOf(usual), ...usual.slice(1)]),
    'damaged'
  ],
  'a bomb': async () => {
    const all = usual.map((part) =>
      part.name === 'library.sqlite' ? { ...part, content: Buffer.alloc(120 * 1024 ** 2) } : part
    )
    return [await zipOf([manifestOf(all), ...all]), 'damaged']
  },
  'a database that is none': async () => [await zipOf([manifestOf(usual), ...usual]), 'damaged'],
  'one of a newer version': async () => [
    await zipOf([manifestOf(usual, { version: 2 }), ...usual]),
    'newer-version'
  ]
}

test.each(Object.keys(hostile))('refuses %s before anything is changed', async (name) => {
  const [path, why] = (await hostile[name]?.()) ?? ['', '']
  const desk = computer(path)
  expect(await desk.looked()).toMatchObject({
    state: 'refused',
    error: { kind: 'backup-refused', why }
  })
  expect(existsSync(desk.folder)).toBe(false)
  expect(
    readdirSync(join(desk.folder, '..', '..')).filter((file) => file.includes('escaped'))
  ).toEqual([])
  expect([...desk.store.read.eachHistoryEvent()]).toEqual([])
  expect(desk.store.health().state).toBe('ok')
})
