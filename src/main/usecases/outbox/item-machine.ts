import type { ItemState } from '../../../shared/catalogue/item-states.ts'
import { assertNever } from '../../../shared/result.ts'

/** What reading back makes of a deletion; see `ItemState`. */
export type LookResult = Extract<ItemState, 'gone' | 'already-gone' | 'not-found' | 'refused'>

/** What can happen to one deletion. */
export type ItemEvent =
  /** The hold is over, or its time has come. */
  | { readonly kind: 'released' }
  /** The attempt is written down; the request leaves now. */
  | { readonly kind: 'sent' }
  /** It is proven that no byte of the request left this computer. */
  | { readonly kind: 'not-sent' }
  /** The request was refused for the pace alone (429): the next one is another request. */
  | { readonly kind: 'rate-limited' }
  /** Refused, since what was deleted before it still counts at the provider: it is asked for again later. */
  | { readonly kind: 'refused-for-now' }
  | { readonly kind: 'answered'; readonly answer: 'done' | 'accepted' | 'refused' }
  /** The provider says that it does not know the thing. Whether that is so shows when it is read back. */
  | { readonly kind: 'not-known' }
  | { readonly kind: 'answer-lost' }
  /** What its own address said of it afterwards, as far as that settles it. */
  | { readonly kind: 'read-back'; readonly as: LookResult }
  | { readonly kind: 'canceled' }

/**
 * Where a deletion stands after an event; null if the event cannot happen there. Pure; docs/adr/0009-outbox.md draws it.
 * `sent` is entered from `queued` alone, and only what certainly changed nothing leads back: a request that did not leave,
 * or one that was refused for the pace, or for now.
 */
export const nextItemState = (state: ItemState, event: ItemEvent): ItemState | null => {
  switch (event.kind) {
    case 'released':
      return state === 'planned' || state === 'held' ? 'queued' : null
    case 'sent':
      return state === 'queued' ? 'sent' : null
    case 'not-sent':
    case 'rate-limited':
    case 'refused-for-now':
      return state === 'sent' ? 'queued' : null
    case 'answered':
      return state === 'sent' ? event.answer : null
    case 'not-known':
    case 'answer-lost':
      return state === 'sent' ? 'unclear' : null
    case 'read-back':
      return afterReadBack(state, event.as)
    case 'canceled':
      return state === 'planned' || state === 'held' || state === 'queued' ? 'canceled' : null
    default:
      return assertNever(event)
  }
}

/** What was taken for not done, because it was still there, may be seen to be gone later. */
const afterReadBack = (state: ItemState, as: LookResult): ItemState | null => {
  if (state === 'unclear') return as
  return (state === 'accepted' || state === 'refused') && as === 'gone' ? 'gone' : null
}
