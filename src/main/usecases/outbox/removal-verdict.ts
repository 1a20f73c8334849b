import type { WaitReason } from '../../../shared/domain/wait-reason.ts'
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
  readonly event: Extract<
    ItemEvent,
    {
      kind:
        | 'answered'
        | 'not-known'
        | 'rate-limited'
        | 'refused-for-now'
        | 'answer-lost'
        | 'not-sent'
    }
  >
  readonly httpStatus: number | null
  readonly error: AppError | null
  readonly stop: Stop | null
  readonly sent: Sent
}

const statusOf = (error: AppError): number | null => {
  switch (error.kind) {
    case 'provider-refused':
    case 'provider-down':
      return error.status
    case 'key-rejected':
      return 401
    case 'rate-limited':
      return 429
    default:
      return null
  }
}

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
    // Refused by our own provider code before anything was built.
    'invalid-input',
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

const answered = (
  answer: 'done' | 'accepted' | 'refused',
  httpStatus: number | null
): Pick<Verdict, 'event' | 'httpStatus' | 'sent'> => ({
  event: { kind: 'answered', answer },
  httpStatus,
  sent: 'yes'
})

const givenAnswer = ({ outcome, httpStatus }: RemovalAnswer): Verdict => {
  if (outcome === 'not-known') {
    const event = { kind: 'not-known' } as const
    return { event, httpStatus, error: { kind: 'not-found' }, stop: null, sent: 'yes' }
  }
  const answer = outcome === 'removed' ? 'done' : 'accepted'
  return { ...answered(answer, httpStatus), error: null, stop: null }
}

/** More requests for one deletion are refused for the pace than anybody waits for. */
const mostAttempts = 8

/**
 * Reads the answer to the `attempt`th request for a deletion. `mayPass` tells of refusals whether the same request may be
 * accepted later. Pure.
 */
export const verdictOf = (
  answer: Result<RemovalAnswer>,
  attempt: number,
  mayPass: (error: AppError) => boolean = () => false
): Verdict => {
  if (answer.ok) return givenAnswer(answer.value)
  const { error } = answer
  const rest = { error, stop: stopFor(error) }
  const httpStatus = statusOf(error)
  if (isUnsentError(error)) return { event: { kind: 'not-sent' }, httpStatus, ...rest, sent: 'no' }
  if (isLost(error)) {
    return { event: { kind: 'answer-lost' }, httpStatus, ...rest, sent: sentBefore(error) }
  }
  if (error.kind === 'rate-limited' && attempt < mostAttempts) {
    return { event: { kind: 'rate-limited' }, httpStatus, ...rest, sent: 'yes' }
  }
  if (mayPass(error)) {
    return { event: { kind: 'refused-for-now' }, httpStatus, ...rest, sent: 'yes' }
  }
  return { ...answered('refused', httpStatus), ...rest }
}
