/** Time as the app sees it; tests hand in their own. */
export interface Clock {
  /** Wall time as ISO 8601 UTC with milliseconds. May jump; never order by it. */
  nowAt(): string
  /** Milliseconds since the run began; never jumps back. */
  monotonicMs(): number
  /** Resolves after the time, or at once when the signal is aborted. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>
}
