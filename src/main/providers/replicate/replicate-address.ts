import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import { type AssetId, assetIdSchema } from '../../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'

const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/
const VERSION = /^[A-Za-z0-9_-]{1,128}$/
const ROOT = '/v1'

/** What an id says: `owner/name`, or `owner/name:version`. */
export interface NameParts {
  readonly owner: string
  readonly name: string
  /** Null for a model. */
  readonly version: string | null
}

/** Takes an id apart and looks at each segment (security R1). Null if one of them could reach elsewhere. */
export const readParts = (id: string): NameParts | null => {
  const [, owner = '', rest = ''] = /^([^/]*)\/([^/]*)$/.exec(id) ?? []
  const [name = '', version = null, ...more] = rest.split(':')
  if (!SEGMENT.test(owner) || !SEGMENT.test(name) || more.length > 0) return null
  return version === null || VERSION.test(version) ? { owner, name, version } : null
}

const readId = (id: string): AssetId | null =>
  readParts(id) === null ? null : (assetIdSchema.safeParse(id).data ?? null)

/** The id of a model; null if the words make none. */
export const modelIdOf = (owner: string, name: string): AssetId | null => {
  const id = readId(`${owner}/${name}`)
  return id === null || isVersionId(id) ? null : id
}

export const versionIdOf = (modelId: string, version: string): AssetId | null => {
  const id = readId(`${modelId}:${version}`)
  return id !== null && isVersionId(id) ? id : null
}

export const isVersionId = (id: string): boolean => id.includes(':')

/** The model that an id names, or whose version it names. */
export const modelOf = (id: string): AssetId => {
  const [model = ''] = id.split(':', 1)
  return assetIdSchema.parse(model)
}

/** Owners and names are told apart without regard to case. */
export const sameName = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase()

const notAnId = () =>
  fail({ kind: 'invalid-input', issues: [{ field: 'id', code: 'not-an-id', said: null }] })

/** The address of a list of the account. */
export const listUrl = (
  apiAddress: string,
  list: 'account' | 'trainings' | 'predictions' | 'deployments' | 'files'
): string => `${apiAddress}${ROOT}/${list}`

const modelPath = ({ owner, name }: NameParts): string =>
  `${ROOT}/models/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`

/** The id of an uploaded file; null if the words make none. */
export const fileIdOf = (id: string): AssetId | null =>
  SEGMENT.test(id) ? (assetIdSchema.safeParse(id).data ?? null) : null

/** The address of a model, a version or an uploaded file; an id that is not of its kind's shape is refused. */
export const assetUrl = (apiAddress: string, kind: TargetKind, id: string): Result<string> => {
  if (kind === 'file') {
    return fileIdOf(id) === null
      ? notAnId()
      : ok(`${listUrl(apiAddress, 'files')}/${encodeURIComponent(id)}`)
  }
  const parts = readParts(id)
  if (parts === null) return notAnId()
  const url = `${apiAddress}${modelPath(parts)}`
  if (kind === 'model') return parts.version === null ? ok(url) : notAnId()
  if (kind !== 'version' || parts.version === null) return notAnId()
  return ok(`${url}/versions/${encodeURIComponent(parts.version)}`)
}

/** The address of the list of a model's versions. */
export const versionsUrl = (apiAddress: string, modelId: string): Result<string> => {
  const model = assetUrl(apiAddress, 'model', modelId)
  return model.ok ? ok(`${model.value}/versions`) : model
}

const sameList = (one: URL, other: URL): boolean => {
  const [path, otherPath] = [one, other].map(({ pathname }) =>
    pathname.replace(/\/$/, '').toLowerCase()
  )
  return path === otherPath
}

/**
 * Where a link to a next page leads, if it may be followed: another part of the same list on the account's own host. It
 * is always asked for at the account's own origin, for Replicate was seen to hand out `http:` where it is reached by
 * `https:`. Relative links count from the page that they stand on. Null: it leads elsewhere, or nowhere.
 */
export const nextUrl = (apiAddress: string, pageUrl: string, link: string): string | null => {
  if (link.length > 8192 || !URL.canParse(link, pageUrl)) return null
  const url = new URL(link, pageUrl)
  const own = new URL(apiAddress)
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:'
  const isOwnHost = url.hostname === own.hostname && url.port === own.port
  if (!isHttp || !isOwnHost || url.username !== '' || url.password !== '') return null
  return sameList(url, new URL(pageUrl)) ? `${own.origin}${url.pathname}${url.search}` : null
}
