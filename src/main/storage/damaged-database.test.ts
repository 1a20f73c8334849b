import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asset, happening, startAt, steppingClock } from '../../../test/main/storage/records.ts'
import {
  appendMany,
  backupNames,
  openIn,
  optionsIn,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import type { Store } from '../ports/store.ts'
import { openSql } from './sql.ts'
import { openStore } from './sqlite-store.ts'

const fileIn = (folder: string): string => join(folder, 'library.sqlite')
const never = new AbortController().signal
const eventCount = (store: Store): number => store.read.historyHead()?.seq ?? 0
const setAsideAs = (store: Store): string => {
  const health = store.health()
  return (health.state === 'damaged' ? health.setAsideAs : null) ?? ''
}

/** A closed database with 300 records and 300 assets and a backup that lacks the last 100 records; made once, then copied. */
const library = (): string => copyOf(libraryMade)

/** The files of a store that was not closed. */
const leftOpen = (): string => copyOf(leftOpenMade)

let libraryMade = ''
let leftOpenMade = ''
const kept: string[] = []

const keptFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'))
  kept.push(folder)
  return folder
}

const copyOf = (made: string): string => {
  const folder = temporaryFolder()
  cpSync(made, folder, { recursive: true })
  return folder
}

beforeAll(async () => {
  libraryMade = keptFolder()
  const store = openStore(optionsIn(libraryMade))
  store.transaction((write) => {
    for (let index = 0; index < 300; index += 1) write.putAsset(asset(`r${index}`))
    for (let index = 0; index < 200; index += 1) write.append(happening())
  })
  await store.maintain(never)
  expect(backupNames(libraryMade)).toHaveLength(1)
  store.transaction((write) => {
    for (let index = 0; index < 100; index += 1) write.append(happening())
  })
  store.close()

  const open = keptFolder()
  leftOpenMade = keptFolder()
  const other = openStore(optionsIn(open))
  appendMany(other, 30)
  cpSync(open, leftOpenMade, { recursive: true })
  other.close()
}, 120_000)

afterAll(() => {
  for (const folder of kept) rmSync(folder, { recursive: true, force: true })
})

const cutAt = (part: number) => (file: string) =>
  truncateSync(file, Math.floor(statSync(file).size * part))

const flipAt = (part: number) => (file: string) => {
  const bytes = readFileSync(file)
  const place = Math.floor((bytes.length - 1) * part)
  bytes[place] = (bytes[place] ?? 0) ^ 0x40
  writeFileSync(file, bytes)
}

/** A few bytes in each page, the same ones for the same seed, so that a failure can be repeated. */
const flipPages = (seed: number) => (file: string) => {
  const bytes = readFileSync(file)
  for (let page = 0; page < bytes.length / 4096; page += 1) {
    const dice = createHash('sha256').update(`${seed}-${page}`).digest()
    for (let flip = 0; flip < 4; flip += 1) {
      const place = page * 4096 + (dice.readUInt16LE(flip * 4) % 4096)
      bytes[place] = (bytes[place] ?? 0) ^ (dice.readUInt8(flip * 4 + 2) | 1)
    }
  }
  writeFileSync(file, bytes)
}

const damages: readonly [string, (file: string) => void][] = [
  ['of 0 bytes', (file) => truncateSync(file, 0)],
  ['of 1 byte', (file) => truncateSync(file, 1)],
  ['of text', (file) => writeFileSync(file, 'Dear diary, '.repeat(2000))],
  ['cut at 1/4', cutAt(1 / 4)],
  ['cut at 1/2', cutAt(1 / 2)],
  ['cut at 3/4', cutAt(3 / 4)],
  ['of zeros', (file) => writeFileSync(file, Buffer.alloc(8192))],
  [
    'of another program',
    (file) => {
      rmSync(file)
      const sql = openSql(file)
      sql.exec('CREATE TABLE recipes (name TEXT)')
      sql.close()
    }
  ],
  [
    'that is a folder',
    (file) => {
      rmSync(file)
      mkdirSync(file)
      writeFileSync(join(file, 'kept.txt'), 'kept')
    }
  ],
  [
    'that is a link to another file',
    (file) => {
      const elsewhere = join(file, '..', 'elsewhere.sqlite')
      copyFileSync(file, elsewhere)
      rmSync(file)
      symlinkSync(elsewhere, file)
    }
  ]
]

