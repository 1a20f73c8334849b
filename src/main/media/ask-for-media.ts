import { redactUrl } from '../../shared/redact.ts'
import { isPublicLink, type LinkNetwork } from '../links/link-reach.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { Log } from '../ports/log.ts'
import { after } from '../rules/after.ts'

const headersTimeoutMs = 30_000
/** In place of what would tell every host of a picture the system, the engine, their versions and the language. */
const plainHeaders = { 'user-agent': 'ReplicaDesk', 'accept-language': '*' }

export interface AskOptions {
  /** Of a session without cookies and disk cache. */
  readonly fetch: FetchLike
  readonly clock: Clock
  readonly log: Log
  /** Without it hosts are judged by their names alone. */
  readonly network?: LinkNetwork
}

/** Where something can be fetched. */
export interface MediaLink {
  readonly url: string
  /** The account's own address, if that is on this computer. */
  readonly allowLoopbackOrigin: string | null
}

/**
 * Asks for a link, or a range of it, if it may be asked for. Null, and a line in the log, if nothing came. The attempt
 * is aborted when headers are slow to come; what becomes of the body is the caller's.
 */
export type AskForMedia = (
  link: MediaLink,
  range: string | null,
  attempt: AbortController
) => Promise<Response | null>

export const createAskForMedia =
  ({ fetch, clock, log, network }: AskOptions): AskForMedia =>
  async (link, range, attempt) => {
    const answered = new AbortController()
    after(clock, headersTimeoutMs, answered.signal, () => attempt.abort())
    try {
      if (!(await isAllowed(link, network))) {
        log.warn('A picture or clip is not at a public address', { url: redactUrl(link.url) })
        return null
      }
      return await fetch(link.url, {
        // Electron's fetch cannot stop at a redirect and show it, so none is followed.
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        headers: { ...plainHeaders, ...(range === null ? {} : { range }) },
        signal: attempt.signal
      })
    } catch {
      // The network stack's message may hold the whole link.
      log.info('A picture or clip could not be fetched', { url: redactUrl(link.url) })
      return null
    } finally {
      answered.abort()
    }
  }

const isAllowed = async (
  { url, allowLoopbackOrigin }: MediaLink,
  network: LinkNetwork | undefined
): Promise<boolean> => {
  if (!URL.canParse(url)) return false
  const parsed = new URL(url)
  const isOwn = parsed.origin === allowLoopbackOrigin && parsed.username === ''
  return isOwn || isPublicLink(parsed, network)
}
