import type * as z from 'zod'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Connection } from '../../ports/provider.ts'
import { type Call, isDone, readShape } from '../account-call.ts'
import { nextUrl } from './replicate-address.ts'
import { endsAll } from './replicate-call.ts'
import { refusalOf } from './replicate-errors.ts'
import { pageWireSchema } from './replicate-wire.ts'

/**
 * Why a walk ended before the list did. `foreign-link`: the link to the next page leads out of the list.
 * `no-way-on`: it is no link at all. `loop`: a link or a whole page came again. `too-many`: the cap. `failed`: a page
 * after the first could not be read.
 */
export type Cut = 'foreign-link' | 'no-way-on' | 'loop' | 'too-many' | 'failed'

/** What came of walking a list. */
export interface Pages<T> {
  readonly rows: readonly T[]
  readonly unreadableCount: number
  /** Null: walked to the end. */
  readonly cut: Cut | null
  /** Why the next page could not be read, if it was that. */
  readonly error: AppError | null
}

/** Nothing can have been missed. An unreadable row may stand for any. */
export const isWhole = ({ cut, unreadableCount }: Pages<unknown>): boolean =>
  cut === null && unreadableCount === 0

/** Ends a walk that a server would never let end. */
export const MAX_PAGES = 500

export interface Walk<S extends z.ZodType> {
  readonly connection: Connection
  readonly firstUrl: string
  readonly row: S
  readonly maxPages?: number
  readonly onRows?: (rows: readonly z.output<S>[]) => void
}

type WayOn = { readonly url: string } | { readonly cut: Cut | null }

/** A page without `next`, with `null` or with nothing in it is the last one; servers write all three. */
const wayOn = (
  { connection: { apiAddress }, firstUrl }: Pick<Walk<z.ZodType>, 'connection' | 'firstUrl'>,
  next: unknown,
  followed: ReadonlySet<string>
): WayOn => {
  if (next === undefined || next === null) return { cut: null }
  if (typeof next !== 'string') return { cut: 'no-way-on' }
  if (next.trim() === '') return { cut: null }
  const url = nextUrl(apiAddress, firstUrl, next.trim())
  if (url === null) return { cut: 'foreign-link' }
  return followed.has(url) ? { cut: 'loop' } : { url }
}

const readPage = async (
  call: Call,
  connection: Connection,
  url: string,
  signal: AbortSignal
): Promise<Result<z.output<typeof pageWireSchema>>> => {
  const got = await call(connection, { method: 'GET', url }, signal)
  if (!got.ok) return got
  const { answer, tell } = got.value
  return isDone(answer) ? readShape(answer, pageWireSchema) : fail(refusalOf(answer, 'read', tell))
}

/**
 * Reads a list to its end, page by page, and says honestly whether it got there. Fails if the first page cannot be read,
 * or where every other request would fail too; a failure further on leaves what came before.
 */
export const walkPages = async <S extends z.ZodType>(
  call: Call,
  walk: Walk<S>,
  signal: AbortSignal
): Promise<Result<Pages<z.output<S>>>> => {
  const rows: z.output<S>[] = []
  const followed = new Set<string>()
  let unreadableCount = 0
  let before = ''
  const ended = (cut: Cut | null, error: AppError | null = null) =>
    ok({ rows, unreadableCount, cut, error })

  let url = walk.firstUrl
  while (followed.size < (walk.maxPages ?? MAX_PAGES)) {
    const page = await readPage(call, walk.connection, url, signal)
    if (!page.ok && (followed.size === 0 || endsAll(page.error))) return page
    if (!page.ok) return ended('failed', page.error)
    followed.add(url)
    const { results, next } = page.value
    const same = JSON.stringify(results)
    if (results.length > 0 && same === before) return ended('loop')
    before = same
    const readings = results.map((value) => walk.row.safeParse(value))
    const read = readings.flatMap((reading) => (reading.success ? [reading.data] : []))
    unreadableCount += readings.length - read.length
    rows.push(...read)
    walk.onRows?.(read)
    const on = wayOn(walk, next, followed)
    if ('cut' in on) return ended(on.cut)
    url = on.url
  }
  return ended('too-many')
}