describe('a damaged database', () => {
  it.each(damages)('%s is kept aside and the backup offered', async (_what, damage) => {
    const folder = library()
    damage(fileIn(folder))
    const store = openIn(folder)
    const health = store.health()
    expect(health).toMatchObject({
      state: 'damaged',
      setAsideAs: expect.stringMatching(/^library\.damaged-.*\.sqlite$/),
      backup: { madeAt: expect.any(String), eventCount: 200, assetCount: 300 }
    })
    expect(readdirSync(folder)).toContain(setAsideAs(store))
    const aside = setAsideAs(store)
    expect(eventCount(store)).toBe(0)
    expect(store.transaction((write) => write.append(happening()))).toMatchObject({ ok: true })

    expect(store.restoreBackup()).toEqual({ ok: true, value: null })
    expect(store.health()).toEqual({ state: 'ok' })
    expect(eventCount(store)).toBe(201)
    expect(store.read.assetRecords(asset('r1').ref.accountId, 'replica')).toHaveLength(300)
    expect(await store.checkHistory(null)).toMatchObject({ isIntact: true })
    store.close()
    expect(openIn(folder).health()).toEqual({ state: 'ok' })
    expect(readdirSync(folder)).toContain(aside)
  })

  it.each([1, 2, 3, 4, 5])('with bytes flipped in every page is found (%i)', async (seed) => {
    const folder = library()
    flipPages(seed)(fileIn(folder))
    const damaged = readFileSync(fileIn(folder))
    const store = openIn(folder)
    await store.maintain(never)
    const health = store.health()
    expect(health).toMatchObject({ state: 'damaged', backup: { eventCount: 200 } })
    const aside = join(folder, setAsideAs(store))
    expect(readFileSync(aside).length).toBe(damaged.length)
    expect(store.restoreBackup()).toMatchObject({ ok: true })
    expect(eventCount(store)).toBe(201)
  })

  it('tells how many records the backup lacks when the file still says so', async () => {
    const folder = library()
    // Zeros over some pages in the middle leave the schema and the newest records readable.
    const bytes = readFileSync(fileIn(folder))
    const middle = Math.floor(bytes.length / 2 / 4096)
    bytes.fill(0, 4096 * (middle - 4), 4096 * (middle + 4))
    writeFileSync(fileIn(folder), bytes)
    const store = openIn(folder)
    await store.maintain(never)
    expect(store.health()).toMatchObject({ state: 'damaged', backup: { missingEventCount: 100 } })
  })

  it('keeps being told until the backup is taken or the file is moved away', async () => {
    const folder = library()
    truncateSync(fileIn(folder), 0)
    const first = openIn(folder)
    const health = first.health()
    appendMany(first, 3)
    await first.maintain(never)
    first.close()
    const second = openIn(folder)
    expect(second.health()).toEqual(health)
    const aside = setAsideAs(second)
    expect(eventCount(second)).toBe(3)
    second.close()
    rmSync(join(folder, aside))
    expect(openIn(folder).health()).toEqual({ state: 'ok' })
  })

  it('without any backup is told once and offers nothing', () => {
    const folder = temporaryFolder()
    openIn(folder).close()
    truncateSync(fileIn(folder), 0)
    const store = openIn(folder)
    expect(store.health()).toMatchObject({ state: 'damaged', backup: null })
    expect(store.restoreBackup()).toEqual({ ok: false, error: { kind: 'not-found' } })
    store.close()
    expect(openIn(folder).health()).toEqual({ state: 'ok' })
  })

  it('is replaced by the newest backup that is good itself', async () => {
    const folder = library()
    const [good] = backupNames(folder)
    const bad = good?.replace('2026-03-01', '2026-03-02') ?? ''
    const file = join(folder, 'backups', bad)
    copyFileSync(join(folder, 'backups', good ?? ''), file)
    flipPages(9)(file)
    truncateSync(fileIn(folder), 0)
    expect(openIn(folder).health()).toMatchObject({
      backup: { madeAt: expect.stringMatching(/^2026-03-01/) }
    })
  })
})

