import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import type { AppError } from '../../shared/errors.ts'
import { t } from '../../shared/messages/messages.ts'
import { describeError } from './describe-error.ts'
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
  title: 'Receipt saved',
  text: `As ${savedAs}, signed by this installation.`
})

/** Why there is no receipt yet. Unlike an account's key, the one that signs is never kept for one run alone. */
export const receiptNotSavedNotice = (error: AppError): NoticeWords => {
  const { title, meaning, advice } = describeError(error)
  const isClosed = error.kind === 'keychain-unavailable'
  const isMissing = isClosed && error.state === 'unavailable'
  const why = isClosed
    ? 'A receipt is signed with a key that is kept there. What it would say is in the history and can wait.'
    : meaning
  const what = isMissing
    ? 'Set up a keychain (on Linux, a Secret Service such as GNOME Keyring), then try again.'
    : advice
  return { tone: 'bad', title: t('receipts.notSaved'), text: `${title}. ${why} ${what}` }
}

export const receiptKeyMadeNotice = (fingerprint: string): NoticeWords => ({
  tone: 'good',
  title: 'A new signing key was made',
  text: `Its fingerprint is ${fingerprint}. Settings shows it, to be passed on to those who check receipts.`
})

/** What making a new key means, a sentence for each line. */
export const newKeyLines = (isDamaged: boolean): readonly string[] => [
  isDamaged
    ? 'What the keychain holds in the place of the old key is not that key. It stays as it is.'
    : 'The keychain of this computer was read and does not hold the old key.',
  'Receipts saved so far stay good. They keep naming the old key.',
  'Receipts saved from now on name the new key. Its fingerprint is another: tell it to those who check your receipts.',
  'The old key does not sign again here, even if it comes back. The history records the change.'
]
