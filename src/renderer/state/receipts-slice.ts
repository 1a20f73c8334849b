import { isFinal } from '../../shared/catalogue/item-states.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { RequestOutput } from '../../shared/ipc/contract.ts'
import type { Slice } from './app-state.ts'
import { isSameAsset } from './asset-key.ts'
import { type AsyncData, fromResult, idle } from './async-data.ts'
import type { WantedReceipt } from './notice.ts'

/** One deletion that was asked for an asset at some time. */
export type PastDeletion = RequestOutput<'asset:deletions'>[number]

/** What was called off before anything was sent leaves nothing to prove. */
export const hasReceipt = ({ batchId, state }: Pick<PastDeletion, 'batchId' | 'state'>): boolean =>
  batchId !== null && isFinal(state) && state !== 'canceled'

/** The key that signed here and is lost, and the receipt that was wanted when that came out. */
export interface LostKey {
  readonly error: Extract<AppError, { kind: 'signing-key-lost' }>
  readonly wanted: WantedReceipt
}

export interface ReceiptsSlice {
  /** Deletions of the asset whose details are open. */
  readonly pastDeletions: AsyncData<readonly PastDeletion[]>
  /** What the last check of a receipt found, until it is put away. */
  readonly verdict: ReceiptVerdict | null
  readonly isVerifying: boolean
  /** Short form of the key that signs receipts here; null inside before one was made. */
  readonly receiptKey: AsyncData<string | null>
  /** In whose place a new key is about to be made, while the person is asked. */
  readonly lostKey: LostKey | null
  readonly loadPastDeletions: (ref: AssetRef) => Promise<void>
  readonly saveReceipt: (batchId: string, format: 'json' | 'pdf') => Promise<void>
  readonly verifyReceipt: () => Promise<void>
  readonly closeVerdict: () => void
  readonly loadReceiptKey: () => Promise<void>
  readonly askForNewKey: (lostKey: LostKey) => void
  readonly closeLostKey: () => void
  /** Makes the key that the person was asked about, then saves the receipt that was wanted. */
  readonly makeNewKey: () => Promise<void>
}

export const createReceiptsSlice =
  (bridge: Bridge): Slice<ReceiptsSlice> =>
  (set, get) => ({
    pastDeletions: idle,
    verdict: null,
    isVerifying: false,
    receiptKey: idle,
    lostKey: null,
    loadPastDeletions: async (ref) => {
      const answer = await bridge.assetDeletions({ ref })
      if (isSameAsset(get().selected, ref)) set({ pastDeletions: fromResult(answer) })
    },
    saveReceipt: async (batchId, format) => {
      const answer = await bridge.receiptSave({ batchId, format })
      if (!answer.ok) {
        get().tell({
          kind: 'receipt-not-saved',
          error: answer.error,
          wanted: { batchId, format }
        })
      } else if (answer.value.savedAs !== null) {
        get().tell({ kind: 'receipt-saved', savedAs: answer.value.savedAs })
        void get().loadReceiptKey()
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
    closeVerdict: () => set({ verdict: null }),
    loadReceiptKey: async () => {
      const answer = await bridge.receiptKeyGet({})
      set({
        receiptKey: answer.ok
          ? { kind: 'ready', value: answer.value.fingerprint }
          : { kind: 'failed', error: answer.error }
      })
    },
    askForNewKey: (lostKey) => set({ lostKey }),
    closeLostKey: () => set({ lostKey: null }),
    makeNewKey: async () => {
      const { lostKey } = get()
      if (lostKey === null) return
      const { error, wanted } = lostKey
      const answer = await bridge.receiptKeyRenew({})
      set({ lostKey: null })
      if (!answer.ok) {
        get().tell({ kind: 'receipt-not-saved', error: answer.error, wanted })
        return
      }
      const { fingerprint } = answer.value
      set({ receiptKey: { kind: 'ready', value: fingerprint } })
      // The old one may have come back while the person was asked.
      if (fingerprint !== error.fingerprint) get().tell({ kind: 'receipt-key-made', fingerprint })
      await get().saveReceipt(wanted.batchId, wanted.format)
    }
  })
