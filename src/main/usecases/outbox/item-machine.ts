import type { ItemState } from '../../../shared/domain/batch.ts'
import { assertNever } from '../../../shared/result.ts'

/** What can happen to one deletion. */
export type ItemEvent =
  /** The hold is over, or its time has come. */
  | { readonly kind: 'released' }
  /** The attempt is written down; the request leaves now. */
  | { readonly kind: 'sent' }
  /** It is proven that no byte of the request left this computer. */
  | { readonly kind: 'not-sent' }
  | {
      readonly kind: 'answered'
      readonly answer: 'done' | 'accepted' | 'already-gone' | 'not-found' | 'refused'
    }
  | { readonly kind: 'answer-lost' }
  /** What its own address said of it afterwards. */
  | { readonly kind: 'read-back'; readonly found: 'gone' | 'there' }
  | { readonly kind: 'canceled' }

/**
 * Where a deletion stands after an event; null if the event cannot happen there. Pure; docs/adr/0009-outbox.md draws it.
 * `sent` is entered from `queued` alone, and only `not-sent` leads back, so one confirmation reaches the provider at
 * most once.
 */
export const nextItemState = (state: ItemState, event: ItemEvent): ItemState | null => {
  switch (event.kind) {
    case 'released':
      return state === 'planned' || state === 'held' ? 'queued' : null
    case 'sent':
      return state === 'queued' ? 'sent' : null
    case 'not-sent':
      return state === 'sent' ? 'queued' : null
    case 'answered':
      return state === 'sent' ? event.answer : null
    case 'answer-lost':
      return state === 'sent' ? 'unclear' : null
    case 'read-back':
      return afterReadBack(state, event.found)
    case 'canceled':
      return state === 'planned' || state === 'held' || state === 'queued' ? 'canceled' : null
    default:
      return assertNever(event)
  }
}

/** What was accepted and is still there is still on its way; what was unclear and is still there was not done. */
const afterReadBack = (state: ItemState, found: 'gone' | 'there'): ItemState | null => {
  if (state === 'accepted') return found === 'gone' ? 'done' : null
  if (state === 'unclear') return found === 'gone' ? 'already-gone' : 'refused'
  return null
}