describe('the log beside the database', () => {
  it('brings back what was stored before a crash', () => {
    const store = openIn(leftOpen())
    expect(store.health()).toEqual({ state: 'ok' })
    expect(eventCount(store)).toBe(30)
  })

  it('if it is missing is told, and nothing of the older state is written over', () => {
    const copy = leftOpen()
    rmSync(`${fileIn(copy)}-wal`)
    const before = readFileSync(fileIn(copy))
    const store = openIn(copy)
    expect(store.health()).toMatchObject({ state: 'damaged', cause: 'log', backup: null })
    expect(readFileSync(join(copy, setAsideAs(store))).equals(before)).toBe(true)
  })

  it('if it is missing with its index is told all the same', () => {
    const copy = leftOpen()
    rmSync(`${fileIn(copy)}-wal`)
    rmSync(`${fileIn(copy)}-shm`)
    expect(openIn(copy).health()).toMatchObject({ state: 'damaged', cause: 'log' })
  })

  it('if another program took it in is not missed', () => {
    const copy = leftOpen()
    const sql = openSql(fileIn(copy))
    sql.all('PRAGMA wal_checkpoint(TRUNCATE)')
    sql.close()
    rmSync(`${fileIn(copy)}-wal`)
    rmSync(`${fileIn(copy)}-shm`)
    const store = openIn(copy)
    expect(store.health()).toEqual({ state: 'ok' })
    expect(eventCount(store)).toBe(30)
  })

  it.each([
    ['cut short', cutAt(1 / 2)],
    ['without its last byte', (log: string) => truncateSync(log, statSync(log).size - 1)],
    ['with a byte flipped in the middle', flipAt(1 / 2)],
    ['with a byte flipped near the end', flipAt(0.99)]
  ])('%s is set aside as it is, and what is sound can be restored', async (_what, damage) => {
    const copy = leftOpen()
    const log = `${fileIn(copy)}-wal`
    damage(log)
    const before = readFileSync(log)
    const store = openIn(copy)
    const health = store.health()
    if (health.state !== 'damaged') throw new Error('The damage was not noticed')
    expect(health).toMatchObject({
      cause: 'log',
      backup: { isRescued: true, missingEventCount: null }
    })
    expect(readFileSync(join(copy, `${health.setAsideAs}-wal`)).equals(before)).toBe(true)
    expect(store.restoreBackup()).toMatchObject({ ok: true })
    expect(store.health()).toEqual({ state: 'ok' })
    expect(eventCount(store)).toBe((health.backup?.eventCount ?? 0) + 1)
    expect(eventCount(store)).toBeGreaterThan(10)
    expect(await store.checkHistory(null)).toMatchObject({ isIntact: true })
  })

  it('with a byte flipped in its head is set aside as it is', () => {
    const copy = leftOpen()
    const log = `${fileIn(copy)}-wal`
    flipAt(0)(log)
    const before = readFileSync(log)
    const store = openIn(copy)
    expect(store.health()).toMatchObject({ state: 'damaged', cause: 'log', backup: null })
    expect(readFileSync(join(copy, `${setAsideAs(store)}-wal`)).equals(before)).toBe(true)
  })

  it('with a torn end is what a power cut leaves, and no damage', () => {
    const copy = leftOpen()
    const log = `${fileIn(copy)}-wal`
    truncateSync(log, statSync(log).size - 1000)
    rmSync(`${fileIn(copy)}-shm`)
    rmSync(join(copy, 'library.live'))
    const store = openIn(copy)
    expect(store.health()).toEqual({ state: 'ok' })
    expect(eventCount(store)).toBe(29)
  })

  it.each([
    ['that changed its first page', 30, leftOpen],
    ['that changed no first page', 3, library]
  ])('of another database, %s, is not mixed in', (_what, count, made) => {
    const other = temporaryFolder()
    appendMany(openIn(other), count)
    const folder = made()
    copyFileSync(`${fileIn(other)}-wal`, `${fileIn(folder)}-wal`)
    rmSync(`${fileIn(folder)}-shm`, { force: true })
    const before = readFileSync(fileIn(folder))
    const store = openIn(folder)
    expect(store.health()).toMatchObject({ state: 'damaged', cause: 'log' })
    const aside = join(folder, setAsideAs(store))
    expect(readFileSync(aside).equals(before)).toBe(true)
    expect(existsSync(`${aside}-wal`)).toBe(true)
  })

  it.each([
    ['of another day', 4, 'the same'],
    ['of another database with as many pages', 4, 'another']
  ])('%s, with all its sums right, takes nothing back', (_what, count, whose) => {
    const earlier = temporaryFolder()
    const first = openIn(earlier)
    appendMany(first, 3)
    const log = readFileSync(`${fileIn(earlier)}-wal`)
    first.close()
    const made = whose === 'the same' ? earlier : temporaryFolder()
    const later = openIn(made)
    appendMany(later, count)
    later.close()
    const folder = temporaryFolder()
    copyFileSync(fileIn(made), fileIn(folder))
    const reached = whose === 'the same' ? count + 3 : count
    const before = readFileSync(fileIn(folder))
    writeFileSync(`${fileIn(folder)}-wal`, log)

    const store = openIn(folder)
    expect(store.health()).toMatchObject({
      state: 'damaged',
      cause: 'log',
      backup: { isRescued: true, eventCount: reached, missingEventCount: 0 }
    })
    const aside = join(folder, setAsideAs(store))
    expect(readFileSync(aside).equals(before)).toBe(true)
    expect(readFileSync(`${aside}-wal`).equals(log)).toBe(true)
    expect(store.restoreBackup()).toMatchObject({ ok: true })
    expect(eventCount(store)).toBe(reached + 1)
  })

  it('of another database, going by the note of the process that left it, is not mixed in', () => {
    const [folder, other] = [3, 4].map((count) => {
      const made = temporaryFolder()
      openIn(made).close()
      const store = openIn(made)
      appendMany(store, count)
      return copyOf(made)
    })
    if (folder === undefined || other === undefined) throw new Error('There are two')
    copyFileSync(fileIn(other), fileIn(folder))
    const store = openIn(folder)
    expect(store.health()).toMatchObject({ state: 'damaged', cause: 'log' })
    expect(existsSync(join(folder, `${setAsideAs(store)}-wal`))).toBe(true)
  })

  it('if it was cut where nothing but the note of the process tells is told', () => {
    const copy = leftOpen()
    rmSync(`${fileIn(copy)}-shm`)
    cutAt(1 / 2)(`${fileIn(copy)}-wal`)
    const store = openIn(copy)
    expect(store.health()).toMatchObject({
      state: 'damaged',
      cause: 'log',
      backup: { isRescued: true }
    })
  })

  it('if it stands alone is kept aside', () => {
    const copy = leftOpen()
    rmSync(fileIn(copy))
    const store = openIn(copy)
    expect(store.health()).toMatchObject({ state: 'damaged', backup: null })
    expect(readdirSync(copy).filter((name) => name.endsWith('.sqlite-wal'))).toHaveLength(2)
  })
})

