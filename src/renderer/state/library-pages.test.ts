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
    const held = withPage(startWith(pageFrom(0, 200, 400), 1), 200, pageFrom(200, 200, 400))
    const shorter = withPage(held, 0, pageFrom(0, 150, 150))
    expect(shorter.total).toBe(150)
    expect([...shorter.pages.keys()]).toEqual([0])
  })

  it('asks for exactly the pages of the rows in view', () => {
    expect(offsetsFor(0, 10)).toEqual([0])
    expect(offsetsFor(190, 210)).toEqual([0, 200])
    expect(offsetsFor(9_990, 9_999)).toEqual([9_800])
  })

  it('puts a newer version in the place of the one that is held', () => {
    const held = startWith(pageFrom(0, 3, 3), 1)
    const renamed = { ...asset(1), name: 'Amara' }
    expect(findHeld(replaceAsset(held, renamed), renamed.ref)?.name).toBe('Amara')
    expect(rowAt(replaceAsset(held, renamed), 0)?.name).toBe('Face 0')
  })

  it('counts states that are not known among the unfinished', () => {
    expect(queryOf({ ...firstFilter, group: 'training' }, 0, 0).statuses).toContain('other')
    expect(queryOf(firstFilter, 0, 0).statuses).toBeNull()
  })
})

describe('what is asked for next', () => {
  const nothing = () => false

  it('starts with what is on the screen and goes on with what is near', () => {
    expect(offsetsToAsk({ first: 390, last: 410 }, 10_000, nothing)).toEqual([200, 400])
    expect(offsetsToAsk({ first: 300, last: 320 }, 10_000, nothing)).toEqual([200, 0, 400])
    expect(offsetsToAsk({ first: 0, last: 20 }, 10_000, nothing)).toEqual([0])
  })

  it('asks for nothing that is held, nor behind the end', () => {
    expect(offsetsToAsk({ first: 300, last: 320 }, 10_000, (offset) => offset !== 400)).toEqual([
      400
    ])
    expect(offsetsToAsk({ first: 300, last: 900 }, 310, nothing)).toEqual([200, 0])
  })

  it('lets go of what is far away, not of what is near', () => {
    let held = startWith(pageFrom(0, 1, 100_000), 1)
    for (let start = pageSize; start < 100 * pageSize; start += pageSize) {
      held = keepNear(withPage(held, start, pageFrom(start, 1, 100_000)), start)
    }
    expect(held.pages.size).toBe(60)
    expect(held.pages.has(99 * pageSize)).toBe(true)
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
