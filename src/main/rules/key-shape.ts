import { type ProviderId, providers } from '../../shared/catalogue/providers.ts'

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

const readKey = (raw: string, issueOf: (key: string) => KeyIssueCode | null): KeyShape => {
  const key = raw.replace(/\r?\n$/, '')
  const code = issueOf(key)
  return code === null ? { ok: true, key } : { ok: false, code }
}

/** Looks whether a text can be a key at all; whether it is one, only the provider can say (security C8). */
export const checkKeyShape = (raw: string, provider: ProviderId): KeyShape =>
  readKey(raw, (key) => secretIssue(key) ?? providerIssue(key, provider))

/** The same for a secret of no provider's, such as that of a bucket. */
export const checkSecretShape = (raw: string): KeyShape => readKey(raw, secretIssue)

const secretIssue = (key: string): KeyIssueCode | null => {
  if (/^\s*$/.test(key)) return 'empty'
  if (key.length > longestKey) return 'too-long'
  if (/^\s*(?:authorization:|x-api-key:|(?:bearer|token)\s)/i.test(key)) return 'bearer-prefix'
  if (/\p{Cc}/u.test(key)) return 'control-characters'
  if (/\s/.test(key)) return 'whitespace'
  return /[^\x21-\x7e]/.test(key) ? 'non-ascii' : null
}

const providerIssue = (key: string, provider: ProviderId): KeyIssueCode | null => {
  const { foreign, shape } = providers[provider].key
  if (foreign.test(key)) return 'other-provider'
  return shape !== null && !shape.test(key) ? 'not-r8' : null
}
