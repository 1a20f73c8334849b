import { createHash } from 'node:crypto'
import type { LinkFinding, LinkView } from '../../shared/domain/link.ts'
import { hasHiddenCharacters } from './hidden-characters.ts'
import { displayOf, fileNameOf } from './link-display.ts'
import { hostFindings } from './link-host.ts'
import { type LinkQuery, readQuery } from './link-query.ts'
import { sharePageService } from './share-page.ts'
import { readSignature, type Signature } from './signed-link.ts'
import { validityFindings } from './validity.ts'

export type LinkPurpose = 'train' | 'consent' | 'callback'

export interface LinkContext {
  /** ISO 8601 UTC; what "expired" is measured against. */
  readonly nowAt: string
  /** The sandbox's own origin, which alone may be on this computer and without TLS. */
  readonly allowLoopbackOrigin: string | null
}

/** A link to use, secret, beside what may be shown of it; or why the text is none. */
export type LinkReading =
  | { readonly view: LinkView; readonly url: string }
  | { readonly view: null; readonly finding: LinkFinding }

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
  finding: { code, level: 'error', detail }
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

const parse = (text: string): URL | LinkReading => {
  if (text === '') return none('not-a-link')
  if (text.length > MAX_LENGTH) return none('too-long', String(text.length))
  if (hasHiddenCharacters(text)) return none('hidden-characters')
  if (!/^https?:/i.test(text)) return refuseOtherScheme(text)
  if (isAmbiguous(text)) return none('not-a-link')
  return URL.canParse(text) ? new URL(text) : none('bad-host')
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

const pageFindings = (url: URL, query: LinkQuery): readonly LinkFinding[] => {
  const service = sharePageService(url.hostname, query)
  return service === null ? [] : [{ code: 'share-page', level: 'error', detail: service }]
}

const formatFindings = (url: URL): readonly LinkFinding[] => {
  const ending = /\.([a-z][a-z0-9]{1,5})$/i.exec(fileNameOf(url))?.[1]?.toLowerCase()
  return ending === undefined || ending === 'mp4' || ending === 'm4v'
    ? []
    : [{ code: 'not-mp4', level: 'warning', detail: ending }]
}

const mediaFindings = (
  url: URL,
  query: LinkQuery,
  signature: Signature,
  nowAt: string,
  isSandbox: boolean
): readonly LinkFinding[] => {
  const pages = pageFindings(url, query)
  return [
    ...pages,
    ...repeatFindings(query),
    ...signature.findings,
    ...(pages.length > 0 || (isSandbox && signature.signer === 'none')
      ? []
      : validityFindings(signature, url.hostname, nowAt)),
    ...formatFindings(url)
  ]
}

const toIso = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString()

const byLevel = (findings: readonly LinkFinding[]): LinkFinding[] =>
  LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level)).slice(0, 30)

/**
 * Says everything that a link alone can tell, without asking anyone: no name is looked up and nothing is fetched.
 * The whole link comes back beside the view and must not leave main.
 */
export const readLink = (text: string, purpose: LinkPurpose, context: LinkContext): LinkReading => {
  const url = parse(text.trim())
  if (!(url instanceof URL)) return url
  // A fragment never reaches a server, but may hold a token.
  url.hash = ''
  const isSandbox = url.origin === context.allowLoopbackOrigin
  const query = readQuery(url.search)
  const signature = purpose === 'callback' ? null : readSignature(query, url)
  const findings = [
    ...addressFindings(url, isSandbox),
    ...(signature === null ? [] : mediaFindings(url, query, signature, context.nowAt, isSandbox))
  ]
  return {
    url: url.href,
    view: {
      display: displayOf(url),
      host: url.host.slice(0, 300),
      fileName: fileNameOf(url),
      sha256: createHash('sha256').update(url.href).digest('hex'),
      signer: signature?.signer ?? 'none',
      region: signature?.region ?? null,
      validFromAt: toIso(signature?.fromMs ?? null),
      validUntilAt: toIso(signature?.expiry.kind === 'at' ? signature.expiry.untilMs : null),
      findings: byLevel(findings)
    }
  }
}
