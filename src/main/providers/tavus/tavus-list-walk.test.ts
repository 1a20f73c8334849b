import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../shared/result.ts'
import { createWalkBudget, walkLimits } from '../../rules/walk-budget.ts'
import type { ListPage as Page } from './tavus-list-pass.ts'
import { walkList } from './tavus-list-walk.ts'
import { readRow } from './tavus-mapping.ts'

type ListPage = Pick<Page, 'rows' | 'totalCount'>

const LIMIT = 3
/** What every walk here has besides. */
const usual = () => ({
  limit: LIMIT,
  budget: createWalkBudget(),
  mostBytes: 1_000,
  readRow: (row: unknown) => readRow('replica', row, { origin: 'own', redactText: (text) => text })
})
const idsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `r${index}`)
const toRow = (id: unknown): unknown => ({ replica_id: id, status: 'completed' })

/** A list that serves its pages from some first number. */
const serve =
  (ids: readonly unknown[], firstPage = 1, totalCount: number | null = ids.length) =>
  (page: number): ListPage => ({
    rows: ids.slice((page - firstPage) * LIMIT, (page - firstPage + 1) * LIMIT).map(toRow),
    totalCount
  })

const answer = (page: ListPage) => ok({ ...page, bytes: 100 })

const walk = async (pageOf: (page: number, call: number) => ListPage, firstPage: 0 | 1 = 1) => {
  const asked: number[] = []
  const listing = await walkList({
    ...usual(),
    firstPage,
    fetchPage: async ({ page }) => {
      asked.push(page)
      return ok({ ...pageOf(page, asked.length), bytes: 100 })
    }
  })
  if (!listing.ok) throw new Error('expected a listing')
  const { seenIds, isComplete, unreadableCount } = listing.value
  return { asked, ids: [...seenIds], isComplete, unreadableCount }
}

const below = (page: number, firstPage: number, rest: (page: number) => ListPage): ListPage =>
  page < firstPage ? { rows: [], totalCount: rest(firstPage).totalCount } : rest(page)

describe('a list that holds still', () => {
  test.each([
    ['empty', 0, [1]],
    ['less than a page', 2, [1]],
    ['exactly a page', 3, [1, 2]],
    ['one row more', 4, [1, 2]],
    ['several pages', 9, [1, 2, 3, 4]]
  ])('%s', async (_, count, asked) => {
    const seen = await walk(serve(idsOf(count)))
    expect(seen).toEqual({ asked, ids: idsOf(count), isComplete: true, unreadableCount: 0 })
  })

  test('pages that count from 0 are noticed', async () => {
    const seen = await walk(serve(idsOf(7), 0))
    expect(seen.asked).toEqual([1, 2, 3, 0])
    expect([...seen.ids].sort()).toEqual(idsOf(7))
    expect(seen.isComplete).toBe(true)
  })

  test('a list known to count from 0 is read once', async () => {
    expect((await walk(serve(idsOf(4), 0), 0)).asked).toEqual([0, 1])
  })

  test.each<[string, (page: number) => ListPage, readonly number[]]>([
    ['answers page 0 with page 1', (page) => serve(idsOf(7))(Math.max(1, page)), [0, 1, 2, 3]],
    ['has nothing on page 0', (page) => below(page, 1, serve(idsOf(7))), [0, 1, 2, 3]],
    [
      'has nothing on page 0 and tells no total',
      (page) => below(page, 1, serve(idsOf(7), 1, null)),
      [0, 1, 2, 3, 4]
    ],
    ['has nothing at all', () => ({ rows: [], totalCount: null }), [0, 1]]
  ])('a list thought to count from 0 that %s', async (_, pageOf, asked) => {
    const seen = await walk(pageOf, 0)
    expect(seen).toMatchObject({ asked, isComplete: true })
    expect(seen.ids).toEqual(idsOf(asked.length > 2 ? 7 : 0))
  })

  test('without a total, an empty page is the end', async () => {
    const pages = serve(idsOf(4), 1, null)
    const seen = await walk((page) => below(page, 1, pages))
    expect(seen).toMatchObject({ asked: [1, 2, 3, 0], ids: idsOf(4), isComplete: true })
  })

  test('any number of rows, from either first page, is read whole', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(30), fc.constantFrom(0, 1), async (count, first) => {
        const pages = serve(idsOf(count), first)
        const seen = await walk((page) => below(page, first, pages))
        expect(new Set(seen.ids)).toEqual(new Set(idsOf(count)))
        expect(seen.isComplete).toBe(true)
      })
    ))
})

