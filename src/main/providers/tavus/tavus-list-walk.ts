import { ok, type Result } from '../../../shared/result.ts'
import {
  addPage,
  askPage,
  countSeen,
  type End,
  isAllThere,
  isRefused,
  isTooLarge,
  type LargeRow,
  type Listed,
  type ListPage,
  type Seen,
  startSeen,
  type Walk
} from './tavus-list-pass.ts'
import { walkNarrow } from './tavus-narrow-walk.ts'

/** What a whole walk came to; `isComplete` is false if anything suggests that rows were missed. */
export interface WalkedList {
  readonly seenIds: ReadonlySet<string>
  readonly isComplete: boolean
  /** The last page was reached, whatever else does not add up. */
  readonly hasEnded: boolean
  readonly unreadableCount: number
  readonly tooLarge: readonly LargeRow[]
  /** The budget was spent before the list ended. */
  readonly isCut: boolean
}

/** A server that counts from 1 may refuse page 0, answer it with nothing, or with page 1. */
const mayCountFromOne = (
  walk: Pick<Walk<Listed>, 'firstPage'>,
  page: number,
  rowCount: number,
  isNew: boolean
): boolean =>
  walk.firstPage === 0 && ((page === 0 && rowCount === 0) || (page === 1 && !isNew && rowCount > 0))

/** Pages that have to add up before one more is on its way with the next: a list that is not as it says shows it by then. */
const pagesBefore = 2

/**
 * Fetches pages in order. With each one the page behind it is asked for as well, as far as the list counts so many rows,
 * so that nothing waits for the way there and back; two are on their way at most.
 */
const createFetching = <T extends Listed>(walk: Walk<T>, seen: Seen) => {
  const leaving = new AbortController()
  let ahead: Promise<Result<ListPage>> | null = null
  let answered = 0

  const ask = (page: number): Promise<Result<ListPage>> =>
    walk.fetchPage({ page, limit: walk.limit }, leaving.signal)

  const isCounted = (pageRows: number): boolean =>
    answered >= pagesBefore && countSeen(seen) + pageRows < (seen.totalCount ?? 0)

  return {
    /** `pageRows`: how many rows a full page has. */
    fetch: async (page: number, pageRows: number): Promise<Result<ListPage>> => {
      const asked = ahead ?? ask(page)
      ahead = isCounted(pageRows) ? ask(page + 1) : null
      // Whoever leaves does not wait for it.
      ahead?.catch(() => undefined)
      answered += 1
      return askPage(walk, { page, limit: walk.limit }, asked)
    },
    /** Gives up the page that is on its way. */
    leave: (): void => leaving.abort()
  }
}

const walkPages = async <T extends Listed>(
  walk: Walk<T>,
  seen: Seen,
  stopsAtChange: boolean
): Promise<Result<End>> => {
  const fetching = createFetching(walk, seen)
  try {
    return await walkFetched(walk, seen, stopsAtChange, fetching.fetch)
  } finally {
    fetching.leave()
  }
}

const walkFetched = async <T extends Listed>(
  walk: Walk<T>,
  seen: Seen,
  stopsAtChange: boolean,
  fetch: (page: number, pageRows: number) => Promise<Result<ListPage>>
): Promise<Result<End>> => {
  /** The server may have a smaller limit of its own. */
  let fullPage: number | null = null
  for (let page: number = walk.firstPage; !walk.budget.isSpent; page += 1) {
    const answer = await fetch(page, fullPage ?? walk.limit)
    if (isRefused(answer)) {
      // There may be no such page; with everything seen it was only asked for to be sure.
      if (isAllThere(seen)) return ok('ended')
      if (page === 0) continue
    }
    if (isTooLarge(answer)) return ok('too-large')
    if (!answer.ok) return answer
    const rowCount = answer.value.rows.length
    const before = countSeen(seen)
    const added = await addPage(seen, answer.value, walk)
    if (!added.ok) return added
    if (seen.hasTotalChanged && stopsAtChange) return ok('changed')
    const now = countSeen(seen)
    // The total may be too small, so after a full page the next one is looked at all the same.
    const isFull = rowCount > 0 && rowCount >= Math.min(walk.limit, fullPage ?? walk.limit)
    if (isAllThere(seen) && (!isFull || now === before)) return ok('ended')
    if (rowCount > 0) fullPage ??= rowCount
    if (mayCountFromOne(walk, page, rowCount, now > before)) continue
    if (rowCount === 0) return ok('ended')
    if (now === before) return ok('stuck')
  }
  return ok('too-much')
}

