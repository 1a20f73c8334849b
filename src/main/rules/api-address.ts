import { fail, ok, type Result } from '../../shared/result.ts'

const longestAddress = 300
// The same shape a browser's parser would have to be talked out of: no user info, path, query or fragment.
const shape = /^(https?):\/\/([^/\\?#@%\s]+)\/?$/i

const refuse = (code: string) =>
  fail({ kind: 'invalid-input', issues: [{ field: 'apiAddress', code, said: null }] })

/**
 * Reads the address of an API as a person typed it and answers its origin, in the browser's own spelling: names in
 * punycode, number forms such as `127.1` or `0x7f.1` written out. Judged and kept is only that form, so what is
 * shown is where requests go.
 *
 * Allowed: https to any host; http only to 127.0.0.0/8, [::1] and localhost. Fails with `invalid-input` on
 * `apiAddress`: `required`, `too-long`, `hidden-characters`, `has-user-info`, `has-query`, `has-path`, `not-https`,
 * `bad-host`, `unusual-port`, `not-a-link`.
 */
export const readApiAddress = (text: string): Result<string> => {
  const typed = text.trim()
  if (typed === '') return refuse('required')
  if (typed.length > longestAddress) return refuse('too-long')
  if (/[\p{Cc}\p{Cf}\s]/u.test(typed)) return refuse('hidden-characters')
  const parts = shape.exec(typed)
  if (parts === null) return refuse(shapeIssue(typed))
  if (!URL.canParse(typed)) return refuse('not-a-link')
  return judge(new URL(typed))
}

/** True for an address that `readApiAddress` would give, with any path: the last look before a request leaves. */
export const isAllowedRequestUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** Whether two origins lead to the same server; this computer has several names. */
export const isSameServer = (one: string, other: string): boolean => {
  if (one === other) return true
  const [a, b] = [new URL(one), new URL(other)]
  return (
    a.protocol === b.protocol &&
    a.port === b.port &&
    isLoopback(a.hostname) &&
    isLoopback(b.hostname)
  )
}

const judge = (url: URL): Result<string> => {
  if (url.hostname.split('.').includes('')) return refuse('bad-host')
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return refuse('not-https')
  if (!isUsualPort(url.port)) return refuse('unusual-port')
  return ok(url.origin)
}

/** Low ports belong to other services, and Chromium does not speak HTTP to most of them. */
const isUsualPort = (port: string): boolean =>
  port === '' || port === '80' || port === '443' || Number(port) >= 1024

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)

const shapeIssue = (typed: string): string => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(typed)?.[1]?.toLowerCase()
  const rest = /^https?:\/\/([^/?#].*)$/i.exec(typed)?.[1]
  if (rest === undefined) {
    return scheme !== undefined && !/^https?$/.test(scheme) ? 'not-https' : 'not-a-link'
  }
  if (/@/.test(rest)) return 'has-user-info'
  if (/[?#]/.test(rest)) return 'has-query'
  if (/[%\\]/.test(rest.split('/', 1)[0] ?? '')) return 'bad-host'
  return 'has-path'
}
