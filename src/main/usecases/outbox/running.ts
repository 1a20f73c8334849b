import type { AccountId } from '../../../shared/domain/account.ts'
import type { PlanChange } from '../../../shared/domain/plan.ts'
import type { WaitReason } from '../../../shared/domain/wait-reason.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import { changedBinding } from '../binding.ts'
import type { Rechecked } from '../plans/confirmed-plan.ts'
import type { OutboxContext } from './context.ts'
import { applyBatchEvent, endOf, hasFailed, type Stop, stopFor, type Verdict } from './machines.ts'
import {
  clockChange,
  dependencyStays,
  objectionTo,
  reboundChanges,
  reboundError,
  reboundItems,
  verifyPlan,
  withPlanOfNow
} from './objections.ts'
import { createBackoff, type Pacing } from './pacing.ts'
import { createReadingBack } from './reading-back.ts'
import { batchEvent, beginEpoch, itemsOf, type LiveBatch, unsentAccounts } from './records.ts'
import { createSending, type SendResult } from './sending.ts'

/** Who lets a batch continue. A person who was shown changed facts accepts them by it. */
type By = 'person' | 'app'

interface StopDetails {
  /** How long it waits, where that is known. */
  readonly forMs?: number | null
  readonly changes?: readonly PlanChange[]
  /** What the history says of it, where that is not what the batch waits for. */
  readonly recordedAs?: WaitReason
}

const firstRetryMs = 5_000
const longestRetryMs = 60_000
const storageRetryMs = 5_000
/** Stored facts may be out of date after such a pause. */
const longWaitMs = 10 * 60_000

const idlePace = { parallel: 1, gapMs: 0 }

const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()

const releasedOf = (live: LiveBatch): readonly Operation[] =>
  itemsOf(live).flatMap((item): Operation[] =>
    item.state === 'held' || item.state === 'planned' ? [{ ...item, state: 'queued' }] : []
  )

/**
 * Runs batches: verifies the plan, sends what is ready, reads back, stops, resumes, ends. It is the one place that decides
 * what comes next; what it calls answers and never calls back.
 */
