import type { HistoryEventType } from '../../../shared/catalogue/history-events.ts'
import type { AccountId } from '../../../shared/domain/account.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { assertNever, fail, type Result } from '../../../shared/result.ts'
import type { Provider, RemovalAnswer } from '../../ports/provider.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import { askedChangeOf } from '../plans/step-of.ts'
import type { OutboxContext } from './context.ts'
import {
  itemStateAfter,
  type Readiness,
  readinessOf,
  type Stop,
  type Verdict,
  verdictOf
} from './machines.ts'
import { dependencyStays, isDuplicate, objectionTo } from './objections.ts'
import type { Backoff, Pacing } from './pacing.ts'
import type { ReadingBack } from './reading-back.ts'
import { attemptOf, itemEvent, itemsOf, type LiveBatch, outcomeOf } from './records.ts'

/** What became of a turn to send a deletion. */
export type SendResult =
  /** Something was decided meanwhile, which whoever decided it follows up. */
  | { readonly kind: 'overtaken' }
  /** What has to be gone first is still there, or could not be looked at. */
  | { readonly kind: 'too-early'; readonly error: AppError }
  /** The attempt could not be written down, so it was not made. */
  | { readonly kind: 'not-written' }
  | { readonly kind: 'sent'; readonly verdict: Verdict; readonly item: Operation }

const answerRecords = {
  done: 'deletion-answered',
  accepted: 'deletion-accepted',
  refused: 'deletion-failed'
} as const

/** What the record says became of the attempt, where that is not how the deletion stands now. */
const outcomes: Readonly<Partial<Record<Verdict['event']['kind'], string>>> = {
  'not-known': 'not-known',
  'rate-limited': 'rate-limited',
  'refused-for-now': 'refused-for-now',
  'not-sent': 'not-sent'
}

/** The record that ends an attempt. */
const recordOf = ({ event }: Verdict): HistoryEventType => {
  switch (event.kind) {
    case 'answered':
      return answerRecords[event.answer]
    case 'not-known':
      return 'deletion-answered'
    case 'rate-limited':
      return 'deletion-rate-limited'
    case 'refused-for-now':
      return 'deletion-failed'
    case 'answer-lost':
      return 'deletion-unclear'
    case 'not-sent':
      return 'deletion-not-sent'
    default:
      return assertNever(event)
  }
}

/**
 * Picks what may be sent next, and sends it: the only place that asks a provider to delete. Attempt on disk, request,
 * result on disk (security R3). What follows is up to the caller.
 */