describe('a database and its own backups', () => {
  const backupIn = (folder: string): string => join(folder, 'backups', backupNames(folder)[0] ?? '')

  it('is told as missing when it is gone, and the backup restored, at any later start too', async () => {
    const folder = library()
    for (const name of readdirSync(folder).filter((file) => file.startsWith('library.sqlite'))) {
      rmSync(join(folder, name))
    }
    const missing = {
      state: 'damaged',
      cause: 'missing',
      setAsideAs: null,
      backup: { eventCount: 200, assetCount: 300, isRescued: false, missingEventCount: null }
    }
    openIn(folder).close()
    const store = openIn(folder)
    expect(store.health()).toMatchObject(missing)
    expect(store.restoreBackup()).toEqual({ ok: true, value: null })
    expect(eventCount(store)).toBe(201)
    store.close()
    expect(openIn(folder).health()).toEqual({ state: 'ok' })
  })

  it('passes over a newer backup whose file is not as it was kept, though it reads well', () => {
    const folder = library()
    const newest = backupIn(folder)
    const older = newest.replace(/-(\d{4})-/, (_, year) => `-${Number(year) - 1}-`)
    cpSync(newest, older)
    const bytes = readFileSync(newest)
    const name = bytes.indexOf('Anna')
    expect(name).toBeGreaterThan(0)
    bytes.write('Enna', name)
    writeFileSync(newest, bytes)
    for (const file of readdirSync(folder).filter((one) => one.startsWith('library.sqlite'))) {
      rmSync(join(folder, file))
    }
    const store = openIn(folder)
    const health = store.health()
    const backup = health.state === 'damaged' ? health.backup : null
    expect(store.restoreBackup()).toMatchObject({ ok: true })
    store.close()
    expect(backup?.madeAt.slice(0, 4)).toBe(/-(\d{4})-/.exec(older)?.[1])
    expect(readFileSync(fileIn(folder)).includes('Enna')).toBe(false)
  })

  it('that lies behind them is set aside, and the newest backup restored', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    appendMany(store, 3)
    store.close()
    const older = readFileSync(fileIn(folder))
    const later = openIn(folder)
    later.transaction((write) => {
      for (let index = 0; index < 50; index += 1) write.append(happening())
    })
    await later.maintain(never)
    later.close()
    for (const name of readdirSync(folder).filter((file) => file.startsWith('library.sqlite'))) {
      rmSync(join(folder, name))
    }
    writeFileSync(fileIn(folder), older)

    const opened = openIn(folder)
    expect(opened.health()).toMatchObject({
      state: 'damaged',
      cause: 'behind',
      backup: { eventCount: 53, isRescued: false, missingEventCount: 0 }
    })
    expect(readFileSync(join(folder, setAsideAs(opened))).equals(older)).toBe(true)
    expect(opened.restoreBackup()).toMatchObject({ ok: true })
    opened.close()
    const again = openIn(folder)
    expect(again.health()).toEqual({ state: 'ok' })
    expect(eventCount(again)).toBe(54)
  })

  it('is not behind a backup of before the history was cleared', async () => {
    const folder = library()
    const store = openIn(folder)
    expect((await store.clearHistory(300)).ok).toBe(true)
    store.close()
    const again = openIn(folder)
    expect(again.health()).toEqual({ state: 'ok' })
    expect(eventCount(again)).toBe(1)
  })

  it('is not behind a newer backup that was no good when an older one was taken', async () => {
    const folder = library()
    const good = backupIn(folder)
    const clock = steppingClock()
    clock.moveTo('2026-03-05T10:00:00.000Z')
    const store = openIn(folder, { clock })
    await store.maintain(never)
    store.close()
    const bad = backupNames(folder).filter((name) => !good.endsWith(name))
    expect(bad).toHaveLength(1)
    flipPages(4)(join(folder, 'backups', bad[0] ?? ''))
    truncateSync(fileIn(folder), 0)

    const damaged = openIn(folder)
    expect(damaged.health()).toMatchObject({ backup: { eventCount: 200 } })
    expect(damaged.restoreBackup()).toMatchObject({ ok: true })
    expect(damaged.health()).toEqual({ state: 'ok' })
    damaged.close()
    const again = openIn(folder)
    expect(again.health()).toEqual({ state: 'ok' })
    expect(eventCount(again)).toBe(201)
  })

  it('holds everything in the file alone once it was closed, or a backup made', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    appendMany(store, 30)
    await store.maintain(never)
    const after = readFileSync(fileIn(folder))
    appendMany(store, 30)
    store.close()
    for (const [bytes, count] of [
      [after, 30],
      [readFileSync(fileIn(folder)), 60]
    ] as const) {
      const alone = temporaryFolder()
      writeFileSync(fileIn(alone), bytes)
      expect(eventCount(openIn(alone))).toBe(count)
    }
  })
})

