import * as z from 'zod'
import type { LinkFinding, LinkSigner } from '../../shared/domain/link.ts'
import { firstValue, type LinkQuery } from './link-query.ts'
import type { Place } from './stores.ts'

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
  /** `start`: it was chosen and holds. `signed`: when it was signed, by the clock of whoever did. */
  readonly fromMeans: 'start' | 'signed'
  readonly expiry: Expiry
  readonly isTemporary: boolean
  /** Asked lifetime, where the kind has a limit for it. */
  readonly lifetimeSeconds: number | null
  readonly findings: readonly LinkFinding[]
}

interface Link {
  readonly query: LinkQuery
  readonly url: URL
  readonly place: Place
}

/** One way of signing links: how it is recognized, and what it says. Null: it is not this one after all. */
interface SignerFacts {
  readonly needs: readonly string[]
  readonly read: (link: Link) => Signature | null
}

/** The last moment that four digits of year can name. */
const LAST_MOMENT_MS = Date.parse('9999-12-31T23:59:59.999Z')
const MAX_DETAIL = 300

const finding = (
  level: LinkFinding['level'],
  code: LinkFinding['code'],
  detail: string | null = null
): LinkFinding => ({ code, level, detail: detail?.slice(0, MAX_DETAIL) ?? null })

const plain = (signer: LinkSigner, expiry: Expiry): Signature => ({
  signer,
  region: null,
  fromMs: null,
  fromMeans: 'start',
  expiry,
  isTemporary: false,
  lifetimeSeconds: null,
  findings: []
})

const at = (untilMs: number, parameter: string): Expiry =>
  Number.isFinite(untilMs) && untilMs > 0 && untilMs <= LAST_MOMENT_MS
    ? { kind: 'at', untilMs }
    : { kind: 'bad', parameter }

const unix = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) * 1000 : Number.NaN)

