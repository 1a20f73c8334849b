import {
  trainingErrorType,
  trainingFailureIn,
  videoFailureIn
} from '../../shared/catalogue/failure-reasons.ts'
import { type AssetKind, keeperName } from '../../shared/catalogue/kinds.ts'
import type { MessageId, MessageValues } from '../../shared/messages/message-values.ts'
import { messageOf, t } from '../../shared/messages/messages.ts'

/** Tavus's own name of a failed training's error, and whether the check had warned of it; null: not known. */
export const errorTypeText = (
  message: string | null,
  foretold: readonly string[]
): string | null => {
  const type = trainingErrorType(message)
  if (type === null) return null
  return foretold.includes(type)
    ? t('asset.errorForetold', { type })
    : t('asset.errorType', { type })
}

export interface FailureWords {
  readonly meaning: string
  readonly nextStep: string
}

type PartId = Extract<MessageId, `${'training' | 'video'}Failure.${string}`>
type NamingId = { [Id in PartId]: MessageValues[Id] extends null ? never : Id }[PartId]

/** A part of an explanation; the provider is named where it does something. */
const part = (id: PartId, who: string): string => messageOf(id) ?? t(id as NamingId, { who })

/** Our explanation beside the provider's own sentence. */
export const failureWords = (message: string | null, kind: AssetKind = 'replica'): FailureWords => {
  const who = keeperName(kind)
  if (kind === 'video') {
    const name = videoFailureIn(message)
    return {
      meaning: part(`videoFailure.${name}.meaning`, who),
      nextStep: part(`videoFailure.${name}.nextStep`, who)
    }
  }
  const name = trainingFailureIn(message)
  return {
    meaning: part(`trainingFailure.${name}.meaning`, who),
    nextStep: part(`trainingFailure.${name}.nextStep`, who)
  }
}

/** Heading of the failure box: it quotes, or says that there is nothing to quote. */
export const failureQuote = (message: string | null, kind: AssetKind = 'replica'): string => {
  const who = keeperName(kind)
  return message === null || message === ''
    ? t('asset.noReason', { who })
    : t('asset.reason', { who, message })
}
