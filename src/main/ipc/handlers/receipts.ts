import type { Receipts } from '../../usecases/receipts.ts'
import type { Handlers } from '../dispatcher.ts'

export const receiptHandlers = (
  receipts: Receipts
): Pick<Handlers, 'receipt:save' | 'receipt:verify' | 'receiptKey:get' | 'receiptKey:renew'> => ({
  'receipt:save': ({ batchId, format }) => receipts.save(batchId, format),
  'receipt:verify': () => receipts.verify(),
  'receiptKey:get': () => receipts.key(),
  'receiptKey:renew': () => receipts.renewKey()
})
