import type { WaitReason } from '../../../shared/domain/batch.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { RemovalAnswer } from '../../ports/provider.ts'
import type { ItemEvent } from './item-machine.ts'
import type { Sent } from './outbox-events.ts'

/** Why nothing more of an account is sent for now (security R8). `forMs` null: until something changes. */
export interface Stop {
  readonly reason: Extract<WaitReason, 'key' | 'pace' | 'connection'>
  readonly forMs: number | null
}

/** What an answer means for the deletion, and for the account it belongs to. */
export interface Verdict {
  readonly event: Extract<ItemEvent, { kind: 'answered' | 'answer-lost' | 'not-sent' }>
  readonly httpStatus: number | null
  readonly error: AppError | null
  readonly stop: Stop | null
  readonly sent: Sent
}

const statusOf = (error: AppError): number | null =>
  error.kind === 'provider-refused' || error.kind === 'provider-down' ? error.status : null

/** What an error of a call says about the calls that would follow. */
export const stopFor = (error: AppError): Stop | null => {
  switch (error.kind) {
    case 'key-rejected':
    case 'key-missing':
    case 'key-damaged':
    case 'keychain-unavailable':
      return { reason: 'key', forMs: null }
    case 'rate-limited':
      return { reason: 'pace', forMs: error.retryAfterMs }
    case 'offline':
    case 'insecure-connection':
    case 'canceled':
      return { reason: 'connection', forMs: null }
    default:
      return null
  }
}

/** Errors that are told before a byte of the request has left. */
const isUnsentError = (error: AppError): boolean =>
  [
    'key-missing',
    'key-changed',
    'account-changed',
    'key-damaged',
    'keychain-unavailable',
    'offline',
    'insecure-connection',
    'canceled'
  ].includes(error.kind)

/** Lost answers and server errors tell nothing about what happened (security R4). */
const isLost = (error: AppError): boolean =>
  ['outcome-unknown', 'provider-down', 'timed-out', 'unexpected-response', 'bug'].includes(
    error.kind
  )

/** An answer proves that the request arrived, even where it cannot be used. */
const sentBefore = (error: AppError): Sent =>
  error.kind === 'provider-down' || error.kind === 'unexpected-response' ? 'yes' : 'unknown'

const notKnown = (httpStatus: number, wasSeen: boolean): 'already-gone' | 'not-found' =>
  wasSeen || httpStatus === 410 ? 'already-gone' : 'not-found'

/** Reads the answer to a delete. `wasSeen`: the provider itself had told of the thing before. Pure. */
export const verdictOf = (answer: Result<RemovalAnswer>, wasSeen: boolean): Verdict => {
  if (answer.ok) {
    const { outcome, httpStatus } = answer.value
    const told = { removed: 'done', accepted: 'accepted' } as const
    const kind = outcome === 'not-known' ? notKnown(httpStatus, wasSeen) : told[outcome]
    const event = { kind: 'answered', answer: kind } as const
    return { event, httpStatus, error: null, stop: null, sent: 'yes' }
  }
  const { error } = answer
  const rest = { httpStatus: statusOf(error), error, stop: stopFor(error) }
  if (isUnsentError(error)) return { event: { kind: 'not-sent' }, ...rest, sent: 'no' }
  if (isLost(error)) return { event: { kind: 'answer-lost' }, ...rest, sent: sentBefore(error) }
  return { event: { kind: 'answered', answer: 'refused' }, ...rest, sent: 'yes' }
}
