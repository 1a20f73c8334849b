import { events } from '../../shared/ipc/events.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'
import { createThrottle } from '../rules/throttle.ts'

/**
 * Puts the contract around what is told unasked: a payload with a field that its event does not have, or without one
 * that it has, goes to the log as a bug and not to the window.
 */
export const createCheckedEmit =
  (emit: Emit, log: Log): Emit =>
  (name, payload) => {
    const parsed = events[name].safeParse(payload)
    if (parsed.success) emit(name, payload)
    else log.bug(new Error(`The event ${name} breaks its contract: ${parsed.error.message}`))
  }

/** The window asks for the newest records each time it hears of them. */
const historyGapMs = 300

/** Lets the window know of new records: of the first at once, of those that follow closely together. */
export const notifyAppended = (
  store: Pick<Store, 'onAppended'>,
  clock: Clock,
  emit: Emit
): void => {
  let headSeq = 0
  const notify = createThrottle(clock, historyGapMs, () => emit('history:appended', { headSeq }))
  store.onAppended((newest) => {
    headSeq = newest
    notify('history')
  })
}
