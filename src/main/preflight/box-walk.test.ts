import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxAt, boxesIn, boxWithin, walkBoxes } from './box-walk.ts'
import type { ByteSource } from './byte-source.ts'
import { ReadFault } from './read-fault.ts'

/** Of one header. */
const mostRead = 16
/** As many headers as a walk may ask for. */
const mostReads = 200

/** A file in memory that counts what is asked of it, and takes nothing that it could not answer. */
const countedFile = (bytes: Uint8Array, budget = Number.POSITIVE_INFINITY) => {
  const asked = { reads: 0, bytes: 0 }
  const source: ByteSource = {
    sizeBytes: bytes.length,
    isSizeKnown: true,
    read: async (start, end) => {
      const isWithin = Number.isSafeInteger(start) && start >= 0 && start <= end
      if (!isWithin || end > bytes.length) throw new RangeError(`${start}-${end}`)
      asked.reads += 1
      asked.bytes += end - start
      if (asked.bytes > budget) throw new ReadFault('too-much-to-read')
      return bytes.subarray(start, end)
    },
    has: () => false
  }
  return { source, asked }
}

interface Node {
  readonly type: string
  /** The size is written in 64 bits. */
  readonly isLong: boolean
  readonly content: Uint8Array | readonly Node[]
}

const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts))

/** A box as a writer writes it. */
const written = ({ type, isLong, content }: Node): Uint8Array => {
  const inside = content instanceof Uint8Array ? content : join(content.map(written))
  const header = Buffer.alloc(isLong ? 16 : 8)
  const size = header.length + inside.length
  header.writeUInt32BE(isLong ? 1 : size)
  header.write(type, 4, 'latin1')
  if (isLong) header.writeBigUInt64BE(BigInt(size), 8)
  return join([header, inside])
}

const type = fc.constantFrom('ftyp', 'moov', 'mdat', 'free', 'sidx', 'trak', 'mdia', '\xa9nam')
const { tree } = fc.letrec<{ readonly tree: Node }>((tie) => ({
  tree: fc.record({
    type,
    isLong: fc.boolean(),
    content: fc.oneof(
      { maxDepth: 4 },
      fc.uint8Array({ maxLength: 40 }),
      fc.array(tie('tree'), { maxLength: 4 })
    )
  })
}))
const trees = fc.array(tree, { minLength: 1, maxLength: 12 })

/** Whatever a file may hold: noise, noise that begins like a box, and boxes with some of their bytes changed. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .tuple(
      fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 0xffff_ffff })),
      type,
      fc.uint8Array({ maxLength: 60 })
    )
    .map(([size, name, rest]) => {
      const header = Buffer.alloc(8)
      header.writeUInt32BE(size)
      header.write(name, 4, 'latin1')
      return join([header, rest])
    }),
  fc
    .tuple(trees, fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 6 }))
    .map(([nodes, changes]) => {
      const bytes = join(nodes.map(written))
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      return bytes
    })
)

describe('the walk over the boxes of a file', () => {
  it('takes any bytes, asks for nothing outside of them, and for no more than the headers', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        const { source, asked } = countedFile(bytes)
        const found = await walkBoxes(source)
        expect(asked.reads).toBeLessThanOrEqual(mostReads)
        expect(asked.bytes).toBeLessThanOrEqual(asked.reads * mostRead)
        expect(found.missingBytes).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 }
    )
  })

  it('ends at its budget, which it passes on as it is', async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(100), async (nodes, budget) => {
        const { source, asked } = countedFile(join(nodes.map(written)), budget)
        // Behind the index it is told beside what was found.
        const fault = await walkBoxes(source).then(
          (found) => found.fault,
          (error: unknown) => error
        )
        // The read that was refused is the last.
        expect(asked.bytes).toBeLessThanOrEqual(budget + mostRead)
        if (fault !== null) expect(fault).toBeInstanceOf(ReadFault)
        expect(fault === null).toBe(asked.bytes <= budget)
      })
    )
  })

  it('finds a whole file whole, and what a shortened one lacks to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), async (nodes, cut) => {
        const bytes = join(nodes.map(written))
        const whole = await walkBoxes(countedFile(bytes).source)
        expect(whole.missingBytes).toBe(0)
        expect(whole.moov === null).toBe(nodes.every((node) => node.type !== 'moov'))
        const last = written(nodes.at(-1) as Node)
        // Less than a header of the last box would be no box.
        const header = nodes.at(-1)?.isLong === true ? 16 : 8
        if (last.length === header) return
        const lost = 1 + (cut % (last.length - header))
        const kept = bytes.subarray(0, bytes.length - lost)
        const { missingBytes } = await walkBoxes(countedFile(kept).source)
        expect(missingBytes).toBe(lost)
      }),
      { numRuns: 300 }
    )
  })

  it('ends after so many boxes, however many there are', async () => {
    const bytes = join(
      Array.from({ length: 5_000 }, () =>
        written({ type: 'free', isLong: false, content: new Uint8Array() })
      )
    )
    const { source, asked } = countedFile(bytes)
    await walkBoxes(source)
    expect(asked.reads).toBe(mostReads)
  })
})

describe('boxes in memory', () => {
  it('lie within what they were looked for in, one after the other, whatever that is', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(400), fc.nat(400), (bytes, one, other) => {
        const [from, to] = [one, other]
          .map((at) => Math.min(at, bytes.length))
          .sort((a, b) => a - b)
        let at = from ?? 0
        for (const box of boxesIn(bytes, from ?? 0, to ?? 0)) {
          expect(box.start).toBe(at)
          expect(box.content).toBeGreaterThan(box.start)
          expect(box.end).toBeGreaterThanOrEqual(box.content)
          expect(box.end).toBeLessThanOrEqual(to ?? 0)
          at = box.end
        }
        boxWithin(bytes, from ?? 0, to ?? 0, ['moov', 'trak', 'mdia'])
      }),
      { numRuns: 500 }
    )
  })

  it('are found as they were written', () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const bytes = join(nodes.map(written))
        expect(boxesIn(bytes, 0, bytes.length).map((box) => box.type)).toEqual(
          nodes.map((node) => node.type)
        )
      })
    )
  })

  it('have a header that says where they end, or none', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(1000), (bytes, start) => {
        const box = boxAt(bytes.subarray(0, 16), start, start + 1000)
        if (box !== null) expect(box.end).toBeGreaterThanOrEqual(box.content)
      })
    )
  })
})
