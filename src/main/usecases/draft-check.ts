import type { Draft } from '../../shared/domain/draft.ts'
import { isUsableLink, type LinkView } from '../../shared/domain/link.ts'
import type { FieldIssue } from '../../shared/errors.ts'

const issue = (field: string, code: string): FieldIssue => ({ field, code, said: null })

const linkIssue = (field: string, link: LinkView | null): FieldIssue[] =>
  link === null || isUsableLink(link) ? [] : [issue(field, 'unusable-link')]

const hasControlCharacter = (text: string): boolean => /\p{Cc}/u.test(text)

/**
 * What keeps a draft from being sent. Pure.
 *
 * The training video is always needed; a personal replica also needs its consent statement, in a video of its own
 * or at the start of the training video. Source: seeds/003.
 */
export const draftIssues = (draft: Draft): readonly FieldIssue[] => {
  const needsConsentVideo = draft.subject === 'personal' && draft.consentIn === 'consent-video'
  return [
    ...(draft.accountId === null ? [issue('accountId', 'missing')] : []),
    ...(draft.needsLinkAgain.map((field) => issue(field, 'give-again')) satisfies FieldIssue[]),
    ...(draft.trainVideo === null && !draft.needsLinkAgain.includes('trainVideoUrl')
      ? [issue('trainVideoUrl', 'missing')]
      : []),
    ...linkIssue('trainVideoUrl', draft.trainVideo),
    ...(needsConsentVideo &&
    draft.consentVideo === null &&
    !draft.needsLinkAgain.includes('consentVideoUrl')
      ? [issue('consentVideoUrl', 'missing')]
      : []),
    ...(draft.subject === 'personal' ? linkIssue('consentVideoUrl', draft.consentVideo) : []),
    ...linkIssue('callbackUrl', draft.callback),
    ...(hasControlCharacter(draft.model) ? [issue('model', 'bad-model')] : []),
    ...(hasControlCharacter(draft.replicaName) ? [issue('replicaName', 'bad-name')] : [])
  ]
}
