import { type ItemState, isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { PlanChange } from '../../../shared/domain/plan.ts'
import type { WaitReason } from '../../../shared/domain/wait-reason.ts'
import type { AppError } from '../../../shared/errors.ts'
import { assertNever, type Result } from '../../../shared/result.ts'
import type { RemovalAnswer } from '../../ports/provider.ts'
import type { BatchRecord, Operation } from '../../ports/store.ts'

/** What reading back makes of a deletion; see `ItemState`. */
export type ReadBackResult = Extract<ItemState, 'gone' | 'already-gone' | 'not-found' | 'refused'>

/** What can happen to one deletion. */
export type ItemEvent =
  /** The hold is over, or its time has come. */
  | { readonly kind: 'released' }
  /** The attempt is written down; the request leaves now. */
  | { readonly kind: 'sent' }
  /** It is proven that no byte of the request left this computer. */
  | { readonly kind: 'not-sent' }
  /** The request was refused for the pace alone (429): the next one is another request. */
  | { readonly kind: 'rate-limited' }
  /** Refused, since what was deleted before it still counts at the provider: it is asked for again later. */
  | { readonly kind: 'refused-for-now' }
  | { readonly kind: 'answered'; readonly answer: 'done' | 'accepted' | 'refused' }
  /** The provider says that it does not know the thing. Whether that is so shows when it is read back. */
  | { readonly kind: 'not-known' }
  | { readonly kind: 'answer-lost' }
  /** What its own address said of it afterwards, as far as that settles it. */
  | { readonly kind: 'read-back'; readonly as: ReadBackResult }
  | { readonly kind: 'canceled' }

/**
 * Where a deletion stands after an event; null if the event cannot happen there. Pure; docs/adr/0009-outbox.md draws it.
 * `sent` is entered from `queued` alone, and only what certainly changed nothing leads back: a request that did not leave,
 * or one that was refused for the pace, or for now.
 */
export const nextItemState = (state: ItemState, event: ItemEvent): ItemState | null => {
  switch (event.kind) {
    case 'released':
      return state === 'planned' || state === 'held' ? 'queued' : null
    case 'sent':
      return state === 'queued' ? 'sent' : null
    case 'not-sent':
    case 'rate-limited':
    case 'refused-for-now':
      return state === 'sent' ? 'queued' : null
    case 'answered':
      return state === 'sent' ? event.answer : null
    case 'not-known':
    case 'answer-lost':
      return state === 'sent' ? 'unclear' : null
    case 'read-back':
      return afterReadBack(state, event.as)
    case 'canceled':
      return state === 'planned' || state === 'held' || state === 'queued' ? 'canceled' : null
    default:
      return assertNever(event)
  }
}

/** What was taken for not done, because it was still there, may be seen to be gone later. */
const afterReadBack = (state: ItemState, as: ReadBackResult): ItemState | null => {
  if (state === 'unclear') return as
  return (state === 'accepted' || state === 'refused') && as === 'gone' ? 'gone' : null
}

/** Where a deletion stands after an event that has to be possible there; throws if it is not. */
export const itemStateAfter = (
  { state }: Pick<Operation, 'state'>,
  event: ItemEvent
): ItemState => {
  const next = nextItemState(state, event)
  if (next === null) throw new Error(`A deletion that is ${state} cannot be ${event.kind}`)
  return next
}

/**
 * Whether a request left. `yes`: an answer came. `no`: it is proven that none did. `unknown`: it may have, and no
 * answer came.
 */
export type Sent = 'yes' | 'no' | 'unknown'

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
const neverLeft = (error: AppError): boolean =>
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
const isAnswerLost = (error: AppError): boolean =>
  ['outcome-unknown', 'provider-down', 'timed-out', 'unexpected-response', 'bug'].includes(
    error.kind
  )

/** An answer proves that the request arrived, even where it cannot be used. */
const sentDespite = (error: AppError): Sent =>
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
 * Reads the answer to the `attempt`th request for a deletion. `isTemporary` tells of refusals whether the same request may be
 * accepted later. Pure.
 */
export const verdictOf = (
  answer: Result<RemovalAnswer>,
  attempt: number,
  isTemporary: (error: AppError) => boolean = () => false
): Verdict => {
  if (answer.ok) return givenAnswer(answer.value)
  const { error } = answer
  const rest = { error, stop: stopFor(error) }
  const httpStatus = statusOf(error)
  if (neverLeft(error)) return { event: { kind: 'not-sent' }, httpStatus, ...rest, sent: 'no' }
  if (isAnswerLost(error)) {
    return { event: { kind: 'answer-lost' }, httpStatus, ...rest, sent: sentDespite(error) }
  }
  if (error.kind === 'rate-limited' && attempt < mostAttempts) {
    return { event: { kind: 'rate-limited' }, httpStatus, ...rest, sent: 'yes' }
  }
  if (isTemporary(error)) {
    return { event: { kind: 'refused-for-now' }, httpStatus, ...rest, sent: 'yes' }
  }
  return { ...answered('refused', httpStatus), ...rest }
}

/** The part of a batch that events change. */
export type BatchStatus = Pick<
  BatchRecord,
  'state' | 'waitsFor' | 'waitsUntilAt' | 'heldUntilAt' | 'holdLeftMs' | 'changes' | 'endedAt'
>

/** What stops the clock of a hold. The person lets it go on. */
export type HoldPause = Extract<WaitReason, 'person' | 'restart' | 'sleep'>

/** What can happen to a batch. */
export type BatchEvent =
  | { readonly kind: 'hold-paused'; readonly leftMs: number; readonly by: HoldPause }
  | { readonly kind: 'hold-resumed'; readonly untilAt: string }
  | { readonly kind: 'hold-over' }
  /** Its scheduled time came while the app was open. */
  | { readonly kind: 'due' }
  | {
      readonly kind: 'stopped'
      readonly reason: WaitReason
      readonly untilAt: string | null
      readonly changes: readonly PlanChange[]
    }
  | { readonly kind: 'went-on' }
  /** Nothing more will happen to its items, or the person took it back whole. */
  | { readonly kind: 'ended'; readonly as: 'finished' | 'canceled'; readonly at: string }
  | { readonly kind: 'tried-again' }

const calm = { waitsFor: null, waitsUntilAt: null, heldUntilAt: null, holdLeftMs: null } as const

/** How a batch stands after an event; null if the event cannot happen there. Pure; docs/adr/0009-outbox.md draws it. */
export const nextBatchStatus = (now: BatchStatus, event: BatchEvent): BatchStatus | null => {
  switch (event.kind) {
    case 'hold-paused':
      if (now.state !== 'held' || now.heldUntilAt === null) return null
      return { ...now, ...calm, waitsFor: event.by, holdLeftMs: event.leftMs }
    case 'hold-resumed':
      if (now.state !== 'held' || now.heldUntilAt !== null) return null
      return { ...now, ...calm, heldUntilAt: event.untilAt }
    case 'hold-over':
      if (now.state !== 'held' || now.heldUntilAt === null) return null
      return running(now)
    case 'due':
      return now.state === 'scheduled' ? running(now) : null
    case 'stopped':
      return stopped(now, event)
    case 'went-on':
      return now.state === 'waiting' ? running(now) : null
    case 'ended':
      return ended(now, event)
    case 'tried-again':
      return now.state === 'finished' ? running(now) : null
    default:
      return assertNever(event)
  }
}

const running = (now: BatchStatus): BatchStatus => ({
  ...now,
  ...calm,
  state: 'running',
  changes: [],
  endedAt: null
})

const stopped = (
  now: BatchStatus,
  { reason, untilAt, changes }: Extract<BatchEvent, { kind: 'stopped' }>
): BatchStatus | null => {
  const canWait =
    now.state === 'running' ||
    now.state === 'waiting' ||
    (now.state === 'scheduled' && (reason === 'restart' || reason === 'clock'))
  if (!canWait) return null
  return { ...now, ...calm, state: 'waiting', waitsFor: reason, waitsUntilAt: untilAt, changes }
}

/** Of what is held or scheduled nothing was sent, so it can only have been taken back. */
const ended = (
  now: BatchStatus,
  { as, at }: Extract<BatchEvent, { kind: 'ended' }>
): BatchStatus | null => {
  if (now.state === 'finished' || now.state === 'canceled') return null
  if ((now.state === 'held' || now.state === 'scheduled') && as === 'finished') return null
  return { ...now, ...calm, state: as, changes: [], endedAt: at }
}

/** The batch after an event, or null if that cannot happen to it now. */
export const applyBatchEvent = (record: BatchRecord, event: BatchEvent): BatchRecord | null => {
  const status = nextBatchStatus(record, event)
  return status === null ? null : { ...record, ...status }
}

type ItemFacts = Pick<Operation, 'id' | 'state' | 'error' | 'after'>

/** Everything can still be taken back: nothing has left this computer. */
export const canUndo = (items: readonly ItemFacts[]): boolean =>
  items.every(({ state }) => isUnsent(state) || state === 'canceled') &&
  items.some(({ state }) => isUnsent(state))

/** Accepted, and still there when it was last looked at: nobody knows whether it ever ends. */
export const isOverdue = ({ state, found }: Pick<Operation, 'state' | 'found'>): boolean =>
  state === 'accepted' && found === 'there'

/** Another account with the same key asks for it. */
const isDuplicate = (error: AppError): boolean =>
  error.kind === 'invalid-input' && error.issues.some(({ code }) => code === 'twin')

/**
 * It did not go, and the person may want to try again: refused, accepted without an end, or not sent for a reason that is
 * not their own.
 */
export const hasFailed = ({
  state,
  error,
  found
}: Pick<Operation, 'state' | 'error' | 'found'>): boolean =>
  state === 'refused' ||
  isOverdue({ state, found }) ||
  (state === 'canceled' && error !== null && error.kind !== 'not-found' && !isDuplicate(error))

/** What it waits for is out of the way: deleted, or not there any more. */
const isOutOfTheWay = ({ state, error }: ItemFacts): boolean =>
  state === 'done' ||
  state === 'gone' ||
  state === 'already-gone' ||
  state === 'not-found' ||
  (state === 'canceled' && error?.kind === 'not-found')

/** `stays`: something it depends on was not deleted, so it must not be sent either. */
export type Readiness = 'ready' | 'waits' | 'stays'

/**
 * Whether a queued deletion may be sent. `isWatched` tells of those that are accepted or unclear whether they are
 * still being looked at; what is not looked at any more counts as staying.
 */
export const readinessOf = (
  item: ItemFacts,
  find: (id: string) => ItemFacts | undefined,
  isWatched: (id: string) => boolean
): Readiness => {
  let readiness: Readiness = 'ready'
  for (const id of item.after) {
    const before = find(id)
    if (before === undefined || isOutOfTheWay(before)) continue
    const isOpen =
      isUnsent(before.state) ||
      before.state === 'sent' ||
      ((before.state === 'accepted' || before.state === 'unclear') && isWatched(id))
    if (!isOpen) return 'stays'
    readiness = 'waits'
  }
  return readiness
}

/** How a batch of these ends, or null while something is left to do. */
export const endOf = (
  items: readonly ItemFacts[],
  isWatched: (id: string) => boolean
): 'finished' | 'canceled' | null => {
  const isOpen = items.some(
    ({ id, state }) =>
      isUnsent(state) ||
      state === 'sent' ||
      ((state === 'accepted' || state === 'unclear') && isWatched(id))
  )
  if (isOpen) return null
  return items.every(({ state, error }) => state === 'canceled' && error === null)
    ? 'canceled'
    : 'finished'
}

/** How many of them are not over: not sent, or without an answer. */
export const countUnfinished = (items: Iterable<Pick<Operation, 'state'>>): number => {
  let count = 0
  for (const { state } of items) if (isUnsent(state) || state === 'sent') count += 1
  return count
}
