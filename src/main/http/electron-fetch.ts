import type { FetchInit, FetchLike } from '../ports/fetch-like.ts'
import { NotSentError } from './not-sent-error.ts'
import { originTold, RedirectedError } from './redirected-error.ts'

/** The part of Electron's `Session` that is used here. */
export interface FetchSession {
  fetch(url: string, init: FetchInit): Promise<Response>
  closeAllConnections(): Promise<void>
  readonly webRequest: {
    /** Told where a redirect leads, before the fetch that must not follow it fails without a word of that. */
    onBeforeRedirect(listener: (details: { readonly redirectURL: string }) => void): void
  }
}

/** The session's fetch as it is: pooled connections, which Chromium may use again and repeat requests on. */
export const createApiFetch =
  (session: FetchSession): FetchLike =>
  (url, init) =>
    session.fetch(url, init)

/**
 * A fetch whose requests leave at most once. Needs sessions of its own: as many requests can be on their way at a time.
 *
 * Chromium repeats a request by itself, whatever its method, when a connection that was used before (or was opened
 * early and lay idle) ends before the answer's headers. A connection made for the request is never taken for such
 * a one, so all others are closed first, and calls wait for one another until a body is read to its end, given up,
 * or the call's signal is aborted.
 */
export const createOneShotFetch = (...sessions: readonly FetchSession[]): FetchLike => {
  const queues = sessions.map(createSessionQueue)
  return (url, init) => {
    const free = queues.reduce((best, queue) => (queue.load() < best.load() ? queue : best))
    return free.fetch(url, init)
  }
}

/** One request after the other; `load` counts those that wait or are on their way. */
interface SessionQueue {
  readonly fetch: FetchLike
  load(): number
}

const createSessionQueue = (session: FetchSession): SessionQueue => {
  let last: Promise<void> = Promise.resolve()
  let load = 0
  let redirectedTo: string | null = null
  session.webRequest.onBeforeRedirect(({ redirectURL }) => {
    redirectedTo = originTold(redirectURL)
  })
  const fetch: FetchLike = async (url, init) => {
    const before = last
    let leave = (): void => undefined
    load += 1
    last = new Promise<void>((resolve) => {
      leave = resolve
    }).then(() => {
      load -= 1
    })
    if (!(await isTurn(before, init.signal))) {
      void before.then(leave)
      throw new NotSentError('Given up while waiting for its turn')
    }
    try {
      await session.closeAllConnections()
      if (init.mayLeave?.() === false) throw new NotSentError('Not to be sent any more')
      redirectedTo = null
      const response = await session.fetch(url, init)
      init.signal?.addEventListener('abort', leave, { once: true })
      return whenRead(response, leave)
    } catch (error) {
      leave()
      throw redirectedTo === null ? error : new RedirectedError(redirectedTo)
    }
  }
  return { fetch, load: () => load }
}

/** False if the signal was aborted first. */
const isTurn = (before: Promise<void>, signal: AbortSignal | null | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve(false)
    signal?.addEventListener('abort', () => resolve(false), { once: true })
    void before.then(() => resolve(true))
  })

const whenRead = (response: Response, done: () => void): Response => {
  const { body, headers, status, statusText } = response
  if (body === null) {
    done()
    return response
  }
  const reader = body.getReader()
  const watched = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const part = await reader.read()
        if (!part.done) return controller.enqueue(part.value)
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      done()
    },
    cancel: (reason) => reader.cancel(reason).finally(done)
  })
  return new Response(watched, { headers, status, statusText })
}