/** `20260131T120000Z`, the one form that version 4 uses; without the letters at Backblaze. */
const readCompactDate = (text: string): number => {
  const parts = /^(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})Z?$/i.exec(text)
  if (parts === null) return Number.NaN
  const [, year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

// What was signed besides the address.

const UPLOAD_HEADER =
  /^(?:content-(?:type|length|md5)|x-(?:amz|goog|oss|cos|tos)-(?:acl|storage-class))$/

const otherHeaders = (signed: string): readonly string[] =>
  signed
    .toLowerCase()
    .split(';')
    .filter((name) => /^[a-z0-9-]{1,80}$/.test(name) && name !== 'host')

/** Whether the link is one for reading, and can be opened without headers that only its maker knows. */
const methodFindings = (query: LinkQuery, signedHeaders: string): readonly LinkFinding[] => {
  const method = firstValue(query, 'x-id') ?? ''
  const extra = otherHeaders(signedHeaders)
  const isForUpload =
    /^(?:put|upload|copy|create|complete|post)/i.test(method) ||
    query.has('uploadid') ||
    query.has('partnumber') ||
    [...query.keys(), ...extra].some(
      (name) => name.startsWith('x-amz-checksum-') && name !== 'x-amz-checksum-mode'
    ) ||
    extra.some((name) => UPLOAD_HEADER.test(name))
  if (isForUpload) return [finding('error', 'made-for-upload')]
  if (method !== '' && !/^getobject$/i.test(method)) {
    const isShown = /^[a-z0-9]{1,40}$/i.test(method)
    return [finding('error', 'other-method', isShown ? method : null)]
  }
  return extra.length === 0 ? [] : [finding('error', 'extra-signed-headers', extra.join(', '))]
}

// Whether all of a signature is there.

/** What is shorter was typed as an example; what is longer and still too short was cut at copying. */
const fewestOfCut = 16

const lengthFindings = (
  value: string,
  right: readonly number[],
  pattern: RegExp
): readonly LinkFinding[] => {
  if (value === '' || (right.includes(value.length) && pattern.test(value))) return []
  return [finding(value.length < fewestOfCut ? 'warning' : 'error', 'cut-short')]
}

const BASE64 = /^[A-Za-z0-9+/ ]+={0,2}$/
const HEX = /^[0-9a-f]+$/i

/** A `+` between base64 is read as a space by many servers; only `%2B` is always a `+`. */
const plusFindings = (url: URL, name: string): readonly LinkFinding[] => {
  const raw = new RegExp(`[?&]${name}=([^&]*)`, 'i').exec(url.search)?.[1] ?? ''
  return raw.includes('+') ? [finding('warning', 'raw-plus')] : []
}

// Version 4 of Amazon, and those who follow it under other names.

interface DatedFacts {
  readonly prefix: string
  readonly algorithm: string
  readonly service: readonly string[]
  readonly scopeEnd: string
  readonly temporaryKey: RegExp
  /** Lengths of the signature in hex; null: it depends on the key. */
  readonly lengths: (algorithm: string) => readonly number[] | null
  readonly signerAt: (place: Place) => LinkSigner
}

const usualLengths = (algorithm: string): readonly number[] | null =>
  /HMAC-SHA256$/i.test(algorithm) ? [64] : null

const dated = (prefix: string, facts: Omit<DatedFacts, 'prefix'>): SignerFacts => ({
  needs: [],
  read: (link) => {
    const has = (name: string) => link.query.has(`${prefix}-${name}`.toLowerCase())
    return has('Signature') || has(facts.algorithm) ? readDated(link, { prefix, ...facts }) : null
  }
})

/** Parts of the credential that contradict the rest of the link. */
const scopeFindings = (
  { place }: Link,
  { service, scopeEnd }: DatedFacts,
  credential: readonly string[],
  date: string
): readonly LinkFinding[] => {
  if (credential.length < 5) return []
  const [day = '', region = '', named = '', end = ''] = credential.slice(-4)
  const findings: LinkFinding[] = []
  if (/^\d{8}$/.test(day) && /^\d{8}/.test(date) && day !== date.slice(0, 8)) {
    findings.push(finding('error', 'scope-date', `${day}, ${date.slice(0, 8)}`))
  }
  if (!service.includes(named) || end !== scopeEnd) findings.push(finding('error', 'other-service'))
  // Where every region is taken, and where no host names one, there is nothing to compare.
  const isComparable =
    place.region !== null && /^[a-z0-9-]{1,60}$/.test(region) && region !== 'auto'
  if (isComparable && place.region !== region) {
    findings.push(finding('warning', 'region-mismatch', `${region}, ${place.region}`))
  }
  return findings
}

const readDated = (link: Link, facts: DatedFacts): Signature => {
  const { prefix } = facts
  const value = (name: string): string =>
    firstValue(link.query, `${prefix}-${name}`.toLowerCase()) ?? ''
  const signature = value('Signature')
  const date = value('Date')
  const fromMs = readCompactDate(/^\d{8}T\d{6}Z$/i.test(date) ? date : '')
  const seconds = /^\d{1,12}$/.test(value('Expires')) ? Number(value('Expires')) : 0
  const credential = value('Credential').split('/')
  const region = credential.at(-3) ?? ''
  const expiry = (): Expiry => {
    if (signature === '') return { kind: 'bad', parameter: `${prefix}-Signature` }
    if (!Number.isFinite(fromMs)) return { kind: 'bad', parameter: `${prefix}-Date` }
    return at(seconds > 0 ? fromMs + seconds * 1000 : Number.NaN, `${prefix}-Expires`)
  }
  const lengths = facts.lengths(value(facts.algorithm))
  const headers = value('SignedHeaders') || value('Additional-Headers')
  return {
    signer: facts.signerAt(link.place),
    region: credential.length >= 5 && /^[a-z0-9-]{1,60}$/i.test(region) ? region : null,
    fromMs: Number.isFinite(fromMs) ? fromMs : null,
    fromMeans: 'signed',
    expiry: expiry(),
    isTemporary: value('Security-Token') !== '' || facts.temporaryKey.test(credential[0] ?? ''),
    lifetimeSeconds: seconds > 0 ? seconds : null,
    findings: [
      ...(signature === '' || lengths === null
        ? []
        : // Forty of sixty-four digits are as useless as none.
          signature.length === lengths[0] && HEX.test(signature)
          ? []
          : [finding('error', 'cut-short')]),
      ...methodFindings(link.query, headers),
      ...scopeFindings(link, facts, credential, date)
    ]
  }
}

const s3Signer = (place: Place): LinkSigner => {
  if (place.store === null || place.store === 'azure') return 's3-compatible'
  return place.store
}

// Version 2 of Amazon, and those who follow it: a key, a time and a signature in base64.

const VERSION_2_LENGTHS = [28]

const version2 = (
  key: string,
  signerOf: (place: Place) => LinkSigner,
  more: (link: Link) => Pick<Signature, 'isTemporary' | 'findings'>,
  lengths: readonly number[] | null = VERSION_2_LENGTHS
): SignerFacts => ({
  needs: [key, 'signature'],
  read: (link) => {
    const { isTemporary, findings } = more(link)
    const value = firstValue(link.query, 'signature') ?? ''
    return {
      ...plain(signerOf(link.place), at(unix(firstValue(link.query, 'expires') ?? ''), 'Expires')),
      isTemporary,
      findings: [
        ...(lengths === null ? [] : lengthFindings(value, lengths, BASE64)),
        ...plusFindings(link.url, 'Signature'),
        ...methodFindings(link.query, ''),
        ...findings
      ]
    }
  }
})

const versionFindings = ({ place }: Link): readonly LinkFinding[] => {
  if (place.takesVersion2 === false) {
    return [finding('error', 'signature-version', place.region)]
  }
  // New buckets refuse it everywhere at Amazon, and the link does not say how old a bucket is.
  return place.store === 's3' ? [finding('note', 'old-signature')] : []
}

const startsWith = (query: LinkQuery, name: string, pattern: RegExp): boolean =>
  pattern.test(firstValue(query, name) ?? '')

// Azure.

const AZURE_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?Z)?$/i
/** 32 bytes in base64. */
const AZURE_LENGTHS = [44]
/** User delegation keys live no longer. */
const USER_DELEGATION_SECONDS = 604_800

