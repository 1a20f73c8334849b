import { describe, expect, it } from 'vitest'
import { createSteadyRange, type DrawnRow } from './steady-range.ts'

const at = (startIndex: number, endIndex: number, count = 1_000) => ({
  startIndex,
  endIndex,
  count,
  overscan: 0
})

/** Rows that show what stands at their place, one letter each; a dot is not known yet. */
const showing = (from: number, keys: string): readonly DrawnRow[] =>
  [...keys].map((key, row) => ({ index: from + row, key: key === '.' ? null : key }))

/** Which slot shows what. */
const shownBy = (slots: ReadonlyMap<number, number>, rows: readonly DrawnRow[]) =>
  new Map(rows.map(({ index, key }) => [key, slots.get(index)]))

describe('createSteadyRange', () => {
  it('draws as many rows at every place, each in a slot of its own', () => {
    const { extract, slotsFor } = createSteadyRange(3)
    for (const range of [at(0, 9), at(1, 11), at(500, 509), at(989, 999)]) {
      const rows = extract(range)
      expect(rows).toHaveLength(17)
      const slots = slotsFor(rows.map((index) => ({ index, key: `a${index}` })))
      expect(new Set(slots.values()).size).toBe(17)
      expect(Math.max(...slots.values())).toBe(16)
      expect(rows).toEqual(expect.arrayContaining([range.startIndex, range.endIndex]))
      expect(rows.at(-1)).toBeLessThan(1_000)
    }
  })

  it('has no more rows than there are', () => {
    expect(createSteadyRange(3).extract(at(0, 4, 5))).toEqual([0, 1, 2, 3, 4])
  })

  it.each([
    ['one comes above it', 0, 'xabcd'],
    ['one above it goes', 0, 'bcdef'],
    ['all of them are sorted anew', 0, 'dcbax'],
    ['it is scrolled', 2, 'cdefg'],
    ['its place is not known yet', 0, '.abcd']
  ])('leaves an asset its elements when %s', (_what, from, keys) => {
    const { slotsFor } = createSteadyRange(1)
    const before = showing(0, 'abcde')
    const first = shownBy(slotsFor(before), before)
    const after = showing(from, keys)
    const then = shownBy(slotsFor(after), after)
    for (const [key, slot] of first) {
      if (then.has(key)) expect([key, then.get(key)]).toEqual([key, slot])
    }
    expect(new Set(then.values()).size).toBe(5)
  })

  it('lets a row that becomes known keep the elements of its place', () => {
    const { slotsFor } = createSteadyRange(1)
    const unknown = slotsFor(showing(7, '...'))
    expect(slotsFor(showing(7, 'abc'))).toEqual(unknown)
  })
})
