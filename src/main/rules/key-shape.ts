import type { ProviderId } from '../../shared/domain/account.ts'

/** What is wrong with a text that was given as a key. */
export type KeyIssueCode =
  | 'empty'
  | 'too-long'
  | 'bearer-prefix'
  | 'control-characters'
  | 'whitespace'
  | 'non-ascii'
  | 'other-provider'
  | 'not-r8'

export type KeyShape =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly code: KeyIssueCode }

/** Windows keeps 2,560 bytes of UTF-16; no provider's key comes near this. */
const longestKey = 512

/** How keys of services begin that are not the provider's own. */
const foreignPrefixes: Readonly<Record<ProviderId, RegExp>> = {
  tavus: /^(?:r8_|sk-|sk_|ghp_|AKIA)/,
  replicate: /^(?:sk-|sk_|ghp_|AKIA)/
}

/** Source: https://replicate.com/docs/topics/security/api-tokens */
const replicateShape = /^r8_[A-Za-z0-9_-]+$/

/** Looks whether a text can be a key at all; whether it is one, only the provider can say (security C8). */
export const checkKeyShape = (raw: string, provider: ProviderId): KeyShape => {
  const key = raw.replace(/\r?\n$/, '')
  const code = issueOf(key, provider)
  return code === null ? { ok: true, key } : { ok: false, code }
}

const issueOf = (key: string, provider: ProviderId): KeyIssueCode | null => {
  if (/^\s*$/.test(key)) return 'empty'
  if (key.length > longestKey) return 'too-long'
  if (/^\s*(?:authorization:|x-api-key:|(?:bearer|token)\s)/i.test(key)) return 'bearer-prefix'
  if (/\p{Cc}/u.test(key)) return 'control-characters'
  if (/\s/.test(key)) return 'whitespace'
  if (/[^\x21-\x7e]/.test(key)) return 'non-ascii'
  if (foreignPrefixes[provider].test(key)) return 'other-provider'
  return provider === 'replicate' && !replicateShape.test(key) ? 'not-r8' : null
}
