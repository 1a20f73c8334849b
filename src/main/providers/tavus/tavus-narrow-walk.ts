import { fail, ok, type Result } from '../../../shared/result.ts'
import {
  addPage,
  askPage,
  countSeen,
  type End,
  isAllThere,
  isRefused,
  isTooLarge,
  type Listed,
  type ListPage,
  type Seen,
  type Walk,
  wasSeen
} from './tavus-list-pass.ts'

/** Each divides the one before it, so that a page of any of them begins where pages of the others do. */
const usualWidths = [50, 25, 5, 1]

const widthsFrom = (limit: number): readonly number[] => {
  const widths = [limit]
  for (const width of usualWidths) {
    const last = widths.at(-1) ?? limit
    if (width < last && last % width === 0) widths.push(width)
  }
  return widths
}

/** So many rows in a row that are too large are no accident: this server answers everything so. */
const mostLargeInARow = 20

/** So many of them that begin alike are not rows, but one and the same answer. */
const mostAlike = 3

/** Where a walk stands: how many rows lie behind it, and how many it asks for at a time. */
interface Step {
  readonly offset: number
  readonly width: number
}

/** Chooses how many rows to ask for: fewer after a page that was too large, more again as soon as that went well. */
const createWidths = (limit: number) => {
  const widths = widthsFrom(limit)
  /** Widths that failed are tried again later and later, as the large rows often stand together. */
  const failed = new Map<number, { readonly times: number; readonly notBefore: number }>()
  let ceiling = limit
  let proven = 0

  const atMost = (rows: number): number => widths.find((width) => width <= rows) ?? 1
  const next = ({ offset, width }: Step): Step => {
    const wider = widths[widths.indexOf(width) - 1]
    const isFree =
      wider !== undefined &&
      wider <= ceiling &&
      offset % wider === 0 &&
      offset >= (failed.get(wider)?.notBefore ?? 0)
    return isFree ? next({ offset, width: wider }) : { offset, width }
  }
  return {
    next,
    /** The server was seen to give so many rows at a time. */
    isProven: (width: number): boolean => width <= proven,
    prove: (width: number): void => {
      proven = Math.max(proven, width)
    },
    /** The server gives no more than this at a time, whatever it is asked for. */
    capAt: (rows: number): number => {
      ceiling = atMost(Math.max(rows, 1))
      proven = ceiling
      return ceiling
    },
    provenWidth: (): number => Math.max(proven, 1),
    /** The next smaller width; null if there is none. */
    narrower: ({ offset, width }: Step): number | null => {
      const times = (failed.get(width)?.times ?? 0) + 1
      failed.set(width, { times, notBefore: offset + width * 2 ** Math.min(times - 1, 10) })
      return widths[widths.indexOf(width) + 1] ?? null
    }
  }
}

const tooLarge = fail({ kind: 'unexpected-response', where: 'too-large' })

/** Number of the first page, and whether that is certain. */
interface Base {
  readonly page: 0 | 1
  readonly isSure: boolean
}

/** Rows are counted from here on, so it has to be known with which number pages begin. */
const findBase = async <T extends Listed>(walk: Walk<T>): Promise<Result<Base>> => {
  const starts: string[] = []
  const onTooLarge = (start: string): void => {
    starts.push(start)
  }
  const look = (page: 0 | 1) => askPage(walk, { page, limit: 1, isBrief: true, onTooLarge })
  const zero = await look(0)
  if (isRefused(zero)) return ok({ page: 1, isSure: true })
  const isZeroLarge = isTooLarge(zero)
  if (!zero.ok && !isZeroLarge) return zero
  if (zero.ok && zero.value.rows.length === 0) return ok({ page: 1, isSure: true })
  const one = await look(1)
  if (isRefused(one) || (one.ok && one.value.rows.length === 0))
    return ok({ page: 0, isSure: true })
  if (!one.ok && !isTooLarge(one)) return one
  // One of them can be read and the other cannot: then they are not the same.
  if (isZeroLarge !== isTooLarge(one)) return ok({ page: 0, isSure: true })
  // Rows that cannot be read still begin as they do.
  if (!zero.ok || !one.ok) return ok({ page: starts[0] === starts[1] ? 1 : 0, isSure: false })
  const isSame = JSON.stringify(zero.value.rows) === JSON.stringify(one.value.rows)
  return ok({ page: isSame ? 1 : 0, isSure: true })
}

