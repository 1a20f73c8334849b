import type { Clock } from '../../src/main/ports/clock.ts'

/** A clock for tests: time stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on and ends the waits that are due, oldest first. */
  advance(durationMs: number): void
  /** Resolves as soon as something waits for at least that long. */
  untilWaitedFor(durationMs: number): Promise<void>
  /** How long it is until the next wait is over; null if nothing waits. */
  nextInMs(): number | null
  /** Every wait that was begun, in milliseconds. */
  readonly waits: readonly number[]
}

interface Wait {
  readonly dueMs: number
  readonly durationMs: number
  readonly end: () => void
}

/** `endsAtOnce` picks the waits that cost no time at all. */
export const createManualClock = (
  startAt = '2026-03-01T12:00:00.000Z',
  endsAtOnce: (durationMs: number) => boolean = () => false
): ManualClock => {
  let elapsedMs = 0
  const waits: number[] = []
  const open = new Set<Wait>()
  const watchers = new Set<() => void>()
  const wait = (durationMs: number, signal: AbortSignal): Promise<void> => {
    waits.push(durationMs)
    if (signal.aborted || endsAtOnce(durationMs)) return Promise.resolve()
    return new Promise((resolve) => {
      const entry: Wait = {
        dueMs: elapsedMs + durationMs,
        durationMs,
        end: () => {
          open.delete(entry)
          signal.removeEventListener('abort', entry.end)
          resolve()
        }
      }
      open.add(entry)
      signal.addEventListener('abort', entry.end, { once: true })
      for (const watcher of watchers) watcher()
    })
  }
  return {
    waits,
    wait,
    nowAt: () => new Date(Date.parse(startAt) + elapsedMs).toISOString(),
    monotonicMs: () => elapsedMs,
    nextInMs: () => {
      const dueMs = [...open].map((entry) => entry.dueMs)
      return dueMs.length === 0 ? null : Math.max(0, Math.min(...dueMs) - elapsedMs)
    },
    advance: (durationMs) => {
      elapsedMs += durationMs
      const due = [...open].filter((entry) => entry.dueMs <= elapsedMs)
      for (const entry of due.sort((a, b) => a.dueMs - b.dueMs)) entry.end()
    },
    untilWaitedFor: (durationMs) =>
      new Promise((resolve) => {
        const look = () => {
          if (![...open].some((entry) => entry.durationMs >= durationMs)) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      })
  }
}
