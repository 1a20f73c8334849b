import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { PlanChange } from '../../../shared/domain/plan.ts'
import type { WaitReason } from '../../../shared/domain/wait-reason.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import type { Rechecked } from '../plans/confirmed-plan.ts'
import { afterEvent, type LiveBatch, turnOver } from './batch-book.ts'
import { endOf, hasFailed, readinessOf } from './batch-rules.ts'
import { movedChanges, movedError, movedItems } from './moved-items.ts'
import type { OutboxContext } from './outbox-context.ts'
import { batchEvent, canceledOf, itemEvent } from './outbox-events.ts'
import { createPlanCheck, leftOut } from './plan-check.ts'
import { createReadingBack } from './reading-back.ts'
import { type Stop, stopFor } from './removal-verdict.ts'
import { createSending } from './sending.ts'
import { createStorageTrouble } from './storage-trouble.ts'

type AccountId = AccountRecord['id']

/** Who lets a batch go on. A person who was shown changed facts accepts them by it. */
type By = 'person' | 'app'

interface StopDetails {
  /** How long it waits, where that is known. */
  readonly forMs?: number | null
  readonly changes?: readonly PlanChange[]
  /** What the history says of it, where that is not what the batch waits for. */
  readonly told?: WaitReason
}

const firstPauseMs = 5_000
const longestPauseMs = 60_000
/** Facts may be others after such a pause. */
const longWaitMs = 10 * 60_000
const longestRecalledMs = 24 * 3_600_000

const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()
const pausedUntilKey = (accountId: AccountId): string => `outbox.pausedUntil.${accountId}`

