import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from './ports/clock.ts'

/** The computer's own clocks. */
export const systemClock: Clock = {
  nowAt: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
  wait: (durationMs, signal) =>
    delay(durationMs, undefined, { signal, ref: false }).catch(() => undefined)
}
