import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import yauzl from 'yauzl'
import { failingLog, unwrap } from '../../../test/main/desks/desk.ts'
import {
  account,
  accountId,
  asset,
  deletion,
  happening,
  refOf
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { accountIdSchema } from '../../shared/domain/account.ts'
import { type BackupRun, backupRunSchema } from '../../shared/domain/backup.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import { manifestSchema } from '../backup/backup-format.ts'
import { backupWords } from '../backup/backup-words.ts'
import { createBackupWriter } from '../backup/write-backup.ts'
import { systemClock } from '../clock.ts'
import type { BackupWriter } from '../ports/backup-file.ts'
import { openSql } from '../storage/sql.ts'
import { createBackupMaking } from './backup-making.ts'
import { createSupervisor } from './supervisor.ts'

const pictureId = 'a'.repeat(32)
/** Whatever could tell something of a key, as a database of this app keeps it. */
const traces = ['acc_aaaaaaaa.key_1', '1a2b', 'f00df00d', 'salt-of-this-computer', '/home/someone']

const begin = (writer: BackupWriter = createBackupWriter()) => {
  const folder = temporaryFolder()
  const target = join(temporaryFolder(), 'kept.replicadesk')
  const store = openIn(folder)
  const pictures = join(folder, 'thumbnails')
  mkdirSync(pictures)
  writeFileSync(join(pictures, `${pictureId}.png`), 'a picture')
  unwrap(
    store.transaction((write) => {
      write.putAccount(account({ keyFingerprint: 'f00df00d' }))
      write.putKeyEntry({
        name: 'acc_aaaaaaaa.key_1',
        holderId: accountId,
        holderName: 'Studio',
        notedAt: '2026-03-01T10:00:00.000Z',
        isLikely: true
      })
      write.putAsset(asset('r1', { posterId: pictureId }))
      write.putOperation(deletion('r1', { keyFingerprint: 'f00df00d' }))
      write.putPerson({
        id: personIdSchema.parse('per_0123456789abcdef'),
        name: 'Ana Østberg',
        consent: null,
        nameRule: null,
        createdAt: '2026-03-01T10:00:00.000Z'
      })
      write.putMeta('fingerprintSalt', 'salt-of-this-computer')
      write.putDraft({
        id: 'drf_1',
        json: JSON.stringify({ draft: {}, paths: { train: '/home/someone/film.mp4' } })
      })
      write.append(happening({ assetName: 'First' }))
      write.append(happening({ assetName: 'Second' }))
    })
  )
  const told: BackupRun[] = []
  const making = createBackupMaking({
    store,
    settings: () => defaultSettings,
    pictures: async () =>
      readdirSync(pictures).map((name) => ({ name, path: join(pictures, name) })),
    writer,
    wordsOf: backupWords,
    appVersion: '0.1.0',
    askWhere: async () => target,
    clock: systemClock,
    emit: (name, payload) => {
      if (name === 'backup:changed') told.push(backupRunSchema.parse(payload))
    },
    supervisor: createSupervisor({
      clock: systemClock,
      log: failingLog,
      onBackground: () => undefined
    }),
    stopping: new AbortController().signal
  })
  const ended = async (): Promise<BackupRun> => {
    await expect
      .poll(() => making.current()?.state, { timeout: 30_000 })
      .toMatch(/saved|stopped|failed/)
    const run = making.current()
    if (run === null) throw new Error('Nothing was begun')
    return run
  }
  return { store, folder, target, pictures, making, told, ended }
}

const partsOf = async (path: string): Promise<ReadonlyMap<string, Buffer>> => {
  const zip = await yauzl.openPromise(path, { autoClose: false })
  const found = new Map<string, Buffer>()
  try {
    for await (const entry of zip.eachEntry()) {
      const pieces: Buffer[] = []
      for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece)
      found.set(entry.fileName, Buffer.concat(pieces))
    }
  } finally {
    zip.close()
  }
  return found
}

/** Copies that were to be written from. */
const unfinished = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /unfinished|outgoing/.test(name)
  )

