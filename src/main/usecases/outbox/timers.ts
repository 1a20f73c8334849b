import { after } from '../../rules/after.ts'
import type { OutboxContext } from './context.ts'
import { applyBatchEvent, type HoldPause } from './machines.ts'
import { batchEvent, type LiveBatch } from './records.ts'

/** Timers cannot wait for a month, and a wall clock that is set should be noticed soon. */
const longestWaitMs = 60_000
const shortestLeftMs = 5_000

/**
 * Holds by the monotonic clock; schedules by the calendar, as soon as either the wall clock or what is believed of it
 * says so. Both end at `begin`, which asks whether the clock can be believed.
 */
export const createOutboxTimers = (
  ctx: Pick<
    OutboxContext,
    'clock' | 'clockTrust' | 'supervisor' | 'records' | 'stopping' | 'isPaused'
  >,
  begin: (live: LiveBatch, event: 'hold-over' | 'due') => void
) => {
  const { clock, clockTrust, records } = ctx
  let alarm = new AbortController()
  const holds = new Map<string, { readonly endMs: number; readonly stop: AbortController }>()

  const startHold = (live: LiveBatch, holdMs: number): void => {
    const { id } = live.record
    const stop = new AbortController()
    holds.set(id, { endMs: clock.monotonicMs() + holdMs, stop })
    after(clock, holdMs, AbortSignal.any([stop.signal, ctx.stopping]), () => {
      holds.delete(id)
      begin(live, 'hold-over')
    })
  }

  const stopHold = (live: LiveBatch): number => {
    const hold = holds.get(live.record.id)
    holds.delete(live.record.id)
    hold?.stop.abort()
    return Math.max(0, Math.round((hold?.endMs ?? 0) - clock.monotonicMs()))
  }

  /** Stops the hold's clock. False if it was not running. */
  const pauseHold = (live: LiveBatch, by: HoldPause): boolean => {
    const leftMs = stopHold(live)
    const batch = applyBatchEvent(live.record, { kind: 'hold-paused', leftMs, by })
    if (batch === null) return false
    const events = [batchEvent('deletion-paused', batch, { reason: by })]
    const change = { live, batch, events }
    if (!records.commit(change).ok) records.commitInMemory(change)
    return true
  }

  const resumeHold = (live: LiveBatch): boolean => {
    const leftMs = live.record.holdLeftMs ?? shortestLeftMs
    const untilAt = new Date(Date.parse(clock.nowAt()) + leftMs).toISOString()
    const batch = applyBatchEvent(live.record, { kind: 'hold-resumed', untilAt })
    if (batch === null) return false
    const events = [batchEvent('deletion-resumed', batch, { by: 'person' })]
    if (!records.commit({ live, batch, events }).ok) return false
    startHold(live, leftMs)
    return true
  }

  const isStillScheduled = (live: LiveBatch): boolean =>
    live.record.state === 'scheduled' && !ctx.stopping.aborted

  const schedule = async (live: LiveBatch): Promise<void> => {
    const dueMs = Date.parse(live.record.runAt ?? '')
    for (;;) {
      const leftMs = dueMs - Math.max(Date.parse(clock.nowAt()), Date.parse(clockTrust.nowAt()))
      if (!(leftMs > 0) && !ctx.isPaused()) break
      const woken = AbortSignal.any([alarm.signal, ctx.stopping])
      const waitMs = leftMs > 0 ? Math.min(leftMs, longestWaitMs) : longestWaitMs
      await clock.wait(waitMs, woken)
      if (!isStillScheduled(live)) return
    }
    begin(live, 'due')
  }

  return {
    startHold,
    stopHold,
    pauseHold,
    resumeHold,
    /** Compares the calendar again: timers stand still while the computer sleeps. */
    recheck: (): void => {
      alarm.abort()
      alarm = new AbortController()
    },
    schedule: (live: LiveBatch): void => ctx.supervisor.start('deletions', () => schedule(live))
  }
}