describe('a page ahead', () => {
  /** Pages that are answered when the test says so. */
  const held = (pageOf: (page: number) => ListPage) => {
    const onTheWay = new Map<number, { give: () => void; fail: () => void; signal: AbortSignal }>()
    const walked = walkList({
      ...usual(),
      firstPage: 1,
      fetchPage: ({ page }, unwanted = new AbortController().signal) =>
        new Promise((resolve) => {
          const end = (result: Parameters<typeof resolve>[0]) => {
            onTheWay.delete(page)
            resolve(result)
          }
          onTheWay.set(page, {
            give: () => end(answer(pageOf(page))),
            fail: () => end(fail({ kind: 'offline' })),
            signal: unwanted
          })
        })
    })
    const next = async (how: 'give' | 'fail', page: number): Promise<readonly number[]> => {
      onTheWay.get(page)?.[how]()
      await new Promise(setImmediate)
      return [...onTheWay.keys()]
    }
    return { walked, next, onTheWay }
  }

  test('is asked for once two pages added up, and as far as the list counts', async () => {
    const { walked, next } = held(serve(idsOf(14)))
    expect(await next('give', 1)).toEqual([2])
    expect(await next('give', 2)).toEqual([3, 4])
    // In order, whichever comes first.
    expect(await next('give', 4)).toEqual([3])
    expect(await next('give', 3)).toEqual([5])
    await next('give', 5)
    expect(await walked).toMatchObject({
      ok: true,
      value: { isComplete: true, seenIds: new Set(idsOf(14)) }
    })
  })

  test('is given up with the walk', async () => {
    const { walked, next, onTheWay } = held(serve(idsOf(14)))
    await next('give', 1)
    await next('give', 2)
    const ahead = onTheWay.get(4)
    expect(ahead?.signal.aborted).toBe(false)
    await next('fail', 3)
    expect(await walked).toEqual(fail({ kind: 'offline' }))
    expect(ahead?.signal.aborted).toBe(true)
  })

  test('is never asked for where no total is told', async () => {
    const pages = serve(idsOf(10), 1, null)
    const { walked, next } = held((page) => below(page, 1, pages))
    for (const page of [1, 2, 3, 4, 5]) expect(await next('give', page)).toHaveLength(1)
    await next('give', 0)
    expect(await walked).toMatchObject({ ok: true, value: { isComplete: true } })
  })
})

describe('a list that changes underneath', () => {
  test('is read anew, once', async () => {
    const before = serve(idsOf(6))
    const after = serve(idsOf(5))
    const seen = await walk((page, call) => (call === 1 ? before : after)(page))
    expect(seen).toMatchObject({ asked: [1, 2, 1, 2], ids: idsOf(5), isComplete: true })
  })

  test('that never stops changing is not called complete', async () => {
    const seen = await walk((page, call) => ({ ...serve(idsOf(6))(page), totalCount: 6 + call }))
    expect(seen.isComplete).toBe(false)
    expect(seen.ids).toEqual(idsOf(6))
    expect(seen.asked.length).toBeLessThan(10)
  })
})

