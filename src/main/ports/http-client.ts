import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** One HTTP request of the app. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Absolute; https, or http on loopback. Built by a provider from the account's API address. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent as JSON when given. */
  readonly body?: unknown
  readonly timeoutMs: number
  /** Largest body read, after decompression; more is `unexpected-response{too-large}`. */
  readonly maxBytes: number
  /**
   * `safe`: may be sent again by the client on connect failure, 408, 429 and 5xx (security R6, R7).
   * `never`: leaves once, on a connection of its own, whatever happens.
   */
  readonly retry: 'safe' | 'never'
  /**
   * How long an answer that asks to slow down wants to be waited for, in milliseconds, where a provider says so in its
   * own way. Null: not told. The longer of this and `Retry-After` counts.
   */
  readonly readWaitMs?: (answer: HttpAnswer) => number | null
  /** Told the first bytes of an answer that is larger than `maxBytes`, as text: enough to see what it is about. */
  readonly onTooLarge?: (start: string) => void
  /**
   * Told when the server asks to be waited for before the next try, and until when (ISO 8601 UTC). What it answers is
   * called once the wait is over or given up.
   */
  readonly onWait?: (untilAt: string) => () => void
  /**
   * Why the request must not leave any more; null: it may. Asked right before every try, as those behind a wait may be
   * minutes after the first.
   */
  readonly objection?: () => AppError | null
}

/** An answer with a body small enough to hold. Any status; what it means is the provider's business. */
export interface HttpAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as text, at most `maxBytes`. */
  readonly text: string
}

/**
 * The one way out to the providers.
 *
 * Fails with `offline` (never sent), `insecure-connection`, `timed-out` (a `safe` request), `outcome-unknown` (a
 * `never` request that may have been sent), `rate-limited` (429 after the tries, or a wait over 10 minutes),
 * `unexpected-response{redirect|too-large|incomplete}`, `canceled`, and with what `objection` answers.
 */
export interface HttpClient {
  send(request: HttpRequest, signal: AbortSignal): Promise<Result<HttpAnswer>>
}
