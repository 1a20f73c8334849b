import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { createWalkBudget, type WalkLimits } from '../../rules/walk-budget.ts'
import type { ListPage, PagePlace, Walk } from './tavus-list-pass.ts'
import { walkList } from './tavus-list-walk.ts'

const mostBytes = 1_000

/** A list at a server: what each row weighs, and how it counts pages. */
interface Server {
  readonly weights: readonly number[]
  readonly firstPage: 0 | 1
  /** What it gives at most at a time. */
  readonly cap: number
  readonly tellsTotal: boolean
  /** A page below the first one is refused, or answered with the first. */
  readonly below: 'refused' | 'first'
}

const tooLarge = fail({ kind: 'unexpected-response', where: 'too-large' })
const noPage = fail({ kind: 'provider-refused', status: 400, said: 'Invalid page' })

const answerOf =
  ({ weights, firstPage, cap, tellsTotal, below }: Server) =>
  ({ page, limit, onTooLarge }: PagePlace): Result<ListPage> => {
    if (page < firstPage && below === 'refused') return noPage
    const size = Math.min(limit, cap)
    const from = Math.max(0, page - firstPage) * size
    const rows = weights.slice(from, from + size)
    const bytes = rows.reduce((sum, weight) => sum + weight, 0)
    if (bytes > mostBytes) {
      onTooLarge?.(`{"id":"row-${from}"`)
      return tooLarge
    }
    const ids = rows.map((_, index) => ({ id: `row-${from + index}` }))
    return ok({ rows: ids, totalCount: tellsTotal ? weights.length : null, bytes })
  }

const readId = (row: unknown): { readonly id: string } | null => {
  const id: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'id') : null
  return typeof id === 'string' ? { id } : null
}

const walk = async (
  server: Server,
  assumedFirst: 0 | 1,
  more: Partial<Walk<{ readonly id: string }>> = {},
  limits?: WalkLimits
) => {
  const asked: PagePlace[] = []
  const answer = answerOf(server)
  const walked = await walkList({
    budget: createWalkBudget(limits),
    mostBytes,
    firstPage: assumedFirst,
    limit: 100,
    readRow: readId,
    readStart: (start) => /"id":"([^"]+)"/.exec(start)?.[1] ?? null,
    fetchPage: async (place) => {
      asked.push(place)
      return answer(place)
    },
    ...more
  })
  return { walked, asked }
}

const idsOf = (weights: readonly number[], isWanted: (weight: number) => boolean): Set<string> =>
  new Set(weights.flatMap((weight, index) => (isWanted(weight) ? [`row-${index}`] : [])))

const light = (count: number): readonly number[] => Array.from({ length: count }, () => 5)

const usual: Omit<Server, 'weights'> = {
  firstPage: 1,
  cap: 100,
  tellsTotal: true,
  below: 'refused'
}

/** Rows of a weight often stand together, as the videos of one campaign do. */
const rowWeights = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 130 }),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant(5) },
        { weight: 4, arbitrary: fc.integer({ min: 11, max: 900 }) }
      )
    ),
    { maxLength: 6 }
  )
  .chain((runs) =>
    fc.array(fc.nat(400), { maxLength: 2 }).map((heavy) => {
      const weights = [5, 5, ...runs.flatMap(([count, weight]) => Array(count).fill(weight))]
      for (const place of heavy) if (place > 1 && place < weights.length) weights[place] = 5_000
      return weights
    })
  )

