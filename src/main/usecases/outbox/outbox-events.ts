import type { HistoryEventType } from '../../../shared/catalogue/history-events.ts'
import type { HistoryBody, NewHistoryEvent } from '../../../shared/domain/history.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { BatchRecord, Operation, Store } from '../../ports/store.ts'
import { operationEvent } from '../history-event.ts'

const saidBy = (error: AppError | null): string | null =>
  error !== null && 'said' in error ? error.said : null

/** What every record about a deletion tells. */
const factsOf = (operation: Operation): HistoryBody => ({
  mode: operation.mode,
  batch: operation.batchId
})

/** Where its requests go, as it was when it was confirmed. */
export const destinationOf = ({ provider, origin }: Operation): HistoryBody => ({
  provider,
  origin
})

/**
 * Whether a request left. `yes`: an answer came. `no`: it is proven that none did. `unknown`: it may have, and no
 * answer came.
 */
export type Sent = 'yes' | 'no' | 'unknown'

/** Which try it was and where it went: on the record of a try, and with `sent` on the one that ends it. */
export const attemptOf = (operation: Operation): HistoryBody => ({
  attempt: operation.attempt,
  ...destinationOf(operation)
})

/** A redirect is told apart, as the server did answer; of a bug, the log holds more under the reference. */
const reasonOf = (error: AppError | null): HistoryBody => {
  if (error === null) return { reason: null }
  if (error.kind === 'bug') return { reason: 'bug', reference: error.reference }
  const isRedirect = error.kind === 'unexpected-response' && error.where === 'redirect'
  if (!isRedirect) return { reason: error.kind }
  return { reason: 'redirect', redirectedTo: error.toOrigin ?? null }
}

/** How a deletion stands after what happened, with the provider's answer or the reason. */
export const outcomeOf = (operation: Operation): HistoryBody => ({
  outcome: operation.state,
  httpStatus: operation.httpStatus,
  ...reasonOf(operation.error),
  said: saidBy(operation.error)
})

/** The same after a look of our own: what came before it in place of an answer is told apart, as no look is an answer. */
export const lookOutcomeOf = (operation: Operation): HistoryBody => ({
  ...outcomeOf(operation),
  httpStatus: null,
  answer: reasonOf(operation.error)['reason'] ?? null,
  answerStatus: operation.httpStatus
})

/** Why nothing more is sent. A request may have left before and been refused for the pace. */
export const canceledOf = (operation: Operation, reason: string | null): HistoryBody => ({
  reason,
  wasSent: operation.sentAt !== null
})

/** A record in the life of one deletion. The account may be gone; its records stay. */
export const itemEvent = (
  store: Store,
  type: HistoryEventType,
  operation: Operation,
  body: HistoryBody = {}
): NewHistoryEvent => {
  const account = store.read.account(operation.accountId)
  const whose = { id: operation.accountId, name: account?.name ?? '' }
  // So that nothing of sample data can pass for a deletion, whatever becomes of the account.
  const mark = account?.isSample === true ? { isSample: true } : {}
  return operationEvent(type, operation, whose, { ...factsOf(operation), ...mark, ...body })
}

/** A record about a whole batch. */
export const batchEvent = (
  type: HistoryEventType,
  batch: BatchRecord,
  body: HistoryBody
): NewHistoryEvent => ({
  type,
  operationId: null,
  accountId: null,
  accountName: null,
  assetKind: null,
  assetId: null,
  assetName: batch.title === '' ? null : batch.title,
  body: { batch: batch.id, mode: batch.mode, ...body }
})
