import type { Asset } from '../../shared/domain/asset.ts'
import { readModelName } from '../../shared/model-name.ts'
import { capital } from './capital.ts'
import { countOf, number } from './time-words.ts'

/** Words of models and their versions. */
export const modelWords = {
  add: 'Add model by name',
  tearDown: 'Tear down model…',
  cleanUp: 'Clean up versions…',
  openPage: 'Open on replicate.com',
  openSettings: 'Open its settings on replicate.com',
  showVersions: 'Show in Versions',
  versions: 'Versions',
  noVersions: 'No versions are known.',
  versionsOf: (id: string) => `Of ${id.split('/')[1] ?? id}`,
  everyModel: 'Of every model',
  parentFilter: 'Filter by the model of a version',
  emptyTitle: 'No models found',
  emptyText:
    'Replicate lists no private models, so they are gathered from your trainings, predictions and deployments. Add the others by their name.',
  emptyVersionsTitle: 'No versions found',
  emptyVersionsText: 'Versions of the models that are known here appear here.',
  mayBeMore:
    'Replicate lists no private models, so there may be more than is known here. Add those by their name.',
  form: {
    title: 'Add model by name',
    text: 'Name or address',
    placeholder: 'owner/name',
    hint: 'As owner/name, or the address of its page on replicate.com. It is looked up with your token.',
    account: 'Account',
    save: 'Add model',
    notFound: 'Replicate does not know it',
    notFoundText:
      'Or not for this token: a private model shows itself only to its owner. Check the name and the account.'
  },
  cleanup: {
    title: (name: string) => `Clean up versions of ${name}`,
    text: 'Nothing is deleted yet: the next step shows the plan, with every version by its name.',
    keepNewest: 'Keep the newest',
    keepNewestHint: 'So many stay, whatever is chosen below. With 1, all but the latest may go.',
    keepDeployed: 'Keep what is deployed',
    keepDeployedHint: 'Replicate refuses to delete a version that a deployment uses.',
    age: 'Only versions older than',
    ages: { any: 'Any age', month: '30 days', quarter: '90 days', year: 'One year' },
    next: 'Show the plan',
    notANumber: 'Give a whole number up to 2,000.'
  },
  drop: {
    title: 'Drop to add a model, or to draft replicas',
    text: 'A name like owner/name or an address on replicate.com is looked up; links to videos become drafts. Nothing is changed.'
  },
  modelOfVersion: 'Model',
  noAccount: 'Add a Replicate account first.'
} as const

const factOf = (asset: Pick<Asset, 'details'>, name: string): string | null =>
  asset.details.find((detail) => detail.name === name)?.value ?? null

const listOf = (asset: Pick<Asset, 'details'>, name: string): readonly string[] =>
  (factOf(asset, name) ?? '').split(', ').filter((part) => part !== '')

const sources: Readonly<Record<string, string>> = {
  trainings: 'trainings',
  predictions: 'predictions',
  deployments: 'deployments',
  history: 'known from before',
  'by hand': 'added by hand'
}

/** "Trainings, deployments": where it was come upon; empty where that was not told. */
export const foundInText = (asset: Pick<Asset, 'details'>): string =>
  capital(
    listOf(asset, 'found_in')
      .map((place) => sources[place] ?? place)
      .join(', ')
  )

export const ownerOf = ({ ref }: Pick<Asset, 'ref'>): string => ref.id.split('/')[0] ?? ''

const shownDigits = 12

/** Enough of a version's 64 digits to tell it from others. */
export const shortVersion = (id: string): string => {
  const digits = id.split(':')[1] ?? id
  return digits.slice(0, shownDigits)
}

/** "Private", "Public", or whatever Replicate calls it. */
export const visibilityText = ({ statusRaw }: Pick<Asset, 'statusRaw'>): string =>
  statusRaw === '' ? 'Visibility not told' : capital(statusRaw)

export const runsText = (asset: Pick<Asset, 'details'>): string | null => {
  const count = factOf(asset, 'run_count')
  return count === null || count === '' || Number.isNaN(Number(count))
    ? null
    : number(Number(count))
}

export const latestOf = (asset: Pick<Asset, 'details'>): string | null =>
  factOf(asset, 'latest_version')

export const isLatest = (asset: Pick<Asset, 'details'>): boolean =>
  factOf(asset, 'is_latest') === 'true'

export const deployedBy = (asset: Pick<Asset, 'details'>): readonly string[] =>
  listOf(asset, 'deployed_by')

export const baseOf = (asset: Pick<Asset, 'details'>): readonly string[] => listOf(asset, 'base_of')

/** "Latest, deployed, base of 1 training": what a version is to others. */
export const usesText = (asset: Pick<Asset, 'details'>): string => {
  const trainings = baseOf(asset).length
  const uses = [
    isLatest(asset) ? 'latest' : '',
    deployedBy(asset).length > 0 ? 'deployed' : '',
    trainings > 0 ? `base of ${countOf(trainings, 'training')}` : ''
  ].filter((use) => use !== '')
  return capital(uses.join(', '))
}

interface FactText {
  readonly name: string
  readonly value: string
}

const named = (name: string, value: string | null): readonly FactText[] =>
  value === null || value === '' ? [] : [{ name, value }]

/** What is known of a model besides its name, id and account. */
export const modelFacts = (asset: Asset): readonly FactText[] => [
  { name: 'Owner', value: ownerOf(asset) },
  { name: 'Visibility', value: visibilityText(asset) },
  ...named('Runs', runsText(asset)),
  ...named('Latest version', latestOf(asset)?.slice(0, shownDigits) ?? null),
  ...named('Found in', foundInText(asset)),
  ...named('Source code', factOf(asset, 'github_url')),
  ...named('Paper', factOf(asset, 'paper_url')),
  ...named('License', factOf(asset, 'license_url'))
]

export const descriptionOf = (asset: Pick<Asset, 'details'>): string | null =>
  factOf(asset, 'description')

/** What is known of a version besides its id, model and account. */
export const versionFacts = (asset: Asset): readonly FactText[] => [
  ...named('Latest', isLatest(asset) ? 'Yes, it is the latest of its model' : null),
  ...named('Deployed by', deployedBy(asset).join(', ')),
  ...named('Base of trainings', baseOf(asset).join(', ')),
  ...named('Made by training', listOf(asset, 'trained_by').join(', ')),
  ...named('Cog', factOf(asset, 'cog_version'))
]

/** True for a text that names a model or a version and nothing else, so that the field takes it. */
export const namesModel = (text: string): boolean => readModelName(text).kind !== 'none'
