import type { HistoryEventType } from '../../../shared/catalogue/history-events.ts'
import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import { mostSteps } from '../../../shared/catalogue/limits.ts'
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts'
import { assetKindSchema } from '../../../shared/domain/asset.ts'
import type { BatchState } from '../../../shared/domain/batch.ts'
import type { HistoryBody, NewHistoryEvent } from '../../../shared/domain/history.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { Log } from '../../ports/log.ts'
import type { BatchRecord, Operation, Store, StoreWrites } from '../../ports/store.ts'
import { operationEvent } from '../history-event.ts'

/** A batch that has not ended, as main knows it. The database holds the same, unless it cannot be written. */
export interface LiveBatch {
  record: BatchRecord
  /** By operation id, in the plan's order. */
  items: Map<string, Operation>
  /** Its plan was compared with the facts since it last stopped, so its items may be sent. */
  isPlanVerified: boolean
  /** It was stopped long enough for the stored facts to be out of date. */
  needsFreshFacts: boolean
  /** It runs because its time came, and nobody has pressed anything since. */
  isUnattended: boolean
  /** Changes whenever it stops or is resumed; what was begun in an earlier epoch no longer counts. */
  epoch: number
  /** Since when, on the monotonic clock, and how many of its items ended since then. */
  throughput: { readonly sinceMs: number; readonly ended: number } | null
}

/** What belongs together on disk. */
export interface Change {
  readonly live?: LiveBatch | undefined
  readonly batch?: BatchRecord
  readonly items?: readonly Operation[]
  readonly events: readonly NewHistoryEvent[]
  readonly also?: (write: StoreWrites) => void
}

const all = { offset: 0, limit: mostSteps }
export const isEnded = (state: BatchState): boolean => state === 'finished' || state === 'canceled'

/** Holds the open batches in memory and writes every change down before it counts. */
export const createRecords = (
  store: Store,
  log: Pick<Log, 'bug'>,
  onChange: (batchId: string) => void
) => {
  const live = new Map<string, LiveBatch>()

  const open = (record: BatchRecord, items: readonly Operation[]): LiveBatch => {
    const batch: LiveBatch = {
      record,
      items: new Map(items.map((item) => [item.id, item])),
      isPlanVerified: false,
      needsFreshFacts: false,
      isUnattended: false,
      epoch: 0,
      throughput: null
    }
    live.set(record.id, batch)
    return batch
  }

  const commitInMemory = ({ live: batch, batch: record, items = [] }: Change): void => {
    if (batch !== undefined) {
      if (record !== undefined) batch.record = record
      for (const item of items) batch.items.set(item.id, item)
      if (isEnded(batch.record.state)) live.delete(batch.record.id)
      else live.set(batch.record.id, batch)
    }
    for (const id of new Set([record?.id, ...items.map(({ batchId }) => batchId)])) {
      if (typeof id === 'string') onChange(id)
    }
  }

  const write = (change: Change): Result<null> => {
    try {
      return store.transaction((writes) => {
        if (change.batch !== undefined) writes.putBatch(change.batch)
        for (const item of change.items ?? []) writes.putOperation(item)
        change.also?.(writes)
        for (const event of change.events) writes.append(event)
        return null
      })
    } catch (error) {
      log.bug(error)
      return fail({ kind: 'storage-failed', reason: 'other' })
    }
  }

  return {
    open,
    /** The batches that have not ended, oldest first. */
    all: (): readonly LiveBatch[] => [...live.values()],
    find: (id: string): LiveBatch | null => live.get(id) ?? null,
    /** The batch to work on, from the database if it has ended. */
    load: (id: string): LiveBatch | null => {
      const known = live.get(id)
      if (known !== undefined) return known
      const record = store.read.batch(id)
      if (record === null) return null
      const batch = open(record, store.read.batchOperations(id, null, all))
      if (isEnded(record.state)) live.delete(id)
      return batch
    },
    /** Writes, and only then lets it count. */
    commit: (change: Change): Result<null> => {
      const written = write(change)
      if (written.ok) commitInMemory(change)
      return written
    },
    /** Lets count what could not be written; it is written when there is room again. */
    commitInMemory,
    write
  }
}
export type Records = ReturnType<typeof createRecords>

