import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createManualClock, type ManualClock } from '../../../test/main/manual-clock.ts'
import type { HttpRequest } from '../ports/http-client.ts'
import type { Log } from '../ports/log.ts'
import { createHttpClient } from './net-http-client.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

const timeoutMs = 1_000_000
const key = 'canary-key-1'

let server: Server
let base: string
let answers: Answer[]
let seen: IncomingMessage[]
let bodies: string[]
let logged: string[]
let clock: ManualClock

const log: Log = {
  info: (message, facts) => logged.push(`${message} ${JSON.stringify(facts)}`),
  warn: (message, facts) => logged.push(`${message} ${JSON.stringify(facts)}`),
  bug: (error) => String(logged.push(String(error)))
}

let dates: string[]
let stopping: AbortController

const client = (fetchLike: typeof fetch = fetch) =>
  createHttpClient({
    fetch: fetchLike,
    fetchOnce: fetchLike,
    clock,
    random: () => 0.5,
    userAgent: 'ReplicaDesk/1.2.3',
    log,
    onDate: (origin, date) => dates.push(`${origin} ${date}`),
    stopping: stopping.signal
  })

const request = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: `${base}/v2/replicas/r1?secret=1`,
  headers: { 'x-api-key': key },
  timeoutMs,
  maxBytes: 1_000,
  retry: 'safe',
  ...more
})

const never = { method: 'DELETE', retry: 'never' } as const
const go = (more: Partial<HttpRequest> = {}, signal = new AbortController().signal) =>
  client().send(request(more), signal)

const reply =
  (status: number, headers: Record<string, string> = {}, body: string | Buffer = ''): Answer =>
  (response) => {
    response.writeHead(status, headers).end(body)
  }
/** The part of the socket that writes; the response would add headers of its own. */
const raw =
  (text: string, then: (socket: Socket) => void = (socket) => socket.end()): Answer =>
  (response) => {
    const { socket } = response
    if (socket === null) throw new Error('No socket')
    socket.write(text, () => then(socket))
  }
const reset: Answer = (response) => {
  response.socket?.resetAndDestroy()
}