/** Nobody says whether pages count from 0, so what is missing at the end is looked for there. */
const lookAtPageZero = async <T extends Listed>(
  walk: Walk<T>,
  seen: Seen,
  end: End
): Promise<Result<End>> => {
  const hasEnough = seen.totalCount !== null && countSeen(seen) >= seen.totalCount
  const isOver = end === 'changed' || end === 'too-large' || end === 'too-much'
  if (walk.firstPage === 0 || hasEnough || isOver) return ok(end)
  const answer = await askPage(walk, { page: 0, limit: walk.limit })
  if (answer.ok) {
    const added = await addPage(seen, answer.value, walk)
    return added.ok ? ok(end) : added
  }
  if (isTooLarge(answer)) return ok('too-large')
  // Where pages count from 1, being refused page 0 is a fair answer.
  return isRefused(answer) ? ok(end) : answer
}

interface Pass {
  readonly seen: Seen
  readonly end: End
  /** False if it is not known where the list begins, so that rows may have been passed over. */
  readonly isSure: boolean
}

const isComplete = ({ seen, end, isSure }: Pass): boolean => {
  // An unreadable row may stand for any asset, a known one included.
  if (seen.hasTotalChanged || seen.unreadable.size > 0 || seen.tooLarge.length > 0) return false
  if (!isSure || end === 'too-much') return false
  return seen.totalCount === null ? end === 'ended' : isAllThere(seen)
}

const walkWide = async <T extends Listed>(
  walk: Walk<T>,
  stopsAtChange: boolean
): Promise<Result<Pass>> => {
  const seen = startSeen()
  const walked = await walkPages(walk, seen, stopsAtChange)
  const end = walked.ok ? await lookAtPageZero(walk, seen, walked.value) : walked
  // Whatever happened, what was found before is stored by the time the walk is over.
  const stored = await seen.storing
  if (!stored.ok) return stored
  return end.ok ? ok({ seen, end: end.value, isSure: true }) : end
}

const walkOnce = async <T extends Listed>(
  walk: Walk<T>,
  stopsAtChange: boolean
): Promise<Result<Pass>> => {
  const wide = await walkWide(walk, stopsAtChange)
  if (!wide.ok || wide.value.end !== 'too-large') return wide
  const seen = startSeen()
  const narrow = await walkNarrow(walk, seen)
  const stored = await seen.storing
  if (!stored.ok) return stored
  return narrow.ok ? ok({ seen, ...narrow.value }) : narrow
}

/**
 * Reads a whole list whose first page, order and largest page are not documented, and says honestly whether
 * nothing can have been missed. Starts anew once if the list changed underneath, and with smaller pages if one was too
 * large.
 */
export const walkList = async <T extends Listed>(walk: Walk<T>): Promise<Result<WalkedList>> => {
  const first = await walkOnce(walk, true)
  const pass = first.ok && first.value.end === 'changed' ? await walkOnce(walk, false) : first
  if (!pass.ok) return pass
  const { seen, end } = pass.value
  return ok({
    seenIds: seen.ids,
    isComplete: isComplete(pass.value),
    hasEnded: end === 'ended',
    unreadableCount: seen.unreadable.size,
    tooLarge: seen.tooLarge,
    isCut: end === 'too-much'
  })
}