describe('a database that ends the process', () => {
  const markIn = (folder: string): string => join(folder, 'library.opening')

  it('is set aside unopened at the third start', async () => {
    const folder = library()
    writeFileSync(markIn(folder), '2')
    const before = readFileSync(fileIn(folder))
    const store = openIn(folder)
    expect(store.health()).toMatchObject({
      state: 'damaged',
      cause: 'unreadable',
      backup: { eventCount: 200, missingEventCount: null }
    })
    expect(readFileSync(join(folder, setAsideAs(store))).equals(before)).toBe(true)
    expect(existsSync(markIn(folder))).toBe(false)
    expect(store.restoreBackup()).toMatchObject({ ok: true })
  })

  it('is opened again after one that was cut short', async () => {
    const folder = library()
    writeFileSync(markIn(folder), '1')
    expect(openIn(folder).health()).toEqual({ state: 'ok' })
    expect(existsSync(markIn(folder))).toBe(false)
  })
})

describe('a database of a newer version', () => {
  it('can be read, is not written to and not taken away', () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    appendMany(store, 5)
    store.close()
    const sql = openSql(fileIn(folder))
    sql.exec('PRAGMA user_version = 999; ALTER TABLE draft RENAME TO sketch')
    sql.close()
    const before = readFileSync(fileIn(folder))

    const older = openIn(folder)
    expect(older.health()).toEqual({ state: 'newer-version' })
    expect(eventCount(older)).toBe(5)
    expect(older.read.drafts()).toEqual([])
    expect(older.transaction((write) => write.append(happening()))).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'newer-version' }
    })
    older.close()
    expect(readFileSync(fileIn(folder)).equals(before)).toBe(true)
  })
})

