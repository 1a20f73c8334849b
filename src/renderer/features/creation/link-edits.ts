import { draftFields, type LinkField } from '../../../shared/catalogue/draft-fields.ts'
import type { Draft, DraftPatch } from '../../../shared/domain/draft.ts'

/** What of a patch has not been replaced by something newer since it was sent. */
export const stillToSend = (pending: DraftPatch, sent: DraftPatch): DraftPatch =>
  Object.fromEntries(
    Object.entries(pending).filter(([field, value]) => sent[field as keyof DraftPatch] !== value)
  ) as DraftPatch

/**
 * What the fields go on showing after main took a patch: what is newer than the patch, and a link that is still being
 * typed. Everything else is dropped, so that no raw link stays in the window's memory.
 */
export const stillToShow = (
  shown: DraftPatch,
  sent: DraftPatch,
  focused: LinkField | null
): DraftPatch =>
  Object.fromEntries(
    Object.entries(shown).filter(
      ([field, value]) => field === focused || sent[field as keyof DraftPatch] !== value
    )
  ) as DraftPatch

export const linkOf = (draft: Draft, field: LinkField) => draft[draftFields[field].view]
