import ipaddr from 'ipaddr.js'

/** The IPv4 address that a network without IPv4 writes into one of IPv6 (RFC 6052, the well-known prefix). */
const embeddedAddress = (address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | null =>
  address instanceof ipaddr.IPv6 && address.match(ipaddr.IPv6.parseCIDR('64:ff9b::/96'))
    ? new ipaddr.IPv4(address.toByteArray().slice(-4))
    : null

/** The part of IPv6 that is given out (2000::/3). */
const isGlobal = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === 'unicast' &&
  (address.kind() === 'ipv4' || ((address.toByteArray()[0] ?? 0) & 0xe0) === 0x20)

/** True for an address that anyone on the internet could reach (security D4). */
export const isPublicAddress = (text: string): boolean => {
  const bare = text.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(bare)) return false
  const address = ipaddr.process(bare)
  const embedded = embeddedAddress(address)
  return embedded === null ? isGlobal(address) : isGlobal(embedded)
}

/**
 * True for an address that may stand in a link: what a network without IPv4 makes of a name is that network's alone, and
 * an address that is embedded in another hides where it leads.
 */
export const isPublicLiteral = (text: string): boolean => {
  const bare = text.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) && isGlobal(ipaddr.parse(bare))
}
