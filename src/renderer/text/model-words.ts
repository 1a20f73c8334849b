import type { Asset } from '../../shared/domain/asset.ts'
import { messageOf, t } from '../../shared/messages/messages.ts'
import { readModelName } from '../../shared/model-name.ts'
import { number } from './time-words.ts'

const factOf = (asset: Pick<Asset, 'details'>, name: string): string | null =>
  asset.details.find((detail) => detail.name === name)?.value ?? null

const listOf = (asset: Pick<Asset, 'details'>, name: string): readonly string[] =>
  (factOf(asset, name) ?? '').split(', ').filter((part) => part !== '')

const separator = ' · '

/** "Trainings · Deployments": where it was come upon; empty where that was not told. */
export const foundInText = (asset: Pick<Asset, 'details'>): string =>
  listOf(asset, 'found_in')
    .map((place) => messageOf(`models.foundIn.${place.replaceAll(' ', '-')}`) ?? place)
    .join(separator)

export const ownerOf = ({ ref }: Pick<Asset, 'ref'>): string => ref.id.split('/')[0] ?? ''

const shownDigits = 12

/** Enough of a version's 64 digits to tell it from others. */
export const shortVersion = (id: string): string => {
  const digits = id.split(':')[1] ?? id
  return digits.slice(0, shownDigits)
}

/** "Private", "Public", or whatever Replicate calls it. */
export const visibilityText = ({ statusRaw }: Pick<Asset, 'statusRaw'>): string =>
  statusRaw === ''
    ? t('models.visibility.unknown')
    : (messageOf(`models.visibility.${statusRaw}`) ?? statusRaw)

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

/** "Latest · Deployed · Base of 1 training": what a version is to others. */
export const usesText = (asset: Pick<Asset, 'details'>): string => {
  const trainings = baseOf(asset).length
  return [
    ...(isLatest(asset) ? [t('models.uses.latest')] : []),
    ...(deployedBy(asset).length > 0 ? [t('models.uses.deployed')] : []),
    ...(trainings > 0 ? [t('models.uses.base', { count: trainings })] : [])
  ].join(separator)
}

interface FactText {
  readonly name: string
  readonly value: string
}

const named = (name: string, value: string | null): readonly FactText[] =>
  value === null || value === '' ? [] : [{ name, value }]

/** What is known of a model besides its name, id and account. */
export const modelFacts = (asset: Asset): readonly FactText[] => [
  { name: t('models.facts.owner'), value: ownerOf(asset) },
  { name: t('models.facts.visibility'), value: visibilityText(asset) },
  ...named(t('models.facts.runs'), runsText(asset)),
  ...named(t('models.facts.latest'), latestOf(asset)?.slice(0, shownDigits) ?? null),
  ...named(t('models.facts.foundIn'), foundInText(asset)),
  ...named(t('models.facts.sourceCode'), factOf(asset, 'github_url')),
  ...named(t('models.facts.paper'), factOf(asset, 'paper_url')),
  ...named(t('models.facts.license'), factOf(asset, 'license_url'))
]

export const descriptionOf = (asset: Pick<Asset, 'details'>): string | null =>
  factOf(asset, 'description')

/** What is known of a version besides its id, model and account. */
export const versionFacts = (asset: Asset): readonly FactText[] => [
  ...named(t('models.facts.isLatest'), isLatest(asset) ? t('models.facts.isLatestYes') : null),
  ...named(t('models.facts.deployedBy'), deployedBy(asset).join(', ')),
  ...named(t('models.facts.baseOf'), baseOf(asset).join(', ')),
  ...named(t('models.facts.trainedBy'), listOf(asset, 'trained_by').join(', ')),
  ...named(t('models.facts.cog'), factOf(asset, 'cog_version'))
]

/** True for a text that names a model or a version and nothing else, so that the field takes it. */
export const namesModel = (text: string): boolean => readModelName(text).kind !== 'none'
