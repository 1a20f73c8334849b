import type { LinkFinding, LinkSigner } from '../../shared/domain/link.ts'
import { assertNever } from '../../shared/result.ts'
import { type CloudFrontPolicy, readCloudFrontPolicy } from './cloudfront-policy.ts'
import { firstValue, type LinkQuery } from './link-query.ts'

/** Until when a signature holds. `unknown`: it ends, but the link does not say when. `bad`: cannot be right. */
export type Expiry =
  | { readonly kind: 'at'; readonly untilMs: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'bad'; readonly parameter: string }
  | { readonly kind: 'never' }

/** What the signature of a link says about itself. */
export interface Signature {
  readonly signer: LinkSigner
  readonly region: string | null
  readonly fromMs: number | null
  readonly expiry: Expiry
  readonly isTemporary: boolean
  /** Asked lifetime, where the kind has a limit for it. */
  readonly lifetimeSeconds: number | null
  readonly findings: readonly LinkFinding[]
}

/** The last moment that four digits of year can name. */
const LAST_MOMENT_MS = Date.parse('9999-12-31T23:59:59.999Z')

const upload: LinkFinding = { code: 'made-for-upload', level: 'error', detail: null }

const plain = (signer: LinkSigner, expiry: Expiry): Signature => ({
  signer,
  region: null,
  fromMs: null,
  expiry,
  isTemporary: false,
  lifetimeSeconds: null,
  findings: []
})

export const detectSigner = (query: LinkQuery, host: string): LinkSigner => {
  const has = (...names: readonly string[]): boolean => names.every((name) => query.has(name))
  if (has('x-amz-signature') || has('x-amz-algorithm')) {
    return host.endsWith('.r2.cloudflarestorage.com') ? 'r2' : 's3'
  }
  if (has('x-goog-signature') || has('x-goog-algorithm')) return 'gcs'
  if (has('key-pair-id', 'signature')) return 'cloudfront'
  if (has('awsaccesskeyid', 'signature')) return 's3-v2'
  if (has('googleaccessid', 'signature')) return 'gcs-v2'
  if (has('sig', 'sv') || has('sig', 'se') || has('sig', 'si')) return 'azure'
  return 'none'
}

const at = (untilMs: number, parameter: string): Expiry =>
  Number.isFinite(untilMs) && untilMs > 0 && untilMs <= LAST_MOMENT_MS
    ? { kind: 'at', untilMs }
    : { kind: 'bad', parameter }

const unixExpiry = (query: LinkQuery): Expiry => {
  const text = firstValue(query, 'expires') ?? ''
  return at(/^\d{1,15}$/.test(text) ? Number(text) * 1000 : Number.NaN, 'Expires')
}

