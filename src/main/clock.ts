import { uptime } from 'node:os'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from './ports/clock.ts'

/** The computer's own clocks. */
export const systemClock: Clock = {
  nowAt: () => new Date(Date.now()).toISOString(),
  monotonicMs: () => performance.now(),
  wait: (durationMs, signal) =>
    delay(durationMs, undefined, { signal, ref: false }).catch(() => undefined)
}

/**
 * Milliseconds on a clock that nobody sets and that goes on while the computer sleeps. On Linux the monotonic clock
 * stands still in sleep and the time since boot does not; on a Mac the time since boot is worked out from the wall
 * clock, and the monotonic one (mach_continuous_time) goes on.
 */
export const elapsedWithSleepMs = (): number =>
  process.platform === 'darwin' ? performance.now() : uptime() * 1000