/** Running batches: checking the plan, sending, stopping, going on, ending. */
export const createRunning = (ctx: OutboxContext) => {
  const { store, clock, book, lanes, supervisor } = ctx
  const reading = createReadingBack(ctx, (operation) => {
    const live = book.find(operation.batchId ?? '')
    if (live === null) return
    review(live)
    sending.pump(live)
  })
  const sending = createSending(ctx, {
    reading,
    review: (live) => review(live),
    onStop: (accountId, stop) => stopAccount(accountId, stop),
    onStorage: (live) => trouble.stop(live),
    onMoved: (live) => stopMoved(live)
  })
  const checkPlan = createPlanCheck(ctx, reading)
  const retrying = new Map<string, AbortController>()
  let isAsleep = false

  const trouble = createStorageTrouble(ctx, (live) => goOn(live, 'app'))

  const itemsOf = (live: LiveBatch): readonly Operation[] => [...live.items.values()]

  const accountsOf = (live: LiveBatch): ReadonlySet<AccountId> =>
    new Set(itemsOf(live).flatMap(({ accountId, state }) => (isUnsent(state) ? [accountId] : [])))

  /** Rows say what their deletion waits for. */
  const tellLibraries = (live: LiveBatch): void => {
    for (const accountId of accountsOf(live)) ctx.tellLibrary(accountId)
  }

  const stopBatch = (
    live: LiveBatch,
    reason: WaitReason,
    { forMs = null, changes = [], told = reason }: StopDetails = {}
  ): void => {
    const untilAt = forMs === null ? null : later(clock.nowAt(), forMs)
    const batch = afterEvent(live.record, { kind: 'stopped', reason, untilAt, changes })
    if (batch === null || live.record.waitsFor === reason) return
    turnOver(live)
    live.hasWaited ||= reason !== 'pace' || (forMs ?? 0) > longWaitMs
    const clockMs = reason === 'clock' ? { clockAheadMs: Number(changes[0]?.detail) } : {}
    const events = [batchEvent('deletion-paused', batch, { reason: told, untilAt, ...clockMs })]
    if (!book.commit({ live, batch, events }).ok) trouble.stop(live)
    if (reason === 'pace') supervisor.start('deletions', () => goOnAfter(live, forMs ?? 0))
    if (reason === 'connection') supervisor.start('deletions', () => tryAgain(live))
    tellLibraries(live)
    if (reason === 'key' || reason === 'changed' || reason === 'clock')
      ctx.onAttention(ctx.view(live))
  }

  const goOnAfter = async (live: LiveBatch, forMs: number): Promise<void> => {
    const { turn } = live
    // A timer may be a little early.
    for (let leftMs = forMs; leftMs > 0; leftMs = pauseOf(live) ?? 0) {
      await clock.wait(leftMs, ctx.stopping)
      if (ctx.stopping.aborted || live.turn !== turn) return
    }
    for (const accountId of accountsOf(live)) lanes.lift(accountId)
    goOn(live, 'app')
  }

  const rememberPause = (accountId: AccountId, forMs: number): void => {
    const untilAt = later(clock.nowAt(), forMs)
    store.transaction((write) => write.putMeta(pausedUntilKey(accountId), untilAt))
  }

  const stopAccount = (accountId: AccountId, stop: Stop): void => {
    lanes.stop(accountId, stop)
    if (stop.reason === 'pace' && (stop.forMs ?? 0) > longWaitMs) {
      rememberPause(accountId, stop.forMs ?? 0)
    }
    for (const live of book.all()) review(live)
  }

  const cancelWithoutAsking = (live: LiveBatch): void => {
    for (const item of itemsOf(live)) {
      if (item.state !== 'queued') continue
      const readiness = readinessOf(item, (id) => live.items.get(id), reading.isOnItsWay)
      if (readiness !== 'stays') continue
      const issues = [{ field: 'after', code: 'stays', said: null }]
      sending.cancel(item, { kind: 'invalid-input', issues })
    }
  }

  const end = (live: LiveBatch, as: 'finished' | 'canceled'): void => {
    const batch = afterEvent(live.record, { kind: 'ended', as, at: clock.nowAt() })
    if (batch === null) return
    turnOver(live)
    const view = ctx.view(live)
    const change = { live, batch: { ...batch, isDismissed: as === 'canceled' }, events: [] }
    // The end is not on disk before what led to it.
    const isBehind = ctx.unwritten.some((waiting) => waiting.live === live)
    if (isBehind || !book.commit(change).ok) {
      ctx.unwritten.push(change)
      book.rememberOnly(change)
      trouble.wait()
    }
    const isWorthTelling = (item: Operation) => hasFailed(item) || item.state === 'unclear'
    if (itemsOf(live).some(isWorthTelling)) ctx.onAttention({ ...view, state: as })
  }

  /** The stop that keeps the rest from being sent; null while something can go on. */
  const hindrance = (live: LiveBatch): Stop | null => {
    let found: Stop | null = null
    for (const item of itemsOf(live)) {
      if (item.state === 'sent') return null
      if (!sending.canBeSent(live, item)) continue
      const stop = lanes.stopOf(item.accountId)
      if (stop === null) return null
      found ??= stop
    }
    return found
  }

  const pauseOf = (live: LiveBatch): number | null => {
    const pauses = [...accountsOf(live)].flatMap((id) => lanes.pauseLeftMs(id) ?? [])
    return pauses.length === 0 ? null : Math.min(...pauses)
  }

  /** Looks at what is left: whether the batch is over, or has to wait. */
  const review = (live: LiveBatch): void => {
    if (ctx.unwritten.length > 0) trouble.wait()
    const { state } = live.record
    if (state !== 'running' && state !== 'waiting') return
    cancelWithoutAsking(live)
    const as = endOf(itemsOf(live), reading.isOnItsWay)
    if (as !== null) end(live, as)
    else if (state === 'running' && live.isCleared) {
      const stop = hindrance(live)
      const forMs = stop?.reason === 'pace' ? pauseOf(live) : null
      if (stop !== null) stopBatch(live, stop.reason, { forMs })
    }
  }

  const leaveOut = (live: LiveBatch, checked: Rechecked): void => {
    const then = JSON.parse(live.record.factsJson) as PlanFacts
    const { plan, facts } = checked
    const items = leftOut(live.items.values(), then, checked).map(({ item, why }): Operation => {
      const issues = [{ field: 'plan', code: 'blocked', said: null }]
      const error: AppError =
        why === 'vanished' ? { kind: 'not-found' } : { kind: 'invalid-input', issues }
      return { ...item, state: 'canceled', error, finishedAt: clock.nowAt() }
    })
    const events = items.map((item) =>
      itemEvent(store, 'deletion-canceled', item, canceledOf(item, item.error?.kind ?? null))
    )
    const batch = {
      ...live.record,
      planJson: JSON.stringify({ ...plan, token: '' }),
      factsJson: JSON.stringify(facts)
    }
    if (!book.commit({ live, batch, items, events }).ok) trouble.stop(live)
  }

  /** The plan holds: its items may be sent. */
  const clear = (live: LiveBatch): void => {
    live.isCleared = true
    live.hasWaited = false
    live.pace = { sinceMs: clock.monotonicMs(), ended: 0 }
    sending.pump(live)
    review(live)
  }

  const stopForError = (live: LiveBatch, error: AppError): void => {
    if (error.kind === 'storage-failed') {
      trouble.stop(live)
      return
    }
    const stop = stopFor(error) ?? { reason: 'connection', forMs: null }
    stopBatch(live, stop.reason, { forMs: stop.forMs })
  }

  const isWellTimed = (live: LiveBatch): boolean => {
    if (!live.isByClock) return true
    const items = itemsOf(live)
    const origins = [...accountsOf(live)].flatMap((id) => store.read.account(id)?.apiAddress ?? [])
    const doubt = ctx.clockTrust.doubt(origins.map((address) => new URL(address).origin))
    const [first] = items
    if (doubt === null || first === undefined) return true
    const what = `clock-${doubt.why}` as const
    const name = items.length === 1 ? first.assetName : ''
    const change = { what, kind: first.assetKind, name, detail: String(doubt.byMs) }
    stopBatch(live, 'clock', { changes: [change] })
    return false
  }

  /** What was confirmed for one address and key waits for the person, and is never sent to another. */
  const stopMoved = (live: LiveBatch): boolean => {
    const moved = movedItems(store, live.items.values())
    if (moved.length > 0) stopBatch(live, 'changed', { changes: movedChanges(moved) })
    return moved.length > 0
  }

  const leaveOutMoved = (live: LiveBatch): void => {
    for (const { item, what } of movedItems(store, live.items.values())) {
      sending.cancel(item, movedError(what))
    }
    review(live)
  }

  const take = (live: LiveBatch, checked: Rechecked, accepts: boolean): void => {
    if (!isWellTimed(live) || stopMoved(live)) return
    if (checked.changes.length > 0 && !accepts) {
      stopBatch(live, 'changed', { changes: checked.changes })
      return
    }
    if (checked.changes.length > 0) leaveOut(live, checked)
    if (live.record.state === 'running') clear(live)
  }

  /** Null after an error that nobody expected. */
  const tryToCheck = async (live: LiveBatch): Promise<Result<Rechecked> | null> => {
    try {
      return await checkPlan(live)
    } catch (error) {
      supervisor.report('deletions', error)
      return null
    }
  }

  const check = async (live: LiveBatch, accepts = false): Promise<void> => {
    if (accepts) leaveOutMoved(live)
    if (stopMoved(live)) return
    const { turn } = live
    const checked = await tryToCheck(live)
    if (live.turn !== turn || live.record.state !== 'running' || ctx.stopping.aborted) return
    // The person finds it paused, and can try again.
    if (checked === null) stopBatch(live, 'person')
    else if (checked.ok) take(live, checked.value, accepts)
    else stopForError(live, checked.error)
  }

  /** Tries the connection in growing pauses; the plan's own facts are what it asks for. */
  const tryAgain = async (live: LiveBatch): Promise<void> => {
    const { id } = live.record
    if (retrying.has(id)) return
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const nudge = new AbortController()
      retrying.set(id, nudge)
      await clock.wait(pauseMs, AbortSignal.any([nudge.signal, ctx.stopping]))
      if (ctx.stopping.aborted || live.record.waitsFor !== 'connection') break
      if (isAsleep) continue
      const { turn } = live
      const checked = await tryToCheck(live)
      if (live.turn !== turn || live.record.waitsFor !== 'connection') break
      if (checked === null) continue
      const isAway =
        !checked.ok && (stopFor(checked.error)?.reason ?? 'connection') === 'connection'
      if (isAway) continue
      for (const accountId of accountsOf(live)) lanes.lift(accountId)
      retrying.delete(id)
      if (!wentOn(live, 'app')) return
      if (checked.ok) take(live, checked.value, false)
      else stopForError(live, checked.error)
      return
    }
    retrying.delete(id)
  }

  /** Back to `running`; what was not released yet is. Nothing is sent before the plan was checked. */
  const wentOn = (live: LiveBatch, by: By): boolean => {
    const batch = afterEvent(live.record, { kind: 'went-on' })
    if (batch === null) return false
    turnOver(live)
    const items = releasedOf(live)
    const written = book.commit({
      live,
      batch,
      items,
      events: [batchEvent('deletion-resumed', batch, { by })]
    })
    if (!written.ok) trouble.stop(live)
    tellLibraries(live)
    return written.ok
  }

  const releasedOf = (live: LiveBatch): readonly Operation[] =>
    itemsOf(live).flatMap((item): Operation[] =>
      item.state === 'held' || item.state === 'planned' ? [{ ...item, state: 'queued' }] : []
    )

  const goOn = (live: LiveBatch, by: By): boolean => {
    const accepts = by === 'person' && live.record.waitsFor === 'changed'
    const isGoing = wentOn(live, by)
    if (isGoing && by === 'person') live.isByClock = false
    if (isGoing) supervisor.start('deletions', () => check(live, accepts))
    return isGoing
  }

  /** A batch that was held, or whose time has come, begins. */
  const begin = (live: LiveBatch, event: 'hold-over' | 'due'): void => {
    live.isByClock = event === 'due'
    if (!isWellTimed(live)) return
    const batch = afterEvent(live.record, { kind: event })
    if (batch === null) return
    turnOver(live)
    live.hasWaited ||= event === 'due'
    const written = book.commit({ live, batch, items: releasedOf(live), events: [] })
    if (written.ok) supervisor.start('deletions', () => check(live))
    else trouble.stop(live)
  }

  /** While the computer goes to sleep, what is asked for the library may still be answered; nothing goes on by that. */
  const setAsleep = (is: boolean): void => {
    isAsleep = is
  }

  /** The provider answered again: what waits for the connection tries at once. */
  const nudge = (accountId: AccountId): void => {
    if (isAsleep) return
    if (lanes.stopOf(accountId)?.reason === 'connection') lanes.lift(accountId)
    for (const live of book.all()) {
      if (accountsOf(live).has(accountId)) retrying.get(live.record.id)?.abort()
    }
  }

  /** A pause that the provider asked for holds over a restart, but never for longer than a day. */
  const recallPauses = (): void => {
    for (const { id } of store.read.accounts()) {
      const untilAt = store.read.meta(pausedUntilKey(id))
      const leftMs = untilAt === null ? 0 : Date.parse(untilAt) - Date.parse(clock.nowAt())
      const forMs = Math.min(leftMs, longestRecalledMs)
      if (forMs > 0) lanes.stop(id, { reason: 'pace', forMs })
      // After the clock was set back the pause would be that long again at every start.
      if (leftMs > forMs) rememberPause(id, forMs)
    }
  }

  const liftFor = (live: LiveBatch): void => {
    for (const accountId of accountsOf(live)) lanes.lift(accountId)
  }

  return { reading, stopBatch, goOn, begin, check, review, nudge, setAsleep, recallPauses, liftFor }
}
