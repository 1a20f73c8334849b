import { ok, type Result } from '../../../shared/result.ts'

/** One page as it came. `totalCount` null: not told. */
export interface ListPage {
  readonly rows: readonly unknown[]
  readonly totalCount: number | null
}

/** Whatever is listed, as read from its row. */
export interface Listed {
  readonly id: string
}

/** What a whole walk found; `isComplete` is false if anything suggests that rows were missed. */
export interface WalkedList<T> {
  readonly assets: readonly T[]
  readonly isComplete: boolean
  readonly unreadableCount: number
}

export interface Walk<T extends Listed> {
  readonly fetchPage: (page: number) => Promise<Result<ListPage>>
  /** Null for a row without a usable id. */
  readonly readRow: (row: unknown) => T | null
  /** Told what a page had that was not seen before. */
  readonly onFound?: ((assets: readonly T[]) => void) | undefined
  readonly firstPage: 0 | 1
  /** Rows that a page is asked to have. */
  readonly limit: number
}

/** Ends a walk that a server would never let end. */
const MAX_PAGES = 5_000
const MAX_ROWS = 200_000

interface Seen<T> {
  readonly assets: Map<string, T>
  readonly unreadable: Set<string>
  totalCount: number | null
  hasTotalChanged: boolean
}

/** `ended`: an empty page, or as many rows as there should be. `stuck`: nothing new came, or too much. */
type End = 'ended' | 'stuck'

interface Pass<T> {
  readonly listing: WalkedList<T>
  readonly hasTotalChanged: boolean
}

const startSeen = <T>(): Seen<T> => ({
  assets: new Map(),
  unreadable: new Set(),
  totalCount: null,
  hasTotalChanged: false
})

const countSeen = (seen: Seen<unknown>): number => seen.assets.size + seen.unreadable.size

/** Tells unreadable rows apart, so that a page that comes again is noticed. */
const rowKey = (row: unknown): string => (JSON.stringify(row) ?? '').slice(0, 500)

/** Adds a page's rows; the first description of an asset stands. */
const addPage = <T extends Listed>(seen: Seen<T>, page: ListPage, walk: Walk<T>): void => {
  const { totalCount } = page
  if (totalCount !== null) {
    if (seen.totalCount !== null && totalCount !== seen.totalCount) seen.hasTotalChanged = true
    seen.totalCount = totalCount
  }
  const found: T[] = []
  for (const row of page.rows) {
    const reading = walk.readRow(row)
    if (reading === null) seen.unreadable.add(rowKey(row))
    else if (!seen.assets.has(reading.id)) {
      seen.assets.set(reading.id, reading)
      found.push(reading)
    }
  }
  if (found.length > 0) walk.onFound?.(found)
}

/** A server that counts from 1 may refuse page 0, answer it with nothing, or with page 1. */
const mayCountFromOne = (
  walk: Pick<Walk<Listed>, 'firstPage'>,
  page: number,
  rowCount: number,
  isNew: boolean
): boolean =>
  walk.firstPage === 0 && ((page === 0 && rowCount === 0) || (page === 1 && !isNew && rowCount > 0))

const isAllThere = (seen: Seen<unknown>): boolean => countSeen(seen) === seen.totalCount

const walkPages = async <T extends Listed>(
  walk: Walk<T>,
  seen: Seen<T>,
  stopsAtChange: boolean
): Promise<Result<End>> => {
  /** The server may have a smaller limit of its own. */
  let fullPage: number | null = null
  for (let page: number = walk.firstPage; page < MAX_PAGES; page += 1) {
    const answer = await walk.fetchPage(page)
    if (!answer.ok && answer.error.kind === 'provider-refused') {
      // There may be no such page; with everything seen it was only asked for to be sure.
      if (isAllThere(seen)) return ok('ended')
      if (page === 0) continue
    }
    if (!answer.ok) return answer
    const rowCount = answer.value.rows.length
    const before = countSeen(seen)
    addPage(seen, answer.value, walk)
    if (seen.hasTotalChanged && stopsAtChange) return ok('stuck')
    const now = countSeen(seen)
    // The total may be too small, so after a full page the next one is looked at all the same.
    const isFull = rowCount > 0 && rowCount >= Math.min(walk.limit, fullPage ?? walk.limit)
    if (isAllThere(seen) && (!isFull || now === before)) return ok('ended')
    if (rowCount > 0) fullPage ??= rowCount
    if (mayCountFromOne(walk, page, rowCount, now > before)) continue
    if (rowCount === 0) return ok('ended')
    if (now === before || now >= MAX_ROWS) return ok('stuck')
  }
  return ok('stuck')
}

/** Nobody says whether pages count from 0, so what is missing at the end is looked for there. */
const lookAtPageZero = async <T extends Listed>(
  walk: Walk<T>,
  seen: Seen<T>
): Promise<Result<null>> => {
  const hasEnough = seen.totalCount !== null && countSeen(seen) >= seen.totalCount
  if (walk.firstPage === 0 || hasEnough) return ok(null)
  const answer = await walk.fetchPage(0)
  if (answer.ok) {
    addPage(seen, answer.value, walk)
    return ok(null)
  }
  // Where pages count from 1, being refused page 0 is a fair answer.
  return answer.error.kind === 'provider-refused' ? ok(null) : answer
}

const isComplete = (seen: Seen<unknown>, end: End): boolean => {
  // An unreadable row may stand for any asset, a known one included.
  if (seen.hasTotalChanged || seen.unreadable.size > 0) return false
  return seen.totalCount === null ? end === 'ended' : countSeen(seen) === seen.totalCount
}

const walkOnce = async <T extends Listed>(
  walk: Walk<T>,
  stopsAtChange: boolean
): Promise<Result<Pass<T>>> => {
  const seen = startSeen<T>()
  const end = await walkPages(walk, seen, stopsAtChange)
  if (!end.ok) return end
  if (!seen.hasTotalChanged || !stopsAtChange) {
    const zero = await lookAtPageZero(walk, seen)
    if (!zero.ok) return zero
  }
  const listing = {
    assets: [...seen.assets.values()],
    isComplete: isComplete(seen, end.value),
    unreadableCount: seen.unreadable.size
  }
  return ok({ listing, hasTotalChanged: seen.hasTotalChanged })
}

/**
 * Reads a whole list whose first page, order and largest page are not documented, and says honestly whether
 * nothing can have been missed. Starts anew once if the list changed underneath.
 */
export const walkList = async <T extends Listed>(walk: Walk<T>): Promise<Result<WalkedList<T>>> => {
  const first = await walkOnce(walk, true)
  if (!first.ok) return first
  const pass = first.value.hasTotalChanged ? await walkOnce(walk, false) : first
  return pass.ok ? ok(pass.value.listing) : pass
}
