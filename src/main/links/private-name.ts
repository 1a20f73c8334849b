import { domainToUnicode } from 'node:url'
import ipaddr from 'ipaddr.js'
import topLevelDomains from 'tlds'
import { isPublicLiteral } from './public-address.ts'

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
/** True for a name that leads inside wherever it is asked for. */
export const isPrivateName = (name: string): boolean => {
  const [, ...numbers] = ADDRESS_IN_NAME.exec(name) ?? []
  const address = numbers.join('.')
  return (
    PRIVATE_NAMES.some((pattern) => pattern.test(name)) ||
    (ipaddr.IPv4.isValid(address) && !isPublicLiteral(address))
  )
}

/** True for a name that ends in nothing the public root knows, such as `minio.lan` or `nas.corp`. */
export const isUnknownToPublic = (name: string): boolean => {
  const end = name.split('.').at(-1) ?? ''
  return end !== EXAMPLES && !KNOWN_ENDS.has(end) && !KNOWN_ENDS.has(domainToUnicode(end))
}
