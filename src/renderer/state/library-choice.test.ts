import { describe, expect, it } from 'vitest'
import type { AssetRef } from '../../shared/domain/asset.ts'
import {
  mostChosen,
  nothingChosen,
  rangeOf,
  toggled,
  withAll,
  withoutAll
} from './library-choice.ts'

const ref = (id: number): AssetRef =>
  ({ accountId: 'acc_00000001', kind: 'replica', id: `r${id}` }) as AssetRef

const refs = (count: number) => Array.from({ length: count }, (_, index) => ref(index))
const idsOf = (chosen: ReadonlyMap<string, AssetRef>) => [...chosen.values()].map(({ id }) => id)

describe('choosing', () => {
  it('takes all of a library of 1,200', () => {
    expect(withAll(nothingChosen, refs(1_200)).size).toBe(1_200)
  })

  it('takes one and lets it go again', () => {
    const one = toggled(nothingChosen, ref(1))
    expect(idsOf(one)).toEqual(['r1'])
    expect(toggled(one, ref(1)).size).toBe(0)
  })

  it('takes no more than one deletion may hold', () => {
    const full = withAll(nothingChosen, refs(mostChosen + 5))
    expect(full.size).toBe(mostChosen)
    expect(toggled(full, ref(5_000)).size).toBe(mostChosen)
    expect(toggled(full, ref(3)).size).toBe(mostChosen - 1)
  })

  it('lets go of what a range no longer covers', () => {
    const both = withAll(toggled(nothingChosen, ref(9)), refs(3))
    expect(idsOf(withoutAll(both, [ref(1), ref(2)]))).toEqual(['r9', 'r0'])
  })

  it('draws ranges both ways, and cuts the far end', () => {
    expect(rangeOf(3, 7)).toEqual({ first: 3, last: 7 })
    expect(rangeOf(7, 3)).toEqual({ first: 3, last: 7 })
    expect(rangeOf(10, 90_000)).toEqual({ first: 10, last: 10 + mostChosen - 1 })
    expect(rangeOf(90_000, 10)).toEqual({ first: 90_000 - mostChosen + 1, last: 90_000 })
  })
})