/** What was begun before no longer counts. */
export const beginEpoch = (live: LiveBatch): void => {
  live.epoch += 1
  live.isPlanVerified = false
  live.throughput = null
}

export const itemsOf = (live: LiveBatch): readonly Operation[] => [...live.items.values()]

/** The accounts of what is still to be sent. */
export const unsentAccounts = (live: LiveBatch): ReadonlySet<Operation['accountId']> =>
  new Set(itemsOf(live).flatMap(({ accountId, state }) => (isUnsent(state) ? [accountId] : [])))

/** The stored asset that a deletion is aimed at; null for what is not kept in the library. */
export const assetOf = (store: Store, operation: Operation): Asset | null => {
  const kind = assetKindSchema.safeParse(operation.assetKind)
  if (!kind.success || operation.assetId === null) return null
  const id = operation.assetId as AssetRef['id']
  return store.read.asset({ accountId: operation.accountId, kind: kind.data, id })
}

const saidBy = (error: AppError | null): string | null =>
  error !== null && 'said' in error ? error.said : null

/** What every record about a deletion tells. */
const factsOf = (operation: Operation): HistoryBody => ({
  mode: operation.mode,
  batch: operation.batchId
})

/** Where its requests go, as it was when it was confirmed. */
export const destinationOf = ({ provider, origin }: Operation): HistoryBody => ({
  provider,
  origin
})

/** Which attempt it was and where it went: on the record of an attempt, and with `sent` on the one that ends it. */
export const attemptOf = (operation: Operation): HistoryBody => ({
  attempt: operation.attempt,
  ...destinationOf(operation)
})

/** A redirect is told apart, as the server did answer; of a bug, the log holds more under the reference. */
const reasonOf = (error: AppError | null): HistoryBody => {
  if (error === null) return { reason: null }
  if (error.kind === 'bug') return { reason: 'bug', reference: error.reference }
  const isRedirect = error.kind === 'unexpected-response' && error.where === 'redirect'
  if (!isRedirect) return { reason: error.kind }
  return { reason: 'redirect', redirectedTo: error.toOrigin ?? null }
}

/** How a deletion stands after what happened, with the provider's answer or the reason. */
export const outcomeOf = (operation: Operation): HistoryBody => ({
  outcome: operation.state,
  httpStatus: operation.httpStatus,
  ...reasonOf(operation.error),
  said: saidBy(operation.error)
})

/** The same after reading back: what came before in place of an answer is kept apart, as no read of ours is an answer. */
export const readBackOutcomeOf = (operation: Operation): HistoryBody => ({
  ...outcomeOf(operation),
  httpStatus: null,
  answer: reasonOf(operation.error)['reason'] ?? null,
  answerStatus: operation.httpStatus
})

/** Why nothing more is sent. A request may have left before and been refused for the rate. */
export const canceledOf = (operation: Operation, reason: string | null): HistoryBody => ({
  reason,
  wasSent: operation.sentAt !== null
})

/** A record in the life of one deletion. The account may be gone; its records stay. */
export const itemEvent = (
  store: Store,
  type: HistoryEventType,
  operation: Operation,
  body: HistoryBody = {}
): NewHistoryEvent => {
  const account = store.read.account(operation.accountId)
  const whose = { id: operation.accountId, name: account?.name ?? '' }
  // So that nothing of sample data can pass for a deletion, whatever becomes of the account.
  const mark = account?.isSample === true ? { isSample: true } : {}
  return operationEvent(type, operation, whose, { ...factsOf(operation), ...mark, ...body })
}

/** A record about a whole batch. */
export const batchEvent = (
  type: HistoryEventType,
  batch: BatchRecord,
  body: HistoryBody
): NewHistoryEvent => ({
  type,
  operationId: null,
  accountId: null,
  accountName: null,
  assetKind: null,
  assetId: null,
  assetName: batch.title === '' ? null : batch.title,
  body: { batch: batch.id, mode: batch.mode, ...body }
})
