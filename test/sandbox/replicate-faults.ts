import type { FaultEffect } from './faults.ts'

/** Where a 429 tells how long to wait; every place may be empty. */
export interface ThrottleHints {
  /** The header `Retry-After`: seconds or a date. */
  readonly retryAfter?: string
  /** Seconds in the body's `retry_after`. */
  readonly inBody?: number
  /** Seconds in the body's sentence ("resets in ~30s"). */
  readonly inText?: number
  /** The header `ratelimit-reset` in seconds, beside `ratelimit-remaining: 0`. */
  readonly reset?: number
}

/** A 429 as Replicate is known to write it. */
export const throttled = ({
  retryAfter,
  inBody,
  inText,
  reset
}: ThrottleHints = {}): FaultEffect => ({
  kind: 'answer',
  status: 429,
  body: {
    detail: `Request was throttled.${inText === undefined ? '' : ` Your rate limit resets in ~${inText}s.`}`,
    status: 429,
    ...(inBody === undefined ? {} : { retry_after: inBody })
  },
  headers: {
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    ...(reset === undefined ? {} : { 'ratelimit-remaining': '0', 'ratelimit-reset': `${reset}` })
  }
})

const problemType = { 'content-type': 'application/problem+json' }

const answer = (
  status: number,
  body: unknown,
  headers?: Readonly<Record<string, string>>
): FaultEffect => ({
  kind: 'answer',
  status,
  body: headers?.['content-type'] === problemType['content-type'] ? JSON.stringify(body) : body,
  ...(headers === undefined ? {} : { headers })
})

/** Error answers of Replicate by name, seen or supposed; made for `it.each(Object.entries(replicateFaults))`. */
export const replicateFaults = {
  unauthenticated: answer(
    401,
    {
      title: 'Unauthenticated',
      detail: 'You did not pass a valid authentication token',
      status: 401
    },
    problemType
  ),
  outOfCredit: answer(
    402,
    { title: 'Insufficient credit', detail: 'Add credit to go on.', status: 402 },
    problemType
  ),
  notFoundDetail: answer(404, { detail: 'Not found.' }),
  notFoundProblem: answer(
    404,
    { detail: 'The requested resource could not be found.', status: 404 },
    problemType
  ),
  invalidFields: answer(
    422,
    {
      title: 'Input validation failed',
      detail: '- version is required',
      status: 422,
      invalid_fields: [{ type: 'required', field: 'version', description: 'version is required' }]
    },
    problemType
  ),
  titleOnly: answer(403, { title: 'Forbidden' }, problemType),
  text: answer(400, 'Cannot delete this.', { 'content-type': 'text/plain; charset=utf-8' }),
  html: answer(403, '<!doctype html><h1>Attention required</h1>', {
    'content-type': 'text/html; charset=utf-8'
  }),
  empty: answer(400, undefined),
  detailList: answer(400, { detail: ['One reason.', 'Another.'] }),
  throttledBare: throttled(),
  throttledHeader: throttled({ retryAfter: '2' }),
  throttledBody: throttled({ inBody: 30 }),
  throttledText: throttled({ inText: 30 }),
  throttledReset: throttled({ reset: 12 })
} as const satisfies Readonly<Record<string, FaultEffect>>
