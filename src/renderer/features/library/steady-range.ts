import type { Range } from '@tanstack/react-virtual'

/** Which rows are drawn, and which of them takes whose place. */
export interface SteadyRange {
  readonly extract: (range: Range) => number[]
  /** Rows that never stand together have the same slot: the one that comes takes over the elements of the other. */
  readonly slotOf: (index: number) => number
}

/** As many rows at every place of a list, so that scrolling changes words and makes no elements. */
export const createSteadyRange = (ahead: number): SteadyRange => {
  let slots = 1
  return {
    extract: ({ startIndex, endIndex, count }) => {
      const needed = endIndex - startIndex + 1 + ahead * 2
      // One to spare: where a row begins right at the edge, one fewer is in sight than elsewhere.
      if (needed > slots) slots = needed + 1
      const from = Math.max(0, Math.min(startIndex - ahead, count - slots))
      return Array.from({ length: Math.min(slots, count - from) }, (_, row) => from + row)
    },
    slotOf: (index) => index % slots
  }
}
