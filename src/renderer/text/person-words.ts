import { type AssetKind, assetKinds, kinds } from '../../shared/catalogue/kinds.ts'
import type { Consent } from '../../shared/domain/person.ts'
import type { StateTone } from './asset-words.ts'
import { countOf, shortDate } from './time-words.ts'

/** Words of the people that assets are assigned to. */
export const personWords = {
  title: 'People',
  add: 'Add person',
  search: 'Search people',
  nobodyFound: (search: string) => `No one is called “${search}”.`,
  clearSearch: 'Clear search',
  emptyTitle: 'Whose faces are these?',
  emptyText:
    'Add a person and assign replicas, videos and models to them. Then one page shows everywhere their likeness is used, and one plan deletes it everywhere.',
  back: 'All people',
  edit: 'Edit person',
  remove: 'Remove person',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText:
    'The person and what they agreed to are removed from this computer. Replicas, videos and models stay as they are.',
  eraseAll: 'Erase everything…',
  whereTitle: 'Where this face lives',
  nowhereTitle: 'No assets yet',
  nowhereText:
    'Select replicas, videos or models in the library and assign them to this person, or assign them by name.',
  consent: 'Consent',
  rule: 'Rule',
  ruleText: (rule: string) => `New assets named “${rule}” are assigned automatically.`,
  form: {
    addTitle: 'Add person',
    editTitle: 'Edit person',
    name: 'Name',
    rule: 'Auto-assign by name',
    ruleHint:
      'Assets whose name contains this name as whole words are assigned automatically. Optional; at least 2 letters.',
    note: 'What was agreed',
    noteHint: 'In your own words: for what, where, with whom. Kept on this computer alone.',
    agreedOn: 'Agreed on',
    untilOn: 'Until',
    save: 'Save person'
  },
  assign: {
    title: (count: number) =>
      count === 1 ? 'Whose face is it?' : `Whose faces are these ${count}?`,
    nobody: 'No one',
    nobodyHint: 'Removes the assignment.',
    newPerson: 'New person',
    newName: 'Name of the new person',
    save: 'Assign'
  },
  action: 'Assign to person…',
  person: 'Person',
  filter: 'Filter by person',
  anybody: 'Anyone'
} as const

/** "Replica", for one of a list of several kinds. */
export const kindTitle = (kind: AssetKind): string => {
  const noun = kinds[kind].noun
  return noun.charAt(0).toUpperCase() + noun.slice(1)
}

/** "2 replicas, 1 video". */
export const tiedText = (tied: readonly AssetKind[]): string => {
  const parts = assetKinds.flatMap((kind) => {
    const count = tied.filter((one) => one === kind).length
    return count === 0 ? [] : [countOf(count, kinds[kind].noun)]
  })
  return parts.length === 0 ? 'No assets' : parts.join(', ')
}

const dayMs = 24 * 60 * 60 * 1000
/** So long before its end a consent is worth a thought. */
const soonDays = 30

/** Without a zone it is the person's own noon, so that the day stays the day. */
const noon = (day: string): string => `${day}T12:00:00`

/** How a consent stands today; never more than what was written down. */
export const consentText = (
  consent: Consent | null,
  nowMs: number
): { readonly tone: StateTone; readonly text: string } => {
  if (consent === null) return { tone: 'quiet', text: 'Nothing noted' }
  const { agreedOn, untilOn } = consent
  const since = agreedOn === null ? 'Agreed' : `Agreed on ${shortDate(noon(agreedOn))}`
  if (untilOn === null) return { tone: 'good', text: `${since}, no end noted` }
  const endMs = Date.parse(`${untilOn}T23:59:59.999`)
  const days = Math.ceil((endMs - nowMs) / dayMs)
  const until = shortDate(noon(untilOn))
  if (days <= 0) return { tone: 'bad', text: `Ended on ${until}` }
  if (days <= soonDays)
    return { tone: 'warn', text: `Ends on ${until}, in ${countOf(days, 'day')}` }
  return { tone: 'good', text: `${since}, until ${until}` }
}
