import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import {
  cleared,
  createdSince,
  findHeld,
  firstFilter,
  forKind,
  isNarrowed,
  keepNear,
  offsetsFor,
  offsetsToAsk,
  pageSize,
  placedNoMore,
  queryOf,
  replaceAsset,
  rowAt,
  startWith,
  withPage
} from './library-pages.ts'

const asset = (index: number) => testAsset(`r${index}`, { name: `Face ${index}` })

const pageFrom = (start: number, count: number, total: number) => ({
  total,
  rows: Array.from({ length: count }, (_, index) => asset(start + index))
})

describe('library pages', () => {
  it('find rows over the border of two pages and say where there is a hole', () => {
    const one = startWith(pageFrom(0, pageSize, 1_000), 1)
    const two = withPage(one, pageSize, pageFrom(pageSize, pageSize, 1_000))
    expect(rowAt(two, pageSize - 1)?.ref.id).toBe(`r${pageSize - 1}`)
    expect(rowAt(two, pageSize)?.ref.id).toBe(`r${pageSize}`)
    expect(rowAt(two, pageSize * 2)).toBeNull()
  })

  it('lets go of pages behind the end of a listing that became shorter', () => {
    const first = startWith(pageFrom(0, pageSize, 2 * pageSize), 1)
    const held = withPage(first, pageSize, pageFrom(pageSize, pageSize, 2 * pageSize))
    const shorter = withPage(held, 0, pageFrom(0, 50, 50))
    expect(shorter.total).toBe(50)
    expect([...shorter.pages.keys()]).toEqual([0])
  })

  it('asks for exactly the pages of the rows in view', () => {
    expect(offsetsFor(0, 10)).toEqual([0])
    expect(offsetsFor(pageSize - 10, pageSize + 10)).toEqual([0, pageSize])
    expect(offsetsFor(9_990, 9_999)).toEqual([156 * pageSize])
  })

  it('puts a newer version in the place of the one that is held', () => {
    const held = startWith(pageFrom(0, 3, 3), 1)
    const renamed = { ...asset(1), name: 'Amara' }
    expect(findHeld(replaceAsset(held, renamed), renamed.ref)?.name).toBe('Amara')
    expect(rowAt(replaceAsset(held, renamed), 0)?.name).toBe('Face 0')
  })

  it('says what left the places that are drawn, and where it stood', () => {
    const held = startWith(pageFrom(0, 5, 5), 1)
    const without = (gone: number) =>
      withPage(held, 0, { total: 4, rows: [0, 1, 2, 3, 4].filter((at) => at !== gone).map(asset) })
    expect(placedNoMore(held, without(2), 0, 4)).toMatchObject([
      { asset: { ref: { id: 'r2' } }, index: 2 }
    ])
    expect(placedNoMore(held, without(4), 0, 3)).toEqual([])
    // Something else is looked at: nothing left.
    expect(placedNoMore(held, startWith(pageFrom(0, 2, 2), 2), 0, 4)).toEqual([])
    expect(placedNoMore(held, held, 0, 4)).toEqual([])
  })

  it('counts states that are not known among the unfinished', () => {
    expect(queryOf({ ...firstFilter, group: 'training' }, 0, 0).statuses).toContain('other')
    expect(queryOf(firstFilter, 0, 0).statuses).toBeNull()
  })
})

describe('what is asked for next', () => {
  const nothing = () => false

  it('starts with what is on the screen and goes on with what is near', () => {
    const pages = (...numbers: readonly number[]) => numbers.map((number) => number * pageSize)
    const ask = (first: number, last: number) => offsetsToAsk({ first, last }, 10_000, nothing)
    expect(ask(390, 410)).toEqual(pages(6, 5))
    expect(ask(300, 320)).toEqual(pages(4, 5))
    expect(ask(0, 20)).toEqual(pages(0))
  })

  it('asks for nothing that is held, nor behind the end', () => {
    const isHeld = (offset: number) => offset !== 5 * pageSize
    expect(offsetsToAsk({ first: 300, last: 320 }, 10_000, isHeld)).toEqual([5 * pageSize])
    expect(offsetsToAsk({ first: 300, last: 900 }, 310, nothing)).toEqual([4 * pageSize])
  })

  it('lets go of what is far away, not of what is near', () => {
    let held = startWith(pageFrom(0, 1, 100_000), 1)
    for (let start = pageSize; start < 300 * pageSize; start += pageSize) {
      held = keepNear(withPage(held, start, pageFrom(start, 1, 100_000)), start)
    }
    expect(held.pages.size).toBe(190)
    expect(held.pages.has(299 * pageSize)).toBe(true)
    expect(held.pages.has(0)).toBe(false)
  })
})

describe('filters', () => {
  const noon = new Date(2026, 10, 21, 12).getTime()

  it('begin a day at midnight where the person is', () => {
    expect(createdSince('any', noon)).toBeNull()
    expect(createdSince('today', noon)).toBe(new Date(2026, 10, 21).toISOString())
    expect(createdSince('week', noon)).toBe(new Date(2026, 10, 15).toISOString())
  })

  it('ask for every video, whoever made it, and for the models only if some were chosen', () => {
    const query = queryOf(forKind({ ...firstFilter, origin: 'stock' }, 'video'), 0, noon)
    expect(query).toMatchObject({ kind: 'video', origin: 'all', models: null })
    expect(queryOf({ ...firstFilter, models: ['phoenix-3'] }, 0, noon).models).toEqual([
      'phoenix-3'
    ])
  })

  it('find what is in no listing any more, whatever its state was', () => {
    const query = queryOf({ ...firstFilter, group: 'deleted' }, 0, noon)
    expect(query).toMatchObject({ presence: 'gone', statuses: null })
    expect(queryOf(firstFilter, 0, noon).presence).toBe('listed')
    expect(isNarrowed({ ...firstFilter, group: 'deleted' })).toBe(true)
  })

  it('are cleared without changing what is looked at', () => {
    const narrow = {
      ...firstFilter,
      origin: 'stock',
      sort: 'name-asc',
      age: 'today',
      models: ['phoenix-3'],
      search: 'amara'
    } as const
    expect(isNarrowed(narrow)).toBe(true)
    expect(isNarrowed(cleared(narrow))).toBe(false)
    expect(cleared(narrow)).toMatchObject({ origin: 'stock', sort: 'name-asc' })
  })
})
