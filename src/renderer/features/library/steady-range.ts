import type { Range } from '@tanstack/react-virtual'

/** A row that is drawn, and what it shows; null while that is not known. */
export interface DrawnRow {
  readonly index: number
  readonly key: string | null
}

/** Which rows are drawn, and which of them takes whose place. */
export interface SteadyRange {
  readonly extract: (range: Range) => number[]
  /**
   * The slot of each row, by its index. What is drawn already keeps its elements, wherever it moves to, and with them
   * the focus; what comes takes over those of what went.
   */
  readonly slotsFor: (rows: readonly DrawnRow[]) => ReadonlyMap<number, number>
}

/** As many rows at every place of a list, so that scrolling changes words and makes no elements. */
export const createSteadyRange = (ahead: number): SteadyRange => {
  let count = 1
  let held: ReadonlyMap<number, DrawnRow> = new Map()

  return {
    extract: ({ startIndex, endIndex, count: total }) => {
      const needed = endIndex - startIndex + 1 + ahead * 2
      // One to spare: where a row begins right at the edge, one fewer is in sight than elsewhere.
      if (needed > count) count = needed + 1
      const from = Math.max(0, Math.min(startIndex - ahead, total - count))
      return Array.from({ length: Math.min(count, total - from) }, (_, row) => from + row)
    },
    slotsFor: (rows) => {
      const now = new Map<number, DrawnRow>()
      const take = (slot: number | undefined, row: DrawnRow): boolean => {
        if (slot === undefined || now.has(slot)) return false
        now.set(slot, row)
        return true
      }
      const before = [...held]
      const byKey = new Map(before.map(([slot, { key }]) => [key, slot]))
      const byIndex = new Map(before.map(([slot, { index }]) => [index, slot]))
      // What is known by name comes first: nothing may take its elements.
      const moved = rows.filter((row) => row.key === null || !take(byKey.get(row.key), row))
      const isLikeBefore = (row: DrawnRow): boolean => {
        const slot = byIndex.get(row.index)
        const was = slot === undefined ? null : (held.get(slot)?.key ?? null)
        return (row.key === null || was === null) && take(slot, row)
      }
      let next = 0
      for (const row of moved.filter((waiting) => !isLikeBefore(waiting))) {
        while (now.has(next)) next += 1
        now.set(next, row)
      }
      held = now
      return new Map([...now].map(([slot, { index }]) => [index, slot]))
    }
  }
}
