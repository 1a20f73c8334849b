import type { AppError } from '../../shared/errors.ts'
import { describeError, type ErrorWords } from './describe-error.ts'

/** Why a deletion ended without one: a lost answer was looked up by then, and the thing was found still there. */
export const describeEnd = (error: AppError, who: string): ErrorWords => {
  const words = describeError(error, who)
  if (error.kind !== 'outcome-unknown') return words
  return {
    ...words,
    title: 'The answer was lost, and it is still there',
    meaning: 'So it was not deleted.',
    advice: 'Try again if it should go.'
  }
}
