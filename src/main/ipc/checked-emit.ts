import { events } from '../../shared/ipc/events.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'

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
