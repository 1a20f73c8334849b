import { trainsFromImage } from './replica-models.ts'

interface FieldFacts {
  /** What people call it above the columns of a table, the name that Create Replica gives it first; none: no column. */
  readonly columns: readonly string[]
  /** Words by which a provider's refusal speaks of it; null: none does. */
  readonly refusal: RegExp | null
}

interface LinkFacts extends FieldFacts {
  readonly type: 'link'
  /** Where the link's view stands in a draft. */
  readonly view: string
  readonly purpose: 'train' | 'image' | 'consent' | 'callback'
}

interface TextFacts extends FieldFacts {
  readonly type: 'text'
  readonly longest: number
  /** What is said of one that cannot be sent. Empty: nothing was chosen, so nothing is sent. */
  readonly badCode: string
}

interface YesNoFacts extends FieldFacts {
  /** False: nothing is sent about it. */
  readonly type: 'yes-no'
}

interface ChoiceFacts extends FieldFacts {
  readonly type: 'choice'
  /** Each choice with the words that mean it in a table; the first is what a new draft has. */
  readonly choices: Readonly<Record<string, readonly string[]>>
}

/** What a new replica is made of. Source of the first names: seeds/003; of the image and the voice: tavus.md 3.2. */
export const draftFields = {
  /** A replica is trained from a video or from an image. */
  trainFrom: {
    type: 'choice',
    choices: { video: ['video'], image: ['image', 'photo', 'picture'] },
    columns: ['train_from', 'trained_from'],
    refusal: null
  },
  trainVideoUrl: {
    type: 'link',
    view: 'trainVideo',
    purpose: 'train',
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
  trainImageUrl: {
    type: 'link',
    view: 'trainImage',
    purpose: 'image',
    columns: [
      'train_image_url',
      'train_image',
      'training_image',
      'training_image_url',
      'image_url'
    ],
    refusal: /\btrain(?:ing)?[_ ]image/i
  },
  consentVideoUrl: {
    type: 'link',
    view: 'consentVideo',
    purpose: 'consent',
    columns: ['consent_video_url', 'consent_video', 'consent_url', 'consent'],
    refusal: /\bconsent[_ ]video/i
  },
  callbackUrl: {
    type: 'link',
    view: 'callback',
    purpose: 'callback',
    columns: ['callback_url', 'callback', 'webhook', 'webhook_url'],
    refusal: /\bcallback[_ ]?url/i
  },
  replicaName: {
    type: 'text',
    longest: 200,
    badCode: 'bad-name',
    columns: ['replica_name', 'name', 'face_name'],
    refusal: /\b(?:replica|face)[_ ]name/i
  },
  /** The full name that the person speaks in the consent statement. Never sent; it is theirs, not the replica's. */
  spokenName: {
    type: 'text',
    longest: 200,
    badCode: 'bad-name',
    columns: ['spoken_name', 'name_as_spoken', 'full_name', 'speaker'],
    refusal: null
  },
  /** A voice by its name. An image needs one voice, by its name or by its ID, never both. */
  voiceName: {
    type: 'text',
    longest: 255,
    badCode: 'bad-name',
    columns: ['voice_name', 'voice'],
    refusal: /\bvoice[_ ]name/i
  },
  voiceId: {
    type: 'text',
    longest: 100,
    badCode: 'bad-name',
    columns: ['default_voice_id', 'voice_id'],
    refusal: /\b(?:default_)?voice[_ ]id\b/i
  },
  hasImageFix: {
    type: 'yes-no',
    columns: ['auto_fix_training_image', 'auto_fix'],
    refusal: /\bauto[_ -]fix/i
  },
  model: {
    type: 'text',
    longest: 100,
    badCode: 'bad-model',
    columns: ['model_name', 'model'],
    refusal: /\bmodel(?:[_ ]name)?\b/i
  },
  hasGreenScreen: {
    type: 'yes-no',
    columns: ['green_screen', 'greenscreen', 'background_green_screen', 'has_green_screen'],
    refusal: /(?:\b|_)green[_ -]?screen/i
  },
  // `personal` wants a consent statement, `non-human` does not (seeds/003). What kind of replica it is follows from the
  // consent alone, so a word about either is about that choice.
  subject: {
    type: 'choice',
    choices: {
      personal: ['personal', 'human', 'person'],
      'non-human': ['non_human', 'nonhuman']
    },
    columns: ['type', 'subject', 'replica_type', 'kind'],
    refusal: /\b(?:personal|non[-_ ]?human)\b|\bconsent\b(?![_ ]video)/i
  },
  /** Where a personal replica's consent statement is spoken. */
  consentIn: {
    type: 'choice',
    choices: {
      'training-video': ['training_video', 'train_video', 'in_training_video'],
      'consent-video': ['consent_video', 'separate', 'separate_video']
    },
    columns: ['consent_in', 'consent_is_in', 'consent_place'],
    refusal: null
  }
} as const satisfies Readonly<Record<string, LinkFacts | TextFacts | YesNoFacts | ChoiceFacts>>

type Fields = typeof draftFields

export type DraftField = keyof Fields

type FieldType = Fields[DraftField]['type']
type FieldOf<Type extends FieldType> = {
  [Name in DraftField]: Fields[Name]['type'] extends Type ? Name : never
}[DraftField]

/** Fields that hold a link: its secret stays in main's memory, and the draft has its view. */
export type LinkField = FieldOf<'link'>
/** Where the views of links stand in a draft. */
export type LinkViewName = Fields[LinkField]['view']
export type TextField = FieldOf<'text'>
export type YesNoField = FieldOf<'yes-no'>
export type ChoiceField = FieldOf<'choice'>
/** Fields whose value is in the draft itself. */
export type PlainField = FieldOf<'text' | 'yes-no' | 'choice'>

type ValueOf<Facts> = Facts extends { readonly type: 'choice'; readonly choices: infer Choices }
  ? keyof Choices
  : Facts extends { readonly type: 'yes-no' }
    ? boolean
    : string

export type PlainValues = { [Name in PlainField]: ValueOf<Fields[Name]> }

export const draftFieldNames = Object.keys(draftFields) as readonly DraftField[]

export const isOfType = <Type extends FieldType>(
  field: DraftField,
  type: Type
): field is FieldOf<Type> => draftFields[field].type === type

/** Links that lead to a video, which is checked; the file itself may be on this computer. */
export const videoFields = ['trainVideoUrl', 'consentVideoUrl'] as const satisfies LinkField[]
export type VideoField = (typeof videoFields)[number]

export const isVideoField = (field: DraftField): field is VideoField =>
  videoFields.some((name) => name === field)

export const linkFields = draftFieldNames.filter((field) => isOfType(field, 'link'))

/** One value for each video field. */
export const perVideoField = <T>(read: (field: VideoField) => T): Record<VideoField, T> =>
  Object.fromEntries(videoFields.map((field) => [field, read(field)])) as Record<VideoField, T>

export const textFields = draftFieldNames.filter((field) => isOfType(field, 'text'))
export const plainFields = draftFieldNames.filter((field) => !isOfType(field, 'link'))

/** What can be chosen; the first is what a new draft has. */
export const choicesOf = (field: ChoiceField): readonly PlainValues[ChoiceField][] =>
  Object.keys(draftFields[field].choices) as readonly PlainValues[ChoiceField][]

/** One value for each plain field. */
export const plainValues = (read: (field: PlainField) => unknown): PlainValues =>
  Object.fromEntries(plainFields.map((field) => [field, read(field)])) as PlainValues

const firstValue = (field: PlainField): unknown => {
  if (isOfType(field, 'choice')) return choicesOf(field)[0]
  return isOfType(field, 'text') ? '' : false
}

/** What a new draft has. */
export const firstValues = plainValues(firstValue)

interface LinkLike {
  readonly findings: readonly { readonly level: string }[]
}

interface CheckLike {
  readonly findings: readonly { readonly level: string }[]
}

/** What the rule below looks at. */
type DraftLike = {
  readonly accountId: string | null
  readonly needsLinkAgain: readonly LinkField[]
  readonly checks: Readonly<Record<VideoField, CheckLike | null>>
  readonly files: Readonly<Record<VideoField, { readonly isChanged: boolean } | null>>
} & Readonly<PlainValues> &
  Readonly<Record<LinkViewName, LinkLike | null>>

interface DraftIssue {
  readonly field: string
  readonly code: string
  readonly said: null
}

/** True if no finding says that the link cannot work. */
export const isUsableLink = ({ findings }: LinkLike): boolean =>
  findings.every(({ level }) => level !== 'error')

/** True if nothing was found that a provider would refuse. A check that runs or failed says nothing. */
const isFitVideo = (check: CheckLike | null): boolean =>
  check === null || check.findings.every(({ level }) => level !== 'refused')

const hasControlCharacter = (text: string): boolean => /\p{Cc}/u.test(text)

/** The field that holds what a replica is trained from. */
export const sourceField = ({
  trainFrom
}: Pick<PlainValues, 'trainFrom'>): 'trainVideoUrl' | 'trainImageUrl' =>
  trainFrom === 'image' ? 'trainImageUrl' : 'trainVideoUrl'

/** True if a consent statement has to be spoken: no image speaks, and nobody speaks for a character. */
export const needsStatement = ({
  trainFrom,
  subject
}: Pick<PlainValues, 'trainFrom' | 'subject'>): boolean =>
  trainFrom === 'video' && subject === 'personal'

/** The fields of the videos that are sent: one that was given for another choice stays in the draft. */
export const sentVideoFields = (
  values: Pick<PlainValues, 'trainFrom' | 'subject' | 'consentIn'>
): readonly VideoField[] => [
  ...(values.trainFrom === 'video' ? (['trainVideoUrl'] as const) : []),
  ...(needsStatement(values) && values.consentIn === 'consent-video'
    ? (['consentVideoUrl'] as const)
    : [])
]

/** What is wrong with the voice of a replica that is trained from an image: it has exactly one. */
const voiceCode = ({ trainFrom, voiceName, voiceId }: DraftLike): string | null => {
  if (trainFrom === 'video') return null
  const [hasName, hasId] = [voiceName.trim() !== '', voiceId.trim() !== '']
  if (hasName && hasId) return 'two-voices'
  return hasName || hasId ? null : 'missing'
}

/** What a link's field lacks. One that is not needed must be usable all the same. */
const codeOf = (draft: DraftLike, field: LinkField, isNeeded: boolean): string | null => {
  const link = draft[draftFields[field].view]
  if (draft.needsLinkAgain.includes(field)) return 'give-again'
  const file = isVideoField(field) ? draft.files[field] : null
  if (link === null && file !== null) return file.isChanged ? 'file-changed' : 'not-uploaded'
  if (link === null) return isNeeded ? 'missing' : null
  if (!isUsableLink(link)) return 'unusable-link'
  return isVideoField(field) && !isFitVideo(draft.checks[field]) ? 'unfit-video' : null
}

/**
 * What keeps a draft from being sent; none if it can be. Pure.
 *
 * What it is trained from is always needed; a personal replica also needs its consent statement, at the start of the
 * training video or in a video of its own (seeds/003). An image needs a voice (tavus.md 3.2). A link that is not sent
 * is not looked at.
 */
export const draftIssues = (draft: DraftLike): readonly DraftIssue[] => {
  const source = sourceField(draft)
  const hasConsentVideo = needsStatement(draft) && draft.consentIn === 'consent-video'
  const fitsModel = draft.trainFrom === 'video' || trainsFromImage(draft.model.trim())
  const codes: readonly (readonly [string, string | null])[] = [
    ['accountId', draft.accountId === null ? 'missing' : null],
    [source, codeOf(draft, source, true)],
    ['consentVideoUrl', hasConsentVideo ? codeOf(draft, 'consentVideoUrl', true) : null],
    ['callbackUrl', codeOf(draft, 'callbackUrl', false)],
    ['voiceName', voiceCode(draft)],
    ['model', fitsModel ? null : 'no-images'],
    ...textFields.map(
      (field) =>
        [field, hasControlCharacter(draft[field]) ? draftFields[field].badCode : null] as const
    )
  ]
  return codes.flatMap(([field, code]) => (code === null ? [] : [{ field, code, said: null }]))
}
