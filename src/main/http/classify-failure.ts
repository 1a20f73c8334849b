import { NotSentError } from './not-sent-error.ts'
import { RedirectedError } from './redirected-error.ts'

/**
 * What a failed fetch means.
 *
 * - `unreachable`: no connection. `insecure`: no connection that can be trusted. `redirect`: the server sent us on.
 * - `broken`: the connection ended early. `garbled`: the answer's encoding cannot be undone.
 * `isUnsent` is true only where it is certain that no byte of the request left this computer.
 */
export interface Failure {
  readonly kind: 'unreachable' | 'insecure' | 'redirect' | 'broken' | 'garbled'
  readonly isUnsent: boolean
  /** The network stack's own name of the failure, from a closed alphabet, so it may be logged. */
  readonly code: string
  /** Of a redirect: where it would have led, if that is known. */
  readonly toOrigin?: string
}

/**
 * Errors Chromium gives only before a request is written. Missing on purpose: ERR_ADDRESS_UNREACHABLE and
 * ERR_NETWORK_CHANGED, which the system also reports for a connection that had carried the request already.
 */
const unsentChromium = new Set([
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_FAILED',
  'ERR_CONNECTION_TIMED_OUT',
  'ERR_INTERNET_DISCONNECTED',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_NAME_RESOLUTION_FAILED',
  'ERR_ICANN_NAME_COLLISION',
  'ERR_ADDRESS_INVALID',
  'ERR_PROXY_CONNECTION_FAILED',
  'ERR_TUNNEL_CONNECTION_FAILED',
  'ERR_SOCKS_CONNECTION_FAILED',
  'ERR_SOCKS_CONNECTION_HOST_UNREACHABLE',
  'ERR_NO_SUPPORTED_PROXIES',
  'ERR_MANDATORY_PROXY_CONFIGURATION_FAILED',
  'ERR_NETWORK_ACCESS_DENIED',
  'ERR_BLOCKED_BY_CLIENT',
  'ERR_BLOCKED_BY_ADMINISTRATOR',
  'ERR_UNSAFE_PORT'
])
/** Other names of a missing connection, after which a request may have left. */
const unreachableChromium = new Set([
  'ERR_ADDRESS_UNREACHABLE',
  'ERR_NETWORK_CHANGED',
  'ERR_NETWORK_IO_SUSPENDED'
])
const unsentTlsChromium = new Set([
  'ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
  'ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN',
  'ERR_SSL_OBSOLETE_VERSION'
])
const refusedNode = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])
const unreachableNode = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'ETIMEDOUT'])
const certificateNode =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/

/** Reads a failure out of what `fetch` of Chromium or Node threw. Unknown errors count as broken and as sent. */
export const classifyFailure = (error: unknown): Failure => {
  if (error instanceof NotSentError) return unsent('unreachable', 'NOT_SENT')
  if (error instanceof RedirectedError) {
    return { ...maybeSent('redirect', 'REDIRECT'), toOrigin: error.toOrigin }
  }
  const chromium = /\bnet::(ERR_[A-Z0-9_]{1,60})/.exec(messageOf(error))?.[1]
  if (chromium !== undefined) return classifyChromium(chromium)
  if (isRedirect(error)) return maybeSent('redirect', 'REDIRECT')
  return classifyNode(codeOf(error), syscallOf(error))
}

const classifyChromium = (code: string): Failure => {
  if (unsentChromium.has(code) || code.startsWith('ERR_DNS_')) return unsent('unreachable', code)
  if (code.startsWith('ERR_CERT_') || unsentTlsChromium.has(code)) return unsent('insecure', code)
  if (unreachableChromium.has(code)) return maybeSent('unreachable', code)
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_BAD_SSL_')) {
    return maybeSent('insecure', code)
  }
  if (code.startsWith('ERR_CONTENT_DECODING_')) return maybeSent('garbled', code)
  if (/REDIRECT/.test(code)) return maybeSent('redirect', code)
  return maybeSent('broken', code)
}

const classifyNode = (code: string, syscall: string): Failure => {
  if (refusedNode.has(code)) return unsent('unreachable', code)
  if (unreachableNode.has(code)) {
    return syscall === 'connect' ? unsent('unreachable', code) : maybeSent('unreachable', code)
  }
  if (certificateNode.test(code)) return unsent('insecure', code)
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return maybeSent('insecure', code)
  if (/^Z_|^ERR_(?:BROTLI|ZLIB)|^ERR__ERROR_FORMAT/.test(code)) return maybeSent('garbled', code)
  return maybeSent('broken', code)
}

const unsent = (kind: Failure['kind'], code: string): Failure => ({ kind, code, isUnsent: true })
const maybeSent = (kind: Failure['kind'], code: string): Failure => ({
  kind,
  code,
  isUnsent: false
})

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined)

const isRedirect = (error: unknown): boolean =>
  messageOf(error).startsWith('Attempted to redirect') ||
  messageOf(causeOf(error)) === 'unexpected redirect'

const textOf = (error: unknown, name: 'code' | 'syscall'): string => {
  const source = causeOf(error) ?? error
  if (typeof source !== 'object' || source === null) return ''
  const value: unknown = Reflect.get(source, name)
  return typeof value === 'string' && /^[A-Za-z0-9_]{1,60}$/.test(value) ? value : ''
}

const codeOf = (error: unknown): string => textOf(error, 'code') || 'UNKNOWN'
const syscallOf = (error: unknown): string => textOf(error, 'syscall')
