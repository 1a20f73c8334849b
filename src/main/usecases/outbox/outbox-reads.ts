import type { ItemState } from '../../../shared/catalogue/item-states.ts'
import { mostSteps } from '../../../shared/catalogue/limits.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { Batch, BatchItem } from '../../../shared/domain/batch.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { BatchRecord, Store } from '../../ports/store.ts'
import { viewBatch, viewItem } from './batch-view.ts'

const mostListed = 200
const mostDeletions = 100

/** A deletion of an asset, with the batch that it was part of. */
type AssetDeletionItem = BatchItem & { readonly batchId: string | null }

/** What the window can read of batches. `viewOpen` answers null for those that ended. */
export const createOutboxReads = (store: Store, viewOpen: (batchId: string) => Batch | null) => {
  const ended = new Map<string, Batch>()

  const view = (record: BatchRecord): Batch => {
    const known = viewOpen(record.id) ?? ended.get(record.id)
    if (known !== undefined) return known
    const range = { offset: 0, limit: mostSteps }
    const made = viewBatch(record, store.read.batchOperations(record.id, null, range), null)
    ended.set(record.id, made)
    return made
  }

  /** Those that are open before those that ended, if there are too many to be shown. */
  const list = (): Batch[] => {
    const records = store.read.openBatches()
    const open = records.filter(({ endedAt }) => endedAt === null).slice(0, mostListed)
    const over = records.filter(({ endedAt }) => endedAt !== null)
    const room = mostListed - open.length
    const shown = new Set([...open, ...(room === 0 ? [] : over.slice(-room))])
    return records.filter((record) => shown.has(record)).map(view)
  }

  /** Those that were put away, newest first: their receipts are still to be had. */
  const past = (range: {
    readonly offset: number
    readonly limit: number
  }): { total: number; rows: Batch[] } => {
    const { total, rows } = store.read.dismissedBatches(range)
    return { total, rows: rows.map((record) => ({ ...view(record), isDismissed: true })) }
  }

  const items = (
    batchId: string,
    states: readonly ItemState[] | null,
    range: { readonly offset: number; readonly limit: number }
  ): Result<{ total: number; rows: BatchItem[] }> => {
    if (store.read.batch(batchId) === null) return fail({ kind: 'not-found' })
    const counts = store.read.batchCounts(batchId)
    const wanted = new Set(states ?? (Object.keys(counts) as ItemState[]))
    const rows = store.read.batchOperations(batchId, states, range)
    return ok({
      total: [...wanted].reduce((sum, state) => sum + counts[state], 0),
      rows: rows.map((item) => viewItem(item, store.read.proofsOf(item.id)))
    })
  }

  const deletionsOf = (ref: AssetRef): Result<AssetDeletionItem[]> =>
    ok(
      store.read
        .deletionsOf(ref)
        .slice(0, mostDeletions)
        .map((item) => ({
          ...viewItem(item, store.read.proofsOf(item.id)),
          batchId: item.batchId
        }))
    )

  return {
    view,
    list,
    past,
    items,
    deletionsOf,
    /** What is known of an ended batch is no longer so. */
    forget: (batchId: string): void => {
      ended.delete(batchId)
    }
  }
}
