import type { Draft } from '../../shared/domain/draft.ts'
import type { LinkView } from '../../shared/domain/link.ts'

export type DraftStanding = 'ready' | 'needs-you' | 'creating' | 'created' | 'unclear' | 'unsettled'

const isUsable = (link: LinkView | null): boolean =>
  link?.findings.every(({ level }) => level !== 'error') ?? true

/** The same as main's own check before it sends, which cannot be imported here; a test holds them together. */
const isComplete = (draft: Draft): boolean => {
  const isPersonal = draft.subject === 'personal'
  const needsConsentVideo = isPersonal && draft.consentIn === 'consent-video'
  return (
    draft.accountId !== null &&
    draft.needsLinkAgain.length === 0 &&
    draft.trainVideo !== null &&
    isUsable(draft.trainVideo) &&
    (!needsConsentVideo || draft.consentVideo !== null) &&
    (!isPersonal || isUsable(draft.consentVideo)) &&
    isUsable(draft.callback) &&
    !/\p{Cc}/u.test(draft.model + draft.replicaName)
  )
}

/** What a draft waits for. One that was refused needs the person, until something of it is changed. */
export const draftStanding = (draft: Draft): DraftStanding => {
  if (draft.state !== 'editing') return draft.state
  return draft.error === null && isComplete(draft) ? 'ready' : 'needs-you'
}
