import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import {
  appendMany,
  backupNames,
  openIn,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import { createMediaCache } from '../media/media-cache.ts'
import { mediaKinds } from '../media/sniff-media.ts'
import { createKeep, createUpkeep } from './upkeep.ts'

const hourMs = 3_600_000
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A computer that may sleep: timers stand still then, and the elapsed time goes on. */
const begin = () => {
  const clock = createManualClock()
  const stopping = new AbortController()
  let sleptMs = 0
  const keptAtMs: number[] = []
  const elapsedMs = () => clock.monotonicMs() + sleptMs
  const { round, leftMs } = createUpkeep({
    clock,
    elapsedMs,
    keep: async () => {
      keptAtMs.push(elapsedMs())
    }
  })
  const repeat = async () => {
    while (!stopping.signal.aborted) await round(stopping.signal)
  }
  const over = repeat()
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 60_000) {
      clock.advance(Math.min(left, 60_000))
      await settled()
    }
  }
  return {
    keptAtMs,
    leftMs,
    pass,
    sleep: (ms: number) => {
      sleptMs += ms
    },
    stop: () => {
      stopping.abort()
      return over
    }
  }
}

it('comes soon after the start and then daily, a little more than a day apart, while the app stays open', async () => {
  const desk = begin()
  await desk.pass(5 * 24 * hourMs)
  expect(desk.keptAtMs).toHaveLength(5)
  expect(desk.keptAtMs[0]).toBeLessThan(2 * 60_000)
  for (const [index, atMs] of desk.keptAtMs.slice(1).entries()) {
    const apartMs = atMs - (desk.keptAtMs[index] ?? 0)
    expect(apartMs).toBeGreaterThan(24 * hourMs)
    expect(apartMs).toBeLessThan(25 * hourMs)
  }
  await desk.stop()
})

it('comes soon after a sleep that its day passed in', async () => {
  const desk = begin()
  await desk.pass(hourMs)
  desk.sleep(3 * 24 * hourMs)
  await desk.pass(hourMs / 2)
  expect(desk.keptAtMs).toHaveLength(2)
  await desk.stop()
})

it('says how long it is until the next one', async () => {
  const desk = begin()
  await desk.pass(hourMs)
  expect(desk.leftMs()).toBeLessThan(24 * hourMs)
  expect(desk.leftMs()).toBeGreaterThan(23 * hourMs)
  desk.sleep(2 * 24 * hourMs)
  expect(desk.leftMs()).toBe(0)
  await desk.stop()
})

it('does nothing any more once the app ends', async () => {
  const desk = begin()
  await desk.stop()
  await desk.pass(hourMs)
  expect(desk.keptAtMs).toEqual([])
})

const idOf = (number: number) => String(number).padStart(32, '0')

/** A library with ten pictures of 1,000 bytes, of which so many may be kept from now on. */
const beginWithPictures = async (kept: number) => {
  const folder = temporaryFolder()
  const store = openIn(folder)
  appendMany(store, 50)
  const clock = createManualClock()
  let maxBytes = Number.POSITIVE_INFINITY
  const pictures = join(folder, 'thumbnails')
  const media = createMediaCache({ folder: pictures, maxBytes: () => maxBytes, clock })
  const [png] = mediaKinds
  if (png === undefined) throw new Error('No kind')
  for (let number = 0; number < 10; number += 1) {
    clock.advance(60_000)
    await media.write(idOf(number), { kind: png, bytes: Buffer.alloc(1_000) })
  }
  maxBytes = kept * 1_000
  const clockTrust = { nowAt: () => believedAt }
  return {
    folder,
    store,
    pictures,
    keep: createKeep({ store, clockTrust, media })
  }
}

/** Earlier than any clock says. */
const believedAt = '2020-01-01T00:00:00.000Z'

it('checks and backs up the database, and takes the least recently used pictures away', async () => {
  const { folder, pictures, keep } = await beginWithPictures(4)
  const cleared = join(folder, 'library.cleared-2019-12-31T00-00-00.000Z.sqlite')
  writeFileSync(cleared, '')
  await keep(new AbortController().signal)
  // By the wall clock its time is long over; the one that is believed says otherwise.
  expect(existsSync(cleared)).toBe(true)
  expect(readdirSync(pictures).sort()).toEqual([7, 8, 9].map((number) => `${idOf(number)}.png`))
  expect(backupNames(folder)).toHaveLength(1)
})

it('that the app quits in is given up: no picture goes, no half a backup stays, and the database closes', async () => {
  const { folder, store, pictures, keep } = await beginWithPictures(4)
  const stopping = new AbortController()
  const done = keep(stopping.signal)
  stopping.abort()
  await done
  await store.settled()
  store.close()
  expect(readdirSync(pictures)).toHaveLength(10)
  expect(existsSync(join(folder, 'backups')) ? backupNames(folder) : []).toEqual([])
  const log = join(folder, 'library.sqlite-wal')
  expect(existsSync(log) ? statSync(log).size : 0).toBe(0)
  const again = openIn(folder)
  expect(again.health()).toEqual({ state: 'ok' })
  expect(again.read.historyHead()?.seq).toBe(50)
})
