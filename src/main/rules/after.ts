interface Waits {
  wait(durationMs: number, signal: AbortSignal): Promise<void>
}

/**
 * Does something after a while, unless the signal is aborted before. An error of it reaches the process, which logs and
 * tells it; so what is done here should be no more than ending an attempt.
 */
export const after = (
  clock: Waits,
  durationMs: number,
  signal: AbortSignal,
  act: () => void
): void => {
  void clock.wait(durationMs, signal).then(() => {
    if (!signal.aborted) act()
  })
}
