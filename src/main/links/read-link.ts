import { createHash } from 'node:crypto'
import type { LinkFinding, LinkView } from '../../shared/domain/link.ts'
import { findLinks } from './find-links.ts'
import { hasHiddenCharacters } from './hidden-characters.ts'
import { displayOf, fileNameOf } from './link-display.ts'
import { hostFindings } from './link-host.ts'
import { type LinkQuery, readQuery } from './link-query.ts'
import { keepsFor, type Page, pageOf } from './pages.ts'
import { readSignature, type Signature } from './signers.ts'
import { type Place, placeFindings, placeOf } from './stores.ts'
import { validityFindings } from './validity.ts'

export type LinkPurpose = 'train' | 'image' | 'consent' | 'callback'

export interface LinkContext {
  /** ISO 8601 UTC; what "expired" is measured against: the server’s time where one is known. */
  readonly nowAt: string
  /** What this computer’s clock says, if that is not the same. */
  readonly localAt?: string
  /** The sandbox's own origin, which alone may be on this computer and without TLS. */
  readonly allowLoopbackOrigin: string | null
}

/**
 * A link to use, secret, beside what may be shown of it; or why the text is none. `mended` is the link that was
 * probably meant, if what is wrong with this one tells; secret as well.
 */
export type LinkReading =
  | { readonly view: LinkView; readonly url: string; readonly mended: string | null }
  | { readonly view: null; readonly finding: LinkFinding; readonly mended: null }

const MAX_LENGTH = 8192
/** Parameters that say who may do what until when; twice, a server may take either one. */
const DECISIVE = [
  ...['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'].flatMap(
    (name) => [`X-Amz-${name}`, `X-Goog-${name}`]
  ),
  ...['X-Amz-Security-Token', 'AWSAccessKeyId', 'GoogleAccessId', 'Signature', 'Expires'],
  ...['Key-Pair-Id', 'Policy', 'sig', 'se', 'st', 'sp', 'sr', 'sv', 'si', 'sip', 'ske']
]
const LEVELS = ['error', 'warning', 'note', 'good'] as const
const FILE_LIKE = /^(?:[a-z]:[\\/]|\\\\)/i
const OTHER_SCHEME = /^([a-z][a-z0-9+.-]{0,30}):/i
/** Addresses of a server, though not one that can be fetched from. */
const SERVER_SCHEMES = ['ftp', 'ftps', 'sftp', 's3', 'gs']

const none = (code: LinkFinding['code'], detail: string | null = null): LinkReading => ({
  view: null,
  finding: { code, level: 'error', detail },
  mended: null
})

const refuseOtherScheme = (text: string): LinkReading => {
  if (FILE_LIKE.test(text)) return none('not-a-link', 'file')
  const scheme = OTHER_SCHEME.exec(text)?.[1]?.toLowerCase() ?? null
  if (scheme !== null && SERVER_SCHEMES.includes(scheme)) return none('not-https', scheme)
  // `user:secret@host` looks like a scheme too, so only what can be one for sure is repeated.
  const isShown = scheme !== null && /^[a-z]{2,12}$/.test(scheme) && !text.includes('@')
  return none('not-a-link', isShown ? scheme : null)
}

