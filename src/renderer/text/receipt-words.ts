import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import type { AppError } from '../../shared/errors.ts'
import { t } from '../../shared/messages/messages.ts'
import { describeFileError } from './describe-error.ts'
import type { NoticeWords } from './notice-words.ts'

export const verdictTitle = ({
  isGood,
  isSample,
  what
}: Pick<ReceiptVerdict, 'isGood' | 'isSample' | 'what'>): string => {
  if (!isGood) return t('receipts.badTitle')
  if (isSample) return t('receipts.sampleTitle')
  return what === 'history' ? t('receipts.goodHistoryTitle') : t('receipts.goodTitle')
}

const keyOwners = {
  own: 'receipts.ownKey',
  earlier: 'receipts.earlierKey',
  other: 'receipts.otherKey'
} as const

/** Whose key signed it, as far as that can be told here. What was refused may name any key. */
export const keyWords = ({
  isGood,
  whoseKey
}: Pick<ReceiptVerdict, 'isGood' | 'whoseKey'>): {
  readonly title: string
  readonly owner: string | null
} => {
  if (!isGood) return { title: t('receipts.namedKey'), owner: null }
  const owner = whoseKey === null ? t('receipts.keyUnknown') : t(keyOwners[whoseKey])
  return { title: t('receipts.key'), owner }
}

export const receiptSavedNotice = (savedAs: string): NoticeWords => ({
  tone: 'good',
  title: t('receiptNotice.saved'),
  text: t('receiptNotice.savedAs', { file: savedAs })
})

/** Why there is no receipt yet. Unlike an account's key, the one that signs is never kept for one run alone. */
export const receiptNotSavedNotice = (error: AppError): NoticeWords => {
  const { title, meaning, advice } = describeFileError(error)
  const isClosed = error.kind === 'keychain-unavailable'
  const isMissing = isClosed && error.state === 'unavailable'
  return {
    tone: 'bad',
    title: t('receipts.notSaved'),
    text: t('receiptNotice.why', {
      title,
      why: isClosed ? t('receiptNotice.closed') : meaning,
      advice: isMissing ? t('receiptNotice.setUp') : advice
    })
  }
}

export const receiptKeyMadeNotice = (fingerprint: string): NoticeWords => ({
  tone: 'good',
  title: t('receiptNotice.keyMade'),
  text: t('receiptNotice.fingerprint', { fingerprint })
})

/** What making a new key means, a sentence for each line. */
export const newKeyLines = (isDamaged: boolean): readonly string[] => [
  isDamaged ? t('newKey.damaged') : t('newKey.absent'),
  t('newKey.old'),
  t('newKey.new'),
  t('newKey.final')
]
