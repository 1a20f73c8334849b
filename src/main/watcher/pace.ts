/** What is known between two looks at an account's assets of one kind. */
export interface Pace {
  /** Looks in a row that found everything as it was. */
  readonly stillLooks: number
  /** Tries in a row that the provider did not answer. */
  readonly failures: number
}

export const freshPace: Pace = { stillLooks: 0, failures: 0 }

export type CheckOutcome = 'moved' | 'still' | 'failed'

const slowerPerUnchangedCheck = 1.5
const slowestFactor = 4
const longestBackoffMs = 10 * 60_000

export const nextPace = (pace: Pace, outcome: CheckOutcome): Pace => {
  if (outcome === 'failed') return { ...pace, failures: pace.failures + 1 }
  return { failures: 0, stillLooks: outcome === 'moved' ? 0 : pace.stillLooks + 1 }
}

/** How long to wait until the next look. `canSlowDown`: standing still is usual for what is watched. */
export const pauseMsOf = (pace: Pace, baseMs: number, canSlowDown: boolean): number => {
  const factor = canSlowDown
    ? Math.min(slowerPerUnchangedCheck ** pace.stillLooks, slowestFactor)
    : 1
  const usualMs = baseMs * factor
  return pace.failures === 0
    ? usualMs
    : Math.max(usualMs, Math.min(baseMs * 2 ** pace.failures, longestBackoffMs))
}