/** A row alone that is too large even in its short form is named instead. */
const askRow = async <T extends Listed>(
  walk: Walk<T>,
  seen: Seen,
  base: Base,
  offset: number,
  noteStart: (start: string) => void
): Promise<Result<ListPage | null>> => {
  let start = ''
  const brief = await askPage(walk, {
    page: base.page + offset,
    limit: 1,
    isBrief: true,
    onTooLarge: (text) => {
      start = text
    }
  })
  if (!isTooLarge(brief)) return brief
  noteStart(start)
  const id = walk.readStart?.(start) ?? null
  seen.tooLarge.push({ position: offset + 1, page: Math.floor(offset / walk.limit) + 1, id })
  return ok(null)
}

/**
 * Reads a list a page of which was too large: with fewer rows a page, down to one, and with more again once the large rows
 * are passed. Counts rows instead of pages, so that none is left out or read twice where the width changes; where the
 * server gives fewer rows than it was asked for, that is noticed before anything is counted on it.
 */
export const walkNarrow = async <T extends Listed>(
  walk: Walk<T>,
  seen: Seen
): Promise<Result<{ readonly end: End; readonly isSure: boolean }>> => {
  const found = await findBase(walk)
  if (!found.ok) return found
  const base = found.value
  // A server that does not heed the limit counts its pages by another one.
  let heeds: boolean | null = null
  let hasNarrowed = false
  const ended = (end: End) =>
    ok({ end, isSure: base.isSure && (hasNarrowed ? heeds === true : heeds !== false) })
  const widths = createWidths(walk.limit)
  let step: Step = { offset: 0, width: walk.limit }
  let rowsWithoutNews = 0
  let largeInARow = 0
  let lastStart = ''
  let alike = 0
  const noteStart = (start: string): void => {
    alike = start === lastStart ? alike + 1 : 1
    lastStart = start
  }
  while (!walk.budget.isSpent) {
    const { offset, width }: Step = step
    let answer: Result<ListPage | null> = await askPage(walk, {
      page: base.page + offset / width,
      limit: width
    })
    if (isTooLarge(answer)) {
      const narrower = widths.narrower(step)
      if (narrower !== null) {
        step = { offset, width: narrower }
        continue
      }
      answer = await askRow(walk, seen, base, offset, noteStart)
    }
    largeInARow = answer.ok && answer.value === null ? largeInARow + 1 : 0
    if (largeInARow >= mostLargeInARow || (largeInARow >= mostAlike && alike >= mostAlike)) {
      return countSeen(seen) > largeInARow ? ended('stuck') : tooLarge
    }
    // There may be no such page; with everything seen it was only asked for to be sure.
    if (isRefused(answer) && isAllThere(seen)) return ended('ended')
    if (!answer.ok) return answer
    if (answer.value === null) {
      step = widths.next({ offset: offset + width, width })
      continue
    }
    const page = answer.value
    const rowCount = page.rows.length
    const isShort = rowCount < width
    if (width < walk.limit) hasNarrowed = true
    if (rowCount > width) heeds = false
    else if (rowCount === width && width < walk.limit) heeds ??= true
    if (isShort && offset > 0 && !widths.isProven(width)) {
      // Cut to fewer rows than asked for, this page begins earlier than it should.
      if (page.rows.some((row) => wasSeen(seen, walk, row))) {
        step = { offset, width: widths.capAt(widths.provenWidth()) }
        continue
      }
    }
    const before = countSeen(seen)
    const added = await addPage(seen, page, walk)
    if (!added.ok) return added
    const now = countSeen(seen)
    if (rowCount === 0 || (isAllThere(seen) && (isShort || now === before))) return ended('ended')
    rowsWithoutNews = now > before ? 0 : rowsWithoutNews + rowCount
    if (rowsWithoutNews >= walk.limit) return ended('stuck')
    if (!isShort) widths.prove(width)
    if (isShort && !widths.isProven(width) && offset === 0) {
      const capped = widths.capAt(rowCount)
      step = { offset: Math.floor(rowCount / capped) * capped, width: capped }
    } else step = widths.next({ offset: offset + width, width })
  }
  return ended('too-much')
}