test('one file holds the database, pictures and settings, says so, and has no trace of a key', async () => {
  const { store, folder, target, making, told, ended } = begin()
  unwrap(await making.begin())
  const run = await ended()
  expect(run).toMatchObject({
    state: 'saved',
    saved: {
      fileName: 'kept.replicadesk',
      counts: { accounts: 1, assets: 1, persons: 1, drafts: 1, records: 2, pictures: 1 }
    }
  })
  expect(told.map(({ state }) => state)).toEqual(expect.arrayContaining(['writing', 'checking']))
  expect(told.at(-1)).toEqual(run)
  expect(run.done).toBe(run.all)
  expect(making.savedPath()).toBe(target)

  const parts = await partsOf(target)
  const manifest = manifestSchema.parse(JSON.parse(String(parts.get('manifest.json'))))
  expect(manifest.parts.map(({ name }) => name).sort()).toEqual(
    [...parts.keys()].filter((name) => name !== 'manifest.json').sort()
  )
  expect(manifest.facts).toMatchObject({ computer: store.read.lineage(), appVersion: '0.1.0' })
  expect(String(parts.get(`pictures/${pictureId}.png`))).toBe('a picture')
  expect(String(parts.get('contents.txt'))).toContain('History records: 2')
  for (const [name, bytes] of parts) {
    for (const trace of traces) expect(bytes.includes(trace), `${name}: ${trace}`).toBe(false)
  }
  const copy = join(temporaryFolder(), 'library.sqlite')
  writeFileSync(copy, parts.get('library.sqlite') ?? '')
  const sql = openSql(copy)
  expect(sql.all('SELECT hash FROM history ORDER BY seq')).toEqual(
    [...store.read.eachHistoryEvent()].slice(0, 2).map(({ hash }) => ({ hash }))
  )
  sql.close()

  expect([...store.read.eachHistoryEvent()].at(-1)).toMatchObject({
    type: 'backup-saved',
    body: { count: 2, pictures: 1 }
  })
  expect(unfinished(folder)).toEqual([])
})

test('pictures of sample data stay here, but for those that something else shows too', async () => {
  const { store, target, making, pictures, ended } = begin()
  const sampleId = accountIdSchema.parse('acc_5a5a5a5a')
  const ofSample = 'c'.repeat(32)
  writeFileSync(join(pictures, `${ofSample}.png`), 'a sample')
  unwrap(
    store.transaction((write) => {
      write.putAccount(account({ id: sampleId, name: 'Sample studio', isSample: true }))
      write.putAsset(asset('s1', { ref: refOf('s1', sampleId), posterId: ofSample }))
      write.putAsset(asset('s2', { ref: refOf('s2', sampleId), posterId: pictureId }))
    })
  )
  unwrap(await making.begin())
  expect(await ended()).toMatchObject({
    saved: { counts: { accounts: 1, assets: 1, pictures: 1 } }
  })
  const names = [...(await partsOf(target)).keys()]
  expect(names).toContain(`pictures/${pictureId}.png`)
  expect(names).not.toContain(`pictures/${ofSample}.png`)
})

test('what is canceled leaves neither a file nor a record', async () => {
  const writer = createBackupWriter()
  const { store, folder, target, making, ended } = begin({
    write: (path, facts, content, onProgress, signal) =>
      writer.write(
        path,
        facts,
        content,
        (step, done, all) => {
          onProgress(step, done, all)
          if (step === 'checking') making.stop()
        },
        signal
      )
  })
  unwrap(await making.begin())
  expect(await ended()).toMatchObject({ state: 'stopped', saved: null })
  expect(readdirSync(join(target, '..'))).toEqual([])
  expect(unfinished(folder)).toEqual([])
  expect([...store.read.eachHistoryEvent()]).toHaveLength(2)
})

test('a file that had the name stays as it was when the new one cannot be written', async () => {
  const { target, making, pictures, ended } = begin()
  writeFileSync(target, 'the one before')
  // A folder in the place of a picture is read as one and refused by the system.
  mkdirSync(join(pictures, `${'b'.repeat(32)}.png`))
  unwrap(await making.begin())
  expect(await ended()).toMatchObject({ state: 'failed', error: { kind: 'storage-failed' } })
  expect(readFileSync(target, 'utf8')).toBe('the one before')
  expect(readdirSync(join(target, '..'))).toEqual(['kept.replicadesk'])
})

test('upkeep that comes meanwhile leaves the copy alone, and the next start takes a left one away', async () => {
  const folder = temporaryFolder()
  const store = openIn(folder)
  const copying = store.copyWithoutKeys(new AbortController().signal)
  const upkeep = store.maintain(new AbortController().signal)
  const { file } = unwrap(await copying)
  await upkeep
  expect(existsSync(file)).toBe(true)
  store.close()
  openIn(folder)
  expect(existsSync(file)).toBe(false)
})
