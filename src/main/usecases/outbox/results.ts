import type { Asset } from '../../../shared/domain/asset.ts'
import type { NewHistoryEvent } from '../../../shared/domain/history.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { AccountRecord, Operation, Store, StoreWrites } from '../../ports/store.ts'
import { askedChangeOf } from '../plans/step-of.ts'
import { itemStateAfter } from './machines.ts'
import {
  assetOf,
  type Change,
  canceledOf,
  itemEvent,
  type LiveBatch,
  type Records
} from './records.ts'

export interface ResultsDeps {
  readonly store: Store
  readonly clock: Pick<Clock, 'nowAt'>
  readonly log: Pick<Log, 'bug'>
  readonly records: Records
  /** What is to be stored with the answer that something is gone. */
  readonly checksAfter: (operation: Operation) => (write: StoreWrites) => void
  /** Called with what the provider says is gone, after it is stored. */
  readonly onGone: (operation: Operation, account: AccountRecord) => void
  readonly notifyLibrary: (accountId: AccountRecord['id']) => void
}

const isGone = ({ state }: Operation): boolean =>
  state === 'done' || state === 'gone' || state === 'already-gone'

/** The thing itself is gone, not only something else in its place. */
const hasVanished = (operation: Operation): boolean =>
  isGone(operation) && operation.mode !== 'repoint'

/** What is gone is no longer listed, and what changed is as it is now, from the moment that is on disk. */
const markGone =
  (store: Store, operation: Operation) =>
  (write: StoreWrites): void => {
    const asset = assetOf(store, operation)
    if (asset === null) return
    write.putAsset({ ...asset, ...afterwards(store, operation, asset) })
  }

/** A PAL that was repointed stays, and shows what it was repointed to. */
const afterwards = (store: Store, operation: Operation, asset: Asset): Partial<Asset> => {
  const asked = askedChangeOf(store, operation)
  if (asked === null) return { presence: 'gone' }
  const { face = null, voice = null } = asked.repoint ?? {}
  const others = asset.details.filter(({ name }) => name !== 'voice_id')
  return {
    ...(face === null ? {} : { parentId: face.to.id }),
    ...(voice === null ? {} : { details: [...others, { name: 'voice_id', value: voice.to.id }] })
  }
}

const withoutText = (error: AppError | null): AppError | null =>
  error !== null && 'said' in error ? { ...error, said: null } : error

const plainEvent = (event: NewHistoryEvent, reference: string): NewHistoryEvent => ({
  ...event,
  body: { ...event.body, said: null, reference }
})

/** The same without what came from outside. */
const withoutForeignText = (change: Change, reference: string): Change => ({
  ...change,
  items: (change.items ?? []).map((item) => ({ ...item, error: withoutText(item.error) })),
  events: change.events.map((event) => plainEvent(event, reference))
})

/** Nothing but that something went wrong; it is read back like any lost answer. */
const asUnclear = (item: Operation, reference: string): Operation => ({
  ...item,
  state: 'unclear',
  finishedAt: null,
  error: { kind: 'bug', reference }
})

/**
 * Writes down what became of deletions. A result that came while the database could not be written is kept in memory, in
 * order, until it can be (security F3).
 */
export const createResults = (deps: ResultsDeps) => {
  const { store, clock, log, records } = deps
  /** Oldest first. */
  const unwritten: Change[] = []

  /** True if the database can be written, so that what could not be is at fault itself. */
  const canWrite = (): boolean =>
    store.transaction((write) => write.putMeta('outbox.probe', clock.nowAt())).ok

  /**
   * Stores as much as can be stored of a change that the database does not take, so that the others need not wait behind
   * it; the log holds the rest under a reference. Answers the items as they stand now.
   */
  const setAside = (change: Change): readonly Operation[] => {
    const reference = log.bug(new Error('An answer could not be stored as it came'))
    const plain = withoutForeignText(change, reference)
    if (records.commit(plain).ok) return plain.items ?? []
    const items = (change.items ?? []).map((item) => asUnclear(item, reference))
    const bare = { live: change.live, items, events: [] }
    if (!records.commit(bare).ok) records.commitInMemory(bare)
    return items
  }

  /** What follows once a result is on disk. */
  const onStored = (settled: Operation): void => {
    deps.notifyLibrary(settled.accountId)
    const account = store.read.account(settled.accountId)
    if (hasVanished(settled) && account !== null) deps.onGone(settled, account)
  }

  const storeGone = (settled: Operation): ((write: StoreWrites) => void) => {
    const mark = markGone(store, settled)
    if (!hasVanished(settled) || store.read.account(settled.accountId) === null) return mark
    const plan = deps.checksAfter(settled)
    return (write) => {
      mark(write)
      plan(write)
    }
  }

  /** The change counts now and is written when the database can be. */
  const writeLater = (change: Change): void => {
    unwritten.push(change)
    records.commitInMemory(change)
  }

  /** How a deletion stands now, with its record. */
  const settle = (settled: Operation, events: readonly NewHistoryEvent[]): void => {
    const change = {
      live: records.find(settled.batchId ?? '') ?? undefined,
      items: [settled],
      events,
      ...(isGone(settled) ? { also: storeGone(settled) } : {})
    }
    if (records.commit(change).ok) onStored(settled)
    else if (canWrite()) for (const item of setAside(change)) onStored(item)
    else writeLater(change)
  }

  return {
    settle,
    /** What was not sent is not sent any more. */
    cancel: (item: Operation, error: AppError): void => {
      const state = itemStateAfter(item, { kind: 'canceled' })
      const canceled: Operation = { ...item, state, error, finishedAt: clock.nowAt() }
      const body = canceledOf(canceled, error.kind)
      settle(canceled, [itemEvent(store, 'deletion-canceled', canceled, body)])
    },
    writeLater,
    hasUnwritten: (): boolean => unwritten.length > 0,
    hasUnwrittenOf: (live: LiveBatch): boolean => unwritten.some((change) => change.live === live),
    /** Answers that came meanwhile; then a small write to be sure. True if the database can be written again. */
    writeUnwritten: (): boolean => {
      for (let change = unwritten[0]; change !== undefined; change = unwritten[0]) {
        const isWritten = records.write(change).ok
        if (!isWritten && !canWrite()) return false
        unwritten.shift()
        const items = isWritten ? (change.items ?? []) : setAside(change)
        for (const item of items) onStored(item)
      }
      return canWrite()
    }
  }
}
export type Results = ReturnType<typeof createResults>