export const createRunning = (ctx: OutboxContext, pacing: Pacing) => {
  const { store, clock, records, results, supervisor } = ctx
  const backoff = createBackoff(clock)
  const reading = createReadingBack(ctx)
  const sending = createSending(ctx, pacing, backoff, reading)
  /** Accounts with a timer for their next request. */
  const timed = new Set<AccountId>()
  /** Accounts whose open deletions are read back again and again, with what ends it. */
  const watching = new Map<AccountId, AbortController>()
  /** Batches that wait for the connection, with what ends the pause. */
  const retrying = new Map<string, AbortController>()
  let storageRetry: AbortController | null = null
  let isAsleep = false

  /** Rows say what their deletion waits for. */
  const notifyLibraries = (live: LiveBatch): void => {
    for (const accountId of unsentAccounts(live)) ctx.notifyLibrary(accountId)
  }

  // Sending what is ready.

  /** Asks for it later. Once that was done for long enough it is recorded as not sent, or with the last refusal. */
  const sendLater = (item: Operation, error: AppError): void => {
    const delayMs = backoff.begin(item.id)
    if (delayMs === null) {
      results.cancel(item, error)
      return
    }
    supervisor.start('deletions', async () => {
      await clock.wait(delayMs, ctx.stopping)
      backoff.end(item.id)
      sendOfAccount(item.accountId)
    })
  }

  const adaptPace = (account: AccountRecord, { stop, event }: Verdict): void => {
    if (stop !== null) stopAccount(account.id, stop)
    else if (event.kind !== 'answer-lost') {
      pacing.answered(account.id, ctx.providerOf(account).pace)
    } else if (pacing.answerLost(account.id)) {
      stopAccount(account.id, { reason: 'connection', forMs: null })
    }
  }

  const readBackNow = async (item: Operation): Promise<void> => {
    const account = store.read.account(item.accountId)
    if (account === null) return
    watch(item)
    const read = await reading.readBack(item, account, onSettled)
    const stop = read.ok ? null : stopFor(read.error)
    if (stop !== null) stopAccount(account.id, stop)
  }

  /** Another attempt would not leave either. */
  const isForGood = ({ kind }: AppError): boolean =>
    kind === 'key-changed' || kind === 'invalid-input'

  const followUp = async (item: Operation): Promise<void> => {
    if (item.state === 'accepted') watch(item)
    if (item.state === 'unclear') await readBackNow(item)
    if (item.state !== 'queued' || item.error === null) return
    if (isForGood(item.error)) results.cancel(item, item.error)
    else if (item.error.kind === 'provider-refused') sendLater(item, item.error)
  }

  const onSendResult = async (
    live: LiveBatch,
    item: Operation,
    account: AccountRecord,
    result: SendResult
  ): Promise<void> => {
    if (result.kind === 'not-written') stopForStorage(live)
    if (result.kind === 'too-early') {
      const stop = stopFor(result.error)
      if (stop !== null) stopAccount(account.id, stop)
      else sendLater(item, result.error)
    }
    if (result.kind !== 'sent') return
    const { throughput } = live
    if (throughput !== null) live.throughput = { ...throughput, ended: throughput.ended + 1 }
    adaptPace(account, result.verdict)
    await followUp(result.item)
  }

  const send = async (live: LiveBatch, item: Operation, account: AccountRecord): Promise<void> => {
    try {
      await onSendResult(live, item, account, await sending.send(live, item, account))
    } finally {
      pacing.requestEnded(account.id)
      review(live)
      sendOfAccount(account.id)
    }
  }

  const cancelAndReview = (live: LiveBatch, item: Operation, error: AppError): void => {
    results.cancel(item, error)
    review(live)
  }

  const sendNext = (accountId: AccountId, live: LiveBatch, item: Operation): void => {
    const account = store.read.account(accountId)
    if (account === null) {
      cancelAndReview(live, item, { kind: 'not-found' })
      return
    }
    if (changedBinding(item, account) !== null) {
      stopIfRebound(live)
      return
    }
    const error = objectionTo(store, item, account)
    if (error !== null) {
      cancelAndReview(live, item, error)
      return
    }
    pacing.requestBegan(accountId, ctx.providerOf(account).pace)
    supervisor.start('deletions', () => send(live, item, account))
  }

  const sendAfter = (accountId: AccountId, waitMs: number): void => {
    if (timed.has(accountId)) return
    timed.add(accountId)
    supervisor.start('deletions', async () => {
      await clock.wait(waitMs, ctx.stopping)
      timed.delete(accountId)
      sendOfAccount(accountId)
    })
  }

  const sendOfAccount = (accountId: AccountId): void => {
    while (!ctx.stopping.aborted) {
      const account = store.read.account(accountId)
      const pace = account === null ? idlePace : ctx.providerOf(account).pace
      const waitMs = pacing.waitMs(accountId, pace)
      const next = waitMs === null ? null : sending.nextOf(accountId)
      if (waitMs === null || next === null) return
      if (waitMs > 0) {
        sendAfter(accountId, waitMs)
        return
      }
      sendNext(accountId, next.live, next.item)
    }
  }

  /** Sends whatever of the batch may be sent now. */
  const sendReady = (live: LiveBatch): void => {
    const accountIds = new Set(itemsOf(live).map(({ accountId }) => accountId))
    for (const accountId of accountIds) sendOfAccount(accountId)
  }

  // Reading back.

  const onSettled = (operation: Operation): void => {
    const live = records.find(operation.batchId ?? '')
    if (live === null) return
    review(live)
    sendReady(live)
  }

  const readWatched = async (accountId: AccountId, signal: AbortSignal): Promise<void> => {
    await clock.wait(reading.pauseMs(accountId), signal)
    if (signal.aborted) return
    await reading.readAllWatched(accountId, onSettled)
    if (reading.hasWatched(accountId)) return
    watching.get(accountId)?.abort()
    watching.delete(accountId)
  }

  const watch = (operation: Operation): void => {
    const { accountId } = operation
    reading.watch(operation)
    if (watching.has(accountId)) return
    const over = new AbortController()
    watching.set(accountId, over)
    supervisor.keepRunning(
      'deletions',
      (signal) => readWatched(accountId, signal),
      AbortSignal.any([over.signal, ctx.stopping])
    )
  }

  const readBackAll = (account: AccountRecord): Promise<AppError | null> =>
    reading.readBackAll(account, onSettled)

  // Stopping.

  const pauseOf = (live: LiveBatch): number | null => {
    const pauses = [...unsentAccounts(live)].flatMap((id) => pacing.pauseLeftMs(id) ?? [])
    return pauses.length === 0 ? null : Math.min(...pauses)
  }

  const liftStops = (live: LiveBatch): void => {
    for (const accountId of unsentAccounts(live)) pacing.lift(accountId)
  }

  const stopBatch = (
    live: LiveBatch,
    reason: WaitReason,
    { forMs = null, changes = [], recordedAs = reason }: StopDetails = {}
  ): void => {
    const untilAt = forMs === null ? null : later(clock.nowAt(), forMs)
    const batch = applyBatchEvent(live.record, { kind: 'stopped', reason, untilAt, changes })
    if (batch === null || live.record.waitsFor === reason) return
    beginEpoch(live)
    live.needsFreshFacts ||= reason !== 'pace' || (forMs ?? 0) > longWaitMs
    const clockMs = reason === 'clock' ? { clockAheadMs: Number(changes[0]?.detail) } : {}
    const body = { reason: recordedAs, untilAt, ...clockMs }
    const events = [batchEvent('deletion-paused', batch, body)]
    if (!records.commit({ live, batch, events }).ok) stopForStorage(live)
    if (reason === 'pace') supervisor.start('deletions', () => resumeAfter(live, forMs ?? 0))
    if (reason === 'connection') supervisor.start('deletions', () => retryConnection(live))
    notifyLibraries(live)
    if (reason === 'key' || reason === 'changed' || reason === 'clock')
      ctx.onAttention(ctx.view(live))
  }

  const stopAccount = (accountId: AccountId, stop: Stop): void => {
    pacing.stop(accountId, stop)
    for (const live of records.all()) review(live)
  }

  const stopForError = (live: LiveBatch, error: AppError): void => {
    if (error.kind === 'storage-failed') {
      stopForStorage(live)
      return
    }
    const stop = stopFor(error) ?? { reason: 'connection', forMs: null }
    stopBatch(live, stop.reason, { forMs: stop.forMs })
  }

  /** What was confirmed for one address and key waits for the person, and is never sent to another. */
  const stopIfRebound = (live: LiveBatch): boolean => {
    const rebound = reboundItems(store, live)
    if (rebound.length > 0) stopBatch(live, 'changed', { changes: reboundChanges(rebound) })
    return rebound.length > 0
  }

  /** What cannot be written down is not sent (security F3). The database cannot tell of it, so only memory knows. */
  const stopForStorage = (live: LiveBatch): void => {
    beginEpoch(live)
    live.needsFreshFacts = true
    const event = { kind: 'stopped', reason: 'storage', untilAt: null, changes: [] } as const
    const batch = applyBatchEvent(live.record, event)
    if (batch !== null) records.commitInMemory({ live, batch, events: [] })
    retryStorage()
  }

  /** Tries until there is room again, then continues. */
  const retryStorage = (): void => {
    if (storageRetry !== null) return
    storageRetry = new AbortController()
    const untilThen = AbortSignal.any([storageRetry.signal, ctx.stopping])
    supervisor.keepRunning('deletions', resumeIfWritable, untilThen)
  }

  const resumeIfWritable = async (signal: AbortSignal): Promise<void> => {
    await clock.wait(storageRetryMs, signal)
    if (signal.aborted || !results.writeUnwritten() || ctx.isPaused()) return
    storageRetry?.abort()
    storageRetry = null
    for (const live of records.all()) {
      if (live.record.waitsFor === 'storage')
        supervisor.start('deletions', () => resume(live, 'app'))
    }
  }

  // What is left of a batch.

  const end = (live: LiveBatch, as: 'finished' | 'canceled'): void => {
    const batch = applyBatchEvent(live.record, { kind: 'ended', as, at: clock.nowAt() })
    if (batch === null) return
    beginEpoch(live)
    const view = ctx.view(live)
    const change = { live, batch: { ...batch, isDismissed: as === 'canceled' }, events: [] }
    // The end is not on disk before what led to it.
    if (results.hasUnwrittenOf(live) || !records.commit(change).ok) {
      results.writeLater(change)
      retryStorage()
    }
    ctx.onEnded()
    const needsAttention = (item: Operation) => hasFailed(item) || item.state === 'unclear'
    if (itemsOf(live).some(needsAttention)) ctx.onAttention({ ...view, state: as })
    else if (live.isUnattended && as === 'finished') ctx.onCarriedOut({ ...view, state: as })
  }

  /** Looks at what is left: whether the batch is over, or has to wait. */
  const review = (live: LiveBatch): void => {
    if (results.hasUnwritten()) retryStorage()
    const { state } = live.record
    if (state !== 'running' && state !== 'waiting') return
    // What is open of other accounts may still be read back; once that is done, `sendVerified` looks at it all.
    if (state === 'running' && !live.isPlanVerified) return
    for (const item of itemsOf(live)) {
      if (sending.isStranded(live, item)) results.cancel(item, dependencyStays)
    }
    const as = endOf(itemsOf(live), reading.isWatched)
    if (as !== null) end(live, as)
    else if (state === 'running') {
      const stop = sending.blockingStop(live)
      const forMs = stop?.reason === 'pace' ? pauseOf(live) : null
      if (stop !== null) stopBatch(live, stop.reason, { forMs })
    }
  }

  // Verifying the plan.

  const cancelRebound = (live: LiveBatch): void => {
    for (const { item, what } of reboundItems(store, live)) results.cancel(item, reboundError(what))
    review(live)
  }

  const stopIfClockDoubtful = (live: LiveBatch): boolean => {
    const change = clockChange(ctx, live)
    if (change !== null) stopBatch(live, 'clock', { changes: [change] })
    return change !== null
  }

  /** The plan holds: its items may be sent. */
  const sendVerified = (live: LiveBatch): void => {
    live.isPlanVerified = true
    live.needsFreshFacts = false
    live.throughput = { sinceMs: clock.monotonicMs(), ended: 0 }
    sendReady(live)
    review(live)
  }

  const applyCheck = (live: LiveBatch, checked: Rechecked, acceptsChanges: boolean): void => {
    if (stopIfClockDoubtful(live) || stopIfRebound(live)) return
    if (checked.changes.length > 0 && !acceptsChanges) {
      stopBatch(live, 'changed', { changes: checked.changes })
      return
    }
    const accepted = checked.changes.length > 0 ? withPlanOfNow(ctx, live, checked) : null
    if (accepted !== null && !records.commit(accepted).ok) stopForStorage(live)
    if (live.record.state === 'running') sendVerified(live)
  }

  /** What is open is read back before anything is sent (security R5). */
  const readBackOf = async (live: LiveBatch): Promise<AppError | null> => {
    for (const accountId of new Set(itemsOf(live).map((item) => item.accountId))) {
      const account = store.read.account(accountId)
      const error = account === null ? null : await readBackAll(account)
      if (error !== null) return error
    }
    return null
  }

  /** Null after an error that nobody expected. */
  const checkPlan = async (live: LiveBatch): Promise<Result<Rechecked> | null> => {
    try {
      const error = await readBackOf(live)
      return error === null ? await verifyPlan(live, ctx.recheck, ctx.stopping) : fail(error)
    } catch (error) {
      supervisor.report('deletions', error)
      return null
    }
  }

  const check = async (live: LiveBatch, acceptsChanges = false): Promise<void> => {
    if (acceptsChanges) cancelRebound(live)
    if (stopIfRebound(live)) return
    const { epoch } = live
    const checked = await checkPlan(live)
    if (live.epoch !== epoch || live.record.state !== 'running' || ctx.stopping.aborted) return
    // The person finds it paused, and can try again.
    if (checked === null) stopBatch(live, 'person')
    else if (checked.ok) applyCheck(live, checked.value, acceptsChanges)
    else stopForError(live, checked.error)
  }

  // Resuming.

  const resumeAfter = async (live: LiveBatch, forMs: number): Promise<void> => {
    const { epoch } = live
    // A timer may be a little early.
    for (let leftMs = forMs; leftMs > 0; leftMs = pauseOf(live) ?? 0) {
      await clock.wait(leftMs, ctx.stopping)
      if (ctx.stopping.aborted || live.epoch !== epoch) return
    }
    liftStops(live)
    resume(live, 'app')
  }

  /** Tries the connection after growing pauses; the plan's own facts are what it asks for. */
  const retryConnection = async (live: LiveBatch): Promise<void> => {
    const { id } = live.record
    if (retrying.has(id)) return
    for (let pauseMs = firstRetryMs; ; pauseMs = Math.min(pauseMs * 2, longestRetryMs)) {
      const pause = new AbortController()
      retrying.set(id, pause)
      await clock.wait(pauseMs, AbortSignal.any([pause.signal, ctx.stopping]))
      if (ctx.stopping.aborted || live.record.waitsFor !== 'connection') break
      if (isAsleep) continue
      const { epoch } = live
      const checked = await checkPlan(live)
      if (live.epoch !== epoch || live.record.waitsFor !== 'connection') break
      if (checked === null) continue
      const isAway =
        !checked.ok && (stopFor(checked.error)?.reason ?? 'connection') === 'connection'
      if (isAway) continue
      liftStops(live)
      retrying.delete(id)
      if (!markRunning(live, 'app')) return
      if (checked.ok) applyCheck(live, checked.value, false)
      else stopForError(live, checked.error)
      return
    }
    retrying.delete(id)
  }

  /** Back to `running`; what was not released yet is. Nothing is sent before the plan was verified. */
  const markRunning = (live: LiveBatch, by: By): boolean => {
    const batch = applyBatchEvent(live.record, { kind: 'went-on' })
    if (batch === null) return false
    beginEpoch(live)
    const items = releasedOf(live)
    const events = [batchEvent('deletion-resumed', batch, { by })]
    const written = records.commit({ live, batch, items, events })
    if (!written.ok) stopForStorage(live)
    notifyLibraries(live)
    return written.ok
  }

  const resume = (live: LiveBatch, by: By): boolean => {
    const acceptsChanges = by === 'person' && live.record.waitsFor === 'changed'
    const isGoing = markRunning(live, by)
    if (isGoing && by === 'person') live.isUnattended = false
    if (isGoing) supervisor.start('deletions', () => check(live, acceptsChanges))
    return isGoing
  }

  return {
    stopBatch,
    resume,
    check,
    review,
    readBackAll,
    liftStops,
    /** A batch that was held, or whose time has come, begins. */
    begin: (live: LiveBatch, event: 'hold-over' | 'due'): void => {
      live.isUnattended = event === 'due'
      if (stopIfClockDoubtful(live)) return
      const batch = applyBatchEvent(live.record, { kind: event })
      if (batch === null) return
      beginEpoch(live)
      live.needsFreshFacts ||= event === 'due'
      const written = records.commit({ live, batch, items: releasedOf(live), events: [] })
      if (written.ok) supervisor.start('deletions', () => check(live))
      else stopForStorage(live)
    },
    /** While the computer goes to sleep, what is asked for the library may still be answered; nothing continues by that. */
    setAsleep: (is: boolean): void => {
      isAsleep = is
    },
    /** The provider answered again: what waits for the connection tries at once. */
    connectionIsBack: (accountId: AccountId): void => {
      if (isAsleep) return
      if (pacing.stopOf(accountId)?.reason === 'connection') pacing.lift(accountId)
      for (const live of records.all()) {
        if (unsentAccounts(live).has(accountId)) retrying.get(live.record.id)?.abort()
      }
    },
    /** Takes up reading back what was accepted, or may have been, before this start. */
    watchOpen: (): void => {
      for (const operation of reading.slowOnes()) watch(operation)
    }
  }
}
