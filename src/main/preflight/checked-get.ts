import { type LinkNetwork, type Reach, reachOf } from '../links/link-reach.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import { after } from '../rules/after.ts'
import { orAborted } from '../rules/or-aborted.ts'
import { ReadFault } from './read-fault.ts'

/** A link and what of this computer it may reach. */
export interface LinkToRead {
  readonly url: string
  readonly allowLoopbackOrigin: string | null
}

export interface Answer {
  readonly response: Response
  /** Where it came from, after every redirect. */
  readonly url: string
  /** Lets the body take as long as it likes. */
  readonly unhurry: () => void
  /** Gives the rest of the body up. */
  readonly stop: () => void
}

/** Asks for a link, or a range of it, wherever its redirects lead. Throws a `ReadFault`. */
export type CheckedGet = (
  link: LinkToRead,
  range: string | null,
  signal: AbortSignal
) => Promise<Answer>

export interface CheckedGetOptions {
  /** With `redirect: 'manual'` it answers a redirect as it came. Keeps nothing and sends no credentials. */
  readonly fetch: FetchLike
  readonly clock: Clock
  /** Without it hosts are judged by their names alone. */
  readonly network?: LinkNetwork
  readonly requestTimeoutMs?: number
  /** Told of every request that leaves. */
  readonly onRequest?: () => void
  /** Told the `Date` of every answer that a server made for it, with the server's origin. */
  readonly onDate?: (origin: string, date: string) => void
}

/** What is said of a hop that is not made, the first as well as those that redirects ask for. */
const hopCodes = {
  unusual: 'not-checked',
  private: 'link-leads-inside',
  'resolves-private': 'link-resolves-inside'
} as const

/** Security D6. */
const mostHops = 3
const redirects = [301, 302, 303, 307, 308]
const defaultTimeoutMs = 10_000
const tlsFailure =
  /ERR_(?:CERT|SSL|TLS|BAD_SSL)|CERT_|_CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|EPROTO/

/** In place of what would tell every storage the system, the engine, their versions and the language. */
const plainHeaders = {
  'user-agent': 'ReplicaDesk',
  'accept-language': '*',
  'accept-encoding': 'identity'
}

/**
 * A GET that checks every hop before it is made (security D3-D6). Only GET: the method is part of most signatures. A
 * request that does not answer in time, with its body, is given up.
 */
export const createCheckedGet = (options: CheckedGetOptions): CheckedGet => {
  const { fetch, clock, network, requestTimeoutMs = defaultTimeoutMs } = options

  /** Looking a name up cannot be aborted, and may take as long as it likes. */
  const reachInTime = async (url: URL, attempt: AbortSignal): Promise<Reach> => {
    try {
      return await orAborted(reachOf(url, network), attempt)
    } catch {
      throw new ReadFault(attempt.aborted ? 'link-silent' : 'link-unreachable', { host: url.host })
    }
  }

  const checkHop = async (
    url: URL,
    allowed: string | null,
    attempt: AbortSignal
  ): Promise<void> => {
    if (url.origin === allowed && url.username === '' && url.password === '') return
    const reach = await reachInTime(url, attempt)
    if (reach !== 'public') throw new ReadFault(hopCodes[reach], { host: url.host })
  }

  const askOnce = async (
    url: URL,
    range: string | null,
    attempt: AbortController,
    timedOut: () => boolean
  ): Promise<Response> => {
    options.onRequest?.()
    try {
      const response = await fetch(url.href, {
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        headers: { ...plainHeaders, ...(range === null ? {} : { range }) },
        signal: attempt.signal
      })
      const date = freshDate(response.headers)
      if (date !== null) options.onDate?.(url.origin, date)
      return response
    } catch (error) {
      if (timedOut()) throw new ReadFault('link-silent', { host: url.host })
      throw new ReadFault(isTlsFailure(error) ? 'link-tls' : 'link-unreachable', { host: url.host })
    }
  }

  return async (link, range, signal) => {
    signal.throwIfAborted()
    const attempt = new AbortController()
    const over = new AbortController()
    let isLate = false
    const cancel = () => attempt.abort()
    signal.addEventListener('abort', cancel, { once: true })
    after(clock, requestTimeoutMs, over.signal, () => {
      isLate = true
      attempt.abort()
    })
    const stop = (): void => {
      over.abort()
      signal.removeEventListener('abort', cancel)
      attempt.abort()
    }
    try {
      let url = new URL(link.url)
      for (let hop = 0; ; hop += 1) {
        await checkHop(url, link.allowLoopbackOrigin, attempt.signal)
        const response = await askOnce(url, range, attempt, () => isLate)
        const location = redirects.includes(response.status)
          ? response.headers.get('location')
          : null
        if (location === null) {
          return { response, url: url.href, unhurry: () => over.abort(), stop }
        }
        void response.body?.cancel().catch(() => undefined)
        if (hop === mostHops) throw new ReadFault('link-redirects', { host: url.host })
        url = nextHop(url, location)
      }
    } catch (error) {
      stop()
      signal.throwIfAborted()
      throw error
    }
  }
}

/** When an answer was made; null: it does not say, or a cache kept it, which its maker dated at some earlier time. */
export const freshDate = (headers: Headers): string | null =>
  headers.has('age') ? null : headers.get('date')

const nextHop = (from: URL, location: string): URL => {
  if (!URL.canParse(location, from.href)) throw new ReadFault('link-redirects', { host: from.host })
  const next = new URL(location, from.href)
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new ReadFault('link-insecure', { host: next.host })
  }
  return next
}

/** By the code or message alone, neither of which goes any further. */
const isTlsFailure = (error: unknown): boolean => {
  const {
    message = '',
    code = '',
    cause
  } = error as {
    readonly message?: string
    readonly code?: string
    readonly cause?: unknown
  }
  if (tlsFailure.test(message) || tlsFailure.test(String(code))) return true
  return cause !== undefined && cause !== error && isTlsFailure(cause)
}
