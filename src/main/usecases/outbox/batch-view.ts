import { type ItemState, noItems } from '../../../shared/catalogue/item-states.ts'
import { isStepChange } from '../../../shared/catalogue/kinds.ts'
import { mostSteps } from '../../../shared/catalogue/limits.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { Batch, BatchItem, ProofCheck } from '../../../shared/domain/batch.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { ListedBatch, Operation, ProofRecord, Store } from '../../ports/store.ts'
import { countUnfinished } from './machines.ts'

const mostNames = 3
const mostAccounts = 50
/** Fewer tell nothing of how fast it goes. */
const fewestEnded = 3

export const countStates = (
  items: Iterable<Pick<Operation, 'state'>>
): Record<ItemState, number> => {
  const counts = { ...noItems }
  for (const { state } of items) counts[state] += 1
  return counts
}

/** Changes that were carried out, as answered or as seen; null: none. */
const changedAmong = (items: readonly Operation[]): NonNullable<Batch['changed']> | null => {
  const changes = items.filter(({ mode }) => isStepChange(mode))
  const of = (wanted: ItemState): number => changes.filter(({ state }) => state === wanted).length
  const changed = { done: of('done'), gone: of('gone') }
  return changed.done + changed.gone === 0 ? null : changed
}

const newest = (items: readonly Operation[]): Operation | null =>
  items.reduce<Operation | null>(
    (last, item) =>
      last === null || (item.finishedAt ?? '') >= (last.finishedAt ?? '') ? item : last,
    null
  )

/** A refusal tells more than what was held back because of it; of what is gone no error matters any more. */
const lastErrorOf = (items: readonly Operation[]): AppError | null => {
  const failed = items.filter(({ state, error }) => error !== null && state !== 'gone')
  const refused = failed.filter(({ state }) => state !== 'canceled')
  return newest(refused.length > 0 ? refused : failed)?.error ?? null
}

/** From the throughput so far; null before there is one. */
export const timeLeftMs = (
  items: Iterable<Pick<Operation, 'state'>>,
  throughput: { readonly sinceMs: number; readonly ended: number } | null,
  nowMs: number
): number | null => {
  if (throughput === null || throughput.ended < fewestEnded) return null
  return Math.round(((nowMs - throughput.sinceMs) / throughput.ended) * countUnfinished(items))
}

/** The batch as the window shows it. */
export const viewBatch = (
  record: ListedBatch,
  items: readonly Operation[],
  leftMs: number | null
): Batch => {
  const changed = changedAmong(items)
  return {
    id: record.id,
    scope: record.scope,
    mode: record.mode,
    title: record.title,
    state: record.state,
    waitsFor: record.waitsFor,
    waitsUntilAt: record.waitsUntilAt,
    heldUntilAt: record.heldUntilAt,
    holdLeftMs: record.holdLeftMs,
    runAt: record.runAt,
    askedAt: record.askedAt,
    endedAt: record.endedAt,
    changes: [...record.changes],
    total: items.length,
    counts: countStates(items),
    ...(changed === null ? {} : { changed }),
    timeLeftMs: record.state === 'running' ? leftMs : null,
    accountIds: [...new Set(items.map(({ accountId }) => accountId))].slice(0, mostAccounts),
    names: items.slice(0, mostNames).map(({ assetName }) => assetName),
    lastError: lastErrorOf(items),
    isDismissed: record.isDismissed
  }
}

const toCheck = ({ what, dueAt, checkedAt, result }: ProofRecord): ProofCheck => ({
  what,
  dueAt,
  checkedAt,
  result
})

/** One deletion as the window shows it. */
export const viewItem = (item: Operation, proofs: readonly ProofRecord[]): BatchItem => ({
  operationId: item.id,
  // Only deletions are shown, and these always name their target.
  target: {
    accountId: item.accountId,
    kind: item.assetKind,
    id: item.assetId as BatchItem['target']['id']
  },
  name: item.assetName,
  mode: item.mode ?? 'soft',
  state: item.state,
  askedAt: item.askedAt,
  sentAt: item.sentAt,
  finishedAt: item.finishedAt,
  httpStatus: item.httpStatus,
  error: item.error,
  found: item.found,
  checks: proofs.slice(0, 50).map(toCheck)
})

const mostListed = 200
const mostDeletions = 100

/** A deletion of an asset, with the batch that it was part of. */
type AssetDeletionItem = BatchItem & { readonly batchId: string | null }

/** What the window can read of batches. `viewOpen` answers null for those that ended. */
export const createBatchReads = (store: Store, viewOpen: (batchId: string) => Batch | null) => {
  const ended = new Map<string, Batch>()

  const view = (record: ListedBatch): Batch => {
    const { isDismissed } = record
    const known = viewOpen(record.id) ?? ended.get(record.id)
    if (known !== undefined) return { ...known, isDismissed }
    const range = { offset: 0, limit: mostSteps }
    const made = viewBatch(record, store.read.batchOperations(record.id, null, range), null)
    ended.set(record.id, made)
    return made
  }

  /** Those that are open before those that ended, if there are too many to be shown. */
  const list = (): Batch[] => {
    const records = store.read.listedBatches()
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
    return { total, rows: rows.map(view) }
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
