import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Store } from '../ports/store.ts'
import { createThrottle } from '../rules/throttle.ts'

/** The window asks for the newest records each time it hears of them. */
const historyGapMs = 300

/** Lets the window know of new records: of the first at once, of those that follow closely together. */
export const tellAppended = (store: Pick<Store, 'onAppended'>, clock: Clock, emit: Emit): void => {
  let headSeq = 0
  const tell = createThrottle(clock, historyGapMs, () => emit('history:appended', { headSeq }))
  store.onAppended((newest) => {
    headSeq = newest
    tell('history')
  })
}
