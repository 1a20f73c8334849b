import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Operation } from '../../ports/store.ts'

type Item = Pick<Operation, 'id' | 'state' | 'error' | 'after'>

/** Everything can still be taken back: nothing has left this computer. */
export const canUndo = (items: readonly Item[]): boolean =>
  items.every(({ state }) => isUnsent(state) || state === 'canceled') &&
  items.some(({ state }) => isUnsent(state))

/** Accepted, and still there when it was last looked at: nobody knows whether it ever ends. */
export const isOverdue = ({ state, found }: Pick<Operation, 'state' | 'found'>): boolean =>
  state === 'accepted' && found === 'there'

/** Another account with the same key asks for it. */
const isTwins = (error: AppError): boolean =>
  error.kind === 'invalid-input' && error.issues.some(({ code }) => code === 'twin')

/**
 * It did not go, and the person may want to try again: refused, accepted without an end, or not sent for a reason that is
 * not their own.
 */
export const hasFailed = ({
  state,
  error,
  found
}: Pick<Operation, 'state' | 'error' | 'found'>): boolean =>
  state === 'refused' ||
  isOverdue({ state, found }) ||
  (state === 'canceled' && error !== null && error.kind !== 'not-found' && !isTwins(error))

/** What it waits for is out of the way: deleted, or not there any more. */
const isOutOfTheWay = ({ state, error }: Item): boolean =>
  state === 'done' ||
  state === 'gone' ||
  state === 'already-gone' ||
  state === 'not-found' ||
  (state === 'canceled' && error?.kind === 'not-found')

/** `stays`: something it depends on was not deleted, so it must not be sent either. */
export type Readiness = 'ready' | 'waits' | 'stays'

/**
 * Whether a queued deletion may be sent. `isOnItsWay` tells of those that are accepted or unclear whether they are
 * still being looked at; what is not looked at any more counts as staying.
 */
export const readinessOf = (
  item: Item,
  find: (id: string) => Item | undefined,
  isOnItsWay: (id: string) => boolean
): Readiness => {
  let readiness: Readiness = 'ready'
  for (const id of item.after) {
    const before = find(id)
    if (before === undefined || isOutOfTheWay(before)) continue
    const isOpen =
      isUnsent(before.state) ||
      before.state === 'sent' ||
      ((before.state === 'accepted' || before.state === 'unclear') && isOnItsWay(id))
    if (!isOpen) return 'stays'
    readiness = 'waits'
  }
  return readiness
}

/** How a batch of these ends, or null while something is left to do. */
export const endOf = (
  items: readonly Item[],
  isOnItsWay: (id: string) => boolean
): 'finished' | 'canceled' | null => {
  const isOpen = items.some(
    ({ id, state }) =>
      isUnsent(state) ||
      state === 'sent' ||
      ((state === 'accepted' || state === 'unclear') && isOnItsWay(id))
  )
  if (isOpen) return null
  return items.every(({ state, error }) => state === 'canceled' && error === null)
    ? 'canceled'
    : 'finished'
}
