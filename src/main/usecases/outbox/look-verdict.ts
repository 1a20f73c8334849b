import type { Operation } from '../../ports/store.ts'
import type { LookResult } from './item-machine.ts'

/** What the address of a thing answered. */
export type Found = NonNullable<Operation['found']>

export interface Look {
  readonly found: Found
  /** False while the provider may still be at it, or may not show it yet: it is looked at again soon. */
  readonly isPatienceOver: boolean
  /** The provider itself had told of the thing before. */
  readonly wasSeen: boolean
}

type Asked = Pick<Operation, 'state' | 'mode' | 'error' | 'httpStatus'>

/** The answer was that the provider does not know the thing. */
const wasNotKnown = ({ error }: Asked): boolean => error?.kind === 'not-found'

const afterNotKnown = ({ httpStatus }: Asked, { found, wasSeen }: Look): LookResult => {
  if (found === 'there') return 'refused'
  return wasSeen || httpStatus === 410 ? 'already-gone' : 'not-found'
}

/** That a thing says of itself that it is deleted shows no permanent deletion. */
const isAway = ({ mode }: Asked, found: Found): boolean =>
  found === 'gone' || (found === 'says-deleted' && mode === 'soft')

/** What a look makes of a deletion that is not settled; null: nothing yet. Pure. */
export const afterLook = (asked: Asked, look: Look): LookResult | null => {
  if (asked.state === 'accepted') return look.found === 'there' ? null : 'gone'
  if (asked.state === 'refused') return isAway(asked, look.found) ? 'gone' : null
  if (asked.state !== 'unclear') return null
  if (wasNotKnown(asked)) return afterNotKnown(asked, look)
  if (isAway(asked, look.found)) return 'gone'
  return look.found === 'there' && look.isPatienceOver ? 'refused' : null
}
