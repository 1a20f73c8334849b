import type { EventName, EventPayload } from '../../shared/ipc/events.ts'

/** Tells the window something unasked. Losing it is harmless: the window can always ask again. */
export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void