const readAzureDate = (text: string | null): number =>
  text !== null && AZURE_DATE.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN

const azureExpiry = (query: LinkQuery): Expiry => {
  const end = firstValue(query, 'se')
  if (end === null) return query.has('si') ? { kind: 'unknown' } : { kind: 'bad', parameter: 'se' }
  const keyEnd = firstValue(query, 'ske')
  const keyEndMs = keyEnd === null ? Number.POSITIVE_INFINITY : readAzureDate(keyEnd)
  return at(Math.min(readAzureDate(end), keyEndMs), 'se')
}

const azureFindings = (query: LinkQuery): readonly LinkFinding[] => {
  const rights = firstValue(query, 'sp')?.toLowerCase()
  const services = firstValue(query, 'ss')?.toLowerCase()
  const types = firstValue(query, 'srt')?.toLowerCase()
  const resource = firstValue(query, 'sr')?.toLowerCase()
  const isOutOfReach =
    (services !== undefined && !services.includes('b')) ||
    (types !== undefined && !types.includes('o')) ||
    (resource !== undefined && /^[fqst]$/.test(resource))
  const findings: LinkFinding[] = []
  if (rights !== undefined && !rights.includes('r')) {
    const isForUpload = /[cwa]/.test(rights)
    findings.push(finding('error', isForUpload ? 'made-for-upload' : 'no-read-permission'))
  } else if (isOutOfReach) {
    findings.push(finding('error', 'no-read-permission'))
  }
  if (query.has('sip')) findings.push(finding('error', 'ip-restricted'))
  const startMs = readAzureDate(firstValue(query, 'st'))
  if (startMs >= readAzureDate(firstValue(query, 'se'))) {
    findings.push(finding('error', 'ends-before-start'))
  }
  return findings
}

const readAzure = ({ query, url }: Link): Signature | null => {
  if (!query.has('sv') && !query.has('se') && !query.has('si')) return null
  const startMs = readAzureDate(firstValue(query, 'st'))
  const endMs = readAzureDate(firstValue(query, 'se'))
  const keyStartMs = readAzureDate(firstValue(query, 'skt'))
  const isDelegated = query.has('skoid')
  const fromMs = Math.max(
    ...[startMs, isDelegated ? keyStartMs : Number.NaN].filter((ms) => Number.isFinite(ms))
  )
  const lifetime = isDelegated && Number.isFinite(startMs) ? (endMs - startMs) / 1000 : null
  return {
    ...plain('azure', azureExpiry(query)),
    fromMs: Number.isFinite(fromMs) ? fromMs : null,
    findings: [
      ...lengthFindings(firstValue(query, 'sig') ?? '', AZURE_LENGTHS, BASE64),
      ...plusFindings(url, 'sig'),
      ...azureFindings(query),
      ...(lifetime !== null && lifetime > USER_DELEGATION_SECONDS
        ? [finding('error', 'over-7-days')]
        : [])
    ]
  }
}

