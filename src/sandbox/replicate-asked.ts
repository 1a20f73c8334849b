import type { ApiAnswer, ApiRequest } from './api-exchange.ts'
import type { ReplicateList, ReplicateOptions } from './replicate-options.ts'
import { answerPage, type Dated } from './replicate-pages.ts'
import type { ReplicateRowContext } from './replicate-rows.ts'

const defaultSizes = { trainings: 100, predictions: 100 } as const
const OTHER_SIZE = 25
const noLinks = { null: null, empty: '', absent: undefined } as const

/** The API for one account at one moment. */
export interface ReplicateContext extends ReplicateRowContext {
  readonly options: ReplicateOptions
}

/** A request with all that a handler needs. */
export interface Asked extends ApiRequest {
  readonly context: ReplicateContext
  /** What the path names, decoded; empty where it names less. */
  readonly names: readonly [string, string, string]
}

export type Handler = (asked: Asked) => ApiAnswer

/** What answers one method on one path. */
export interface Route {
  readonly method: string
  readonly path: RegExp
  readonly handle: Handler
}

const withCursor = (address: URL, cursor: string): string => {
  const next = new URL(address)
  next.searchParams.set('cursor', cursor)
  return next.href
}

/** One page of a list, and the chance for a test to change the account after it. */
export const answerList = <T extends Dated>(
  asked: Asked,
  name: ReplicateList,
  rows: readonly T[],
  toRow: (row: T) => unknown
): ApiAnswer => {
  const { options, origin, state } = asked.context
  const cursor = asked.query.get('cursor')
  const address = new URL(`${origin}${asked.path}?${asked.query}`)
  address.searchParams.delete('cursor')
  const known: Partial<Record<ReplicateList, number>> = defaultSizes
  const size = options.pageSizes?.[name] ?? known[name] ?? OTHER_SIZE
  const other = options.pageInstead?.({ list: name, owner: state.username, size, cursor })
  if (other) {
    const next = withCursor(address, other.next)
    return { status: 200, body: { previous: null, next, results: other.results } }
  }
  const answer = answerPage(rows, toRow, {
    size,
    address,
    cursor,
    rewriteLink: options.pageLink ?? ((link) => link),
    noLink: noLinks[options.lastPageLink ?? 'null']
  })
  options.mutateBetweenPages?.({ list: name, hasCursor: cursor !== null, state })
  return answer
}
