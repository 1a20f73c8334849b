import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { AccountId } from '../../../shared/domain/account.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import type { ConfirmedPlan } from '../plans/confirmed-plan.ts'
import { createAccountLanes } from './account-lanes.ts'
import { afterEvent, type Change, createBatchBook, type LiveBatch, turnOver } from './batch-book.ts'
import { canUndo } from './batch-rules.ts'
import { timeLeftMs, viewBatch } from './batch-view.ts'
import { makeBatch } from './new-batch.ts'
import type { OutboxContext, OutboxDeps } from './outbox-context.ts'
import { canceledOf, destinationOf, itemEvent } from './outbox-events.ts'
import { createOutboxReads } from './outbox-reads.ts'
import { createOutboxTimers } from './outbox-timers.ts'
import { countUnfinished, restoreOutbox } from './restore.ts'
import { createRetrying } from './retrying.ts'
import { createRunning } from './running.ts'
import { createTeller } from './teller.ts'
import { isUnderWay } from './under-way.ts'

const batchGapMs = 100
const libraryGapMs = 1_000

const notFound = fail({ kind: 'not-found' })

const askedTypes = {
  planned: 'deletion-scheduled',
  held: 'deletion-held',
  queued: 'deletion-asked'
} as const

/** The durable queue of confirmed deletions: everything that the window can ask of it. */
export const createOutbox = (deps: OutboxDeps) => {
  const { store, clock } = deps
  const stopping = new AbortController()

  const viewLive = (live: LiveBatch): Batch => {
    const items = [...live.items.values()]
    return viewBatch(live.record, items, timeLeftMs(items, live.pace, clock.monotonicMs()))
  }

  const tellActivity = (): void => {
    const batches = book.all()
    const running = batches.filter(({ record }) => record.state === 'running')
    const items = running.flatMap((live) => [...live.items.values()])
    const left = countUnfinished(items)
    deps.onActivity({
      isRunning: running.length > 0,
      unfinished: batches.reduce((sum, live) => sum + countUnfinished(live.items.values()), 0),
      share: items.length === 0 ? null : 1 - left / items.length
    })
  }

  const tellBatch = createTeller<string>(clock, batchGapMs, (batchId) => {
    const live = book.find(batchId)
    const record = live?.record ?? store.read.batch(batchId)
    if (record !== null) deps.emit('batch:changed', reads.view(record))
    tellActivity()
  })

  const book = createBatchBook(store, deps.log, (batchId) => {
    reads.forget(batchId)
    tellBatch(batchId)
  })

  const reads = createOutboxReads(store, (batchId) => {
    const live = book.find(batchId)
    return live === null ? null : viewLive(live)
  })

  const ctx: OutboxContext = {
    ...deps,
    book,
    lanes: createAccountLanes(clock),
    unwritten: [] as Change[],
    stopping: stopping.signal,
    view: viewLive,
    tellLibrary: createTeller<AccountId>(clock, libraryGapMs, (accountId) =>
      deps.emit('library:changed', { accountId })
    )
  }
  const running = createRunning(ctx)
  const timers = createOutboxTimers(ctx, running.begin)

  const check = (live: LiveBatch): void => {
    deps.supervisor.start('deletions', () => running.check(live))
  }

  const itemsOf = (live: LiveBatch): readonly Operation[] => [...live.items.values()]

  const tellLibraries = (items: readonly Operation[]): void => {
    for (const accountId of new Set(items.map((item) => item.accountId))) ctx.tellLibrary(accountId)
  }

  const start = (confirmed: ConfirmedPlan, runAt: string | null): Result<Batch> => {
    const holdMs = deps.holdSeconds() * 1000
    const made = makeBatch(confirmed, runAt, clock.nowAt(), holdMs)
    if (!made.ok) return made
    const { batch, items } = made.value
    // Two confirmations may have been minted before the first was used.
    if (items.some((item) => isUnderWay(store, item))) {
      const issues = [{ field: 'plan', code: 'already-asked', said: null }]
      return fail({ kind: 'invalid-input', issues })
    }
    const events = items.map((item) => {
      const type = askedTypes[item.state as keyof typeof askedTypes]
      return itemEvent(store, type, item, { runAt: batch.runAt, ...destinationOf(item) })
    })
    const written = store.transaction((write) => {
      write.putBatch(batch)
      for (const item of items) write.putOperation(item)
      for (const event of events) write.append(event)
    })
    if (!written.ok) return written
    const live = book.open(batch, items)
    if (batch.state === 'held') timers.startHold(live, holdMs)
    if (batch.state === 'scheduled') timers.schedule(live)
    if (batch.state === 'running') check(live)
    tellBatch(batch.id)
    tellLibraries(items)
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
    const endedRecord = isWhole ? afterEvent(live.record, event) : null
    const batch = endedRecord === null ? live.record : { ...endedRecord, isDismissed: true }
    const events = items.map((item) =>
      itemEvent(store, 'deletion-canceled', item, canceledOf(item, reason))
    )
    const written = book.commit({ live, batch, items, events })
    if (!written.ok) return written
    if (isWhole) {
      timers.stopHold(live)
      turnOver(live)
    }
    running.review(live)
    tellLibraries(items)
    return ok(null)
  }

  const cancelUnsent = (live: LiveBatch, reason: string): Result<Batch> => {
    const canceled = cancelItems(live, reason)
    return canceled.ok ? ok(viewLive(live)) : canceled
  }

  const undo = (batchId: string): Result<Batch> => {
    const live = book.find(batchId)
    if (live === null || !canUndo(itemsOf(live))) return notFound
    return cancelUnsent(live, 'undone')
  }

  const cancel = (batchId: string): Result<Batch> => {
    const live = book.find(batchId)
    return live === null ? notFound : cancelUnsent(live, 'canceled')
  }

  const pause = (batchId: string): Result<Batch> => {
    const live = book.find(batchId)
    if (live === null) return notFound
    if (live.record.state === 'held') timers.pauseHold(live, 'person')
    else running.stopBatch(live, 'person')
    return ok(viewLive(live))
  }

  const resume = (batchId: string): Result<Batch> => {
    const live = book.find(batchId)
    if (live === null) return notFound
    // Whoever presses it is awake, whether or not the system said so.
    running.setAsleep(false)
    running.liftFor(live)
    const isGoing =
      live.record.state === 'held' ? timers.resumeHold(live) : running.goOn(live, 'person')
    return isGoing ? ok(viewLive(live)) : notFound
  }

  const dismiss = (batchId: string): Result<Record<string, never>> => {
    const record = book.find(batchId) === null ? store.read.batch(batchId) : null
    if (record === null) return notFound
    const written = book.commit({ batch: { ...record, isDismissed: true }, events: [] })
    return written.ok ? ok({}) : written
  }

  /** Reads back what is open of an account; what waits for its connection then tries again. */
  const settle = async (account: AccountRecord): Promise<void> => {
    const error = await running.reading.readBackAll(account)
    if (error === null) running.nudge(account.id)
  }

  /** Before an account goes: nothing of it may be sent any more. */
  const forAccountRemoved = (accountId: AccountId): void => {
    for (const live of book.all()) {
      cancelItems(live, 'account-removed', (item) => item.accountId === accountId)
    }
  }

  /** Before the computer sleeps: holds stop, and nothing is sent until the connection is there again. */
  const suspend = (): void => {
    running.setAsleep(true)
    for (const live of book.all()) {
      if (live.record.state === 'held') timers.pauseHold(live, 'sleep')
      if (live.record.state === 'running') running.stopBatch(live, 'connection', { told: 'sleep' })
    }
  }

  return {
    start,
    undo,
    cancel,
    pause,
    resume,
    retry: createRetrying(ctx, (live) => {
      tellBatch(live.record.id)
      if (live.record.state === 'running') check(live)
    }),
    dismiss,
    list: reads.list,
    past: reads.past,
    items: reads.items,
    deletionsOf: reads.deletionsOf,
    settle,
    forAccountRemoved,
    suspend,
    /** After sleep: what was running goes on once its plan was checked, and what came due meanwhile begins. */
    wake: (): void => {
      running.setAsleep(false)
      timers.lookAgain()
    },
    restore: () => restoreOutbox(ctx),
    /** Takes up what goes on by itself; call once the window is on the screen. */
    begin: (): void => {
      running.recallPauses()
      running.reading.watchOpen()
      for (const live of book.all()) if (live.record.state === 'scheduled') timers.schedule(live)
      tellActivity()
    },
    unfinished: (): number =>
      book.all().reduce((sum, live) => sum + countUnfinished(live.items.values()), 0),
    /** Sends nothing more, and resolves when what is on its way was answered. */
    stop: async (): Promise<void> => {
      stopping.abort()
      while (ctx.lanes.inFlight() > 0) await clock.wait(20, new AbortController().signal)
    }
  }
}
export type Outbox = ReturnType<typeof createOutbox>
