import type { AppError } from '../../shared/errors.ts'
import { t } from '../../shared/messages/messages.ts'
import { lostAnswer } from './batch-words.ts'
import { describeError, type ErrorWords } from './describe-error.ts'

const isLost = ({ kind }: AppError): boolean =>
  ['outcome-unknown', 'provider-down', 'unexpected-response', 'bug'].includes(kind)

/** Why a deletion ended without one: a lost answer was looked up by then, and the thing was found still listed. */
export const describeEnd = (error: AppError, who: string): ErrorWords => {
  const words = describeError(error, who)
  if (error.kind === 'rate-limited') {
    return { ...words, title: t('ends.pace', { who }), advice: t('ends.paceAdvice') }
  }
  if (!isLost(error)) return words
  return {
    ...words,
    title: t('ends.stillListed'),
    meaning: lostAnswer({ error, httpStatus: null }, who),
    advice: t('ends.stillListedAdvice')
  }
}
