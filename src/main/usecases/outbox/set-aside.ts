import type { NewHistoryEvent } from '../../../shared/domain/history.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Operation } from '../../ports/store.ts'
import type { Change } from './batch-book.ts'
import type { OutboxContext } from './outbox-context.ts'

const withoutWords = (error: AppError | null): AppError | null =>
  error !== null && 'said' in error ? { ...error, said: null } : error

const plainEvent = (event: NewHistoryEvent, reference: string): NewHistoryEvent => ({
  ...event,
  body: { ...event.body, said: null, reference }
})

/** The same without what came from outside. */
const withoutSayings = (change: Change, reference: string): Change => ({
  ...change,
  items: (change.items ?? []).map((item) => ({ ...item, error: withoutWords(item.error) })),
  events: change.events.map((event) => plainEvent(event, reference))
})

/** Nothing but that something went wrong; it is read back like any lost answer. */
const asUnclear = (item: Operation, reference: string): Operation => ({
  ...item,
  state: 'unclear',
  finishedAt: null,
  error: { kind: 'bug', reference }
})

/** True if the database can be written, so that what could not be is at fault itself. */
export const canWrite = ({ store, clock }: Pick<OutboxContext, 'store' | 'clock'>): boolean =>
  store.transaction((write) => write.putMeta('outbox.probe', clock.nowAt())).ok

/**
 * Stores as much as can be stored of a change that the database does not take, so that the others need not wait behind
 * it; the log holds the rest under a reference. Answers the items as they stand now.
 */
export const setAside = (
  { book, log }: Pick<OutboxContext, 'book' | 'log'>,
  change: Change
): readonly Operation[] => {
  const reference = log.bug(new Error('An answer could not be stored as it came'))
  const plain = withoutSayings(change, reference)
  if (book.commit(plain).ok) return plain.items ?? []
  const items = (change.items ?? []).map((item) => asUnclear(item, reference))
  const bare = { live: change.live, items, events: [] }
  if (!book.commit(bare).ok) book.rememberOnly(bare)
  return items
}
