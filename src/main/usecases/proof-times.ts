const secondMs = 1_000
const hourMs = 3_600 * secondMs
const dayMs = 24 * hourMs

/** When a deletion is looked at again after its answer: at once, and to notice what comes back. */
export const laterChecksMs: readonly number[] = [
  2 * secondMs,
  hourMs,
  dayMs,
  30 * dayMs,
  90 * dayMs
]

const firstPauseMs = 10 * secondMs
/** A provider may take a while; after this long the look an hour later has to do. */
const patienceMs = 30 * 60 * secondMs

/**
 * The next look at something that is still there so long after the answer, in growing pauses; null once the fixed
 * looks alone go on.
 */
export const nextCheckMs = (sinceAnswerMs: number): number | null =>
  sinceAnswerMs >= patienceMs ? null : Math.max(firstPauseMs, sinceAnswerMs * 2)
