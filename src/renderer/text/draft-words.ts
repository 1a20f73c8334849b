import type { ChoiceField, DraftField, PlainValues } from '../../shared/catalogue/draft-fields.ts'
import { t } from '../../shared/messages/messages.ts'
import { number } from './time-words.ts'

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
  return {
    trainVideoUrl: t('creation.trainVideo'),
    consentVideoUrl: t('creation.consentVideo'),
    callbackUrl: t('creation.callback'),
    replicaName: t('creation.replicaName'),
    model: t('creation.model'),
    hasGreenScreen: t('creation.greenScreen'),
    subject: t('creation.subject'),
    consentIn: t('creation.consentIn')
  }
}

/** What each choice is called. */
export const choiceLabels = (): {
  readonly [Field in ChoiceField]: Readonly<Record<PlainValues[Field], string>>
} => {
  return {
    subject: { personal: t('creation.personal'), 'non-human': t('creation.nonHuman') },
    consentIn: {
      'consent-video': t('creation.consentInOwn'),
      'training-video': t('creation.consentInTraining')
    }
  }
}
