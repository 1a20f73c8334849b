import type * as z from 'zod'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Connection } from '../../ports/provider.ts'
import { type Call, isDone, readShape } from '../account-call.ts'
import { nextUrl } from './replicate-address.ts'
import { refusalOf } from './replicate-errors.ts'
import { pageWireSchema } from './replicate-wire.ts'

/**
 * Why a walk ended before the list did. `foreign-link`: the next page lies outside the account's API.
 * `no-way-on`: the page does not say whether another follows. `loop`: a link came again. `too-many`: the cap.
 */
export type Cut = 'foreign-link' | 'no-way-on' | 'loop' | 'too-many'

/** What came of walking a list. */
export interface Pages<T> {
  readonly rows: readonly T[]
  readonly unreadableCount: number
  /** Null: walked to the end. */
  readonly cut: Cut | null
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

const wayOn = (apiAddress: string, next: unknown, followed: ReadonlySet<string>): WayOn => {
  if (next === null || next === '') return { cut: null }
  if (typeof next !== 'string') return { cut: 'no-way-on' }
  const url = nextUrl(apiAddress, next)
  if (url === null) return { cut: 'foreign-link' }
  return followed.has(url) ? { cut: 'loop' } : { url }
}

/** Reads a list to its end, page by page, and says honestly whether it got there. */
export const walkPages = async <S extends z.ZodType>(
  call: Call,
  walk: Walk<S>,
  signal: AbortSignal
): Promise<Result<Pages<z.output<S>>>> => {
  const { connection, row } = walk
  const rows: z.output<S>[] = []
  const followed = new Set<string>()
  let unreadableCount = 0
  let url = walk.firstUrl
  while (followed.size < (walk.maxPages ?? MAX_PAGES)) {
    followed.add(url)
    const got = await call(connection, { method: 'GET', url }, signal)
    if (!got.ok) return got
    const { answer, tell } = got.value
    if (!isDone(answer)) return fail(refusalOf(answer, 'read', tell))
    const page = readShape(answer, pageWireSchema)
    if (!page.ok) return page
    const readings = page.value.results.map((value) => row.safeParse(value))
    const read = readings.flatMap((reading) => (reading.success ? [reading.data] : []))
    unreadableCount += readings.length - read.length
    rows.push(...read)
    walk.onRows?.(read)
    const on = wayOn(connection.apiAddress, page.value.next, followed)
    if ('cut' in on) return ok({ rows, unreadableCount, cut: on.cut })
    url = on.url
  }
  return ok({ rows, unreadableCount, cut: 'too-many' })
}
