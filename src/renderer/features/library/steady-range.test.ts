import { describe, expect, it } from 'vitest'
import { createSteadyRange } from './steady-range.ts'

const at = (startIndex: number, endIndex: number, count = 1_000) => ({
  startIndex,
  endIndex,
  count,
  overscan: 0
})

describe('createSteadyRange', () => {
  it('draws as many rows at every place, each in a slot of its own', () => {
    const { extract, slotOf } = createSteadyRange(3)
    for (const range of [at(0, 9), at(1, 11), at(500, 509), at(989, 999)]) {
      const rows = extract(range)
      expect(rows).toHaveLength(17)
      expect(new Set(rows.map(slotOf)).size).toBe(17)
      expect(rows).toEqual(expect.arrayContaining([range.startIndex, range.endIndex]))
      expect(rows.at(-1)).toBeLessThan(1_000)
    }
  })

  it('has no more rows than there are', () => {
    expect(createSteadyRange(3).extract(at(0, 4, 5))).toEqual([0, 1, 2, 3, 4])
  })
})
