import type { AppError } from '../../shared/errors.ts'
import { redactUrl } from '../../shared/redact.ts'
import { assertNever, fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchInit, FetchLike } from '../ports/fetch-like.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../ports/http-client.ts'
import type { Log } from '../ports/log.ts'
import { after } from '../rules/after.ts'
import { isAllowedRequestUrl } from '../rules/api-address.ts'
import { classifyFailure, type Failure } from './classify-failure.ts'
import { readBody } from './read-body.ts'
import { longestWaitMs, longestWishMs, readRetryAfterMs, retryDelayMs } from './retry-delay.ts'

export interface HttpClientOptions {
  readonly fetch: FetchLike
  /** Sends what must not leave twice: never on a connection that was used before. */
  readonly fetchOnce: FetchLike
  readonly clock: Clock
  /** A number from 0 to 1, as `Math.random`. */
  readonly random: () => number
  readonly userAgent: string
  readonly log: Log
  /** Told the `Date` of every answer that a server made for it, with the server's origin. */
  readonly onDate?: (origin: string, date: string) => void
  /** Aborted when the app ends: nothing more is sent, and what can be asked again is given up. */
  readonly stopping?: AbortSignal
}

const mostTries = 4
const statusesToRepeat = new Set([408, 429, 500, 502, 503, 504])

/** How one try ended. */
type TryEnd =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'timed-out'; readonly isUnsent: boolean }
  | { readonly kind: 'canceled'; readonly isUnsent: boolean }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'held-back'; readonly error: AppError }

/** The client for every call to a provider; see the port for what it answers. */
export const createHttpClient = (options: HttpClientOptions): HttpClient => ({
  send: async (request, wish) => {
    const { stopping } = options
    if (stopping?.aborted) return fail({ kind: 'canceled' })
    const send = prepare(options, request)
    // The answer to what must not be sent twice is waited for.
    const isLetGo = stopping !== undefined && request.retry === 'safe'
    const signal = isLetGo ? AbortSignal.any([wish, stopping]) : wish
    for (let tries = 1; ; tries += 1) {
      const end = await tryOnce(options.clock, request, signal, send)
      tellDate(options, request, end)
      const retryAfterMs = waitAskedFor(end, request, options.clock)
      const canRepeat = request.retry === 'safe' && tries < mostTries && isWorthRepeating(end)
      if (!canRepeat || (retryAfterMs ?? 0) > longestWaitMs) {
        return conclude(options, request, end, retryAfterMs)
      }
      const status = end.kind === 'answer' ? end.answer.status : null
      const delayMs = retryDelayMs({ tries, status, retryAfterMs, random: options.random })
      const untilAt = new Date(Date.parse(options.clock.nowAt()) + delayMs).toISOString()
      const isOver = retryAfterMs === null ? undefined : request.onWait?.(untilAt)
      await options.clock.wait(delayMs, signal)
      isOver?.()
      if (signal.aborted) return fail({ kind: 'canceled' })
    }
  }
})

/** Builds the request once. Throws, without quoting anything, if it is one that must never be built. */
const prepare = (options: HttpClientOptions, request: HttpRequest) => {
  if (!isAllowedRequestUrl(request.url)) throw new Error('A request to an address not allowed')
  const fetch = request.retry === 'never' ? options.fetchOnce : options.fetch
  const init: FetchInit = {
    method: request.method,
    headers: headersOf(options.userAgent, request),
    // A redirect would be followed with the key, and a DELETE with its method, to wherever it says.
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
    mayLeave: () => objectionTo(request) === null,
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) })
  }
  return (signal: AbortSignal) => fetch(request.url, { ...init, signal })
}

const objectionTo = (request: HttpRequest): AppError | null => request.objection?.() ?? null

const headersOf = (userAgent: string, request: HttpRequest): Headers => {
  try {
    const headers = new Headers({ accept: 'application/json', ...request.headers })
    headers.set('user-agent', userAgent)
    if (request.body !== undefined) headers.set('content-type', 'application/json')
    return headers
  } catch {
    // The original error quotes the value, which may be a key.
    throw new Error('A header holds a character that HTTP does not allow')
  }
}