// CloudFront.

const epoch = z.object({ 'AWS:EpochTime': z.number() })
const policySchema = z.object({
  Statement: z
    .array(
      z.object({
        Resource: z.string().optional(),
        Condition: z.object({
          DateLessThan: epoch,
          DateGreaterThan: epoch.optional(),
          IpAddress: z.object({ 'AWS:SourceIp': z.string() }).optional()
        })
      })
    )
    .min(1)
})

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** True if a policy's resource, in which `*` is any text and `?` any character, covers the link. */
const covers = (resource: string, url: URL): boolean => {
  // Whoever may sign such patterns is no attacker, but a pattern of stars alone would take for ever.
  const parts = resource.replace(/\*+/g, '*').split('*').slice(0, 20)
  const pattern = parts.map((part) =>
    part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.')
  )
  const bare = new URL(url)
  for (const name of ['Policy', 'Signature', 'Key-Pair-Id', 'Expires', 'Hash-Algorithm']) {
    bare.searchParams.delete(name)
  }
  const whole = new RegExp(`^${pattern.join('[^]*')}$`, 'i')
  const addresses = [
    bare.href,
    bare.href.split('?')[0] ?? '',
    bare.pathname,
    bare.pathname.slice(1)
  ]
  return addresses.some((address) => whole.test(address) || whole.test(decodeURI(address)))
}

const readPolicy = (text: string, url: URL): Signature => {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/')
  const policy = policySchema.safeParse(parseJson(Buffer.from(base64, 'base64').toString('utf8')))
  const [statement] = policy.data?.Statement ?? []
  if (statement === undefined) return plain('cloudfront', { kind: 'bad', parameter: 'Policy' })
  const { Condition: condition, Resource: resource } = statement
  const from = condition.DateGreaterThan?.['AWS:EpochTime']
  const addresses = condition.IpAddress?.['AWS:SourceIp']
  const isForSome = addresses !== undefined && !/\/0$/.test(addresses)
  const isForOther = resource !== undefined && /:\/\//.test(resource) && !covers(resource, url)
  return {
    ...plain('cloudfront', at(condition.DateLessThan['AWS:EpochTime'] * 1000, 'Policy')),
    fromMs: from === undefined ? null : from * 1000,
    findings: [
      ...(isForSome ? [finding('warning', 'ip-restricted')] : []),
      ...(isForOther ? [finding('warning', 'policy-for-other')] : [])
    ]
  }
}

// Tencent, OpenStack, Backblaze.

const readTencent = ({ query, place }: Link): Signature => {
  const spans = ['q-sign-time', 'q-key-time'].map((name) =>
    (firstValue(query, name) ?? '').split(';').map(unix)
  )
  const starts = spans.map(([start = Number.NaN]) => start)
  const ends = spans.map(([, end = Number.NaN]) => end).filter((ms) => !Number.isNaN(ms))
  return {
    ...plain('cos', at(ends.length === 0 ? Number.NaN : Math.min(...ends), 'q-sign-time')),
    region: place.region,
    fromMs: Number.isFinite(starts[0]) ? (starts[0] ?? null) : null,
    fromMeans: 'signed',
    isTemporary: query.has('x-cos-security-token'),
    findings: [
      ...lengthFindings(firstValue(query, 'q-signature') ?? '', [40], HEX),
      ...methodFindings(query, firstValue(query, 'q-header-list') ?? '')
    ]
  }
}

const readSwift = ({ query }: Link): Signature => {
  const text = firstValue(query, 'temp_url_expires') ?? ''
  const untilMs = /^\d+$/.test(text) ? unix(text) : Date.parse(text)
  return {
    ...plain('swift', at(untilMs, 'temp_url_expires')),
    findings: query.has('temp_url_ip_range') ? [finding('error', 'ip-restricted')] : []
  }
}

/** `3_20261010110000_…_20261010120000_0022_dnld`: a version, from when, two keys, until when. */
const readBackblaze = ({ query }: Link): Signature | null => {
  const token = firstValue(query, 'authorization') ?? ''
  if (!/^\d_/.test(token)) return null
  const times = token.split('_').filter((part) => /^\d{14}$/.test(part))
  const startMs = readCompactDate(times[0] ?? '')
  const expiry: Expiry =
    times.length === 0
      ? { kind: 'unknown' }
      : at(readCompactDate(times.at(-1) ?? ''), 'Authorization')
  return {
    ...plain('b2', expiry),
    fromMs: times.length > 1 && Number.isFinite(startMs) ? startMs : null,
    fromMeans: 'signed'
  }
}

