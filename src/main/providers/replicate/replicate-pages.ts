import { createHash } from 'node:crypto'
import type * as z from 'zod'
import type { TooLarge } from '../../../shared/domain/sync.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Connection } from '../../ports/provider.ts'
import { endsAll } from '../../rules/ends-all.ts'
import { createWalkBudget, type WalkBudget } from '../../rules/walk-budget.ts'
import { type Call, isDone, readShape } from '../account-call.ts'
import { nextUrl } from './replicate-address.ts'
import { MAX_PAGE_BYTES } from './replicate-call.ts'
import { refusalOf } from './replicate-errors.ts'
import { pageWireSchema } from './replicate-wire.ts'

/**
 * Why a walk ended before the list did. `foreign-link`: the link to the next page leads out of the list.
 * `no-way-on`: it is no link at all. `loop`: a link or a whole page came again. `too-many`: the cap. `too-much`: the
 * budget is spent. `too-large`: a page was larger than what is read of one. `failed`: a page after the first could not be
 * read.
 */
export type Cut =
  | 'foreign-link'
  | 'no-way-on'
  | 'loop'
  | 'too-many'
  | 'too-much'
  | 'too-large'
  | 'failed'

/** What came of walking a list. */
export interface Pages<T> {
  /** Empty where rows are handed over instead of kept. */
  readonly rows: readonly T[]
  readonly unreadableCount: number
  /** Null: walked to the end. */
  readonly cut: Cut | null
  /** Why the next page could not be read, if it was that. */
  readonly error: AppError | null
  /** The page that was too large, if it was that. */
  readonly tooLarge: readonly TooLarge[]
}

/** Nothing can have been missed. An unreadable row may stand for any. */
export const isWhole = ({ cut, unreadableCount }: Pages<unknown>): boolean =>
  cut === null && unreadableCount === 0

/** Ends a walk that a server would never let end: 50,000 trainings, or 12,500 versions of one model. */
export const MAX_PAGES = 500

export interface Walk<S extends z.ZodType> {
  readonly connection: Connection
  readonly list: TooLarge['list']
  /** What the list belongs to, to be named with a page that is too large. */
  readonly listOf?: string
  readonly firstUrl: string
  readonly row: S
  readonly maxPages?: number
  readonly budget?: WalkBudget
  /** Takes the rows over, page by page, which are not kept then. The walk goes on once it is done; its failure ends it. */
  readonly onRows?: (rows: readonly z.output<S>[]) => Promise<Result<null>>
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
  return followed.has(digest(url)) ? { cut: 'loop' } : { url }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64')

const isTooLarge = (error: AppError): boolean =>
  error.kind === 'unexpected-response' && error.where === 'too-large'

const readPage = async (
  call: Call,
  connection: Connection,
  url: string,
  budget: WalkBudget,
  signal: AbortSignal
): Promise<Result<z.output<typeof pageWireSchema>>> => {
  const got = await call(connection, { method: 'GET', url, maxBytes: MAX_PAGE_BYTES }, signal)
  if (!got.ok) {
    budget.take(0, isTooLarge(got.error) ? MAX_PAGE_BYTES : 0)
    return got
  }
  const { answer, redactText } = got.value
  const page = isDone(answer)
    ? readShape(answer, pageWireSchema)
    : fail(refusalOf(answer, 'read', redactText))
  budget.take(page.ok ? page.value.results.length : 0, Buffer.byteLength(answer.text))
  return page
}

/**
 * Reads a list to its end, page by page, and says honestly whether it got there. Fails if the first page cannot be read,
 * or where every other request would fail too; a failure further on leaves what came before. A page that is too large is
 * named, for it cannot be asked for in parts, nor is it known what follows it.
 */
export const walkPages = async <S extends z.ZodType>(
  call: Call,
  walk: Walk<S>,
  signal: AbortSignal
): Promise<Result<Pages<z.output<S>>>> => {
  const rows: z.output<S>[] = []
  const followed = new Set<string>()
  const budget = walk.budget ?? createWalkBudget()
  let unreadableCount = 0
  let before = ''
  let storing: Promise<Result<null>> = Promise.resolve(ok(null))
  const ended = async (
    cut: Cut | null,
    error: AppError | null = null,
    tooLarge: readonly TooLarge[] = []
  ) => {
    const stored = await storing
    return stored.ok ? ok({ rows, unreadableCount, cut, error, tooLarge }) : stored
  }

  let url = walk.firstUrl
  while (followed.size < (walk.maxPages ?? MAX_PAGES)) {
    if (budget.isSpent) return ended('too-much', endless)
    const page = await readPage(call, walk.connection, url, budget, signal)
    if (!page.ok && isTooLarge(page.error)) {
      const { list, listOf = null } = walk
      const place = { list, page: followed.size + 1, position: null, id: listOf }
      return ended('too-large', page.error, [place])
    }
    const stored = await storing
    if (!stored.ok) return stored
    if (!page.ok && (followed.size === 0 || endsAll(page.error))) return page
    if (!page.ok) return ended('failed', page.error)
    followed.add(digest(url))
    const { results, next } = page.value
    const same = digest(JSON.stringify(results))
    if (results.length > 0 && same === before) return ended('loop')
    before = same
    const readings = results.map((value) => walk.row.safeParse(value))
    const read = readings.flatMap((reading) => (reading.success ? [reading.data] : []))
    unreadableCount += readings.length - read.length
    if (walk.onRows === undefined) rows.push(...read)
    else storing = walk.onRows(read)
    const on = wayOn(walk, next, followed)
    if ('cut' in on) return ended(on.cut)
    url = on.url
  }
  return ended('too-many')
}

/** Why a walk that spent its budget may have missed something. */
export const endless: AppError = { kind: 'unexpected-response', where: 'endless' }
