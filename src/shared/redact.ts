import { isTokenLike } from './token-like.ts'

/** What stands in place of a secret. */
const hidden = '[redacted]'
const longestTextLength = 20_000
const longestSegmentLength = 200
const longestHostLength = 253
/** A text that was percent-encoded more often than this is hidden whole. */
const decodeRounds = 3

// Every repetition below has an upper bound or a class that cannot match what follows it, so that the time grows
// with the length of the text and nothing else.
const urlPattern = /[a-z][a-z0-9+.-]{1,20}:(?:\/|\\){2,8}[^\s"'<>`]*/gi
const encodedPattern = /%[0-9a-f]{2}/i
const wordPattern = /[^\s"'<>`]+/g
const authorizationPattern = /((?:proxy-)?authorization)[\\"']{0,4}\s{0,5}[:=,]\s{0,5}[^\r\n]{1,}/gi
const apiKeyPattern = /(x-api-key)[\s\\"':=,>[\]]{1,12}[^\s\\"',\]}]+/gi
const bearerPattern = /\b(bearer|basic)\s{1,5}[^\s"',;]{4,}/gi
const parameterPattern = new RegExp(
  `(^|[^a-z0-9])(${[
    'x-(?:amz|goog|oss|ms|cos)-[a-z0-9-]{1,40}',
    'awsaccesskeyid',
    'googleaccessid',
    'ossaccesskeyid',
    '(?:policy|key-pair-id|rlkey|hdnts|hdnea|hmac|sig|skoid|sktid|skt|ske|sks|skv|se|sp|sv|sr|st)(?==)',
    '[a-z0-9_-]{0,30}(?:signature|token|secret|password|passwd|credential|api[_-]?key|access[_-]?key)'
  ].join('|')})([\\\\"']{0,4}\\s{0,3}[:=]\\s{0,3})(?:\\\\?["'][^"'\\r\\n]*|[^\\s"'<>&]+)`,
  'gi'
)
const keyShapePattern =
  /(?<![a-z0-9])(?:r8_[a-z0-9]{8,}|sk[-_][a-z0-9_-]{16,}|(?:AKIA|ASIA)[A-Z0-9]{12,}|eyJ[a-z0-9_-]{8,}(?:\.[a-z0-9_-]*){0,4})/gi
const longRunPattern = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{32,}/g
const invisiblePattern = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/**
 * Shows a link without its secrets: `scheme://host/…/last-segment`.
 *
 * User info, query and fragment go, whatever they are called; so does a last segment that carries parameters, is too
 * long to be a name, or looks drawn and not written: some services let in whoever knows the path. The port stays. A text that is no link with a host becomes `scheme:…` or `…`.
 * Not checked: whether the link is any good.
 */
export const redactUrl = (text: string): string => {
  const [, scheme, rest] = /^\s*([a-z][a-z0-9+.-]*):(.*)$/is.exec(text.slice(0, 10_000)) ?? []
  if (scheme === undefined || rest === undefined) return '…'
  if (!/^[\\/]{2}/.test(rest)) return `${scheme.toLowerCase()}:…`
  const [authority = '', ...path] = rest
    .replace(/^[\\/]+/, '')
    .replace(/[?#].*$/s, '')
    .split(/[\\/]/)
  const segments = path.filter((segment) => segment !== '')
  const last = segments.at(-1)
  const shownPath =
    last === undefined ? '' : `${segments.length > 1 ? '/…' : ''}/${segmentOf(last)}`
  return `${scheme.toLowerCase()}://${hostOf(authority)}${shownPath}`
}

/** True if no part of the path may be what grants access. */
export const isPlainPath = (path: string): boolean =>
  decodeFully(path)
    .split(/[\\/]/)
    .every((segment) => !/[=~;]/.test(segment) && !isSecret(segment))

/**
 * Takes every secret out of a free text: links are shown as `redactUrl` does, values of headers and parameters that
 * grant access are replaced, so are texts shaped like keys; also where they are percent-encoded up to three times.
 *
 * Rather hides too much than too little. At most 20,000 characters are read, the rest is cut off. Doing it twice
 * changes nothing more.
 */
export const redact = (text: string): string => {
  const plain = redactPlain(shorten(text))
  return plain.replace(wordPattern, (word) => redactEncoded(word, decodeRounds))
}

/**
 * Puts a thrown value into words for the log: name, message and stack of the error and of its causes, redacted.
 * Other properties of an error, such as `input`, are left out because they tend to hold what was passed in.
 * `readable` may put a stack into another form first.
 */
export const redactError = (
  error: unknown,
  readable: (stack: string) => string = (stack) => stack
): string => redact(readable(errorText(error, 4)))

const errorText = (error: unknown, depth: number): string => {
  if (!(error instanceof Error))
    return `thrown: ${typeof error === 'string' ? error : typeof error}`
  const own = error.stack ?? `${error.name}: ${error.message}`
  if (error.cause === undefined || depth === 0) return own
  return `${own}\ncaused by ${errorText(error.cause, depth - 1)}`
}

const shorten = (text: string): string => {
  if (text.length <= longestTextLength) return text
  // A secret cut in half may no longer look like one, so the last word goes too.
  const cut = text.slice(0, longestTextLength)
  const end = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'))
  return `${end < 0 ? '' : cut.slice(0, end)} …`
}

const redactPlain = (text: string): string =>
  text
    .replace(urlPattern, redactUrl)
    .replace(authorizationPattern, `$1: ${hidden}`)
    .replace(apiKeyPattern, `$1: ${hidden}`)
    .replace(bearerPattern, `$1 ${hidden}`)
    .replace(parameterPattern, `$1$2$3${hidden}`)
    .replace(keyShapePattern, hidden)
    .replace(longRunPattern, (run) => (isKeyLike(run) ? hidden : run))

const isKeyLike = (run: string): boolean =>
  /^[0-9a-f]+$/i.test(run) || (/[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run))

const redactEncoded = (word: string, rounds: number): string => {
  if (!encodedPattern.test(word)) return word
  const decoded = decodeOnce(word)
  if (decoded === word) return word
  if (rounds === 0) return hidden
  const plain = redactPlain(decoded)
  if (plain !== decoded) return hideRest(plain, rounds - 1)
  const deeper = redactEncoded(decoded, rounds - 1)
  return deeper === decoded ? word : deeper
}

const hideRest = (text: string, rounds: number): string =>
  text.replace(wordPattern, (word) => redactEncoded(word, rounds))

/** Only ASCII matters here: no name of a parameter and no mark between them is anything else. */
const decodeOnce = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16))
  )

const decodeFully = (text: string): string => {
  let decoded = text
  for (let round = 0; round < decodeRounds; round += 1) decoded = decodeOnce(decoded)
  return decoded
}

const hostOf = (authority: string): string => {
  const decoded = decodeFully(authority)
  const host = decoded
    .slice(decoded.lastIndexOf('@') + 1)
    .replace(/[\\/?#].*$/s, '')
    .replace(invisiblePattern, '')
  const isPlain = /^(?:\[[0-9a-f:.]{2,50}\]|[\p{L}\p{M}\p{N}._-]+)(?::\d{1,5})?$/iu.test(host)
  return isPlain && host.length <= longestHostLength ? host : '…'
}

const segmentOf = (segment: string): string => {
  const decoded = decodeFully(segment)
  const name = (decoded.split(/[?#;&\\/]/, 1)[0] ?? '').replace(invisiblePattern, '')
  const isName = name !== '' && !/[=%"'<>`\s@]/.test(name) && name.length <= longestSegmentLength
  if (isName) return isSecret(name) ? '…' : name
  return decoded === segment || name.includes('=') ? '…' : spacedName(name)
}

/** A file name with spaces stays readable, in a form that is one word. */
const spacedName = (name: string): string => {
  const joined = name.replace(/\s+/g, '_')
  const isName = joined.length <= longestSegmentLength && !/[=%"'<>`@]/.test(joined)
  return isName && joined !== '' && !isSecret(joined) ? joined : '…'
}

const isSecret = (name: string): boolean =>
  isTokenLike(name) || name.replace(keyShapePattern, hidden) !== name
