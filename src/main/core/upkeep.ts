import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { ClockTrust } from '../usecases/clock-trust.ts'

const dayMs = 24 * 60 * 60_000
/** A backup counts for a day from when it was done, so the next look comes a little after that. */
const laterMs = 5 * 60_000
/** Timers stand still while the computer sleeps; the elapsed time does not. */
const longestWaitMs = 10 * 60_000

export interface UpkeepDeps {
  readonly clock: Pick<Clock, 'wait'>
  /** Goes on while the computer sleeps, and nobody sets it. */
  readonly elapsedMs: () => number
  readonly keep: (signal: AbortSignal) => Promise<unknown>
  /** How long after the start it comes first; half a minute if it is not given. */
  readonly firstAfterMs?: number
}

/** Keeps things in order soon after the start and once a day from then on, however long the app stays open. */
export const createUpkeep = ({ clock, elapsedMs, keep, firstAfterMs = 30_000 }: UpkeepDeps) => {
  let dueMs = elapsedMs() + firstAfterMs

  const leftMs = (): number => Math.max(0, dueMs - elapsedMs())

  return {
    /** How long it is until it comes next. */
    leftMs,
    /** Waits a while, and does the work if it is due. */
    round: async (signal: AbortSignal): Promise<void> => {
      await clock.wait(Math.min(leftMs(), longestWaitMs), signal)
      if (signal.aborted || elapsedMs() < dueMs) return
      await keep(signal)
      dueMs = elapsedMs() + dayMs + laterMs
    }
  }
}

export interface KeepDeps {
  readonly store: Pick<Store, 'maintain'>
  readonly clockTrust: Pick<ClockTrust, 'nowAt'>
  readonly media: { tidy(): Promise<void> }
}

/** The database's check and its backup, then the pictures' limit. Once the app quits no further part begins. */
export const createKeep =
  ({ store, clockTrust, media }: KeepDeps) =>
  async (signal: AbortSignal): Promise<void> => {
    await store.maintain(signal, clockTrust.nowAt())
    if (!signal.aborted) await media.tidy()
  }
