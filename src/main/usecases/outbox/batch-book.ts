import { mostSteps } from '../../../shared/catalogue/limits.ts'
import type { BatchState } from '../../../shared/domain/batch.ts'
import type { NewHistoryEvent } from '../../../shared/domain/history.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { Log } from '../../ports/log.ts'
import type { BatchRecord, Operation, Store, StoreWrites } from '../../ports/store.ts'
import { type BatchEvent, nextBatch } from './batch-machine.ts'

/** A batch that has not ended, as main knows it. The database holds the same, unless it cannot be written. */
export interface LiveBatch {
  record: BatchRecord
  /** By operation id, in the plan's order. */
  items: Map<string, Operation>
  /** Its plan was compared with the facts since it last stood still, so its items may be sent. */
  isCleared: boolean
  /** It stood still long enough for the facts to be others. */
  hasWaited: boolean
  /** It runs because its time came, and nobody has pressed anything since. */
  isByClock: boolean
  /** Changes whenever it stops or goes on; what was begun before then no longer counts. */
  turn: number
  /** Since when, on the monotonic clock, and how many of its items ended since then. */
  pace: { readonly sinceMs: number; readonly ended: number } | null
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
const isEnded = (state: BatchState): boolean => state === 'finished' || state === 'canceled'

/** Holds the open batches in memory and writes every change down before it counts. */
export const createBatchBook = (
  store: Store,
  log: Pick<Log, 'bug'>,
  onChange: (batchId: string) => void
) => {
  const live = new Map<string, LiveBatch>()

  const open = (record: BatchRecord, items: readonly Operation[]): LiveBatch => {
    const batch: LiveBatch = {
      record,
      items: new Map(items.map((item) => [item.id, item])),
      isCleared: false,
      hasWaited: false,
      isByClock: false,
      turn: 0,
      pace: null
    }
    live.set(record.id, batch)
    return batch
  }

  const remember = ({ live: batch, batch: record, items = [] }: Change): void => {
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
    /** The batch as it is kept for work; an ended one is taken up again. */
    take: (id: string): LiveBatch | null => {
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
      if (written.ok) remember(change)
      return written
    },
    /** Lets count what could not be written; it is written when there is room again. */
    rememberOnly: remember,
    write
  }
}
export type BatchBook = ReturnType<typeof createBatchBook>

/** What was begun before no longer counts. */
export const turnOver = (live: LiveBatch): void => {
  live.turn += 1
  live.isCleared = false
  live.pace = null
}

/** The batch after an event, or null if that cannot happen to it now. */
export const afterEvent = (record: BatchRecord, event: BatchEvent): BatchRecord | null => {
  const standing = nextBatch(record, event)
  return standing === null ? null : { ...record, ...standing }
}
