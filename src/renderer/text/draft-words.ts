import type { ChoiceField, DraftField, PlainValues } from '../../shared/catalogue/draft-fields.ts'
import { number } from './time-words.ts'
import { words } from './words.ts'

const standings = {
  ready: 'ready',
  'needs-you': 'need you',
  creating: 'being sent',
  unclear: 'being checked',
  unsettled: 'need your decision',
  created: 'with Tavus'
} as const

/** "3 ready", "1 needs you". */
export const standingCount = (standing: keyof typeof standings, count: number): string =>
  count === 1 && standing === 'needs-you'
    ? '1 needs you'
    : count === 1 && standing === 'unsettled'
      ? '1 needs your decision'
      : `${number(count)} ${standings[standing]}`

const linkNames = {
  trainVideoUrl: 'training video',
  consentVideoUrl: 'consent video',
  callbackUrl: 'callback'
} as const

const listed = new Intl.ListFormat('en', { type: 'conjunction' })

/** Which links of a draft have to be given once more, because their secrets were never stored. */
export const linksAgain = (fields: readonly (keyof typeof linkNames)[]): string =>
  `Give the ${listed.format(fields.map((field) => linkNames[field]))} link${
    fields.length === 1 ? '' : 's'
  } again`

/** What each field of a draft is called above it. */
export const fieldLabels = (): Readonly<Record<DraftField, string>> => {
  const { creation } = words
  return {
    trainVideoUrl: creation.trainVideo,
    consentVideoUrl: creation.consentVideo,
    callbackUrl: creation.callback,
    replicaName: creation.replicaName,
    model: creation.model,
    hasGreenScreen: creation.greenScreen,
    subject: creation.subject,
    consentIn: creation.consentIn
  }
}

/** What each choice is called. */
export const choiceLabels = (): {
  readonly [Field in ChoiceField]: Readonly<Record<PlainValues[Field], string>>
} => {
  const { creation } = words
  return {
    subject: { personal: creation.personal, 'non-human': creation.nonHuman },
    consentIn: {
      'consent-video': creation.consentInOwn,
      'training-video': creation.consentInTraining
    }
  }
}
