import type { AssetRef } from '../../shared/domain/asset.ts'
import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { RequestOutput } from '../../shared/ipc/contract.ts'
import type { Slice } from './app-state.ts'
import { isSameAsset } from './asset-key.ts'
import { type AsyncData, fromResult, idle } from './async-data.ts'

/** One deletion that was asked for an asset at some time. */
export type PastDeletion = RequestOutput<'asset:deletions'>[number]

export interface ReceiptsSlice {
  /** Deletions of the asset whose details are open. */
  readonly pastDeletions: AsyncData<readonly PastDeletion[]>
  /** What the last check of a receipt found, until it is put away. */
  readonly verdict: ReceiptVerdict | null
  readonly isVerifying: boolean
  readonly loadPastDeletions: (ref: AssetRef) => Promise<void>
  readonly saveReceipt: (batchId: string, format: 'json' | 'pdf') => Promise<void>
  readonly verifyReceipt: () => Promise<void>
  readonly closeVerdict: () => void
}

export const createReceiptsSlice =
  (bridge: Bridge): Slice<ReceiptsSlice> =>
  (set, get) => ({
    pastDeletions: idle,
    verdict: null,
    isVerifying: false,
    loadPastDeletions: async (ref) => {
      const answer = await bridge.assetDeletions({ ref })
      if (isSameAsset(get().selected, ref)) set({ pastDeletions: fromResult(answer) })
    },
    saveReceipt: async (batchId, format) => {
      const answer = await bridge.receiptSave({ batchId, format })
      if (!answer.ok) get().tellFailure('save-receipt', answer.error)
      else if (answer.value.savedAs !== null) {
        get().tell({ kind: 'receipt-saved', savedAs: answer.value.savedAs })
      }
    },
    verifyReceipt: async () => {
      if (get().isVerifying) return
      set({ isVerifying: true })
      const answer = await bridge.receiptVerify({})
      set({ isVerifying: false })
      if (!answer.ok) get().tellFailure('verify-receipt', answer.error)
      else if (answer.value.verdict !== null) set({ verdict: answer.value.verdict })
    },
    closeVerdict: () => set({ verdict: null })
  })