describe('a list with pages that are too large', () => {
  test('any rows at any server: none is left out, and each that is too large is named', () =>
    fc.assert(
      fc.asyncProperty(
        rowWeights,
        fc.constantFrom<0 | 1>(0, 1),
        fc.constantFrom<0 | 1>(0, 1),
        fc.constantFrom(100, 100, 60, 50, 37, 10, 7),
        fc.boolean(),
        fc.constantFrom<Server['below']>('refused', 'first'),
        async (weights, firstPage, assumedFirst, cap, tellsTotal, below) => {
          const server: Server = { weights, firstPage, cap, tellsTotal, below }
          const { walked } = await walk(server, assumedFirst)
          if (!walked.ok) throw new Error(walked.error.kind)
          const { seenIds, isComplete, tooLarge: large } = walked.value
          const heavy = idsOf(weights, (weight) => weight > mostBytes)
          const small = idsOf(weights, (weight) => weight <= mostBytes)
          const readable = [...small].filter((id) => !seenIds.has(id))
          const isNamed = new Set(large.map(({ position }) => `row-${position - 1}`))
          expect([readable, isNamed]).toEqual([[], heavy])
          expect(isComplete).toBe(heavy.size === 0)
        }
      ),
      { numRuns: 300 }
    ))

  test('where the first rows cannot be read, it is told by their beginnings with which number pages begin', async () => {
    const weights = [5_000, 5_000, ...light(300), ...Array.from({ length: 9 }, () => 500)]
    for (const firstPage of [0, 1] as const) {
      const server: Server = { ...usual, weights, firstPage, tellsTotal: false, below: 'first' }
      const { walked } = await walk(server, 1)
      if (!walked.ok) throw new Error(walked.error.kind)
      expect(walked.value).toMatchObject({ isComplete: false, seenIds: { size: 309 } })
      expect(walked.value.tooLarge.map(({ position }) => position)).toEqual([1, 2])
    }
  })

  test('after large rows, pages grow again', async () => {
    const weights = [...light(200), ...Array.from({ length: 40 }, () => 60), ...light(1_000)]
    const { walked, asked } = await walk({ ...usual, weights }, 1)
    expect(walked).toMatchObject({ ok: true, value: { isComplete: true } })
    expect(asked.slice(-5).map(({ limit }) => limit)).toContain(100)
    expect(asked.length).toBeLessThan(50)
  })

  test.each([
    ['with the same answer', () => 'always', 16],
    ['with others', (count: number) => `row ${count}`, 60]
  ])('a server that answers everything so, %s, is given up', async (_, startOf, most) => {
    let count = 0
    const { walked } = await walk({ ...usual, weights: light(9) }, 1, {
      fetchPage: async ({ onTooLarge }) => {
        count += 1
        onTooLarge?.(startOf(count))
        return tooLarge
      }
    })
    expect(walked).toEqual(tooLarge)
    expect(count).toBeLessThan(most)
  })

  test('many large rows at the beginning hide nothing behind them', async () => {
    const weights = [...Array.from({ length: 15 }, () => 5_000), ...light(300)]
    const { walked } = await walk({ ...usual, weights }, 1)
    if (!walked.ok) throw new Error(walked.error.kind)
    expect(walked.value.tooLarge).toHaveLength(15)
    expect(walked.value.seenIds.size).toBe(300)
  })

  test('a server that does not heed the limit is never called complete', async () => {
    const weights = [...light(30), 990, ...light(30)]
    const answer = answerOf({ ...usual, weights, tellsTotal: false })
    const { walked } = await walk({ ...usual, weights }, 1, {
      fetchPage: async (place) => answer({ ...place, limit: 20 })
    })
    expect(walked.ok && walked.value.isComplete).toBe(false)
  })
})

describe('what a walk holds', () => {
  test('a page is handed over before the third behind it is asked for, and only ids stay', async () => {
    const handed: number[] = []
    let inHand = 0
    let most = 0
    const asked: number[] = []
    const { walked } = await walk({ ...usual, weights: light(1_000) }, 1, {
      fetchPage: async (place) => {
        asked.push(place.page)
        // One is on its way ahead: what was found on the page before the last that came is done with.
        expect(handed.length).toBeGreaterThanOrEqual(asked.length - 3)
        return answerOf({ ...usual, weights: light(1_000) })(place)
      },
      onFound: async (found) => {
        inHand += found.length
        most = Math.max(most, inHand)
        await new Promise((resolve) => setTimeout(resolve, 1))
        inHand -= found.length
        handed.push(found.length)
        return ok(null)
      }
    })
    expect(handed).toEqual(Array.from({ length: 10 }, () => 100))
    expect(most).toBe(100)
    if (!walked.ok) throw new Error(walked.error.kind)
    const { seenIds, ...rest } = walked.value
    expect(seenIds.size).toBe(1_000)
    expect(JSON.stringify(rest).length).toBeLessThan(200)
  })

  test('what cannot be stored ends the walk', async () => {
    const full = fail({ kind: 'storage-failed', reason: 'disk-full' })
    const { walked, asked } = await walk({ ...usual, weights: light(1_000) }, 1, {
      onFound: async () => full
    })
    expect(walked).toEqual(full)
    expect(asked).toHaveLength(2)
  })

  test.each([
    ['pages', { pages: 4, rows: 1e9, bytes: 1e9 }, 400],
    ['rows', { pages: 1e9, rows: 250, bytes: 1e9 }, 300],
    ['bytes', { pages: 1e9, rows: 1e9, bytes: 1_200 }, 300]
  ])('it ends with its budget of %s, and is not complete', async (_, limits, count) => {
    const { walked } = await walk({ ...usual, weights: light(5_000) }, 1, {}, limits)
    expect(walked).toMatchObject({
      ok: true,
      value: { isComplete: false, hasEnded: false, isCut: true, seenIds: { size: count } }
    })
  })
})
