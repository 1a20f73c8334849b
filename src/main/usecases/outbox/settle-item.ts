import type { Asset, AssetRef } from '../../../shared/domain/asset.ts'
import { assetKindSchema } from '../../../shared/domain/asset.ts'
import type { NewHistoryEvent } from '../../../shared/domain/history.ts'
import type { Result } from '../../../shared/result.ts'
import type { Operation, Store, StoreWrites } from '../../ports/store.ts'
import type { OutboxContext } from './outbox-context.ts'
import { canWrite, setAside } from './set-aside.ts'

/** The stored asset that a deletion is aimed at; null for what is not kept in the library. */
export const assetOf = (store: Store, operation: Operation): Asset | null => {
  const kind = assetKindSchema.safeParse(operation.assetKind)
  if (!kind.success || operation.assetId === null) return null
  const id = operation.assetId as AssetRef['id']
  return store.read.asset({ accountId: operation.accountId, kind: kind.data, id })
}

/** The thing was listed, or is listed nowhere: then the plan knew it from the provider. */
export const wasSeen = (store: Store, item: Operation): boolean => {
  const asset = assetOf(store, item)
  if (asset !== null) return asset.presence === 'listed'
  return item.assetKind === 'conversation' || item.assetKind === 'persona'
}

const isGone = ({ state }: Operation): boolean =>
  state === 'done' || state === 'gone' || state === 'already-gone'

/** What is gone is no longer listed, from the moment that is on disk. */
const markGone =
  (store: Store, operation: Operation) =>
  (write: StoreWrites): void => {
    const asset = assetOf(store, operation)
    if (asset === null) return
    const { deletion: _deletion, isPinned: _isPinned, personId: _personId, ...record } = asset
    write.putAsset({ ...record, presence: 'gone' })
  }

/** Writes down how a deletion stands now, with its record, and tells those who follow from it. */
export const settleItem = (
  ctx: OutboxContext,
  settled: Operation,
  events: readonly NewHistoryEvent[]
): Result<null> => {
  const change = {
    live: ctx.book.find(settled.batchId ?? '') ?? undefined,
    items: [settled],
    events,
    ...(isGone(settled) ? { also: markGone(ctx.store, settled) } : {})
  }
  const written = ctx.book.commit(change)
  if (!written.ok && canWrite(ctx)) {
    for (const item of setAside(ctx, change)) afterSettling(ctx, item)
    return written
  }
  if (!written.ok) {
    ctx.book.rememberOnly(change)
    ctx.unwritten.push(change)
    return written
  }
  afterSettling(ctx, settled)
  return written
}

/** What follows once a result is on disk. */
export const afterSettling = (ctx: OutboxContext, settled: Operation): void => {
  ctx.tellLibrary(settled.accountId)
  const account = ctx.store.read.account(settled.accountId)
  if (isGone(settled) && account !== null) ctx.onGone(settled, account)
}