const tryOnce = async (
  clock: Clock,
  request: HttpRequest,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<Response>
): Promise<TryEnd> => {
  if (signal.aborted) return { kind: 'canceled', isUnsent: true }
  const objection = objectionTo(request)
  if (objection !== null) return { kind: 'held-back', error: objection }
  const attempt = new AbortController()
  const cancel = () => attempt.abort()
  signal.addEventListener('abort', cancel, { once: true })
  let isOutOfTime = false
  after(clock, request.timeoutMs, attempt.signal, () => {
    isOutOfTime = true
    attempt.abort()
  })
  try {
    return await exchange(request, send(attempt.signal))
  } catch (error) {
    const failure = classifyFailure(error)
    const raised = failure.isUnsent ? objectionTo(request) : null
    if (raised !== null) return { kind: 'held-back', error: raised }
    if (signal.aborted) return { kind: 'canceled', isUnsent: failure.isUnsent }
    if (isOutOfTime) return { kind: 'timed-out', isUnsent: failure.isUnsent }
    return { kind: 'failure', failure }
  } finally {
    signal.removeEventListener('abort', cancel)
    // Frees the timer and whatever is left of the connection.
    attempt.abort()
  }
}

const exchange = async (request: HttpRequest, sending: Promise<Response>): Promise<TryEnd> => {
  const response = await sending
  const text = await readBody(response, request.maxBytes, request.onTooLarge)
  if (text === null) return { kind: 'too-large' }
  const headers = Object.fromEntries(response.headers.entries())
  return { kind: 'answer', answer: { status: response.status, headers, text } }
}

/** What a cache kept was dated by its maker, at some earlier time. */
const tellDate = ({ onDate }: HttpClientOptions, { url }: HttpRequest, end: TryEnd): void => {
  if (onDate === undefined || end.kind !== 'answer') return
  const { date, age } = end.answer.headers
  if (date !== undefined && age === undefined) onDate(new URL(url).origin, date)
}

const waitAskedFor = (end: TryEnd, { readWaitMs }: HttpRequest, clock: Clock): number | null => {
  if (end.kind !== 'answer' || !statusesToRepeat.has(end.answer.status)) return null
  return longestWishMs([
    readRetryAfterMs(end.answer.headers, clock.nowAt()),
    readWaitMs?.(end.answer) ?? null
  ])
}

const isWorthRepeating = (end: TryEnd): boolean => {
  if (end.kind === 'answer') return statusesToRepeat.has(end.answer.status)
  if (end.kind !== 'failure') return false
  return end.failure.kind === 'unreachable' || end.failure.kind === 'broken'
}

const conclude = (
  { log, random }: HttpClientOptions,
  request: HttpRequest,
  end: TryEnd,
  retryAfterMs: number | null
): Result<HttpAnswer> => {
  const result = resultOf(request, end, retryAfterMs, random)
  if (!result.ok && result.error.kind !== 'canceled') {
    log.warn('A request got no usable answer', {
      method: request.method,
      url: redactUrl(request.url),
      kind: result.error.kind,
      code: end.kind === 'failure' ? end.failure.code : end.kind
    })
  }
  return result
}

const resultOf = (
  request: HttpRequest,
  end: TryEnd,
  retryAfterMs: number | null,
  random: () => number
): Result<HttpAnswer> => {
  const mayHaveLeft = request.retry === 'never'
  switch (end.kind) {
    case 'answer': {
      const { status } = end.answer
      const isParked = !mayHaveLeft && (retryAfterMs ?? 0) > longestWaitMs
      if (status !== 429 && !isParked) return ok(end.answer)
      const waitMs = retryDelayMs({ tries: mostTries, status, retryAfterMs, random })
      return fail({ kind: 'rate-limited', retryAfterMs: waitMs })
    }
    case 'too-large':
      return fail({ kind: 'unexpected-response', where: 'too-large' })
    case 'timed-out':
      if (end.isUnsent) return fail({ kind: 'offline' })
      return fail({ kind: mayHaveLeft ? 'outcome-unknown' : 'timed-out' })
    case 'canceled':
      return fail({ kind: mayHaveLeft && !end.isUnsent ? 'outcome-unknown' : 'canceled' })
    case 'held-back':
      return fail(end.error)
    case 'failure':
      return failureResult(end.failure, mayHaveLeft && !end.failure.isUnsent)
    default:
      return assertNever(end)
  }
}

const failureResult = ({ kind, toOrigin }: Failure, isUnclear: boolean): Result<HttpAnswer> => {
  // A redirect is an answer: the server did not do what it was asked.
  if (kind === 'redirect') {
    const to = toOrigin === undefined ? {} : { toOrigin }
    return fail({ kind: 'unexpected-response', where: 'redirect', ...to })
  }
  if (isUnclear) return fail({ kind: 'outcome-unknown' })
  switch (kind) {
    case 'unreachable':
      return fail({ kind: 'offline' })
    case 'insecure':
      return fail({ kind: 'insecure-connection' })
    case 'broken':
    case 'garbled':
      return fail({ kind: 'unexpected-response', where: 'incomplete' })
    default:
      return assertNever(kind)
  }
}
