import ipaddr from 'ipaddr.js'

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

const privateName = /^(?:.*\.)?(?:localhost|local|internal|home\.arpa|lan)$/i

/** The IPv4 address that a network without IPv4 writes into one of IPv6 (RFC 6052, the well-known prefix). */
const embeddedAddress = (address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | null =>
  address instanceof ipaddr.IPv6 && address.match(ipaddr.IPv6.parseCIDR('64:ff9b::/96'))
    ? new ipaddr.IPv4(address.toByteArray().slice(-4))
    : null

/** What a proxy on this computer answers for a name that it will resolve itself (RFC 2544's range, for tests alone). */
const isPlaceholder = (address: string): boolean =>
  ipaddr.IPv4.isValid(address) &&
  ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR('198.18.0.0/15'))

/** True for an address that anyone on the internet could reach (security D4). */
export const isPublicAddress = (text: string): boolean => {
  const bare = text.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(bare)) return false
  const address = ipaddr.process(bare)
  if (address.kind() === 'ipv4') return address.range() === 'unicast'
  const embedded = embeddedAddress(address)
  if (embedded !== null) return embedded.range() === 'unicast'
  // ::/96 carries an IPv4 address that the ranges do not look at.
  const isCompatible = address.match(ipaddr.parseCIDR('::/96'))
  return !isCompatible && address.range() === 'unicast'
}

export interface LinkNetwork {
  readonly lookup: LookupAddresses
  readonly routeOf: RouteOf
}

/**
 * True if a link may be fetched: https on the usual port, no user info, and a host that is public by name and,
 * where a network is given, by every address it resolves to. Where a proxy does the resolving the name decides.
 */
export const isPublicLink = async (url: URL, network?: LinkNetwork): Promise<boolean> => {
  if (url.protocol !== 'https:' || url.port !== '') return false
  if (url.username !== '' || url.password !== '') return false
  const host = url.hostname.replace(/\.$/, '')
  if (host.startsWith('[') || ipaddr.isValid(host)) return isPublicAddress(host)
  if (!host.includes('.') || privateName.test(host)) return false
  return network === undefined || isPublicBehind(url.href, host, network)
}

const isPublicBehind = async (
  url: string,
  host: string,
  { lookup, routeOf }: LinkNetwork
): Promise<boolean> => {
  const route = await routeOf(url)
  if (route === 'proxy') return true
  if (route === 'direct') {
    const addresses = await lookup(host)
    return addresses.length > 0 && addresses.every(isPublicAddress)
  }
  // Without an address nothing can be reached past the proxy either.
  const addresses = await lookup(host).catch(() => [])
  return addresses.every((address) => isPublicAddress(address) || isPlaceholder(address))
}
