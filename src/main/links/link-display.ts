import { redact, redactUrl } from '../../shared/redact.ts'
import { isTokenLike } from '../../shared/token-like.ts'
import { withoutHiddenCharacters } from './hidden-characters.ts'

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

const decodeFully = (text: string): string => {
  let before = text
  for (let round = 0; round < 4; round += 1) {
    const after = decode(before)
    if (after === before) return after
    before = after
  }
  return before
}

/** Some services put signature or token into the path (`exp=1~hmac=…`, `…;token=…`, a signed JSON token). */
const carriesSecret = (name: string): boolean =>
  /[=~]/.test(name) || isTokenLike(name) || redact(name) !== name

/** The last part of the path in readable form; empty if there is none that may be shown. */
export const fileNameOf = (url: URL): string => {
  const segment = url.pathname.split('/').findLast((part) => part !== '') ?? ''
  const readable = decodeFully(segment).split(/[?#&;]/)[0] ?? ''
  const last = readable.split(/[\\/]/).findLast((part) => part !== '') ?? ''
  const name = withoutHiddenCharacters(last).trim()
  if (carriesSecret(name)) return ''
  return name.slice(0, 300).replace(/\p{Surrogate}/gu, '')
}

/** Scheme, host and file name; no user info, query or fragment (security D1). */
export const displayOf = (url: URL): string => {
  const name = fileNameOf(url).replace(/\s+/g, '_')
  if (name === '') return redactUrl(url.href)
  const depth = url.pathname.split('/').filter((part) => part !== '').length
  // Decoded first, so that names in any script can be read.
  return redactUrl(`${url.protocol}//${url.host}/${depth > 1 ? 'x/' : ''}${name}`)
}
