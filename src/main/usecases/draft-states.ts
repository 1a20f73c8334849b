import type { LinkField, VideoField } from '../../shared/catalogue/draft-fields.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import type { AppError } from '../../shared/errors.ts'
import { assertNever } from '../../shared/result.ts'

/** A draft with what the window does not see: the links themselves, in memory only (security D8). */
export interface OpenDraft {
  readonly draft: Draft
  readonly urls: Readonly<Partial<Record<LinkField, string>>>
  /** Where the files lie that `draft.files` tells of. They name a person's folders, so the window does not see them. */
  readonly paths: Readonly<Partial<Record<VideoField, string>>>
  /** The creation that this draft led to, while its answer is unclear. */
  readonly operationId: string | null
}

/** What can happen to a draft once it is to be sent. */
export type DraftEvent =
  /** The person asked for it: from now on it stays as it is, while its links and videos are looked at once more. */
  | { readonly kind: 'begun' }
  /** It could not be sent as it is. */
  | { readonly kind: 'not-sent'; readonly error: AppError }
  /** The creation is written down; the request leaves now. */
  | { readonly kind: 'asked'; readonly operationId: string }
  | { readonly kind: 'created'; readonly createdId: Draft['createdId'] }
  | { readonly kind: 'refused'; readonly error: AppError }
  | { readonly kind: 'answer-lost'; readonly error: AppError }
  /** A listing, or the disk, told what became of it; null: nothing was created. */
  | { readonly kind: 'settled'; readonly created: Pick<Draft, 'createdId'> | null }
  /** The listings could not tell. */
  | { readonly kind: 'left-to-person' }
  /** The person wants to change and send it again. */
  | { readonly kind: 'reopened' }

const isSent = ({ state }: Draft): boolean =>
  state === 'creating' || state === 'unclear' || state === 'unsettled'

/** Asked for by the person, and no request is written down yet. */
export const isBegun = ({ draft, operationId }: OpenDraft): boolean =>
  draft.state === 'creating' && operationId === null

/** How a draft stands after an event; null if the event cannot happen there. Pure. */
export const nextDraft = (now: OpenDraft, event: DraftEvent): OpenDraft | null => {
  const { draft } = now
  const became = (change: Partial<Draft>): OpenDraft => ({ ...now, draft: { ...draft, ...change } })
  switch (event.kind) {
    case 'begun':
      if (draft.state !== 'editing') return null
      return { ...became({ state: 'creating', error: null }), operationId: null }
    case 'not-sent':
      return isBegun(now) ? became({ state: 'editing', error: event.error }) : null
    case 'asked':
      if (!isBegun(now)) return null
      return { ...became({ state: 'creating', error: null }), operationId: event.operationId }
    case 'created':
      if (!isSent(draft)) return null
      return {
        ...became({ state: 'created', createdId: event.createdId, error: null }),
        urls: {}
      }
    case 'refused':
      return isSent(draft) ? became({ state: 'editing', error: event.error }) : null
    case 'answer-lost':
      return isSent(draft) ? became({ state: 'unclear', error: event.error }) : null
    case 'settled':
      return {
        ...became(
          event.created === null
            ? { state: 'editing', error: { kind: 'outcome-unknown' } }
            : { state: 'created', createdId: event.created.createdId, error: null }
        ),
        operationId: null
      }
    case 'left-to-person':
      return draft.state === 'unclear' ? became({ state: 'unsettled' }) : null
    case 'reopened':
      if (draft.state !== 'unsettled') return null
      return { ...became({ state: 'editing', error: null }), operationId: null }
    default:
      return assertNever(event)
  }
}
