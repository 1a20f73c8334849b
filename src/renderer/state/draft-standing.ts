import { draftIssues } from '../../shared/catalogue/draft-fields.ts'
import type { Draft } from '../../shared/domain/draft.ts'

export type DraftStanding = 'ready' | 'needs-you' | 'creating' | 'created' | 'unclear' | 'unsettled'

/** What a draft waits for. One that was refused needs the person, until something of it is changed. */
export const draftStanding = (draft: Draft): DraftStanding => {
  if (draft.state !== 'editing') return draft.state
  return draft.error === null && draftIssues(draft).length === 0 ? 'ready' : 'needs-you'
}
