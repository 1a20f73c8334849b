/** The sandbox's time in milliseconds since 1970. It can be frozen and moved, so tests need not wait. */
export interface SandboxClock {
  now(): number
  /** Freezes time at this moment (milliseconds or ISO 8601). */
  setNow(at: number | string): void
  /** Moves time on, frozen or not. */
  advance(byMs: number): void
}

export const createSandboxClock = (source: () => number): SandboxClock => {
  let frozenAt: number | null = null
  let offsetMs = 0
  return {
    now: () => (frozenAt ?? source()) + offsetMs,
    setNow: (at) => {
      frozenAt = typeof at === 'number' ? at : Date.parse(at)
      offsetMs = 0
    },
    advance: (byMs) => {
      offsetMs += byMs
    }
  }
}
