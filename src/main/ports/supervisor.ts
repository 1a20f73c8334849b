import type { BackgroundTask } from '../../shared/domain/health.ts'

/**
 * The one way to let something run that nobody waits for (docs/adr/0013-supervision.md). What throws is logged with a
 * reference and told to the person; it never ends in silence.
 */
export interface Supervisor {
  /**
   * Repeats a round until the signal is aborted. A round waits by itself; after one that throws the next begins after a
   * pause, which grows from a second to five minutes while rounds go on throwing.
   */
  keepRunning(
    task: BackgroundTask,
    round: (signal: AbortSignal) => Promise<unknown>,
    signal: AbortSignal
  ): void
  /** Runs something once. */
  start(task: BackgroundTask, work: () => unknown): void
  /** Notes an error of a task that deals with its own errors otherwise. Answers the reference in the log. */
  report(task: BackgroundTask, error: unknown): string
}
