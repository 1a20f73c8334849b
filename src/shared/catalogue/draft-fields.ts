interface DraftFieldFacts {
  /** Where a link's view stands in a draft; null for what is no link. */
  readonly view: 'trainVideo' | 'consentVideo' | 'callback' | null
  /** What Create Replica calls it, and what people call the same above the columns of a table. */
  readonly columns: readonly string[]
  /** Words by which a provider's refusal speaks of it. */
  readonly refusal: RegExp
}

/** What a new replica is made of. Source of the first names: seeds/003. */
export const draftFields = {
  trainVideoUrl: {
    view: 'trainVideo',
    columns: [
      'train_video_url',
      'train_video',
      'training_video',
      'training_video_url',
      'video_url',
      'url',
      'link'
    ],
    refusal: /\btrain(?:ing)?[_ ]video/i
  },
  consentVideoUrl: {
    view: 'consentVideo',
    columns: ['consent_video_url', 'consent_video', 'consent_url', 'consent'],
    refusal: /\bconsent[_ ]video/i
  },
  callbackUrl: {
    view: 'callback',
    columns: ['callback_url', 'callback', 'webhook', 'webhook_url'],
    refusal: /\bcallback[_ ]?url/i
  },
  replicaName: {
    view: null,
    columns: ['replica_name', 'name', 'face_name'],
    refusal: /\b(?:replica|face)[_ ]name/i
  },
  model: {
    view: null,
    columns: ['model_name', 'model'],
    refusal: /\bmodel(?:[_ ]name)?\b/i
  },
  hasGreenScreen: {
    view: null,
    columns: ['green_screen', 'greenscreen', 'background_green_screen', 'has_green_screen'],
    refusal: /(?:\b|_)green[_ -]?screen/i
  },
  // What kind of replica it is follows from the consent alone, so a word about either is about that choice.
  subject: {
    view: null,
    columns: ['type', 'subject', 'replica_type', 'kind'],
    refusal: /\b(?:personal|non[-_ ]?human)\b|\bconsent\b(?![_ ]video)/i
  }
} as const satisfies Readonly<Record<string, DraftFieldFacts>>

export type DraftField = keyof typeof draftFields

export const draftFieldNames = Object.keys(draftFields) as readonly DraftField[]

/** Fields that hold a link: its secret stays in main's memory, and the draft has its view. */
export const linkFields = ['trainVideoUrl', 'consentVideoUrl', 'callbackUrl'] as const
export type LinkField = (typeof linkFields)[number]

interface LinkLike {
  readonly findings: readonly { readonly level: string }[]
}

/** What the rule below looks at. */
interface DraftLike {
  readonly accountId: string | null
  readonly subject: 'personal' | 'non-human'
  readonly consentIn: 'consent-video' | 'training-video'
  readonly trainVideo: LinkLike | null
  readonly consentVideo: LinkLike | null
  readonly callback: LinkLike | null
  readonly model: string
  readonly replicaName: string
  readonly needsLinkAgain: readonly LinkField[]
}

interface DraftIssue {
  readonly field: string
  readonly code: string
  readonly said: null
}

/** True if no finding says that the link cannot work. */
export const isUsableLink = ({ findings }: LinkLike): boolean =>
  findings.every(({ level }) => level !== 'error')

const hasControlCharacter = (text: string): boolean => /\p{Cc}/u.test(text)

/** What a link's field lacks. One that is not needed must be usable all the same. */
const codeOf = (draft: DraftLike, field: LinkField, isNeeded: boolean): string | null => {
  const link = draft[draftFields[field].view]
  if (draft.needsLinkAgain.includes(field)) return 'give-again'
  if (link === null) return isNeeded ? 'missing' : null
  return isUsableLink(link) ? null : 'unusable-link'
}

/**
 * What keeps a draft from being sent; none if it can be. Pure.
 *
 * The training video is always needed; a personal replica also needs its consent statement, in a video of its own
 * or at the start of the training video. Source: seeds/003.
 */
export const draftIssues = (draft: DraftLike): readonly DraftIssue[] => {
  const isPersonal = draft.subject === 'personal'
  const needsConsent = isPersonal && draft.consentIn === 'consent-video'
  const withoutConsent = { ...draft, consentVideo: null }
  const codes: readonly (readonly [string, string | null])[] = [
    ['accountId', draft.accountId === null ? 'missing' : null],
    ['trainVideoUrl', codeOf(draft, 'trainVideoUrl', true)],
    [
      'consentVideoUrl',
      codeOf(isPersonal ? draft : withoutConsent, 'consentVideoUrl', needsConsent)
    ],
    ['callbackUrl', codeOf(draft, 'callbackUrl', false)],
    ['model', hasControlCharacter(draft.model) ? 'bad-model' : null],
    ['replicaName', hasControlCharacter(draft.replicaName) ? 'bad-name' : null]
  ]
  return codes.flatMap(([field, code]) => (code === null ? [] : [{ field, code, said: null }]))
}