beforeEach(async () => {
  dates = []
  stopping = new AbortController()
  answers = []
  seen = []
  bodies = []
  logged = []
  clock = createManualClock(undefined, (durationMs) => durationMs < timeoutMs)
  server = createServer((incoming, response) => {
    seen.push(incoming)
    const parts: Buffer[] = []
    incoming.on('data', (part) => parts.push(part))
    incoming.on('end', () => {
      bodies.push(Buffer.concat(parts).toString())
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      answer?.(response, incoming)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  expect(logged.join('\n')).not.toMatch(/canary|secret/)
  server.closeAllConnections()
  server.close()
})

describe('what is sent', () => {
  test('a JSON body, the key, our name, no cookies', async () => {
    answers = [reply(200, { 'set-cookie': 'a=b' }, '{}')]
    await go({ method: 'POST', retry: 'never', body: { name: 'Ä' } })
    await go()
    expect(bodies).toEqual(['{"name":"Ä"}', ''])
    expect(seen[0]?.headers).toMatchObject({
      'user-agent': 'ReplicaDesk/1.2.3',
      'content-type': 'application/json',
      'x-api-key': key
    })
    expect(seen[1]?.headers).not.toHaveProperty('cookie')
  })

  test.each(['http://example.com/', 'https://u:p@example.com/', 'file:///etc/passwd', 'nonsense'])(
    'nothing to %s',
    async (url) => {
      await expect(go({ url })).rejects.toThrow('A request to an address not allowed')
    }
  )

  test('nothing that is objected to, nor a repetition of it', async () => {
    answers = [reply(503)]
    const error = { kind: 'account-changed' } as const
    const objection = () => (seen.length < 2 ? null : error)
    expect(await go({ objection })).toEqual({ ok: false, error })
    expect(await go({ ...never, objection })).toEqual({ ok: false, error })
    expect(seen).toHaveLength(2)
  })

  test('a header that cannot be sent is a bug that does not quote it', async () => {
    const sending = go({ headers: { 'x-api-key': `${key}\r\nx-evil: 1` } })
    await expect(sending).rejects.toThrow('A header holds a character that HTTP does not allow')
    expect(seen).toHaveLength(0)
  })
})

describe('answers', () => {
  test.each([200, 204, 400, 401, 403, 404, 409, 410, 413, 422])('%i is passed on', async (code) => {
    answers = [reply(code, { 'x-note': 'n' }, code === 204 ? '' : '{"a":1}')]
    const result = await go()
    expect(result).toMatchObject({
      ok: true,
      value: { status: code, text: code === 204 ? '' : '{"a":1}', headers: { 'x-note': 'n' } }
    })
    expect(seen).toHaveLength(1)
  })

  test.each<[string, Answer, string]>([
    ['an empty body', reply(200), ''],
    ['a page of a captive portal', reply(200, { 'content-type': 'text/html' }, '<html>'), '<html>'],
    [
      'UTF-16 by header',
      reply(
        200,
        { 'content-type': 'application/json; charset=UTF-16' },
        Buffer.from('{"ä":1}', 'utf16le')
      ),
      '{"ä":1}'
    ],
    [
      'UTF-16 by mark, against the header',
      reply(
        200,
        { 'content-type': 'text/plain; charset=utf-8' },
        Buffer.from('\ufeff{}', 'utf16le')
      ),
      '{}'
    ],
    [
      'Latin-1',
      reply(
        200,
        { 'content-type': 'text/plain; charset="iso-8859-1"' },
        Buffer.from('ä', 'latin1')
      ),
      'ä'
    ],
    ['an unknown charset', reply(200, { 'content-type': 'text/plain; charset=klingon' }, 'ä'), 'ä'],
    ['gzip', reply(200, { 'content-encoding': 'gzip' }, gzipSync('{"a":1}')), '{"a":1}'],
    [
      'a hundred early hints',
      raw(
        `${'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100)}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`
      ),
      '{}'
    ]
  ])('%s', async (_, answer, text) => {
    answers = [answer]
    expect(await go()).toMatchObject({ ok: true, value: { status: 200, text } })
  })

  const tooLarge = { ok: false, error: { kind: 'unexpected-response', where: 'too-large' } }
  test.each<[string, Answer]>([
    ['a body over the limit', reply(200, {}, 'x'.repeat(1_001))],
    [
      'a compressed bomb',
      reply(200, { 'content-encoding': 'gzip' }, gzipSync('x'.repeat(9_000_000)))
    ]
  ])('%s is too large, and not asked for again', async (_, answer) => {
    answers = [answer]
    expect(await go()).toEqual(tooLarge)
    expect(seen).toHaveLength(1)
  })

  test('a body without end is left at the limit', async () => {
    let hasLeft: (() => void) | undefined
    const left = new Promise<void>((resolve) => {
      hasLeft = resolve
    })
    answers = [
      (response) => {
        response.on('close', () => hasLeft?.())
        const write = () => {
          while (!response.destroyed && response.write('x'.repeat(500)));
          response.once('drain', write)
        }
        write()
      }
    ]
    expect(await go()).toEqual(tooLarge)
    await left
  })

  test.each([301, 302, 303, 307, 308])('%i is refused, whatever was asked', async (code) => {
    answers = [reply(code, { location: `${base}/elsewhere` })]
    const refused = { ok: false, error: { kind: 'unexpected-response', where: 'redirect' } }
    expect(await go()).toEqual(refused)
    expect(await go(never)).toEqual(refused)
    expect(seen.map(({ url }) => url)).toEqual(Array(2).fill('/v2/replicas/r1?secret=1'))
  })
})

describe('trying again', () => {
  test.each([408, 429, 500, 502, 503, 504])('after %i until it works', async (code) => {
    answers = [reply(code), reply(code), reply(200, {}, 'done')]
    expect(await go()).toMatchObject({ ok: true, value: { text: 'done' } })
    expect(seen).toHaveLength(3)
    const delays = clock.waits.filter((durationMs) => durationMs < timeoutMs)
    expect(delays).toEqual(code === 429 ? [1_000, 1_000] : [250, 500])
  })

  test('four times at most; the last answer counts', async () => {
    answers = [reply(500)]
    expect(await go()).toMatchObject({ ok: true, value: { status: 500 } })
    expect(seen).toHaveLength(4)
  })

  test('never for what must leave once', async () => {
    for (const code of [408, 500, 502, 503, 504]) {
      answers = [reply(code, { 'retry-after': '3600' })]
      expect(await go(never)).toMatchObject({ ok: true, value: { status: code } })
    }
    answers = [reply(429, { 'retry-after': '7' })]
    expect(await go(never)).toEqual({
      ok: false,
      error: { kind: 'rate-limited', retryAfterMs: 7_000 }
    })
    expect(seen).toHaveLength(6)
  })

  test('429 four times is a rate limit', async () => {
    answers = [reply(429)]
    const result = await go()
    expect(result).toEqual({ ok: false, error: { kind: 'rate-limited', retryAfterMs: 2_000 } })
    expect(seen).toHaveLength(4)
  })

  test.each<[string, number | null]>([
    ['3', 3_000],
    ['0', null],
    ['-1', null],
    ['1e9', null],
    ['soon', null],
    ['Wed, 31 Dec 2025 00:00:00 GMT', null],
    ['Mon, 01 Jan 2026 00:00:20 GMT', 20_000]
  ])('Retry-After %s', async (text, waitMs) => {
    const headers = { 'retry-after': text, date: 'Thu, 01 Jan 2026 00:00:00 GMT' }
    answers = [reply(503, headers), reply(200)]
    expect(await go()).toMatchObject({ ok: true })
    expect(clock.waits).toContain(waitMs ?? 250)
  })

  test.each([429, 503])('%i with an hour to wait is given back at once', async (code) => {
    answers = [reply(code, { 'retry-after': '3600' })]
    expect(await go()).toEqual({
      ok: false,
      error: { kind: 'rate-limited', retryAfterMs: 3_600_000 }
    })
    expect(seen).toHaveLength(1)
  })

  test.each([
    [{}, 9_000, 9_000],
    [{ 'retry-after': '3' }, 9_000, 9_000],
    [{ 'retry-after': '12' }, 9_000, 12_000],
    [{ 'retry-after': '3' }, null, 3_000],
    [{}, Number.NaN, 1_000],
    [{}, 8 * 86_400_000, 1_000],
    [{}, -5, 1_000]
  ])('with %j and a wait of %s that the provider read, %i ms', async (headers, waitMs, longest) => {
    answers = [reply(429, headers), reply(200)]
    expect(await go({ readWaitMs: () => waitMs })).toMatchObject({ ok: true })
    expect(clock.waits.filter((durationMs) => durationMs < timeoutMs)).toContain(longest)
  })

  test('ends when it is canceled in between', async () => {
    clock = createManualClock()
    answers = [reply(500)]
    const giveUp = new AbortController()
    const result = go({ timeoutMs: 100 }, giveUp.signal)
    await clock.untilWaitedFor(250)
    giveUp.abort()
    expect(await result).toEqual({ ok: false, error: { kind: 'canceled' } })
    expect(seen).toHaveLength(1)
  })
})

describe('broken connections', () => {
  const incomplete = { ok: false, error: { kind: 'unexpected-response', where: 'incomplete' } }
  const unknown = { ok: false, error: { kind: 'outcome-unknown' } }

  test.each<[string, Answer]>([
    ['a reset before the headers', reset],
    ['a body cut short', raw('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"a":')],
    ['chunks that stop', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a"')],
    ['no HTTP', raw('SSH-2.0-OpenSSH\r\n\r\n')]
  ])('%s: tried again, or unknown', async (_, answer) => {
    answers = [answer]
    expect(await go()).toEqual(incomplete)
    expect(seen).toHaveLength(4)
    expect(await go(never)).toEqual(unknown)
    expect(seen).toHaveLength(5)
  })

  test('a reset and then an answer', async () => {
    answers = [reset, reply(200, {}, 'done')]
    expect(await go()).toMatchObject({ ok: true, value: { text: 'done' } })
  })

  test('bytes that do not decompress', async () => {
    answers = [reply(200, { 'content-encoding': 'gzip' }, 'this is not gzip')]
    expect(await go()).toEqual(incomplete)
    expect(await go(never)).toEqual(unknown)
    expect(seen).toHaveLength(2)
  })

  test('nobody there: offline, certainly not sent', async () => {
    server.close()
    await once(server, 'close')
    expect(await go()).toEqual({ ok: false, error: { kind: 'offline' } })
    expect(await go(never)).toEqual({ ok: false, error: { kind: 'offline' } })
  })

  test.each([
    ['net::ERR_CERT_AUTHORITY_INVALID', 'insecure-connection', 'insecure-connection'],
    ['net::ERR_INTERNET_DISCONNECTED', 'offline', 'offline'],
    ['net::ERR_NETWORK_CHANGED', 'offline', 'outcome-unknown'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'insecure-connection', 'outcome-unknown']
  ])('%s', async (message, safe, once_) => {
    const failing = client(() => Promise.reject(new Error(message)))
    const signal = new AbortController().signal
    expect(await failing.send(request(), signal)).toEqual({ ok: false, error: { kind: safe } })
    expect(await failing.send(request(never), signal)).toEqual({
      ok: false,
      error: { kind: once_ }
    })
  })
})

describe('time', () => {
  const silences: [string, Answer][] = [
    ['no answer', () => undefined],
    [
      'headers and then silence',
      raw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n', () => undefined)
    ],
    [
      'a byte and then silence',
      raw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nx', () => undefined)
    ]
  ]
  const arrival = () => once(server, 'request')

  test.each(silences)('%s: out of time, once', async (_, answer) => {
    answers = [answer]
    const arrived = arrival()
    const result = go()
    await arrived
    clock.advance(timeoutMs)
    expect(await result).toEqual({ ok: false, error: { kind: 'timed-out' } })
    expect(seen).toHaveLength(1)
  })

  test.each(silences)('%s: unknown for what leaves once', async (_, answer) => {
    answers = [answer]
    const arrived = arrival()
    const result = go(never)
    await arrived
    clock.advance(timeoutMs)
    expect(await result).toEqual({ ok: false, error: { kind: 'outcome-unknown' } })
  })

  test.each([
    ['safe', 'canceled'],
    ['never', 'outcome-unknown']
  ] as const)('given up under way, %s: %s', async (retry, kind) => {
    answers = [() => undefined]
    const giveUp = new AbortController()
    const arrived = arrival()
    const result = go({ retry }, giveUp.signal)
    await arrived
    giveUp.abort()
    expect(await result).toEqual({ ok: false, error: { kind } })
  })

  test('given up before: not sent', async () => {
    expect(await go(never, AbortSignal.abort())).toEqual({ ok: false, error: { kind: 'canceled' } })
    expect(seen).toHaveLength(0)
  })
})

describe('the Date of an answer', () => {
  const date = 'Sun, 01 Mar 2026 12:00:00 GMT'

  test('is told with the origin, whatever the status', async () => {
    answers = [reply(200, { date }, '{}'), reply(404, { date })]
    await go()
    await go()
    expect(dates).toEqual([`${base} ${date}`, `${base} ${date}`])
  })

  test('is not told of what a cache kept', async () => {
    answers = [reply(200, { date, age: '86400' }, '{}')]
    await go()
    expect(dates).toEqual([])
  })
})

describe('once the app ends', () => {
  test('nothing more is sent', async () => {
    stopping.abort()
    expect(await go()).toEqual({ ok: false, error: { kind: 'canceled' } })
    expect(await go(never)).toEqual({ ok: false, error: { kind: 'canceled' } })
    expect(seen).toEqual([])
  })

  test('reads that are on their way are given up, and not tried again', async () => {
    answers = [() => stopping.abort()]
    expect(await go()).toEqual({ ok: false, error: { kind: 'canceled' } })
    expect(seen).toHaveLength(1)
  })

  test('the answer to what must not be sent twice is waited for', async () => {
    answers = [
      (response, request) => {
        stopping.abort()
        reply(204)(response, request)
      }
    ]
    expect(await go(never)).toMatchObject({ ok: true, value: { status: 204 } })
  })
})
