/** Work that takes time: a training, a tuning, a rendering. Where it stands follows from the clock alone. */
export interface Job {
  /** Milliseconds since 1970. */
  readonly startedAtMs: number
  readonly durationMs: number
  /** Percent already done when the job came into the sandbox. */
  readonly fromPercent: number
  /** Percent at which it stops: 100, or where it fails. */
  readonly toPercent: number
  /** The sentence it ends with, or null if it completes. */
  readonly error: string | null
}

type JobState = 'running' | 'completed' | 'failed'

export interface JobView {
  readonly state: JobState
  readonly percent: number
  readonly endsAtMs: number
}

export const viewJob = (job: Job, nowMs: number): JobView => {
  const endsAtMs = job.startedAtMs + job.durationMs
  if (nowMs >= endsAtMs) {
    return { state: job.error === null ? 'completed' : 'failed', percent: job.toPercent, endsAtMs }
  }
  const share = Math.max(0, (nowMs - job.startedAtMs) / job.durationMs)
  const percent = Math.floor(job.fromPercent + share * (job.toPercent - job.fromPercent))
  return { state: 'running', percent: Math.min(99, percent), endsAtMs }
}

/** A job that was done long ago. */
export const finishedJob = (endedAtMs: number): Job => ({
  startedAtMs: endedAtMs,
  durationMs: 0,
  fromPercent: 100,
  toPercent: 100,
  error: null
})

/** A job that failed long ago. */
export const failedJob = (endedAtMs: number, toPercent: number, error: string): Job => ({
  startedAtMs: endedAtMs,
  durationMs: 0,
  fromPercent: toPercent,
  toPercent,
  error
})

/** A job that begins now and takes its whole time. */
export const newJob = (startedAtMs: number, durationMs: number, error: string | null): Job => ({
  startedAtMs,
  durationMs,
  fromPercent: 0,
  toPercent: error === null ? 100 : 12,
  error
})