// Tokens of content networks.

/** `exp=1700000000~acl=/*~hmac=…`, in the query or in the path. */
const readAkamai = ({ query, url }: Link): Signature | null => {
  const texts = [...query.values()].flat().concat(url.pathname.split('/').map(decoded))
  const token = texts.find((text) => /(?:^|~|=|;)exp=\d+/.test(text) && /hmac=/.test(text))
  if (token === undefined) return null
  const start = /(?:^|~|=)st=(\d+)/.exec(token)?.[1]
  const end = /exp=(\d+)/.exec(token)?.[1] ?? ''
  return {
    ...plain('token', at(unix(end), 'exp')),
    fromMs: start === undefined ? null : unix(start),
    findings: /(?:^|~)ip=/.test(token) ? [finding('error', 'ip-restricted')] : []
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

const jwtSchema = z.object({ exp: z.number().optional(), nbf: z.number().optional() })

/** A signed JSON token anywhere in a link: Supabase, Mux, Cloudflare Stream, GitHub, and whoever else uses them. */
const readJsonToken = ({ query, url }: Link): Signature | null => {
  const texts = [...query.values()].flat().concat(url.pathname.split('/'))
  const token = texts.find((text) => /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(text))
  if (token === undefined) return null
  const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  const claims = jwtSchema.safeParse(parseJson(text)).data
  if (claims === undefined) return plain('token', { kind: 'unknown' })
  const { exp, nbf } = claims
  return {
    ...plain('token', exp === undefined ? { kind: 'unknown' } : at(exp * 1000, 'exp')),
    fromMs: nbf === undefined ? null : nbf * 1000
  }
}

/** Discord and Facebook write the end in seconds, in hexadecimal. */
const readHexEnd = (name: string, host: RegExp): SignerFacts => ({
  needs: [name],
  read: ({ query, url }) => {
    const text = firstValue(query, name) ?? ''
    if (!host.test(url.hostname) || !/^[0-9a-f]{8}$/i.test(text)) return null
    return plain('token', at(Number.parseInt(text, 16) * 1000, name))
  }
})

/** Names under which services of all kinds write until when a link holds. */
const END_NAMES = [
  ...['expires', 'expire', 'exp', 'expiry', 'expiration', 'expires_at', 'expiresat', 'expire_at'],
  ...['valid_until', 'validuntil', 'valid_to', 'validto', 'x-expires', 'e', 'ik-t', 'deadline']
]
/** Of these, the ones that are too short to mean anything without a token beside them. */
const VAGUE_NAMES: ReadonlySet<string> = new Set(['e', 'exp'])
/** Names that a signature hides behind at services not known here. */
const PERHAPS_SIGNED =
  /^(?:.*signature|sig|sign|token|.*[-_]token|hmac|hash|hdnts|hdnea|exp|expires|expiry|auth|auth_key|authorization|policy|verify|md5|secure|st|jwt|ik-s|hm)$/

const readTime = (text: string): number => {
  if (/^\d{13}$/.test(text)) return Number(text)
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
    ? Date.parse(text)
    : Number.NaN
}

/** `?token=…&expires=…` as at Bunny, KeyCDN, Qiniu, imgix, and in directories such as `/bcdn_token=…&expires=…/`. */
const readNamedEnd = ({ query, url }: Link): Signature | null => {
  const isSigned = [...query.keys()].some(
    (name) => PERHAPS_SIGNED.test(name) && !END_NAMES.includes(name)
  )
  const name = END_NAMES.find((end) => query.has(end) && (isSigned || !VAGUE_NAMES.has(end)))
  const inPath = /[/&;](?:exp|expires|expire|e)=(\d{9,13})(?=[&/;])/.exec(
    decoded(url.pathname)
  )?.[1]
  const pair = /(?:^|[/,])[\w-]{16,64},(\d{10})(?:$|\/)/
  const inPair = [...query.values()]
    .flat()
    .concat(decoded(url.pathname))
    .map((text) => pair.exec(text)?.[1])
    .find((text) => text !== undefined)
  const text = name === undefined ? (inPath ?? inPair) : (firstValue(query, name) ?? '')
  if (text === undefined) return null
  const untilMs = readTime(text)
  return Number.isNaN(untilMs) ? null : plain('token', at(untilMs, name ?? 'expires'))
}

/** Firebase's token says who may read, and holds until someone takes it back. */
const isRevocable = (url: URL): boolean => url.hostname === 'firebasestorage.googleapis.com'

const readUnsigned = ({ query, url }: Link): Signature => {
  const isPerhapsSigned =
    [...query.keys()].some((name) => PERHAPS_SIGNED.test(name)) ||
    /\b(?:exp|hmac|token)=/i.test(url.pathname) ||
    /^\/p\/[\w-]{20,}\/n\//.test(url.pathname)
  return plain('none', { kind: isPerhapsSigned && !isRevocable(url) ? 'unknown' : 'never' })
}

/** Every way of signing that is known here, the most certain first. Sources: docs/adr/0023-links.md. */
const signers: readonly SignerFacts[] = [
  dated('X-Amz', {
    algorithm: 'Algorithm',
    service: ['s3', 's3express', 's3-object-lambda'],
    scopeEnd: 'aws4_request',
    temporaryKey: /^ASIA/,
    lengths: (algorithm) => usualLengths(algorithm === '' ? 'HMAC-SHA256' : algorithm),
    signerAt: s3Signer
  }),
  dated('X-Goog', {
    algorithm: 'Algorithm',
    service: ['storage', 's3'],
    scopeEnd: 'goog4_request',
    temporaryKey: /^(?!)/,
    lengths: usualLengths,
    signerAt: () => 'gcs'
  }),
  dated('x-oss', {
    algorithm: 'Signature-Version',
    service: ['oss'],
    scopeEnd: 'aliyun_v4_request',
    temporaryKey: /^STS\./,
    lengths: usualLengths,
    signerAt: () => 'oss'
  }),
  dated('X-Tos', {
    algorithm: 'Algorithm',
    service: ['tos'],
    scopeEnd: 'request',
    temporaryKey: /^AKTP/,
    lengths: usualLengths,
    signerAt: () => 'tos'
  }),
  {
    needs: ['key-pair-id', 'signature'],
    read: ({ query, url }) => {
      const policy = firstValue(query, 'policy')
      if (policy !== null) return readPolicy(policy, url)
      return plain('cloudfront', at(unix(firstValue(query, 'expires') ?? ''), 'Expires'))
    }
  },
  version2(
    'awsaccesskeyid',
    (place) => (place.store === null || place.store === 's3' ? 's3-v2' : place.store),
    (link) => ({
      isTemporary:
        link.query.has('x-amz-security-token') || startsWith(link.query, 'awsaccesskeyid', /^ASIA/),
      findings: versionFindings(link)
    })
  ),
  version2(
    'googleaccessid',
    () => 'gcs-v2',
    () => ({ isTemporary: false, findings: [] }),
    null
  ),
  version2(
    'ossaccesskeyid',
    () => 'oss',
    ({ query }) => ({
      isTemporary: query.has('security-token') || startsWith(query, 'ossaccesskeyid', /^STS\./),
      findings: []
    })
  ),
  version2(
    'accesskeyid',
    () => 'obs',
    ({ query }) => ({
      isTemporary: query.has('x-obs-security-token'),
      findings: []
    })
  ),
  { needs: ['sig'], read: readAzure },
  { needs: ['q-sign-algorithm', 'q-signature'], read: readTencent },
  { needs: ['temp_url_sig'], read: readSwift },
  { needs: ['authorization'], read: readBackblaze },
  { needs: [], read: readAkamai },
  readHexEnd('ex', /\.discord(?:app)?\.(?:com|net)$/),
  readHexEnd('oe', /\.(?:fbcdn\.net|cdninstagram\.com)$/),
  { needs: [], read: readJsonToken },
  { needs: [], read: readNamedEnd }
]

/** Reads who signed a link and what the signature allows, from the link alone. */
export const readSignature = (query: LinkQuery, url: URL, place: Place): Signature => {
  const link: Link = { query, url, place }
  for (const { needs, read } of signers) {
    const signature = needs.every((name) => query.has(name)) ? read(link) : null
    if (signature !== null) return signature
  }
  return readUnsigned(link)
}
