import type { AssetDetail, AssetId } from '../../../shared/domain/asset.ts'
import { isPlainPath, redactUrl } from '../../../shared/redact.ts'
import type { ObservedAsset } from '../../ports/provider.ts'
import { cleanLines, cleanText } from '../../rules/clean-text.ts'
import { modelIdOf, modelOf, readParts, versionIdOf } from './replicate-address.ts'
import { pageUrlOf } from './replicate-names.ts'
import type { ModelWire, VersionWire } from './replicate-wire.ts'

const LONGEST_DETAIL = 5000
/** Enough of a version's 64 digits to tell it from others; the website shows a few less. */
const SHOWN_DIGITS = 12

/** Where an asset was come upon, in the order that the window names them. */
export const foundInOrder = ['trainings', 'predictions', 'deployments', 'history'] as const
export type FoundIn = (typeof foundInOrder)[number]

export interface ModelContext {
  readonly origin: ObservedAsset['origin']
  /** Takes secrets out of the owner's sentences. */
  readonly redactText: (text: string) => string
  readonly foundIn: ReadonlySet<FoundIn>
}

/** What other lists say about a version; null: those lists were not read. */
export interface VersionSurroundings {
  readonly isLatest: boolean
  /** Deployments as `owner/name`. */
  readonly deployedBy: readonly string[]
  /** Ids of the trainings that began from it. */
  readonly baseOf: readonly string[]
  /** Ids of the trainings that it came from. */
  readonly trainedBy: readonly string[]
  /** Where its trained weights lie. May be signed: memory only. */
  readonly weightsUrl: string | null
}

export interface VersionContext {
  readonly origin: ObservedAsset['origin']
  readonly surroundings: VersionSurroundings | null
}

/** Six digits of a second and more are dropped; whatever is no date counts as not told. */
export const readDate = (text: string | null | undefined): string | null => {
  const isDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/.test(
    text ?? ''
  )
  const ms = isDate ? Date.parse(text ?? '') : Number.NaN
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}

const readUrl = (text: string | null | undefined): string | null => {
  if (text === null || text === undefined || text.length > 8192 || !URL.canParse(text)) return null
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
}

/** A published address is shown whole, unless it carries what may grant access: in its path as well. */
const shownUrl = (text: string | null | undefined): string | null => {
  const href = readUrl(text)
  if (href === null) return null
  const { username, password, search, hash, pathname } = new URL(href)
  const isPlain = username + password + search + hash === '' && isPlainPath(pathname)
  return isPlain ? href : redactUrl(href)
}

type Facts = readonly (readonly [string, string | number | null | undefined])[]

const readDetails = (facts: Facts): AssetDetail[] =>
  facts.flatMap(([name, value]) =>
    value === null || value === undefined || value === ''
      ? []
      : [{ name, value: cleanLines(String(value), LONGEST_DETAIL) }]
  )

const listed = (words: readonly string[]): string => words.join(', ')

/** A model as the library keeps it; null if its words make no id. */
export const readModel = (wire: ModelWire, context: ModelContext): ObservedAsset | null => {
  const id = modelIdOf(wire.owner, wire.name)
  if (id === null) return null
  const { description, latest_version: latest } = wire
  return {
    kind: 'model',
    id,
    name: cleanText(wire.name, 500),
    status: 'ready',
    statusRaw: cleanText(wire.visibility ?? '', 100),
    progress: null,
    model: null,
    origin: context.origin,
    createdAt: null,
    updatedAt: null,
    errorMessage: null,
    posterUrl: readUrl(wire.cover_image_url),
    clipUrl: null,
    links: linksTo(id, null),
    parentId: null,
    details: readDetails([
      ['owner', wire.owner],
      ['visibility', wire.visibility],
      ['run_count', wire.run_count],
      ['latest_version', latest?.id],
      ['latest_version_created_at', readDate(latest?.created_at)],
      ['description', description ? context.redactText(description) : null],
      ['github_url', shownUrl(wire.github_url)],
      ['paper_url', shownUrl(wire.paper_url)],
      ['license_url', shownUrl(wire.license_url)],
      ['found_in', listed(foundInOrder.filter((place) => context.foundIn.has(place)))]
    ])
  }
}

/** What a version is called: its model's name and the beginning of its id. */
export const versionName = (id: string): string => {
  const parts = readParts(id)
  return parts === null ? id : `${parts.name}:${(parts.version ?? '').slice(0, SHOWN_DIGITS)}`
}

/** A version of a model as the library keeps it; null if its words make no id. */
export const readVersion = (
  modelId: AssetId,
  wire: VersionWire,
  { origin, surroundings }: VersionContext
): ObservedAsset | null => {
  const id = versionIdOf(modelId, wire.id)
  if (id === null) return null
  return {
    kind: 'version',
    id,
    name: versionName(id),
    status: 'ready',
    statusRaw: '',
    progress: null,
    model: null,
    origin,
    createdAt: readDate(wire.created_at),
    updatedAt: null,
    errorMessage: null,
    posterUrl: null,
    clipUrl: null,
    links: linksTo(id, surroundings?.weightsUrl),
    parentId: modelOf(id),
    details: readDetails([
      ['version_id', wire.id],
      ['cog_version', wire.cog_version],
      ['is_latest', surroundings?.isLatest ? 'true' : null],
      ['deployed_by', listed(surroundings?.deployedBy ?? [])],
      ['base_of', listed(surroundings?.baseOf ?? [])],
      ['trained_by', listed(surroundings?.trainedBy ?? [])]
    ])
  }
}

const linksTo = (id: AssetId, weights: string | null | undefined): ObservedAsset['links'] => {
  const hosted = pageUrlOf(id, 'home')
  const download = readUrl(weights)
  return {
    ...(hosted === null ? {} : { hosted }),
    ...(download === null ? {} : { download })
  }
}