/** Parsers disagree about these forms, and a disagreement is how a checked host differs from a used one. */
const isAmbiguous = (text: string): boolean =>
  !/^https?:\/\/[^/\\?#]/i.test(text) || /\\/.test(text.split(/[?#]/)[0] ?? '')

const DOTS = '(?:…|⋯|%E2%80%A6|%E2%8B%AF|\\.{3,})'
/** A folder or the end of a path that is nothing but dots, or ends in them; a query that does. */
const CUT = new RegExp(`/${DOTS}(?=[/?#]|$)|${DOTS}(?:[?#]|$)`, 'i')
/** Within a name: some cut there, and some call their files so. */
const PERHAPS_CUT = /^[^?#]*(?:…|⋯|%E2%80%A6|%E2%8B%AF|\.{3,}\/)/i

const behindHost = (text: string): string => text.replace(/^[a-z]+:\/\/[^/?#]*/i, '')

/** A text that was cut for display keeps the dots that say so. */
const isShortened = (text: string): boolean => CUT.test(behindHost(text))

const dotFindings = ({ href }: URL): readonly LinkFinding[] =>
  PERHAPS_CUT.test(behindHost(href))
    ? [{ code: 'dots-in-name', level: 'warning', detail: null }]
    : []

const parseLink = (text: string): URL | LinkReading => {
  if (!/^https?:/i.test(text)) return refuseOtherScheme(text)
  if (isAmbiguous(text)) return none('not-a-link')
  if (!URL.canParse(text)) return none('bad-host')
  return isShortened(text) ? none('shortened') : new URL(text)
}

const parse = (text: string): URL | LinkReading => {
  if (text === '') return none('not-a-link')
  if (text.length > MAX_LENGTH) return none('too-long', String(text.length))
  if (hasHiddenCharacters(text)) return none('hidden-characters')
  // What is around a link, and what a page or a program made of it, is taken away as from a dropped text.
  const [link = text, ...others] = findLinks(text)
  return others.length > 0 ? none('several-links') : parseLink(link)
}

const addressFindings = (url: URL, isSandbox: boolean): readonly LinkFinding[] => {
  const findings: LinkFinding[] = []
  if (url.username !== '' || url.password !== '') {
    findings.push({ code: 'has-user-info', level: 'error', detail: null })
  }
  if (isSandbox) return [...findings, { code: 'sandbox-link', level: 'note', detail: null }]
  if (url.protocol !== 'https:')
    findings.push({ code: 'not-https', level: 'error', detail: 'http' })
  return [...findings, ...hostFindings(url)]
}

const repeatFindings = (query: LinkQuery): readonly LinkFinding[] =>
  DECISIVE.filter((name) => (query.get(name.toLowerCase())?.length ?? 0) > 1).map((name) => ({
    code: 'repeated-parameter',
    level: 'error',
    detail: name
  }))

const pageFindings = (page: Page | null): readonly LinkFinding[] => {
  if (page === null) return []
  const code = page.kind === 'share' ? 'share-page' : 'wrapped-link'
  return [{ code, level: 'error', detail: page.service }]
}

/** A `#` that belongs to the name: what follows it never reaches a server. */
const isFragmentInName = ({ hash }: URL): boolean =>
  /\?|\.(?:mp4|m4v|mov|webm|mkv|avi)$|(?:X-Amz-|X-Goog-|Signature=|[#&]sig=)/i.test(hash)

const TWICE_ENCODED = /%25[0-9a-f]{2}/i

const encodingFindings = (url: URL, query: LinkQuery): readonly LinkFinding[] => {
  const isInQuery = DECISIVE.some((name) =>
    query.get(name.toLowerCase())?.some((value) => /%[0-9a-f]{2}/i.test(value))
  )
  if (isInQuery) return [{ code: 'doubly-encoded', level: 'error', detail: null }]
  // A name may really hold a `%20`; most often it does not.
  return TWICE_ENCODED.test(url.pathname)
    ? [{ code: 'doubly-encoded', level: 'warning', detail: null }]
    : []
}

const formatFindings = (url: URL): readonly LinkFinding[] => {
  const ending = /\.([a-z][a-z0-9]{1,5})$/i.exec(fileNameOf(url))?.[1]?.toLowerCase()
  return ending === undefined || ending === 'mp4' || ending === 'm4v'
    ? []
    : [{ code: 'not-mp4', level: 'warning', detail: ending }]
}

const signedFindings = (
  { store, isPublicOnly, isWebsite }: Place,
  { signer }: Signature
): readonly LinkFinding[] =>
  signer !== 'none' && store !== 's3' && (isPublicOnly || isWebsite)
    ? [{ code: 'public-host', level: 'warning', detail: null }]
    : []

const keepingFindings = (url: URL): readonly LinkFinding[] => {
  const detail = keepsFor(url)
  return detail === null ? [] : [{ code: 'passing-host', level: 'error', detail }]
}

interface Media {
  readonly purpose: LinkPurpose
  readonly url: URL
  readonly query: LinkQuery
  readonly place: Place
  readonly page: Page | null
  readonly signature: Signature
}

const mediaFindings = (
  { url, purpose, query, place, page, signature }: Media,
  nowAt: string,
  isSandbox: boolean
): readonly LinkFinding[] => {
  const isUnjudged = page !== null || (isSandbox && signature.signer === 'none')
  return [
    ...pageFindings(page),
    ...repeatFindings(query),
    ...encodingFindings(url, query),
    ...dotFindings(url),
    ...placeFindings(place, url, query),
    ...signature.findings,
    ...signedFindings(place, signature),
    ...(isUnjudged ? [] : validityFindings(signature, url.hostname, nowAt)),
    ...keepingFindings(url),
    ...(purpose === 'image' ? [] : formatFindings(url))
  ]
}

/** More than this apart, and it is said by whose clock a link is judged. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000

const clockFindings = (
  signature: Signature | null,
  { nowAt, localAt = nowAt }: LinkContext
): readonly LinkFinding[] => {
  const isApart = Math.abs(Date.parse(nowAt) - Date.parse(localAt)) > CLOCK_DIFFERENCE_MS
  return isApart && signature?.expiry.kind === 'at'
    ? [{ code: 'server-clock', level: 'note', detail: null }]
    : []
}

/** The link that was probably meant, as far as what is wrong with this one tells. */
const mend = (whole: URL, page: Page | null, findings: readonly LinkFinding[]): string | null => {
  const has = (code: LinkFinding['code'], level?: LinkFinding['level']): boolean =>
    findings.some((found) => found.code === code && (level === undefined || found.level === level))
  if (page !== null) return page.direct
  if (has('has-user-info') || has('private-address')) return null
  let { href } = whole
  if (has('fragment-in-name')) href = href.replaceAll('#', '%23')
  if (has('doubly-encoded', 'error')) href = href.replace(/%25([0-9a-f]{2})/gi, '%$1')
  if (has('raw-plus')) {
    href = href.replace(
      /([?&](?:Signature|sig)=)([^&]*)/gi,
      (_, name: string, value: string) => name + value.replaceAll('+', '%2B')
    )
  }
  if (has('not-https') && whole.port === '') href = href.replace(/^http:/i, 'https:')
  return href === whole.href ? null : href
}

/** What a corrected link would be, as far as that may be shown. */
const mendFindings = (mended: string | null): readonly LinkFinding[] =>
  mended !== null && URL.canParse(mended)
    ? [{ code: 'mend-known', level: 'note', detail: displayOf(new URL(mended)).slice(0, 300) }]
    : []

const toIso = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString()

/** The worst first, each once. */
const byLevel = (findings: readonly LinkFinding[]): LinkFinding[] => {
  const ordered = LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level))
  const keyOf = ({ code, detail }: LinkFinding): string => `${code} ${detail}`
  const first = new Map(ordered.toReversed().map((finding) => [keyOf(finding), finding] as const))
  return ordered.filter((finding) => first.get(keyOf(finding)) === finding).slice(0, 30)
}

/**
 * Says everything that a link alone can tell, without asking anyone: no name is looked up and nothing is fetched.
 * The whole link comes back beside the view and must not leave main.
 */
export const readLink = (text: string, purpose: LinkPurpose, context: LinkContext): LinkReading => {
  const whole = parse(text.trim())
  if (!(whole instanceof URL)) return whole
  const url = new URL(whole)
  // A fragment never reaches a server, but may hold a token.
  url.hash = ''
  const isSandbox = url.origin === context.allowLoopbackOrigin
  const query = readQuery(url.search)
  const place = placeOf(url)
  const isMedia = purpose !== 'callback'
  const page = isMedia ? pageOf(url, query) : null
  const signature = isMedia ? readSignature(query, url, place) : null
  const isCut = isMedia && isFragmentInName(whole)
  const found: readonly LinkFinding[] = [
    ...addressFindings(url, isSandbox),
    ...(isCut ? [{ code: 'fragment-in-name', level: 'error', detail: null } as const] : []),
    ...(signature === null
      ? []
      : mediaFindings({ url, purpose, query, place, page, signature }, context.nowAt, isSandbox)),
    ...clockFindings(signature, context)
  ]
  const mended = isMedia && !isSandbox ? mend(whole, page, found) : null
  return {
    // With the fragment that belongs to the name, so that reading it again says the same.
    url: isCut ? whole.href : url.href,
    mended,
    view: {
      display: displayOf(url),
      host: url.host.slice(0, 300),
      fileName: fileNameOf(url),
      sha256: createHash('sha256').update(url.href).digest('hex'),
      signer: signature?.signer ?? 'none',
      region: signature?.region ?? null,
      validFromAt: toIso(signature?.fromMs ?? null),
      validUntilAt: toIso(signature?.expiry.kind === 'at' ? signature.expiry.untilMs : null),
      findings: byLevel([...found, ...mendFindings(mended)])
    }
  }
}
