import { isProviderId } from '../shared/catalogue/providers.ts'
import { assetRefSchema } from '../shared/domain/asset.ts'
import { type Destination, openPlaceSchema } from '../shared/domain/destination.ts'
import { linkScheme } from './link-in.ts'

/** Longer than any link that the app knows. */
const longest = 500
const longestName = 80
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const readPlace = (parts: readonly string[]): Destination | null => {
  const [name, ...more] = parts
  const place = openPlaceSchema.safeParse(name)
  return place.success && more.length === 0 ? { kind: 'place', place: place.data } : null
}

const readAsset = (parts: readonly string[]): Destination | null => {
  const [accountId, kind, id, ...more] = parts
  const ref = assetRefSchema.safeParse({ accountId, kind, id })
  return ref.success && more.length === 0 ? { kind: 'asset', ref: ref.data } : null
}

const readAccountForm = (params: URLSearchParams): Destination | null => {
  const names = [...params.keys()]
  const isKnown = names.every((name) => name === 'provider' || name === 'name')
  if (!isKnown || new Set(names).size !== names.length) return null
  const provider = params.get('provider')
  const name = params.get('name') ?? ''
  if (name.length > longestName || hidden.test(name)) return null
  if (provider !== null && !isProviderId(provider)) return null
  return { kind: 'add-account', provider, name: name.trim() }
}

/**
 * Reads a `replica-desk://` link, which anybody can put into a page or a mail; null if it is not exactly one that is
 * known. Ids and places are never escaped, so an escape there is none.
 */
export const readDeepLink = (text: string): Destination | null => {
  // Parsers drop line breaks and tabs, so the text is looked at first.
  if (text.length > longest || !/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== `${linkScheme}:`) return null
  if (url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') return null
  const [, ...parts] = url.pathname.split('/')
  if (url.hostname === 'add-account' && parts.join('') === '')
    return readAccountForm(url.searchParams)
  if (url.search !== '' || url.pathname.includes('%')) return null
  if (url.hostname === 'open') return readPlace(parts)
  return url.hostname === 'asset' ? readAsset(parts) : null
}
