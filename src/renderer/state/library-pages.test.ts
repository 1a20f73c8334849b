import { describe, expect, it } from 'vitest'
import type { Asset } from '../../shared/domain/asset.ts'
import {
  findHeld,
  firstFilter,
  offsetsFor,
  pageSize,
  queryOf,
  replaceAsset,
  rowAt,
  startWith,
  withPage
} from './library-pages.ts'

const asset = (index: number): Asset => ({
  ref: { accountId: 'acc_00000001', kind: 'replica', id: `r${index}` } as Asset['ref'],
  name: `Face ${index}`,
  status: 'ready',
  statusRaw: 'completed',
  progress: null,
  model: null,
  origin: 'own',
  createdAt: null,
  updatedAt: null,
  errorMessage: null,
  posterId: null,
  clipId: null,
  madeWithId: null,
  details: [],
  presence: 'listed',
  deletion: null,
  firstSeenAt: '2026-11-21T12:00:00.000Z',
  movedAt: null,
  lastSeenAt: '2026-11-21T12:00:00.000Z'
})

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
