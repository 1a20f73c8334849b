import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import { receiptLabels } from './deletion-labels.ts'

export const verdictTitle = ({ isGood, what }: Pick<ReceiptVerdict, 'isGood' | 'what'>): string => {
  if (!isGood) return receiptLabels.badTitle
  return what === 'history' ? receiptLabels.goodHistoryTitle : receiptLabels.goodTitle
}

/** Whose key signed it, as far as that can be told here. */
export const keyOwnerText = (isOwnKey: boolean | null): string => {
  if (isOwnKey === null) return receiptLabels.keyUnknown
  return isOwnKey ? receiptLabels.ownKey : receiptLabels.otherKey
}
