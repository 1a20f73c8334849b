import ipaddr from 'ipaddr.js'

/** Resolves a host to its addresses, as the network stack that makes the connection would. */
export type LookupAddresses = (hostname: string) => Promise<readonly string[]>

const privateName = /^(?:.*\.)?(?:localhost|local|internal|home\.arpa|lan)$/i

/** True for an address that anyone on the internet could reach (security D4). */
export const isPublicAddress = (text: string): boolean => {
  const bare = text.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(bare)) return false
  const address = ipaddr.process(bare)
  if (address.kind() === 'ipv4') return address.range() === 'unicast'
  // ::/96 carries an IPv4 address that the ranges do not look at.
  const isCompatible = address.match(ipaddr.parseCIDR('::/96'))
  return !isCompatible && address.range() === 'unicast'
}

/**
 * True if a link may be fetched: https on the usual port, no user info, and a host that is public by name and,
 * where a lookup is given, by every address it resolves to. Behind a proxy the resolving is the proxy's.
 */
export const isPublicLink = async (url: URL, lookup?: LookupAddresses): Promise<boolean> => {
  if (url.protocol !== 'https:' || url.port !== '') return false
  if (url.username !== '' || url.password !== '') return false
  const host = url.hostname.replace(/\.$/, '')
  if (host.startsWith('[') || ipaddr.isValid(host)) return isPublicAddress(host)
  if (!host.includes('.') || privateName.test(host)) return false
  if (lookup === undefined) return true
  const addresses = await lookup(host)
  return addresses.length > 0 && addresses.every(isPublicAddress)
}
