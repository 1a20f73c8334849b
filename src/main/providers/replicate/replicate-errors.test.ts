import { describe, expect, test } from 'vitest'
import type { AppError } from '../../../shared/errors.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import { type Action, readSaid, refusalOf, saysUnknown } from './replicate-errors.ts'
import { readReplicateWaitMs } from './replicate-wait.ts'

const answer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {}
): HttpAnswer => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body)
})

const html = '<!doctype html><html><body>Bad gateway</body></html>'

describe('the words of a refusal', () => {
  test.each<[unknown, string | null]>([
    [{ title: 'Forbidden', detail: 'Not yours.', status: 403 }, 'Not yours.'],
    [{ type: 'about:blank', title: 'Forbidden', status: 403, instance: '/x' }, 'Forbidden'],
    [{ detail: 'Not found.' }, 'Not found.'],
    [
      { detail: 'The resource could not be found.', status: 404 },
      'The resource could not be found.'
    ],
    [{ detail: ' ', title: 'Conflict' }, 'Conflict'],
    [{ detail: ['One.', 'Two.'] }, 'One.; Two.'],
    [{ detail: { owner: ['Unknown owner.'] } }, 'owner: Unknown owner.'],
    [{ error: 'Broken.' }, 'Broken.'],
    [{ message: 'No.' }, 'No.'],
    ['"A sentence in JSON."', 'A sentence in JSON.'],
    [['One.', 'Two.'], 'One.; Two.'],
    [
      {
        title: 'Input validation failed',
        detail: '- input: prompt is required',
        status: 422,
        invalid_fields: [
          { type: 'required', field: 'input', description: 'prompt is required' },
          { description: 'Something else' },
          'nonsense'
        ]
      },
      '- input: prompt is required; input: prompt is required; Something else'
    ],
    [
      { invalid_fields: [{ field: 'version', description: 'Not a version.' }] },
      'version: Not a version.'
    ],
    ['upstream connect error', 'upstream connect error'],
    ['x'.repeat(900), 'x'.repeat(200)],
    ['', null],
    ['   ', null],
    ['{}', null],
    ['null', null],
    ['42', null],
    [{ detail: null, title: 7 }, null],
    [html, null]
  ])('%j', (body, said) => {
    expect(readSaid(answer(400, body))).toBe(said)
  })

  test('a page is no sentence, whatever it is called', () => {
    expect(readSaid(answer(400, 'Sign in', { 'content-type': 'text/html' }))).toBeNull()
  })
})

describe('what an answer means', () => {
  const shapes = {
    problem: { title: 'T', detail: 'D.', status: 0 },
    detail: { detail: 'D.' }
  }

  test.each<[Action, number, unknown, AppError]>([
    ['account', 401, shapes.problem, { kind: 'key-rejected', said: 'D.' }],
    ['read', 401, shapes.detail, { kind: 'key-rejected', said: 'D.' }],
    ['remove', 401, '', { kind: 'key-rejected', said: null }],
    ['account', 403, shapes.detail, { kind: 'key-rejected', said: 'D.' }],
    ['read', 403, shapes.detail, { kind: 'provider-refused', status: 403, said: 'D.' }],
    ['remove', 403, shapes.problem, { kind: 'provider-refused', status: 403, said: 'D.' }],
    ['remove', 400, shapes.detail, { kind: 'provider-refused', status: 400, said: 'D.' }],
    ['remove', 402, shapes.problem, { kind: 'provider-refused', status: 402, said: 'D.' }],
    ['remove', 409, 'Taken.', { kind: 'provider-refused', status: 409, said: 'Taken.' }],
    ['remove', 422, html, { kind: 'provider-refused', status: 422, said: null }],
    ['read', 404, html, { kind: 'unexpected-response', where: 'not-json' }],
    ['read', 404, shapes.detail, { kind: 'provider-refused', status: 404, said: 'D.' }],
    ['read', 408, '', { kind: 'timed-out' }],
    ['remove', 408, '', { kind: 'outcome-unknown' }],
    ['remove', 429, { retry_after: 4 }, { kind: 'rate-limited', retryAfterMs: 4_000 }],
    ['read', 429, '', { kind: 'rate-limited', retryAfterMs: 1_000 }],
    ['read', 500, html, { kind: 'provider-down', status: 500 }],
    ['account', 503, '', { kind: 'provider-down', status: 503 }],
    ['remove', 500, shapes.problem, { kind: 'provider-down', status: 500 }],
    ['remove', 504, '', { kind: 'provider-down', status: 504 }],
    ['read', 304, '', { kind: 'unexpected-response', where: 'redirect' }],
    ['read', 101, '', { kind: 'unexpected-response', where: 'incomplete' }]
  ])('%s, %i, %j', (action, status, body, error) => {
    expect(refusalOf(answer(status, body), action, (text) => text)).toEqual(error)
  })

  test('secrets are taken out before anything is told', () => {
    const body = { detail: 'Token r8_secret is not allowed.' }
    const told = refusalOf(answer(403, body), 'remove', (text) => text.replace('r8_secret', '•••'))
    expect(told).toMatchObject({ said: 'Token ••• is not allowed.' })
  })

  test.each<[number, unknown, boolean]>([
    [404, { detail: 'Not found.' }, true],
    [404, { detail: 'The requested resource could not be found.', status: 404 }, true],
    [404, '', true],
    [410, 'Gone', true],
    [404, html, false],
    [400, { detail: 'Not found.' }, false],
    [200, '', false]
  ])('%i %j says that it is unknown: %s', (status, body, expected) => {
    expect(saysUnknown(answer(status, body))).toBe(expected)
  })
})

describe('how long a limit asks to be waited for', () => {
  test.each<[unknown, Readonly<Record<string, string>>, number | null]>([
    ['', {}, null],
    [{ detail: 'Request was throttled.' }, {}, null],
    [{ detail: 'Your rate limit resets in ~30s.' }, {}, 30_000],
    [{ detail: 'Expected available in 12 seconds.' }, {}, 12_000],
    [{ detail: 'Try again in 2 minutes.' }, {}, 120_000],
    [{ detail: 'Try again in 250ms.' }, {}, 250],
    ['Your rate limit resets in ~3.5s.', {}, 3_500],
    [{ retry_after: 7 }, {}, 7_000],
    [{ retry_after: '7' }, {}, 7_000],
    [{ retry_after: 0.2 }, {}, 200],
    [{ retry_after: 'soon' }, {}, null],
    ['', { 'ratelimit-reset': '9' }, 9_000],
    ['', { 'ratelimit-reset': 'soon' }, null],
    [{ detail: 'resets in ~30s', retry_after: 40 }, { 'ratelimit-reset': '9' }, 40_000],
    [{ detail: 'resets in ~30s', retry_after: 4 }, { 'ratelimit-reset': '90' }, 90_000],
    [{ detail: 'This model has 60 seconds of runs left' }, {}, null]
  ])('%j %j', (body, headers, waitMs) => {
    expect(readReplicateWaitMs(answer(429, body, headers))).toBe(waitMs)
  })

  test('only a limit asks', () => {
    expect(readReplicateWaitMs(answer(503, { retry_after: 9 }))).toBeNull()
  })
})

test('a refusal says nothing that cannot be stored or told', () => {
  const error = refusalOf(answer(409, { detail: 'a\0b\u0007c\ud800' }), 'remove', (text) => text)
  expect(error).toEqual({ kind: 'provider-refused', status: 409, said: 'a b c\ufffd' })
})
