import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { AccountId } from '../../../shared/domain/account.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import { createThrottle } from '../../rules/throttle.ts'
import type { ConfirmedPlan } from '../plans/confirmed-plan.ts'
import { createBatchReads, timeLeftMs, viewBatch } from './batch-view.ts'
import type { OutboxContext, OutboxDeps } from './context.ts'
import { applyBatchEvent, canUndo, countUnfinished, hasFailed } from './machines.ts'
import { isUnderWay } from './objections.ts'
import { createPacing } from './pacing.ts'
import {
  beginEpoch,
  canceledOf,
  createRecords,
  itemEvent,
  itemsOf,
  type LiveBatch
} from './records.ts'
import { createResults } from './results.ts'
import { createRunning } from './running.ts'
import { planAgain, refuse, requeue, restoreBatches, startBatch } from './starting.ts'
import { createOutboxTimers } from './timers.ts'

const batchGapMs = 100
const libraryGapMs = 1_000

const notFound = fail({ kind: 'not-found' })

/** What comes of trying again: the batch as it stands, and the plan that permanent deletions need anew. */
export interface Retried {
  readonly batch: Batch
  readonly plan: DeletionPlan | null
}

/** The durable queue of confirmed deletions: everything that the window can ask of it. */
export const createOutbox = (deps: OutboxDeps) => {
  const { store, clock } = deps
  const stopping = new AbortController()

  const viewLive = (live: LiveBatch): Batch => {
    const items = itemsOf(live)
    return viewBatch(live.record, items, timeLeftMs(items, live.throughput, clock.monotonicMs()))
  }

  const unfinished = (): number =>
    records.all().reduce((sum, live) => sum + countUnfinished(live.items.values()), 0)

  /** A schedule survives a restart, so it counts only once it is near. */
  const isUnderWaySoon = (withinMs: number): boolean => {
    const soonMs = Date.parse(clock.nowAt()) + withinMs
    const isFarOff = ({ record }: LiveBatch): boolean =>
      record.state === 'scheduled' && record.runAt !== null && Date.parse(record.runAt) > soonMs
    return records.all().some((live) => !isFarOff(live) && countUnfinished(live.items.values()) > 0)
  }

  const reportActivity = (): void => {
    const active = records.all().filter(({ record }) => record.state === 'running')
    const items = active.flatMap(itemsOf)
    deps.onActivity({
      isRunning: active.length > 0,
      unfinished: unfinished(),
      share: items.length === 0 ? null : 1 - countUnfinished(items) / items.length
    })
  }

  const notifyBatch = createThrottle<string>(clock, batchGapMs, (batchId) => {
    const live = records.find(batchId)
    const record = live?.record ?? store.read.batch(batchId)
    if (record !== null) deps.emit('batch:changed', reads.view(record))
    reportActivity()
  })

  const records = createRecords(store, deps.log, (batchId) => {
    reads.forget(batchId)
    notifyBatch(batchId)
  })

  const reads = createBatchReads(store, (batchId) => {
    const live = records.find(batchId)
    return live === null ? null : viewLive(live)
  })

  const notifyLibrary = createThrottle<AccountId>(clock, libraryGapMs, (accountId) =>
    deps.emit('library:changed', { accountId })
  )

  const ctx: OutboxContext = {
    ...deps,
    records,
    results: createResults({ ...deps, records, notifyLibrary }),
    stopping: stopping.signal,
    view: viewLive,
    notifyLibrary
  }
  const pacing = createPacing(clock, store)
  const running = createRunning(ctx, pacing)
  const timers = createOutboxTimers(ctx, running.begin)

  const check = (live: LiveBatch): void => {
    deps.supervisor.start('deletions', () => running.check(live))
  }

  const notifyLibraries = (items: readonly Operation[]): void => {
    for (const accountId of new Set(items.map((item) => item.accountId))) notifyLibrary(accountId)
  }

  const start = (confirmed: ConfirmedPlan, runAt: string | null): Result<Batch> => {
    const holdMs = deps.holdSeconds() * 1000
    const started = startBatch(ctx, confirmed, runAt, holdMs)
    if (!started.ok) return started
    const live = started.value
    const { id, state } = live.record
    if (state === 'held') timers.startHold(live, holdMs)
    if (state === 'scheduled') timers.schedule(live)
    if (state === 'running') check(live)
    notifyBatch(id)
    notifyLibraries(itemsOf(live))
    return ok(viewLive(live))
  }

  /** Cancels some unsent items. The batch ends if nothing else is left of it. */
  const cancelItems = (
    live: LiveBatch,
    reason: string,
    isMeant: (item: Operation) => boolean = () => true
  ): Result<null> => {
    const items = itemsOf(live).flatMap((item): Operation[] =>
      isUnsent(item.state) && isMeant(item)
        ? [{ ...item, state: 'canceled', error: null, finishedAt: clock.nowAt() }]
        : []
    )
    if (items.length === 0) return ok(null)
    const isWhole = canUndo(itemsOf(live)) && items.length === countUnfinished(live.items.values())
    const event = { kind: 'ended', as: 'canceled', at: clock.nowAt() } as const
    const endedRecord = isWhole ? applyBatchEvent(live.record, event) : null
    const batch = endedRecord === null ? live.record : { ...endedRecord, isDismissed: true }
    const events = items.map((item) =>
      itemEvent(store, 'deletion-canceled', item, canceledOf(item, reason))
    )
    const written = records.commit({ live, batch, items, events })
    if (!written.ok) return written
    if (isWhole) {
      timers.stopHold(live)
      beginEpoch(live)
    }
    running.review(live)
    notifyLibraries(items)
    return ok(null)
  }

  const cancelUnsent = (live: LiveBatch, reason: string): Result<Batch> => {
    const canceled = cancelItems(live, reason)
    return canceled.ok ? ok(viewLive(live)) : canceled
  }

  const undo = (batchId: string): Result<Batch> => {
    const live = records.find(batchId)
    if (live === null || !canUndo(itemsOf(live))) return notFound
    return cancelUnsent(live, 'undone')
  }

  const cancel = (batchId: string): Result<Batch> => {
    const live = records.find(batchId)
    return live === null ? notFound : cancelUnsent(live, 'canceled')
  }

  const pause = (batchId: string): Result<Batch> => {
    const live = records.find(batchId)
    if (live === null) return notFound
    if (live.record.state === 'held') timers.pauseHold(live, 'person')
    else running.stopBatch(live, 'person')
    return ok(viewLive(live))
  }

  const resume = (batchId: string): Result<Batch> => {
    const live = records.find(batchId)
    if (live === null) return notFound
    // Whoever presses it is awake, whether or not the system said so.
    running.setAsleep(false)
    running.liftStops(live)
    const isGoing =
      live.record.state === 'held' ? timers.resumeHold(live) : running.resume(live, 'person')
    return isGoing ? ok(viewLive(live)) : notFound
  }

  const retrySoft = (live: LiveBatch, failed: readonly Operation[]): Result<null> => {
    // Another plan may have asked for some of them since; each goes once.
    const items = failed.filter((item) => !isUnderWay(store, item))
    if (items.length === 0) return failed.length === 0 ? ok(null) : refuse('plan', 'already-asked')
    const requeued = requeue(ctx, live, items)
    if (!requeued.ok) return requeued
    notifyBatch(live.record.id)
    if (live.record.state === 'running') check(live)
    return requeued
  }

  /** Tries failed deletions again. The person's press confirms soft ones; permanent ones need a new plan. */
  const retry = async (batchId: string): Promise<Result<Retried>> => {
    const live = records.load(batchId)
    const isBegun = live?.record.state !== 'held' && live?.record.state !== 'scheduled'
    if (live === null || !isBegun) return notFound
    const failed = itemsOf(live).filter(hasFailed)
    const permanent = failed.filter(({ mode }) => mode === 'permanent')
    const soft = retrySoft(
      live,
      failed.filter(({ mode }) => mode !== 'permanent')
    )
    if (!soft.ok) return soft
    if (permanent.length === 0) return ok({ batch: viewLive(live), plan: null })
    const plan = await planAgain(ctx, live, permanent)
    return plan.ok ? ok({ batch: viewLive(live), plan: plan.value }) : plan
  }

  const dismiss = (batchId: string): Result<Record<string, never>> => {
    const record = records.find(batchId) === null ? store.read.batch(batchId) : null
    if (record === null) return notFound
    const written = records.commit({ batch: { ...record, isDismissed: true }, events: [] })
    return written.ok ? ok({}) : written
  }

  const putBack = (batchId: string): Result<Batch> => {
    const record = store.read.batch(batchId)
    if (record?.isDismissed !== true) return notFound
    const written = records.commit({ batch: { ...record, isDismissed: false }, events: [] })
    if (!written.ok) return written
    return ok(reads.view({ ...record, isDismissed: false }))
  }

  return {
    start,
    undo,
    cancel,
    pause,
    resume,
    retry,
    dismiss,
    putBack,
    list: reads.list,
    past: reads.past,
    items: reads.items,
    deletionsOf: reads.deletionsOf,
    /** Reads back what is open of an account; what waits for its connection then tries again. */
    settle: async (account: AccountRecord): Promise<void> => {
      const error = await running.readBackAll(account)
      if (error === null) running.connectionIsBack(account.id)
    },
    /** Before an account goes: nothing of it may be sent any more. */
    forAccountRemoved: (accountId: AccountId): void => {
      for (const live of records.all()) {
        cancelItems(live, 'account-removed', (item) => item.accountId === accountId)
      }
    },
    /** Before the computer sleeps: holds stop, and nothing is sent until the connection is there again. */
    suspend: (): void => {
      running.setAsleep(true)
      for (const live of records.all()) {
        if (live.record.state === 'held') timers.pauseHold(live, 'sleep')
        if (live.record.state === 'running') {
          running.stopBatch(live, 'connection', { recordedAs: 'sleep' })
        }
      }
    },
    /** After sleep: what was running continues once its plan was verified, and what came due meanwhile begins. */
    wake: (): void => {
      running.setAsleep(false)
      timers.recheck()
    },
    restore: () => restoreBatches(ctx),
    /** Takes up what continues by itself; call once the window is on the screen. */
    begin: (): void => {
      pacing.restorePauses()
      running.watchOpen()
      for (const live of records.all()) if (live.record.state === 'scheduled') timers.schedule(live)
      reportActivity()
    },
    unfinished,
    /** Whether a batch has not ended. */
    isOpen: (batchId: string | null): boolean => records.find(batchId ?? '') !== null,
    /** Whether a deletion runs, is held, waits or is read back, or is scheduled to begin within that time. */
    isUnderWaySoon,
    /** Sends nothing more, and resolves when what is on its way was answered. */
    stop: async (): Promise<void> => {
      stopping.abort()
      while (pacing.inFlight() > 0) await clock.wait(20, new AbortController().signal)
    }
  }
}
export type Outbox = ReturnType<typeof createOutbox>
