import type { BucketTrouble } from '../../../shared/catalogue/bucket-troubles.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'

/** Measured: with four tries a part, a dozen resets in a row ended an upload. */
const mostTries = 8
const firstWaitMs = 500
const longestWaitMs = 30_000

/** What the next try may not meet. A clock that is off was put right by the answer that said so. */
const passing: readonly BucketTrouble[] = [
  'busy',
  'server-fault',
  'unreachable',
  'timed-out',
  'wrong-clock'
]

export const isTrouble = (error: AppError, trouble: BucketTrouble): boolean =>
  error.kind === 'bucket-failed' && error.trouble === trouble

/** A list that this key may not have is one that storage does not tell: the right to list is asked of nobody. */
export const unlessDenied = <T>(listed: Result<T | null>): Result<T | null> =>
  !listed.ok && isTrouble(listed.error, 'denied') ? ok(null) : listed

const isPassing = (error: AppError): boolean =>
  error.kind === 'bucket-failed' && passing.includes(error.trouble)

/** Asks again, later each time, until there is an answer that another try would not change. */
export const retried = async <T>(
  { clock, random }: { readonly clock: Pick<Clock, 'wait'>; readonly random: () => number },
  signal: AbortSignal,
  ask: () => Promise<Result<T>>
): Promise<Result<T>> => {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask()
    if (answer.ok || tries === mostTries || !isPassing(answer.error)) return answer
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** tries)
    await clock.wait(longest * (0.5 + random() / 2), signal)
    if (signal.aborted) return fail({ kind: 'canceled' })
  }
}
