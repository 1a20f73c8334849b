import type { Clock } from '../../ports/clock.ts'

const firstPauseMs = 10_000
const longestPauseMs = 120_000
/** So long something that was accepted may take to go (reading-back.ts); a model waits as long for its versions. */
const patienceMs = 15 * 60_000

interface Postponed {
  readonly sinceMs: number
  times: number
  isWaiting: boolean
}

/**
 * Deletions that cannot be asked for yet, since what has to go first is still on its way out: they are asked for later, in
 * growing pauses. In memory only; after a restart it shows anew.
 */
export const createPostponing = (clock: Clock) => {
  const entries = new Map<string, Postponed>()

  const entryOf = (id: string): Postponed => {
    const known = entries.get(id)
    if (known !== undefined) return known
    const fresh = { sinceMs: clock.monotonicMs(), times: 0, isWaiting: false }
    entries.set(id, fresh)
    return fresh
  }

  const hasPatience = (id: string): boolean =>
    clock.monotonicMs() - (entries.get(id)?.sinceMs ?? clock.monotonicMs()) < patienceMs

  return {
    isWaiting: (id: string): boolean => entries.get(id)?.isWaiting ?? false,
    hasPatience,
    /** Milliseconds to wait for the next turn, call `wake` then; null: it was waited for long enough. */
    postpone: (id: string): number | null => {
      const entry = entryOf(id)
      if (!hasPatience(id)) {
        entries.delete(id)
        return null
      }
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** entry.times)
      entry.times += 1
      entry.isWaiting = true
      return pauseMs
    },
    wake: (id: string): void => {
      const entry = entries.get(id)
      if (entry !== undefined) entry.isWaiting = false
    }
  }
}
