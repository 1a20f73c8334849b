import type { AppError } from '../../shared/errors.ts'
import { lostAnswer } from './batch-words.ts'
import { capital } from './capital.ts'
import { describeError, type ErrorWords } from './describe-error.ts'

const isLost = ({ kind }: AppError): boolean =>
  ['outcome-unknown', 'provider-down', 'unexpected-response', 'bug'].includes(kind)

/** Why a deletion ended without one: a lost answer was looked up by then, and the thing was found still there. */
export const describeEnd = (error: AppError, who: string): ErrorWords => {
  const words = describeError(error, who)
  if (error.kind === 'rate-limited') {
    return {
      ...words,
      title: `${capital(who)} limits the rate of requests`,
      advice: 'Try again later.'
    }
  }
  if (!isLost(error)) return words
  return {
    ...words,
    title: `${lostAnswer({ error, httpStatus: null }, who)}. It is still there`,
    meaning: 'So it was not deleted.',
    advice: 'Try again if it should go.'
  }
}
