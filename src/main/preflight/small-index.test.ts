import { expect, test } from 'vitest'
import { boxAt } from './box-walk.ts'
import { sourceInMemory } from './byte-source.ts'
import { readIndexFacts } from './index-facts.ts'
import { ReadFault } from './read-fault.ts'
import { readSmallIndex } from './small-index.ts'

const box = (type: string, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const header = Buffer.alloc(8)
  header.writeUInt32BE(content.length + 8)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, content])
}

const words = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

const frames = 400_000

/** Half an hour and more of frames that last 39 and 41 ms in turn, each listed on its own: over 8 MiB. */
const largeIndex = (): Buffer => {
  const times = words(
    [0, frames].concat(
      Array.from({ length: frames }, (_, index) => [1, index % 2 === 0 ? 39 : 41]).flat()
    )
  )
  const sizes = words([0, 0, frames].concat(Array.from({ length: frames }, () => 1000)))
  const tables = [box('stts', times), box('stsz', sizes), box('ctts', times)]
  return box(
    'moov',
    box('mvhd', Buffer.alloc(100)),
    box(
      'trak',
      box(
        'mdia',
        box('mdhd', words([0, 0, 0, 1000, frames * 40, 0])),
        box('hdlr', words([0, 0]), Buffer.from('vide'), words([0, 0, 0])),
        box('minf', box('stbl', ...tables))
      )
    )
  )
}

const opened = (bytes: Buffer) => {
  const asked = { bytes: 0, largest: 0 }
  const memory = sourceInMemory(bytes)
  const source = {
    ...memory,
    read: (start: number, end: number) => {
      asked.bytes += end - start
      asked.largest = Math.max(asked.largest, end - start)
      return memory.read(start, end)
    }
  }
  const moov = boxAt(bytes.subarray(0, 16), 0, bytes.length)
  if (moov === null) throw new Error('No box')
  return { source, moov, asked }
}

test('of a large index what it says of its tracks is read, and the first of its times', async () => {
  const bytes = largeIndex()
  expect(bytes.length).toBeGreaterThan(7 * 1024 * 1024)
  const { source, moov, asked } = opened(bytes)
  const small = await readSmallIndex(source, moov)
  expect(small.hasAllTimes).toBe(false)
  expect(asked.bytes).toBeLessThan(256 * 1024)
  const facts = readIndexFacts(small.bytes.subarray(8))
  expect(facts).toMatchObject({ hasSamples: true, namedSeconds: (frames * 40) / 1000 })
  expect(facts.rate).toMatchObject({ frameRate: 25, smallestGapMs: 39, largestGapMs: 41 })
})

test('a box that claims gigabytes is never held in memory', async () => {
  const bytes = box('moov', box('udta', Buffer.alloc(8)), Buffer.alloc(200_000))
  bytes.writeUInt32BE(3_000_000_000, 0)
  bytes.writeUInt32BE(2_900_000_000, 8)
  const { source, asked } = opened(bytes)
  const moov = { type: 'moov', start: 0, content: 8, end: 3_000_000_000 }
  const small = await readSmallIndex({ ...source, sizeBytes: moov.end }, moov)
  expect(small.bytes.length).toBeLessThan(1000)
  expect(asked.largest).toBeLessThanOrEqual(64 * 1024)
})

test('an index of nothing but empty boxes ends', async () => {
  const bytes = box('moov', ...Array.from({ length: 20_000 }, () => box('free')))
  const { source, moov } = opened(bytes)
  await expect(readSmallIndex(source, moov)).rejects.toBeInstanceOf(ReadFault)
})
