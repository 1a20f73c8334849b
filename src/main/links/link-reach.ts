import ipaddr from 'ipaddr.js'
import { isPrivateName, isUnknownToPublic } from './private-name.ts'
import { isPublicAddress, isPublicLiteral } from './public-address.ts'

/** Resolves a host to its addresses, as the network stack that makes the connection would. */
export type LookupAddresses = (hostname: string) => Promise<readonly string[]>

/**
 * How a link is reached. Through a `proxy` this computer resolves nothing, so what it would resolve to says nothing;
 * `proxy-or-direct`: past the proxy if that is not there.
 */
export type Route = 'direct' | 'proxy' | 'proxy-or-direct'

/** Asks the system how a link would be reached. */
export type RouteOf = (url: string) => Promise<Route>

/** Reads what Chromium says of a link's proxies, such as `PROXY a:8080;DIRECT`, in the order in which they are tried. */
export const readRoute = (proxies: string): Route => {
  const tried = proxies.split(';').map((entry) => entry.trim().toUpperCase())
  if (tried[0] === undefined || tried[0] === '' || tried[0].startsWith('DIRECT')) return 'direct'
  return tried.some((entry) => entry.startsWith('DIRECT')) ? 'proxy-or-direct' : 'proxy'
}

/** What a proxy on this computer answers for a name that it will resolve itself (RFC 2544's range, for tests alone). */
const isPlaceholder = (address: string): boolean =>
  ipaddr.IPv4.isValid(address) &&
  ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR('198.18.0.0/15'))

export interface LinkNetwork {
  readonly lookup: LookupAddresses
  readonly routeOf: RouteOf
}

/**
 * Where a link leads, by one rule for the link itself and for whatever it redirects to (security D3-D6).
 * `unusual`: not https on its usual port, or with user info. `private`: by its name or address, for everybody.
 * `resolves-private`: a public name that this computer's network leads inside; elsewhere it may lead to the world.
 */
export type Reach = 'public' | 'unusual' | 'private' | 'resolves-private'

const isPrivateHost = (host: string): boolean =>
  host.startsWith('[') || ipaddr.isValid(host)
    ? !isPublicLiteral(host)
    : !host.includes('.') || isPrivateName(host) || isUnknownToPublic(host)

/** Judges a link by its text and, where a network is given, by every address that its host resolves to. */
export const reachOf = async (url: URL, network?: LinkNetwork): Promise<Reach> => {
  const host = url.hostname.replace(/\.$/, '')
  if (isPrivateHost(host)) return 'private'
  if (url.protocol !== 'https:' || url.port !== '') return 'unusual'
  if (url.username !== '' || url.password !== '') return 'unusual'
  const isLiteral = host.startsWith('[') || ipaddr.isValid(host)
  if (isLiteral || network === undefined) return 'public'
  return (await isPublicBehind(url.href, host, network)) ? 'public' : 'resolves-private'
}

/** True if a link may be fetched. Where a proxy does the resolving the name decides. */
export const isPublicLink = async (url: URL, network?: LinkNetwork): Promise<boolean> =>
  (await reachOf(url, network)) === 'public'

const isPublicBehind = async (
  url: string,
  host: string,
  { lookup, routeOf }: LinkNetwork
): Promise<boolean> => {
  const route = await routeOf(url)
  if (route === 'proxy') return true
  if (route === 'direct') {
    const addresses = await lookup(host)
    if (addresses.length === 0) throw new Error('No address')
    return addresses.every(isPublicAddress)
  }
  // Without an address nothing can be reached past the proxy either.
  const addresses = await lookup(host).catch(() => [])
  return addresses.every((address) => isPublicAddress(address) || isPlaceholder(address))
}
