/** What one walk over a provider's lists may take before it is ended. */
export interface WalkLimits {
  readonly pages: number
  readonly rows: number
  readonly bytes: number
}

/**
 * Enough for an account of 100,000 assets: 10,000 pages of ten rows, the smallest page documented, and about 5 KB a row,
 * which is a signed link for each of its pictures and a script of two pages. What goes on beyond has no end.
 */
export const walkLimits: WalkLimits = { pages: 12_000, rows: 150_000, bytes: 512 * 1024 * 1024 }

/** Counts what a walk took. */
export interface WalkBudget {
  /** One more answer, with its rows and its size; an answer that was given up counts with what was read of it. */
  take(rows: number, bytes: number): void
  /** True once any of the limits is reached: nothing more is asked. */
  readonly isSpent: boolean
}

/** A budget that nothing was taken from. Shared by all lists that are walked for one answer. */
export const createWalkBudget = (limits: WalkLimits = walkLimits): WalkBudget => {
  let pages = 0
  let rows = 0
  let bytes = 0
  return {
    take: (moreRows, moreBytes) => {
      pages += 1
      rows += moreRows
      bytes += moreBytes
    },
    get isSpent() {
      return pages >= limits.pages || rows >= limits.rows || bytes >= limits.bytes
    }
  }
}