describe('a list that cannot be trusted', () => {
  test('the same page for ever', async () => {
    const seen = await walk(() => ({ rows: idsOf(3).map(toRow), totalCount: 9 }))
    expect(seen).toMatchObject({ asked: [1, 2, 0], ids: idsOf(3), isComplete: false })
  })

  test('the same unreadable rows for ever', async () => {
    const seen = await walk(() => ({ rows: [null, {}, toRow('../x')], totalCount: 9 }))
    expect(seen).toMatchObject({ asked: [1, 2, 0], ids: [], isComplete: false, unreadableCount: 3 })
  })

  test('the same id twice', async () => {
    const seen = await walk(serve(['r0', 'r1', 'r1', 'r2']))
    expect(seen).toMatchObject({ ids: ['r0', 'r1', 'r2'], isComplete: false, unreadableCount: 0 })
  })

  test('fewer rows than it counts', async () => {
    const seen = await walk(serve(idsOf(4), 1, 9))
    expect(seen).toMatchObject({ ids: idsOf(4), isComplete: false })
  })

  test.each([
    [4, 3],
    [7, 6]
  ])('%i rows of which it counts those of full pages, %i', async (count, total) => {
    const seen = await walk(serve(idsOf(count), 1, total))
    expect(seen).toMatchObject({ ids: idsOf(count), isComplete: false })
  })

  test('more rows than it counts', async () => {
    const seen = await walk(serve(idsOf(7), 1, 4))
    expect(seen).toMatchObject({ ids: idsOf(7), isComplete: false })
  })

  test('a row that could be any asset', async () => {
    const seen = await walk(serve(['r0', 42, 'r1']))
    expect(seen).toMatchObject({ ids: ['r0', 'r1'], isComplete: false, unreadableCount: 1 })
  })

  test('ids that cannot be used', async () => {
    const seen = await walk(serve(['r0', 'a?hard=true', '../replicas/x', 'r'.repeat(10_000)]))
    expect(seen).toMatchObject({ ids: ['r0'], isComplete: false, unreadableCount: 3 })
  })

  test('rows without end', async () => {
    const seen = await walk((page) => ({
      rows: Array.from({ length: 5000 }, (_, index) => toRow(`r${page}-${index}`)),
      totalCount: 10_000_000
    }))
    expect(seen.ids).toHaveLength(walkLimits.rows)
    expect(seen.isComplete).toBe(false)
  })
})

describe('failures on the way', () => {
  const failAt = (failing: number, kind: 'offline' | 'provider-refused', firstPage: 0 | 1 = 1) =>
    walkList({
      ...usual(),
      firstPage,
      fetchPage: async ({ page }) => {
        if (page !== failing) return answer(serve(idsOf(2), 1, failing === 0 ? 3 : 6)(page))
        return kind === 'offline'
          ? fail({ kind })
          : fail({ kind, status: 400, said: 'Invalid page' })
      }
    })

  test('end the walk, whatever was read before', async () => {
    expect(await failAt(2, 'offline')).toEqual(fail({ kind: 'offline' }))
    expect(await failAt(2, 'provider-refused')).toMatchObject({ ok: false })
    expect(await failAt(0, 'offline')).toEqual(fail({ kind: 'offline' }))
  })

  test('a list thought to count from 0 goes on where page 0 is refused', async () => {
    const walked = await walkList({
      ...usual(),
      firstPage: 0,
      fetchPage: async ({ page }) =>
        page === 0
          ? fail({ kind: 'provider-refused', status: 400, said: 'Invalid page' })
          : answer(serve(idsOf(4))(page))
    })
    expect(walked).toMatchObject({ ok: true, value: { isComplete: true, seenIds: { size: 4 } } })
    expect(await failAt(0, 'offline', 0)).toEqual(fail({ kind: 'offline' }))
  })

  test('a refused page 0 only says that pages count from 1', async () => {
    expect(await failAt(0, 'provider-refused')).toMatchObject({
      ok: true,
      value: { isComplete: false, seenIds: new Set(['r0', 'r1']) }
    })
  })
})
