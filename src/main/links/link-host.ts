import { domainToUnicode } from 'node:url'
import ipaddr from 'ipaddr.js'
import topLevelDomains from 'tlds'
import type { LinkFinding } from '../../shared/domain/link.ts'

const KNOWN_ENDS: ReadonlySet<string> = new Set(topLevelDomains)
/** Reserved for documents and tests (RFC 2606): nobody’s own network, and nobody’s server either. */
const EXAMPLES = 'example'
/**
 * Names below public ends that lead to a private network, to this computer, or nowhere: routers, tunnels within a
 * company, endpoints inside a cloud, and services that turn an address within the name into an answer.
 */
const PRIVATE_NAMES: readonly RegExp[] = [
  /(?:^|\.)(?:localhost|localdomain|local|internal)$/,
  /(?:^|\.)home\.arpa$/,
  /\.(?:in-addr|ip6)\.arpa$/,
  /(?:^|\.)(?:fritz|speedport|easy)\.(?:box|ip)$/,
  /(?:^|\.)(?:routerlogin|tplinkwifi|lvh|localtest|vcap|lacolhost)\.(?:net|com|me)$/,
  /\.ts\.net$/,
  /\.vpce\.amazonaws\.com(?:\.cn)?$/,
  /\.privatelink\./,
  /-internal\.aliyuncs\.com$/,
  /\.cos-internal\./,
  /\.svc\.cluster\./
]
/** `10.0.0.1.nip.io`, `app-192-168-1-4.sslip.io`: they lead to the address in the name. */
const ADDRESS_IN_NAME =
  /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})\.(?:nip|sslip|xip)\.io$/
const MAX_HOST_LENGTH = 253
/** Scripts with letters that pass for Latin ones. */
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
const LATIN = /\p{Script=Latin}/u
const OTHER_LETTER = /(?!\p{Script=Latin}|\p{Script=Common}|\p{Script=Inherited})\p{Letter}/u

/** Only global unicast; what is embedded in another address (mapped, 6to4, NAT64) is refused as well. */
const isPublicAddress = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean => {
  if (address.range() !== 'unicast') return false
  const first = address.toByteArray()[0] ?? 0
  return address.kind() === 'ipv4' || (first & 0xe0) === 0x20
}

const isBadName = (name: string): boolean => {
  const labels = name.split('.')
  return (
    labels.length < 2 ||
    name.length > MAX_HOST_LENGTH ||
    labels.some((label) => label === '' || label.length > 63)
  )
}

const isMixedScript = (name: string): boolean =>
  domainToUnicode(name)
    .split('.')
    .some((label) => LOOKALIKE.test(label) || (LATIN.test(label) && OTHER_LETTER.test(label)))

const isPrivateName = (name: string): boolean => {
  const [, ...numbers] = ADDRESS_IN_NAME.exec(name) ?? []
  const address = numbers.join('.')
  return (
    PRIVATE_NAMES.some((pattern) => pattern.test(name)) ||
    (ipaddr.IPv4.isValid(address) && !isPublicAddress(ipaddr.parse(address)))
  )
}

/** True for a name that ends in nothing the public root knows, such as `minio.lan` or `nas.corp`. */
const isUnknownToPublic = (name: string): boolean => {
  const end = name.split('.').at(-1) ?? ''
  return end !== EXAMPLES && !KNOWN_ENDS.has(end) && !KNOWN_ENDS.has(domainToUnicode(end))
}

const nameFindings = (name: string): readonly LinkFinding[] => {
  const detail = name.slice(0, MAX_HOST_LENGTH)
  if (isPrivateName(name)) return [{ code: 'private-address', level: 'error', detail }]
  if (isBadName(name)) return [{ code: 'bad-host', level: 'error', detail }]
  if (isUnknownToPublic(name)) return [{ code: 'private-address', level: 'error', detail }]
  return isMixedScript(name) ? [{ code: 'mixed-script-host', level: 'warning', detail }] : []
}

const portFindings = (port: string): readonly LinkFinding[] => {
  if (port === '') return []
  // Nothing but web servers answers a fetch, and below 1024 other services have their fixed places.
  const level = Number(port) < 1024 && port !== '80' ? 'error' : 'warning'
  return [{ code: 'unusual-port', level, detail: port }]
}

/** What the host and port of a parsed link tell. Nothing is looked up. */
export const hostFindings = (url: URL): readonly LinkFinding[] => {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const findings = ipaddr.isValid(host)
    ? isPublicAddress(ipaddr.parse(host))
      ? []
      : [{ code: 'private-address', level: 'error', detail: host } as const]
    : nameFindings(host)
  return [...findings, ...portFindings(url.port)]
}
