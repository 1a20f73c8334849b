import type { ApiAnswer } from './api-exchange.ts'
import { problem } from './replicate-refusals.ts'

/** What a list is made of, newest first. */
export interface Dated {
  readonly id: string
  readonly createdAtMs: number
}

interface Cursor extends Dated {
  /** `older` rows follow this place, `newer` ones lie before it. */
  readonly side: 'older' | 'newer'
}

/** What one page is cut from. */
export interface Paging {
  readonly size: number
  /** Address of the list without a cursor. */
  readonly address: URL
  readonly cursor: string | null
  readonly rewriteLink: (link: string) => unknown
  /** What stands in place of a link where there is no such page. */
  readonly noLink: null | '' | undefined
}

const isBefore = (left: Dated, right: Dated): boolean =>
  left.createdAtMs > right.createdAtMs ||
  (left.createdAtMs === right.createdAtMs && left.id < right.id)

const encode = ({ side, createdAtMs, id }: Cursor): string =>
  Buffer.from(`${side} ${createdAtMs} ${id}`).toString('base64url')

const decode = (text: string): Cursor | null => {
  const plain = Buffer.from(text, 'base64url').toString('utf8')
  const [, side, createdAtMs, id] = /^(older|newer) (-?\d+) (\S+)$/.exec(plain) ?? []
  if (id === undefined) return null
  return { side: side === 'older' ? 'older' : 'newer', createdAtMs: Number(createdAtMs), id }
}

const cut = <T extends Dated>(rows: readonly T[], cursor: Cursor | null, size: number): T[] => {
  if (cursor === null) return rows.slice(0, size)
  if (cursor.side === 'older') return rows.filter((row) => isBefore(cursor, row)).slice(0, size)
  return rows.filter((row) => isBefore(row, cursor)).slice(-size)
}

/**
 * One page of a list. A cursor names a place, not a number, so rows that come or go in between are neither told twice nor
 * left out.
 */
export const answerPage = <T extends Dated>(
  rows: readonly T[],
  toRow: (row: T) => unknown,
  { size, address, cursor, rewriteLink, noLink }: Paging
): ApiAnswer => {
  const place = cursor === null ? null : decode(cursor)
  if (cursor !== null && place === null) return problem(400, 'Invalid cursor')
  const sorted = rows.toSorted((left, right) => (isBefore(left, right) ? -1 : 1))
  const page = cut(sorted, place, size)
  const link = (side: Cursor['side'], row: T | undefined, isThere: boolean): unknown => {
    if (row === undefined || !isThere) return noLink
    const url = new URL(address)
    url.searchParams.set('cursor', encode({ side, createdAtMs: row.createdAtMs, id: row.id }))
    return rewriteLink(url.href)
  }
  const [first] = page
  const last = page.at(-1)
  return {
    status: 200,
    body: {
      previous: link('newer', first, first !== sorted[0]),
      next: link('older', last, last !== sorted.at(-1)),
      results: page.map(toRow)
    }
  }
}
