import { after } from './after.ts'

interface Timer {
  wait(durationMs: number, signal: AbortSignal): Promise<void>
}

/**
 * Calls `act` for a name at once, then at most once per `gapMs` while it is called for again; the last call always
 * counts.
 */
export const createThrottle = <Name extends string>(
  clock: Timer,
  gapMs: number,
  act: (name: Name) => void
) => {
  const resting = new Set<Name>()
  const missed = new Set<Name>()
  const never = new AbortController().signal

  const throttled = (name: Name): void => {
    if (resting.has(name)) {
      missed.add(name)
      return
    }
    resting.add(name)
    act(name)
    after(clock, gapMs, never, () => {
      resting.delete(name)
      if (missed.delete(name)) throttled(name)
    })
  }
  return throttled
}
