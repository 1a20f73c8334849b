import { createHash } from 'node:crypto'
import { ok, type Result } from '../../../shared/result.ts'
import type { WalkBudget } from '../../rules/walk-budget.ts'

/** One page as it came. `totalCount` null: not told. */
export interface ListPage {
  readonly rows: readonly unknown[]
  readonly totalCount: number | null
  /** Size of the answer. */
  readonly bytes: number
}

/** Which rows are asked for. */
export interface PagePlace {
  readonly page: number
  readonly limit: number
  /** Without the fields that only a longer form of the rows has. */
  readonly isBrief?: boolean
  /** Told how an answer begins that is too large to be read. */
  readonly onTooLarge?: (start: string) => void
}

/** Whatever is listed, as read from its row. */
export interface Listed {
  readonly id: string
}

/** A row that is larger than what is read of an answer. */
export interface LargeRow {
  /** Counted from 1. */
  readonly position: number
  readonly page: number
  /** What the answer began with says whose it is; null if it does not. */
  readonly id: string | null
}

export interface Walk<T extends Listed> {
  /** `unwanted` is aborted once nobody waits for the page any more. */
  readonly fetchPage: (place: PagePlace, unwanted?: AbortSignal) => Promise<Result<ListPage>>
  /** Null for a row without a usable id. */
  readonly readRow: (row: unknown) => T | null
  /** The id in the beginning of an answer that was too large; null if none can be read there. */
  readonly readStart?: (start: string) => string | null
  /** Handed what a page had that was not seen before; the walk goes on once it is done. */
  readonly onFound?: ((assets: readonly T[]) => Promise<Result<null>>) | undefined
  readonly firstPage: 0 | 1
  /** Rows that a page is asked to have. */
  readonly limit: number
  readonly budget: WalkBudget
  /** Largest answer that is read; one that is larger counts for as much. */
  readonly mostBytes: number
}

/** What is remembered of the rows that one pass over a list met: enough to count them and to know them again. */
export interface Seen {
  readonly ids: Set<string>
  readonly unreadable: Set<string>
  readonly tooLarge: LargeRow[]
  totalCount: number | null
  hasTotalChanged: boolean
  /** The page before is being stored while the next one is asked for. */
  storing: Promise<Result<null>>
}

/**
 * `ended`: an empty page, or as many rows as there should be. `stuck`: nothing new came. `changed`: the total is another
 * one than before. `too-much`: the budget is spent. `too-large`: a page was larger than what is read of an answer.
 */
export type End = 'ended' | 'stuck' | 'changed' | 'too-much' | 'too-large'

export const startSeen = (): Seen => ({
  ids: new Set(),
  unreadable: new Set(),
  tooLarge: [],
  totalCount: null,
  hasTotalChanged: false,
  storing: Promise.resolve(ok(null))
})

export const countSeen = (seen: Seen): number =>
  seen.ids.size + seen.unreadable.size + seen.tooLarge.length

export const isAllThere = (seen: Seen): boolean => countSeen(seen) === seen.totalCount

/** Tells unreadable rows apart, so that a page that comes again is noticed. A part of the text would keep all of it. */
const rowKey = (row: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(row) ?? '')
    .digest('base64')

export const isTooLarge = (answer: Result<unknown>): boolean =>
  !answer.ok && answer.error.kind === 'unexpected-response' && answer.error.where === 'too-large'

export const isRefused = (answer: Result<unknown>): boolean =>
  !answer.ok && answer.error.kind === 'provider-refused'

/** Asks for a page, unless it was `asked` for before, and counts what it took. */
export const askPage = async <T extends Listed>(
  walk: Walk<T>,
  place: PagePlace,
  asked: Promise<Result<ListPage>> = walk.fetchPage(place)
): Promise<Result<ListPage>> => {
  const answer = await asked
  if (answer.ok) walk.budget.take(answer.value.rows.length, answer.value.bytes)
  else walk.budget.take(0, isTooLarge(answer) ? walk.mostBytes : 0)
  return answer
}

/** Whether a row was met before; unreadable ones too. */
export const wasSeen = <T extends Listed>(seen: Seen, walk: Walk<T>, row: unknown): boolean => {
  const reading = walk.readRow(row)
  return reading === null ? seen.unreadable.has(rowKey(row)) : seen.ids.has(reading.id)
}

/**
 * Adds a page's rows and hands over those that are new; the first description of an asset stands. Fails if the page before
 * could not be handed over.
 */
export const addPage = async <T extends Listed>(
  seen: Seen,
  page: ListPage,
  walk: Walk<T>
): Promise<Result<null>> => {
  const stored = await seen.storing
  if (!stored.ok) return stored
  const { totalCount } = page
  if (totalCount !== null) {
    if (seen.totalCount !== null && totalCount !== seen.totalCount) seen.hasTotalChanged = true
    seen.totalCount = totalCount
  }
  const found: T[] = []
  for (const row of page.rows) {
    const reading = walk.readRow(row)
    if (reading === null) seen.unreadable.add(rowKey(row))
    else if (!seen.ids.has(reading.id)) {
      seen.ids.add(reading.id)
      found.push(reading)
    }
  }
  if (found.length > 0 && walk.onFound !== undefined) seen.storing = walk.onFound(found)
  return ok(null)
}
