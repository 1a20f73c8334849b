import type { BackgroundTask } from '../../shared/domain/health.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Supervisor } from '../ports/supervisor.ts'

const firstPauseMs = 1_000
const longestPauseMs = 5 * 60_000
/** What failed is told for at least so long, so that a passing error can be read. */
const shownMs = 10 * 60_000

export interface SupervisorDeps {
  readonly clock: Pick<Clock, 'monotonicMs' | 'wait'>
  readonly log: Pick<Log, 'bug'>
  /** Told that a task failed, with the reference of the error in the log; null: that it works again. */
  readonly onBackground: (task: BackgroundTask, reference: string | null) => void
}

/** Runs what goes on in the background, and tells when it fails. */
export const createSupervisor = ({ clock, log, onBackground }: SupervisorDeps): Supervisor => {
  const failedMs = new Map<BackgroundTask, number>()

  const report = (task: BackgroundTask, error: unknown): string => {
    failedMs.set(task, clock.monotonicMs())
    const reference = log.bug(error)
    onBackground(task, reference)
    return reference
  }

  const worked = (task: BackgroundTask): void => {
    const atMs = failedMs.get(task)
    if (atMs === undefined || clock.monotonicMs() - atMs < shownMs) return
    failedMs.delete(task)
    onBackground(task, null)
  }

  /** True if it went well. */
  const attempt = async (task: BackgroundTask, work: () => unknown): Promise<boolean> => {
    try {
      await work()
      worked(task)
      return true
    } catch (error) {
      report(task, error)
      return false
    }
  }

  const repeat: (...args: Parameters<Supervisor['keepRunning']>) => Promise<void> = async (
    task,
    round,
    signal
  ) => {
    let pauseMs = firstPauseMs
    while (!signal.aborted) {
      if (await attempt(task, () => round(signal))) {
        pauseMs = firstPauseMs
        continue
      }
      await clock.wait(pauseMs, signal)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
  }

  return {
    keepRunning: (...args) => {
      void repeat(...args)
    },
    start: (task, work) => {
      void attempt(task, work)
    },
    report
  }
}