describe('backups', () => {
  it('are made once a day, three are kept, and only their owner can read them', async () => {
    const folder = temporaryFolder()
    const clock = steppingClock()
    const store = openIn(folder, { clock })
    appendMany(store, 3)
    for (const time of ['01T12', '01T20', '02T13', '03T14', '04T15', '05T16']) {
      clock.moveTo(`2026-03-${time}:00:00.000Z`)
      await store.maintain(never)
    }
    const names = backupNames(folder)
    expect(names.map((name) => name.slice(8, 18))).toEqual([
      '2026-03-03',
      '2026-03-04',
      '2026-03-05'
    ])
    expect(statSync(join(folder, 'backups', names[0] ?? '')).mode & 0o777).toBe(0o600)
  })

  it('are made again after the clock was moved back', async () => {
    const folder = temporaryFolder()
    const clock = steppingClock()
    const store = openIn(folder, { clock })
    clock.moveTo('2030-01-01T00:00:00.000Z')
    await store.maintain(never)
    clock.moveTo(startAt)
    await store.maintain(never)
    expect(backupNames(folder)).toHaveLength(2)
  })

  it('from while the clock was ahead do not outlive those that hold more', async () => {
    const folder = temporaryFolder()
    const clock = steppingClock()
    const store = openIn(folder, { clock })
    for (const day of ['2100-01-01', '2100-01-02', '2100-01-03', '2026-03-01', '2026-03-02']) {
      appendMany(store, 10)
      clock.moveTo(`${day}T12:00:00.000Z`)
      await store.maintain(never)
    }
    store.close()
    expect(backupNames(folder).map((name) => name.slice(8, 18))).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2100-01-03'
    ])
    truncateSync(fileIn(folder), 0)
    expect(openIn(folder, { clock }).health()).toMatchObject({ backup: { eventCount: 50 } })
  })

  it('cut short leave nothing behind that counts', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    const stop = new AbortController()
    const done = store.maintain(stop.signal)
    stop.abort()
    await done
    expect(backupNames(folder)).toEqual([])
    expect(store.health()).toEqual({ state: 'ok' })
  })

  it('that cannot be written stop nothing, and that is told until one can', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'backups'), 'a file in the way')
    const store = openIn(folder)
    const told: string[] = []
    store.onHealth(() => told.push(store.backups()))
    await store.maintain(never)
    expect(store.health()).toEqual({ state: 'ok' })
    expect(store.transaction((write) => write.append(happening()))).toMatchObject({ ok: true })
    rmSync(join(folder, 'backups'))
    await store.maintain(never)
    expect(told).toEqual(['failing', 'ok'])
  })
})

describe('leftovers and places', () => {
  it('a database half made at the first start is made anew', () => {
    const folder = temporaryFolder()
    writeFileSync(`${fileIn(folder)}.new`, 'half')
    expect(openIn(folder).health()).toEqual({ state: 'ok' })
    expect(existsSync(`${fileIn(folder)}.new`)).toBe(false)
  })

  it('a folder that is a file is told as unavailable and nothing is changed', () => {
    const folder = join(temporaryFolder(), 'data')
    writeFileSync(folder, 'not a folder')
    const store = openIn(folder)
    expect(store.health()).toEqual({ state: 'unavailable' })
    expect(store.read.accounts()).toEqual([])
    expect(store.read.historyHead()).toBeNull()
    expect([...store.read.eachHistoryEvent()]).toEqual([])
    expect(store.transaction((write) => write.append(happening()))).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'no-access' }
    })
    expect(readFileSync(folder, 'utf8')).toBe('not a folder')
  })

  it('a folder that comes back is used again', () => {
    const folder = join(temporaryFolder(), 'data')
    writeFileSync(folder, 'in the way')
    const store = openIn(folder)
    const told: string[] = []
    store.onHealth((health) => told.push(health.state))
    renameSync(folder, `${folder}-away`)
    expect(store.transaction((write) => write.append(happening()))).toMatchObject({ ok: true })
    expect(told).toEqual(['ok'])
  })
})
