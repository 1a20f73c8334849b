import type { IncomingMessage } from 'node:http'

/** One request as it came in. The key itself is never kept. */
export interface LoggedRequest {
  /** ISO 8601, by the sandbox's clock. */
  readonly at: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names; those that carry a key are left out, see `key`. */
  readonly headers: Readonly<Record<string, string>>
  /** Index into `apiKeys` of the key that was sent. */
  readonly key: number | 'missing' | 'unknown'
  /** The parsed JSON body; the text itself if it is not JSON; null if there was none. */
  readonly body: unknown
  /** What was answered; null while nothing was, or if nothing ever is. */
  readonly status: number | null
  /** Kind of the fault that a test put in the way of the answer. */
  readonly fault: string | null
  /** How often the request changed or read the state: 0 or 1. */
  readonly processed: 0 | 1
}

/** One request for a picture or clip. Such links need no key; `hasKey` tells whether one was sent all the same. */
export interface MediaRequest {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly hasKey: boolean
}

const keyHeaders = ['x-api-key', 'authorization']

export const headersWithoutKey = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => !keyHeaders.includes(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  )
