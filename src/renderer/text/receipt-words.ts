import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import { receiptLabels } from './deletion-labels.ts'

export const verdictTitle = ({ isGood, what }: Pick<ReceiptVerdict, 'isGood' | 'what'>): string => {
  if (!isGood) return receiptLabels.badTitle
  return what === 'history' ? receiptLabels.goodHistoryTitle : receiptLabels.goodTitle
}

const keyOwners = {
  own: receiptLabels.ownKey,
  earlier: receiptLabels.earlierKey,
  other: receiptLabels.otherKey
} as const

/** Whose key signed it, as far as that can be told here. */
export const keyOwnerText = (whoseKey: ReceiptVerdict['whoseKey']): string =>
  whoseKey === null ? receiptLabels.keyUnknown : keyOwners[whoseKey]
