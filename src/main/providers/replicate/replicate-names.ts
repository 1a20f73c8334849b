import type { AssetId } from '../../../shared/domain/asset.ts'
import type { Finder, Provider } from '../../ports/provider.ts'
import { isVersionId, modelIdOf, readParts, versionIdOf } from './replicate-address.ts'

const WEBSITE = 'https://replicate.com'
const LONGEST_ADDRESS = 2_000
/** First words of pages that belong to the website and are nobody's models. */
const OWN_PAGES = new Set([
  'about',
  'account',
  'blog',
  'changelog',
  'collections',
  'deployments',
  'docs',
  'explore',
  'guides',
  'p',
  'predictions',
  'pricing',
  'privacy',
  'signin',
  'terms',
  'trainings'
])

/** The page of a model or a version; a version's visibility is set where its model's is. */
export const pageUrlOf = (id: string, page: 'home' | 'settings'): string | null => {
  const parts = readParts(id)
  if (parts === null) return null
  const model = `${WEBSITE}/${encodeURIComponent(parts.owner)}/${encodeURIComponent(parts.name)}`
  if (page === 'settings') return `${model}/settings`
  return parts.version === null ? model : `${model}/versions/${encodeURIComponent(parts.version)}`
}

export const pageUrl: Provider['pageUrl'] = (kind, id, page) => {
  if (kind !== 'model' && kind !== 'version') return null
  return isVersionId(id) === (kind === 'version') ? pageUrlOf(id, page) : null
}

type Named = ReturnType<Finder['readName']>

const asModel = (id: AssetId | null): Named => (id === null ? null : { kind: 'model', id })
const asVersion = (id: AssetId | null): Named => (id === null ? null : { kind: 'version', id })

const readPage = (text: string): Named => {
  if (text.length > LONGEST_ADDRESS || !URL.canParse(text)) return null
  const url = new URL(text)
  const isWebsite = url.origin === WEBSITE || url.origin === 'https://www.replicate.com'
  if (!isWebsite || url.username !== '' || url.password !== '') return null
  const [owner = '', name = '', page, version] = url.pathname.split('/').slice(1)
  if (OWN_PAGES.has(owner)) return null
  const model = modelIdOf(owner, name)
  if (model === null || page !== 'versions' || version === undefined || version === '') {
    return asModel(model)
  }
  return asVersion(versionIdOf(model, version))
}

/** `owner/name`, `owner/name:version`, or the address of a page on replicate.com; nothing around it. */
export const readName: Finder['readName'] = (text) => {
  const trimmed = text.trim()
  if (/^https:\/\//i.test(trimmed)) return readPage(trimmed)
  const parts = readParts(trimmed)
  if (parts === null) return null
  const model = modelIdOf(parts.owner, parts.name)
  if (model === null || parts.version === null) return asModel(model)
  return asVersion(versionIdOf(model, parts.version))
}
