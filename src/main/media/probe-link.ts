import type { AskForMedia, MediaLink } from './ask-for-media.ts'

/** What asking for the first byte of a link found. `unknown`: nobody answered, or the link may not be asked for. */
export type LinkState = 'reachable' | 'unreachable' | 'unknown'

/** Asks whether a link still answers, with one byte and no body read (security D7). */
export type ProbeLink = (link: MediaLink, signal: AbortSignal) => Promise<LinkState>

const goneStatuses = [401, 403, 404, 410, 451]

export const createProbeLink =
  (ask: AskForMedia): ProbeLink =>
  async (link, signal) => {
    const attempt = new AbortController()
    const stop = () => attempt.abort()
    signal.addEventListener('abort', stop, { once: true })
    try {
      const response = await ask(link, 'bytes=0-0', attempt)
      if (response === null) return 'unknown'
      if (response.ok) return 'reachable'
      return goneStatuses.includes(response.status) ? 'unreachable' : 'unknown'
    } finally {
      // Nothing of the body is wanted, and a film would go on coming.
      attempt.abort()
      signal.removeEventListener('abort', stop)
    }
  }