export const createSending = (
  ctx: OutboxContext,
  pacing: Pick<Pacing, 'stopOf'>,
  backoff: Pick<Backoff, 'isWaiting' | 'mayTryAgain'>,
  reading: Pick<ReadingBack, 'isWatched'>
) => {
  const { store, clock, records, results } = ctx
  /** Those whose dependencies are looked at just before they are asked for. */
  const beingChecked = new Set<Operation['id']>()

  const readinessIn = (live: LiveBatch, item: Operation): Readiness =>
    readinessOf(item, (id) => live.items.get(id), reading.isWatched)

  /** While its dependencies are looked at nobody else sends it. */
  const isReady = (live: LiveBatch, item: Operation): boolean =>
    item.state === 'queued' &&
    !beingChecked.has(item.id) &&
    !backoff.isWaiting(item.id) &&
    readinessIn(live, item) === 'ready'

  /** The deletion of the account that is to be sent next, of the oldest batch that has one. */
  const nextOf = (accountId: AccountId): { live: LiveBatch; item: Operation } | null => {
    for (const live of records.all()) {
      if (live.record.state !== 'running' || !live.isPlanVerified) continue
      for (const item of live.items.values()) {
        if (item.accountId === accountId && isReady(live, item)) return { live, item }
      }
    }
    return null
  }

  /** The stop that keeps the rest from being sent; null while something can continue. */
  const blockingStop = (live: LiveBatch): Stop | null => {
    let found: Stop | null = null
    for (const item of itemsOf(live)) {
      if (item.state === 'sent') return null
      if (!isReady(live, item)) continue
      const stop = pacing.stopOf(item.accountId)
      if (stop === null) return null
      found ??= stop
    }
    return found
  }

  /** It must not be sent, as something that it depends on was not deleted. */
  const isStranded = (live: LiveBatch, item: Operation): boolean =>
    item.state === 'queued' && readinessIn(live, item) === 'stays'

  const ask = async (item: Operation, account: AccountRecord): Promise<Result<RemovalAnswer>> => {
    try {
      return await ctx
        .providerOf(account)
        .remove(
          ctx.keyRing.connect(account, item.keyFingerprint),
          item.assetKind,
          item.assetId as TargetRef['id'],
          item.mode ?? 'soft',
          new AbortController().signal,
          askedChangeOf(store, item)?.repoint
        )
    } catch (error) {
      // Nobody can tell how far it came, and a deletion must not stay `sent` for ever.
      return fail({ kind: 'bug', reference: ctx.supervisor.report('deletions', error) })
    }
  }

  const afterVerdict = (
    item: Operation,
    verdict: Verdict,
    sentBeforeAt: string | null
  ): Operation => {
    const { event, httpStatus, error } = verdict
    const state = itemStateAfter(item, event)
    const isOver = state !== 'accepted' && state !== 'unclear' && state !== 'queued'
    const sentAt = verdict.sent === 'no' ? sentBeforeAt : item.sentAt
    return { ...item, state, httpStatus, error, sentAt, finishedAt: isOver ? clock.nowAt() : null }
  }

  const conclude = (sent: Operation, verdict: Verdict, sentBeforeAt: string | null): SendResult => {
    const item = afterVerdict(sent, verdict, sentBeforeAt)
    const outcome = outcomes[verdict.event.kind]
    const body = {
      ...outcomeOf(item),
      ...(outcome === undefined ? {} : { outcome }),
      ...attemptOf(item),
      sent: verdict.sent
    }
    results.settle(item, [itemEvent(store, recordOf(verdict), item, body)])
    return { kind: 'sent', verdict, item }
  }

  /** What the look at its dependencies, taken just now, means for it; null: it may be asked for. */
  const hindrance = (
    live: LiveBatch,
    item: Operation,
    epoch: number,
    look: Result<'yes' | 'not-yet'>
  ): SendResult | null => {
    // Paused, canceled or changed meanwhile: whoever did that decides what follows.
    const isMeant = live.epoch === epoch && live.items.get(item.id) === item
    const isRunning = live.record.state === 'running' && !ctx.stopping.aborted
    const account = store.read.account(item.accountId)
    const isOvertaken = !isMeant || !isRunning || account === null
    if (isOvertaken || objectionTo(store, item, account) !== null) return { kind: 'overtaken' }
    if (look.ok && look.value === 'yes') return null
    return { kind: 'too-early', error: look.ok ? dependencyStays : look.error }
  }

  /** Only what waited for others of its plan was refused for their sake. */
  const isTemporary =
    (item: Operation, account: AccountRecord) =>
    (error: AppError): boolean =>
      item.after.length > 0 &&
      backoff.mayTryAgain(item.id) &&
      ctx.providerOf(account).mayPass?.(item.assetKind, error) === true

  /** The request and what became of it. Whatever throws on the way, the deletion does not stay `sent`. */
  const request = async (
    sent: Operation,
    account: AccountRecord,
    sentBeforeAt: string | null
  ): Promise<SendResult> => {
    const answer = await ask(sent, account)
    try {
      const verdict = verdictOf(answer, sent.attempt, isTemporary(sent, account))
      return conclude(sent, verdict, sentBeforeAt)
    } catch (error) {
      const reference = ctx.supervisor.report('deletions', error)
      const verdict = verdictOf(fail({ kind: 'bug', reference }), sent.attempt)
      return conclude(sent, verdict, sentBeforeAt)
    }
  }

  const attempt = async (
    live: LiveBatch,
    item: Operation,
    account: AccountRecord
  ): Promise<SendResult> => {
    // The other account's may have left while this one was looked at.
    if (isDuplicate(store, item)) return { kind: 'overtaken' }
    const sent: Operation = {
      ...item,
      state: itemStateAfter(item, { kind: 'sent' }),
      sentAt: clock.nowAt(),
      attempt: item.attempt + 1,
      error: null
    }
    const events = [itemEvent(store, 'deletion-tried', sent, attemptOf(sent))]
    if (!records.commit({ live, items: [sent], events }).ok) return { kind: 'not-written' }
    ctx.notifyLibrary(sent.accountId)
    return request(sent, account, item.sentAt)
  }

  /** Looks first at what has to be gone, which may have come since the plan was verified. */
  const attemptIfReady = async (
    live: LiveBatch,
    item: Operation,
    account: AccountRecord,
    mayRemove: NonNullable<Provider['mayRemove']>
  ): Promise<SendResult> => {
    const { epoch } = live
    const id = item.assetId as TargetRef['id']
    const connection = ctx.keyRing.connect(account, item.keyFingerprint)
    beingChecked.add(item.id)
    try {
      const check = await mayRemove(connection, item.assetKind, id, ctx.stopping)
      return hindrance(live, item, epoch, check) ?? (await attempt(live, item, account))
    } finally {
      beingChecked.delete(item.id)
    }
  }

  return {
    nextOf,
    blockingStop,
    isStranded,
    /** Sends one deletion. It is on its way, or being checked, before this returns. */
    send: (live: LiveBatch, item: Operation, account: AccountRecord): Promise<SendResult> => {
      const { mayRemove } = ctx.providerOf(account)
      return mayRemove === undefined
        ? attempt(live, item, account)
        : attemptIfReady(live, item, account, mayRemove)
    }
  }
}
