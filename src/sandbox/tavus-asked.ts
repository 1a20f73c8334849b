import { assertNever } from '../shared/result.ts'
import type { AccountState, ChangeOutcome } from './account-state.ts'
import type { ApiAnswer, ApiRequest } from './api-exchange.ts'
import type { ListAsked, SandboxOptions } from './sandbox-options.ts'
import type { Row, RowContext } from './tavus-rows.ts'

/** The API for one account at one moment. */
export interface ApiContext extends RowContext {
  readonly state: AccountState
}

/** A request with all that a handler needs. */
export interface Asked extends ApiRequest {
  readonly context: ApiContext
  /** The id in the path; empty where the route has none. */
  readonly id: string
}

export type Handler = (asked: Asked) => ApiAnswer

/** What answers one method on one path. */
export interface Route {
  readonly method: string
  readonly path: RegExp
  readonly handle: Handler
}

export const refuse = (error: string, status = 400): ApiAnswer => ({ status, body: { error } })

export const isTrue = (asked: Asked, name: string): boolean => asked.query.get(name) === 'true'

/** The fields of a JSON object; null for anything else. */
export const fieldsOf = (body: unknown): Row | null =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body))
    : null

/** One operation of a JSON Patch, as far as it is looked at. */
interface PatchOperation {
  readonly op: string
  readonly path: string
  readonly value?: unknown
}

/** Whether a body is a JSON Patch (RFC 6902). */
export const isPatch = (body: unknown): body is readonly PatchOperation[] =>
  Array.isArray(body) &&
  body.length > 0 &&
  body.every((part) => typeof fieldsOf(part)?.['path'] === 'string' && 'op' in part)

interface Window {
  readonly page: number
  readonly limit: number
  readonly skip: number
}

/** A page below the first one counts as the first; this is how lenient servers answer. */
export const readWindow = (
  asked: Asked,
  firstPage: number,
  defaultLimit: number
): Window | null => {
  const page = Number(asked.query.get('page') ?? firstPage)
  const limit = Number(asked.query.get('limit') ?? defaultLimit)
  if (!Number.isInteger(page) || !Number.isInteger(limit) || limit < 1) return null
  const cut = Math.min(limit, asked.context.options.maxLimit ?? limit)
  return { page, limit: cut, skip: Math.max(0, page - firstPage) * cut }
}

interface Listing<T> {
  readonly list: ListAsked['list']
  readonly rows: readonly T[]
  readonly firstPage: number
  readonly toRow: (row: T) => Row
  readonly countOffset?: number
}

/** One page of a list, and the chance for a test to change the account after it. */
export const answerList = <T>(asked: Asked, listing: Listing<T>): ApiAnswer => {
  const { options, state } = asked.context
  const window = readWindow(asked, listing.firstPage, options.defaultLimit ?? 10)
  if (window === null) return refuse('Invalid page or limit')
  const { page, limit, skip } = window
  const { list } = listing
  const other = options.rowsInstead?.({ list, skip, limit })
  const data = other?.rows ?? listing.rows.slice(skip, skip + limit).map(listing.toRow)
  const count = other?.totalCount ?? listing.rows.length + (listing.countOffset ?? 0)
  const answer = { status: 200, body: { data, total_count: count } }
  options.mutateBetweenPages?.({ list, page, limit, state })
  return answer
}

const refusalStatus = (outcome: 'stock' | 'active', options: SandboxOptions): number =>
  (outcome === 'stock' ? options.stockRefusalStatus : options.activeRefusalStatus) ?? 400

/** The answer to a deletion or renaming; `okStatus` counts where no option says otherwise. */
export const answerChange = (
  outcome: ChangeOutcome,
  what: string,
  asked: Asked,
  okStatus: 200 | 204 = 200
): ApiAnswer => {
  const { options } = asked.context
  switch (outcome) {
    case 'done':
      return { status: options.deleteStatus ?? okStatus }
    case 'unknown-id':
    case 'already-gone':
      return refuse(`Invalid ${what}`)
    case 'stock':
      return refuse(
        'Stock replicas and personas cannot be changed',
        refusalStatus(outcome, options)
      )
    case 'in-use':
      return refuse('It is in use', 409)
    case 'active':
      return refuse('The conversation is still active', refusalStatus(outcome, options))
    default:
      return assertNever(outcome)
  }
}
