import type { Clock } from '../../ports/clock.ts'
import { after } from '../../rules/after.ts'

/**
 * Calls `tell` for a name at once, then at most once per `gapMs` while more is to be told; the last one always is.
 */
export const createTeller = <Name extends string>(
  clock: Clock,
  gapMs: number,
  tell: (name: Name) => void
) => {
  const resting = new Set<Name>()
  const missed = new Set<Name>()
  const never = new AbortController().signal

  const say = (name: Name): void => {
    if (resting.has(name)) {
      missed.add(name)
      return
    }
    resting.add(name)
    tell(name)
    after(clock, gapMs, never, () => {
      resting.delete(name)
      if (missed.delete(name)) say(name)
    })
  }
  return say
}