/** `20260131T120000Z`, the one form that signatures use. */
const readCompactDate = (text: string): number => {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/i.exec(text)
  if (parts === null) return Number.NaN
  const [, year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

const headerFindings = (signedHeaders: string, query: LinkQuery): readonly LinkFinding[] => {
  const extra = signedHeaders
    .toLowerCase()
    .split(';')
    .filter((name) => /^[a-z0-9-]{1,80}$/.test(name) && name !== 'host')
  const isForUpload =
    /^(?:put|upload|copy|create)/i.test(firstValue(query, 'x-id') ?? '') ||
    query.has('uploadid') ||
    query.has('partnumber') ||
    [...query.keys(), ...extra].some(
      (name) => name.startsWith('x-amz-checksum-') && name !== 'x-amz-checksum-mode'
    ) ||
    extra.some((name) => /^(?:content-(?:type|length|md5)|x-(?:amz|goog)-acl)$/.test(name))
  if (isForUpload) return [upload]
  if (extra.length === 0) return []
  return [{ code: 'extra-signed-headers', level: 'error', detail: extra.join(', ').slice(0, 300) }]
}

const prefixes = { s3: 'X-Amz', gcs: 'X-Goog' } as const

/** S3's fourth version, and Google's, which follows it under other names. */
const readDated = (query: LinkQuery, signer: 's3' | 'r2' | 'gcs'): Signature => {
  const prefix = prefixes[signer === 'gcs' ? 'gcs' : 's3']
  const value = (name: string): string => firstValue(query, `${prefix}-${name}`.toLowerCase()) ?? ''
  const fromMs = readCompactDate(value('Date'))
  const seconds = /^\d{1,12}$/.test(value('Expires')) ? Number(value('Expires')) : 0
  const credential = value('Credential').split('/')
  const region = credential.at(-3) ?? ''
  const expiry = (): Expiry => {
    if (value('Signature') === '') return { kind: 'bad', parameter: `${prefix}-Signature` }
    if (!Number.isFinite(fromMs)) return { kind: 'bad', parameter: `${prefix}-Date` }
    return at(seconds > 0 ? fromMs + seconds * 1000 : Number.NaN, `${prefix}-Expires`)
  }
  return {
    signer,
    region: credential.length >= 5 && /^[a-z0-9-]{1,60}$/i.test(region) ? region : null,
    fromMs: Number.isFinite(fromMs) ? fromMs : null,
    expiry: expiry(),
    isTemporary: value('Security-Token') !== '' || /^ASIA/.test(credential[0] ?? ''),
    lifetimeSeconds: seconds > 0 ? seconds : null,
    findings: headerFindings(value('SignedHeaders'), query)
  }
}

const AZURE_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?Z)?$/i

const readAzureDate = (text: string): number =>
  AZURE_DATE.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN

const azureExpiry = (query: LinkQuery): Expiry => {
  const end = firstValue(query, 'se')
  if (end === null) return query.has('si') ? { kind: 'unknown' } : { kind: 'bad', parameter: 'se' }
  const keyEnd = firstValue(query, 'ske')
  const ends = [
    readAzureDate(end),
    keyEnd === null ? Number.POSITIVE_INFINITY : readAzureDate(keyEnd)
  ]
  return at(Math.min(...ends), 'se')
}

const azureFindings = (query: LinkQuery): readonly LinkFinding[] => {
  const findings: LinkFinding[] = []
  const rights = firstValue(query, 'sp')?.toLowerCase()
  const services = firstValue(query, 'ss')?.toLowerCase()
  const types = firstValue(query, 'srt')?.toLowerCase()
  const isOutOfReach =
    (services !== undefined && !services.includes('b')) ||
    (types !== undefined && !types.includes('o'))
  if (rights !== undefined && !rights.includes('r')) {
    const isForUpload = /[cwa]/.test(rights)
    findings.push(
      isForUpload ? upload : { code: 'no-read-permission', level: 'error', detail: null }
    )
  } else if (isOutOfReach) {
    findings.push({ code: 'no-read-permission', level: 'error', detail: null })
  }
  if (query.has('sip')) findings.push({ code: 'ip-restricted', level: 'error', detail: null })
  return findings
}

const readAzure = (query: LinkQuery): Signature => {
  const start = readAzureDate(firstValue(query, 'st') ?? '')
  return {
    ...plain('azure', azureExpiry(query)),
    fromMs: Number.isFinite(start) ? start : null,
    findings: azureFindings(query)
  }
}

const policySignature = (policy: CloudFrontPolicy): Signature => ({
  ...plain('cloudfront', at(policy.untilMs, 'Policy')),
  fromMs: policy.fromMs,
  findings: policy.isForSomeAddresses
    ? [{ code: 'ip-restricted', level: 'warning', detail: null }]
    : []
})

const readCloudFront = (query: LinkQuery): Signature => {
  const text = firstValue(query, 'policy')
  if (text === null) return plain('cloudfront', unixExpiry(query))
  const policy = readCloudFrontPolicy(text)
  return policy === null
    ? plain('cloudfront', { kind: 'bad', parameter: 'Policy' })
    : policySignature(policy)
}

/** Names that a signature or an end of validity hides behind at services not known here. */
const PERHAPS_SIGNED =
  /^(?:.*signature|sig|token|access_token|hmac|hdnts|hdnea|exp|expires|expiry|auth|policy)$/

const readUnsigned = (query: LinkQuery, path: string): Signature => {
  const isPerhapsSigned =
    [...query.keys()].some((name) => PERHAPS_SIGNED.test(name)) ||
    /\b(?:exp|hmac|token)=/i.test(path)
  return plain('none', { kind: isPerhapsSigned ? 'unknown' : 'never' })
}

/** Reads who signed a link and what the signature allows, from the link alone. */
export const readSignature = (query: LinkQuery, url: URL): Signature => {
  const signer = detectSigner(query, url.hostname)
  switch (signer) {
    case 's3':
    case 'r2':
    case 'gcs':
      return readDated(query, signer)
    case 's3-v2':
    case 'gcs-v2':
      return plain(signer, unixExpiry(query))
    case 'azure':
      return readAzure(query)
    case 'cloudfront':
      return readCloudFront(query)
    case 'none':
      return readUnsigned(query, url.pathname)
    default:
      return assertNever(signer)
  }
}
