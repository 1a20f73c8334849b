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
