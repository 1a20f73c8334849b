import type { Clock } from '../ports/clock.ts'

export interface TurnsDeps {
  readonly clock: Pick<Clock, 'monotonicMs'>
  /** Whatever waits for its turn has it. */
  readonly rest: () => Promise<void>
}

/** So long main works on one thing; whatever else is asked of it then has its turn. */
const sliceMs = 4

/** To be awaited between two steps of long work: rests if it has gone on for long enough. */
export const createTurns = ({ clock, rest }: TurnsDeps): (() => Promise<void>) => {
  let restedMs = clock.monotonicMs()
  return async () => {
    if (clock.monotonicMs() - restedMs <= sliceMs) return
    await rest()
    restedMs = clock.monotonicMs()
  }
}
