import type { BatchItem } from '../../shared/domain/batch.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

/** What is held of a batch's items; keys are offsets of pages. */
export interface BatchItems {
  readonly total: number
  readonly pages: ReadonlyMap<number, readonly BatchItem[]>
  readonly error: AppError | null
}

export interface BatchItemsSlice {
  /** Items of the batches whose list is open. */
  readonly batchItems: ReadonlyMap<string, BatchItems>
  /** The rows `first` to `last`, asked for where they are not held or may have changed. */
  readonly showBatchItems: (batchId: string, first: number, last: number) => void
  readonly closeBatchItems: (batchId: string) => void
}

export const itemsAtOnce = 100

const nothingYet: BatchItems = { total: 0, pages: new Map(), error: null }

export const itemAt = (held: BatchItems, index: number): BatchItem | null => {
  const offset = Math.floor(index / itemsAtOnce) * itemsAtOnce
  return held.pages.get(offset)?.[index - offset] ?? null
}

export const createBatchItemsSlice =
  (bridge: Bridge): Slice<BatchItemsSlice> =>
  (set, get) => {
    const asked = new Set<string>()
    const dueAgain = new Set<string>()

    const load = async (batchId: string, offset: number): Promise<void> => {
      const key = `${batchId}/${offset}`
      if (asked.has(key)) {
        dueAgain.add(key)
        return
      }
      asked.add(key)
      const answer = await bridge.batchItems({ batchId, states: null, offset, limit: itemsAtOnce })
      asked.delete(key)
      if (!get().batchItems.has(batchId)) return
      set((state) => {
        const held = state.batchItems.get(batchId) ?? nothingYet
        const next: BatchItems = answer.ok
          ? {
              total: answer.value.total,
              pages: new Map(held.pages).set(offset, answer.value.rows),
              error: null
            }
          : { ...held, error: answer.error }
        return { batchItems: new Map(state.batchItems).set(batchId, next) }
      })
      if (dueAgain.delete(key)) await load(batchId, offset)
    }

    return {
      batchItems: new Map(),
      showBatchItems: (batchId, first, last) => {
        if (!get().batchItems.has(batchId)) {
          set((state) => ({ batchItems: new Map(state.batchItems).set(batchId, nothingYet) }))
        }
        const from = Math.floor(first / itemsAtOnce) * itemsAtOnce
        for (let offset = from; offset <= last; offset += itemsAtOnce) void load(batchId, offset)
      },
      closeBatchItems: (batchId) =>
        set((state) => ({
          batchItems: new Map([...state.batchItems].filter(([id]) => id !== batchId))
        }))
    }
  }
