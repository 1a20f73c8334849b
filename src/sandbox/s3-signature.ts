import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** A request as its signature sees it. */
export interface SignedRequest {
  readonly method: string
  /** As it stood in the request line: path and query, not decoded. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
}

export interface SignatureRules {
  readonly accessKeyId: string
  readonly secretKey: string
  readonly region: string
  readonly nowMs: number
}

/** Why a request is refused, with S3's own code. `region`: the one that should have been named. */
export interface SignatureFault {
  readonly status: number
  readonly code:
    | 'AccessDenied'
    | 'AuthorizationHeaderMalformed'
    | 'AuthorizationQueryParametersError'
    | 'ExpiredRequest'
    | 'InvalidAccessKeyId'
    | 'RequestTimeTooSkewed'
    | 'SignatureDoesNotMatch'
  readonly stringToSign?: string
  readonly expiresAtMs?: number
}

const skewMs = 15 * 60_000
const longestLinkSeconds = 604_800

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/** RFC 3986: everything but the unreserved characters is escaped. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
  )

const signingKey = (secret: string, date: string, region: string): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), 's3'), 'aws4_request')

/** `20260301T120000Z` in milliseconds; null if it is none. */
const readTime = (text: string): number | null => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

const splitTarget = (target: string) => {
  const [path = '/', query = ''] = target.split(/\?(.*)/s)
  return { path, query: new URLSearchParams(query) }
}

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&')

interface Claim {
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly time: string
  readonly bodyHash: string
}

const claimOfQuery = (query: URLSearchParams): Claim => ({
  credential: query.get('X-Amz-Credential') ?? '',
  signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
  signature: query.get('X-Amz-Signature') ?? '',
  time: query.get('X-Amz-Date') ?? '',
  bodyHash: 'UNSIGNED-PAYLOAD'
})

const claimOfHeader = (header: string, headers: IncomingHttpHeaders): Claim => ({
  credential: /Credential=([^,]+)/.exec(header)?.[1] ?? '',
  signedHeaders: /SignedHeaders=([^,]+)/.exec(header)?.[1] ?? '',
  signature: /Signature=([0-9a-f]+)/.exec(header)?.[1] ?? '',
  time: String(headers['x-amz-date'] ?? ''),
  bodyHash: String(headers['x-amz-content-sha256'] ?? '')
})

const refused = (
  status: number,
  code: SignatureFault['code'],
  more: Partial<SignatureFault> = {}
): SignatureFault => ({ status, code, ...more })

const timeFault = (
  query: URLSearchParams,
  time: string,
  nowMs: number,
  isLink: boolean
): SignatureFault | null => {
  const atMs = readTime(time)
  if (atMs === null) return refused(403, 'AccessDenied')
  if (!isLink) return Math.abs(atMs - nowMs) > skewMs ? refused(403, 'RequestTimeTooSkewed') : null
  const seconds = Number(query.get('X-Amz-Expires') ?? '0')
  if (!(seconds >= 1 && seconds <= longestLinkSeconds)) {
    return refused(400, 'AuthorizationQueryParametersError')
  }
  if (atMs - nowMs > skewMs) return refused(403, 'AccessDenied')
  const expiresAtMs = atMs + seconds * 1000
  return nowMs > expiresAtMs ? refused(403, 'ExpiredRequest', { expiresAtMs }) : null
}

/**
 * Checks a request's AWS Signature Version 4, in its header or its query; null: it holds. Written after
 * docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html, without the SDK that signs.
 */
export const signatureFault = (
  request: SignedRequest,
  rules: SignatureRules
): SignatureFault | null => {
  const { path, query } = splitTarget(request.target)
  const isLink = query.has('X-Amz-Signature')
  const header = String(request.headers.authorization ?? '')
  if (!isLink && !header.startsWith('AWS4-HMAC-SHA256 ')) return refused(403, 'AccessDenied')
  const claim = isLink ? claimOfQuery(query) : claimOfHeader(header, request.headers)
  const [keyId, date, region, service] = claim.credential.split('/')
  if (keyId !== rules.accessKeyId) return refused(403, 'InvalidAccessKeyId')
  if (region !== rules.region || service !== 's3') {
    return refused(
      400,
      isLink ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed'
    )
  }
  const late = timeFault(query, claim.time, rules.nowMs, isLink)
  if (late !== null) return late
  const names = claim.signedHeaders.split(';')
  // What is sent of Amazon's own headers has to be signed.
  const isUnsigned = (name: string): boolean => name.startsWith('x-amz-') && !names.includes(name)
  if (Object.keys(request.headers).some(isUnsigned)) return refused(403, 'AccessDenied')
  const canonical = [
    request.method,
    path,
    canonicalQuery(query),
    ...names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    claim.signedHeaders,
    claim.bodyHash
  ].join('\n')
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    claim.time,
    `${date}/${region}/s3/aws4_request`,
    createHash('sha256').update(canonical).digest('hex')
  ].join('\n')
  const key = signingKey(rules.secretKey, date ?? '', rules.region)
  const expected = hmac(key, stringToSign)
  const given = Buffer.from(claim.signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? null
    : refused(403, 'SignatureDoesNotMatch', { stringToSign })
}
