import { readFile } from 'node:fs/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  answerRange,
  type Behavior,
  type FaultServer,
  linkSecret,
  startFaultServer
} from '../../../test/main/preflight/fault-server.ts'
import { corpusFile, corpusVideo } from '../../../test/main/preflight/video-corpus.ts'
import { systemClock } from '../clock.ts'
import { createVideoChecker, type VideoCheckerOptions } from './video-checker.ts'

let front: Buffer
let last: Buffer
const servers: FaultServer[] = []

beforeAll(async () => {
  front = await readFile(await corpusFile(corpusVideo('good.mp4')))
  last = await readFile(await corpusFile(corpusVideo('good-moov-last.mp4')))
}, 120_000)
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const serve = async (bytes: Buffer, behave: Behavior): Promise<FaultServer> => {
  const server = await startFaultServer(bytes, behave)
  servers.push(server)
  return server
}

const check = async (
  server: FaultServer,
  options: Partial<VideoCheckerOptions> = {},
  signal = new AbortController().signal
) => {
  const checker = createVideoChecker({ fetch, clock: systemClock, ...options })
  const { check: found } = await checker.check(
    {
      source: { kind: 'link', url: server.link, allowLoopbackOrigin: server.origin },
      field: 'trainVideoUrl',
      fileName: 'take.mp4',
      model: '',
      validUntilAt: null
    },
    signal
  )
  expect(JSON.stringify(found)).not.toContain(linkSecret)
  return {
    ...found,
    bad: found.findings
      .filter(({ level }) => level === 'refused' || level === 'warning')
      .map(({ code }) => code),
    advice: found.findings.filter(({ level }) => level === 'advice').map(({ code }) => code)
  }
}

const xml =
  (status: number, body: string, headers: Record<string, string> = {}): Behavior =>
  ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/xml', ...headers })
    response.end(`<?xml version="1.0"?><Error>${body}</Error>`)
  }

describe('a server that does as it should', () => {
  it('gives up an index in front for one or two requests, and one at the end for two', async () => {
    for (const [bytes, most] of [
      [front, 2],
      [last, 2]
    ] as const) {
      const server = await serve(bytes, answerRange)
      const found = await check(server)
      expect(found).toMatchObject({
        state: 'done',
        bad: [],
        facts: { width: 1920, hasAudio: true }
      })
      expect(server.methods).toEqual(Array.from({ length: found.requests }, () => 'GET'))
      expect(found.requests).toBeLessThanOrEqual(most)
      expect(found.bytesRead).toBeLessThanOrEqual(256 * 1024)
      expect(server.ranges[0]).toBe('bytes=0-65535')
    }
  })

  it('is told neither who asks nor in what language, and nothing that was not signed', async () => {
    const server = await serve(front, answerRange)
    await check(server)
    const [headers = {}] = server.headers
    expect(headers).toMatchObject({
      'user-agent': 'ReplicaDesk',
      'accept-language': '*',
      'accept-encoding': expect.stringMatching(/^identity/)
    })
    expect(
      Object.keys(headers).filter((name) => /^x-|cookie|referer|authorization/.test(name))
    ).toEqual([])
  })

  it('is asked again each time: a link that ended in between is noticed', async () => {
    let isOver = false
    const server = await serve(front, (call) => {
      if (!isOver) answerRange(call)
      else void xml(403, '<Code>AccessDenied</Code><Message>Request has expired</Message>')(call)
    })
    expect((await check(server)).bad).toEqual([])
    isOver = true
    expect((await check(server)).bad).toEqual(['link-expired'])
  })
})

describe('a server with a fault', () => {
  const whole: Behavior = (call) => answerRange({ ...call, range: null })
  const chunked: Behavior = ({ response, bytes }) => {
    response.writeHead(200, { 'content-type': 'video/mp4' })
    response.write(bytes.subarray(0, 1000))
    response.end(bytes.subarray(1000))
  }
  /** Nine megabytes that players pass over. */
  const gap = (() => {
    const box = Buffer.alloc(9 * 1024 * 1024)
    box.writeUInt32BE(box.length, 0)
    box.write('free', 4, 'latin1')
    return box
  })()
  const unread = (found: Awaited<ReturnType<typeof check>>) =>
    found.findings.flatMap(({ values }) => values['unread'] ?? [])

  it('that ignores ranges: as much as its first megabytes hold is judged like any other', async () => {
    expect(await check(await serve(front, whole))).toMatchObject({ bad: [], requests: 1 })
    const found = await check(await serve(last, whole))
    expect(found).toMatchObject({ bad: [], advice: ['index-last', 'length-tight'] })
    expect(found.requests).toBeLessThanOrEqual(2)
    const long = Buffer.concat([front, gap, gap])
    expect(await check(await serve(long, whole))).toMatchObject({
      bad: [],
      advice: ['link-no-ranges', 'length-tight'],
      facts: { sizeBytes: long.length, videoCodec: 'avc', width: 1920, hasAudio: true }
    })
  })

  it('that ignores ranges: what lies behind them is named as not checked, and the rest is judged', async () => {
    const at = last.lastIndexOf('moov', undefined, 'latin1') - 4
    const long = Buffer.concat([last.subarray(0, at), gap, last.subarray(at)])
    const found = await check(await serve(long, whole))
    expect(found).toMatchObject({
      state: 'done',
      bad: [],
      advice: ['link-no-ranges'],
      facts: { container: 'mp4', sizeBytes: long.length, contentType: 'video/mp4' }
    })
    expect(unread(found)).toEqual(['codec length picture rate audio whole'])
    expect(found.requests).toBeLessThanOrEqual(2)
    expect(found.bytesRead).toBeLessThan(5 * 1024 * 1024)
  })

  it('that ignores ranges and is slow: what came first is judged', async () => {
    const server = await serve(last, (call) => {
      if (call.before === 0) whole(call)
      else call.response.writeHead(200, { 'content-length': String(last.length), etag: '"one"' })
      call.response.flushHeaders()
    })
    const found = await check(server, { requestTimeoutMs: 1500 })
    expect(found).toMatchObject({
      state: 'done',
      bad: [],
      advice: ['link-no-ranges'],
      facts: { container: 'mp4', sizeBytes: last.length }
    })
  })

  it('that sends in chunks, without a length: only what the length tells is unknown', async () => {
    expect(await check(await serve(front, chunked))).toMatchObject({
      bad: [],
      advice: ['length-tight'],
      facts: { sizeBytes: front.length }
    })
    const found = await check(await serve(Buffer.concat([front, gap]), chunked))
    expect(found).toMatchObject({
      bad: [],
      advice: ['link-no-size', 'length-tight'],
      facts: { sizeBytes: null, videoCodec: 'avc', hasAudio: true }
    })
    expect(unread(found)).toEqual(['size whole'])
  })

  it('that goes silent in the middle: what it said before counts', async () => {
    const server = await serve(last, (call) => {
      if (call.before === 0) answerRange(call)
    })
    const found = await check(server, { requestTimeoutMs: 100 })
    expect(found).toMatchObject({
      state: 'done',
      bad: ['link-silent'],
      facts: { container: 'mp4', sizeBytes: last.length }
    })
    expect(unread(found)).toEqual(['codec length picture rate audio whole'])
  })

  it('that refuses HEAD is never asked that way', async () => {
    const server = await serve(front, (call) =>
      call.request.method === 'HEAD' ? void call.response.writeHead(403).end() : answerRange(call)
    )
    expect((await check(server)).bad).toEqual([])
    expect(server.methods).not.toContain('HEAD')
  })

  it('that redirects is followed, and not walked again for every range', async () => {
    const server = await serve(last, (call) => {
      if (!call.request.url?.startsWith('/there')) {
        call.response.writeHead(302, { location: `/there?sig=${linkSecret}` }).end()
      } else answerRange(call)
    })
    expect(await check(server)).toMatchObject({ bad: [], requests: 2 })
    expect(server.methods).toHaveLength(3)
  })

  it('that redirects in a circle', async () => {
    const server = await serve(front, ({ response }) => {
      response.writeHead(302, { location: '/take.mp4' }).end()
    })
    expect((await check(server)).bad).toEqual(['link-redirects'])
    expect(server.methods).toHaveLength(4)
  })

  it('that redirects to another host of this computer is not followed there', async () => {
    const inside = await serve(front, answerRange)
    const server = await serve(front, ({ response }) => {
      response.writeHead(307, { location: `${inside.origin}/secret?token=${linkSecret}` }).end()
    })
    const found = await check(server)
    expect(found.bad).toEqual(['link-leads-inside'])
    expect(inside.methods).toEqual([])
  })

  const errors: [string, number, string, string, Record<string, string>?][] = [
    [
      'expired',
      403,
      '<Code>AccessDenied</Code><Message>Request has expired</Message><Expires>2026-03-01T10:00:00Z</Expires>',
      'link-expired'
    ],
    [
      'expired, without times',
      403,
      '<Code>AccessDenied</Code><Message>Request has expired</Message>',
      'link-expired'
    ],
    [
      'not yet valid',
      403,
      '<Code>AccessDenied</Code><Message>Request is not yet valid</Message>',
      'link-not-started'
    ],
    [
      'session over',
      400,
      '<Code>ExpiredToken</Code><Message>The provided token has expired.</Message>',
      'link-session-ended'
    ],
    ['session damaged', 400, '<Code>InvalidToken</Code>', 'link-session-ended'],
    [
      'wrong signature',
      403,
      `<Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>${linkSecret}</StringToSign>`,
      'link-signature'
    ],
    ['key removed', 403, '<Code>InvalidAccessKeyId</Code>', 'link-key-removed'],
    ['denied', 403, '<Code>AccessDenied</Code><Message>Access Denied</Message>', 'link-denied'],
    ['no file', 404, '<Code>NoSuchKey</Code><Key>folder/take.mp4</Key>', 'link-missing'],
    ['no bucket', 404, '<Code>NoSuchBucket</Code>', 'link-bucket-missing'],
    ['malformed', 400, '<Code>AuthorizationQueryParametersError</Code>', 'link-malformed'],
    [
      'wrong region',
      301,
      '<Code>PermanentRedirect</Code><Endpoint>b.s3.eu-west-1.amazonaws.com</Endpoint>',
      'link-region'
    ],
    [
      'wrong region in the signature',
      400,
      '<Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region>',
      'link-region'
    ],
    [
      'archived',
      403,
      '<Code>InvalidObjectState</Code><StorageClass>GLACIER</StorageClass>',
      'link-archived'
    ],
    ['busy', 503, '<Code>SlowDown</Code>', 'link-busy'],
    [
      'Azure: over',
      403,
      '<Code>AuthenticationFailed</Code><AuthenticationErrorDetail>Signature not valid in the specified time frame: Start [Sun, 01 Mar 2026 09:00:00 GMT] - Expiry [Sun, 01 Mar 2026 10:00:00 GMT] - Current [Mon, 02 Mar 2026 10:00:00 GMT]</AuthenticationErrorDetail>',
      'link-expired'
    ],
    [
      'Azure: not begun',
      403,
      '<Code>AuthenticationFailed</Code><AuthenticationErrorDetail>Signature not valid in the specified time frame: Start [Tue, 03 Mar 2026 09:00:00 GMT] - Expiry [Wed, 04 Mar 2026 10:00:00 GMT] - Current [Mon, 02 Mar 2026 10:00:00 GMT]</AuthenticationErrorDetail>',
      'link-not-started'
    ],
    ['Azure: signature', 403, '<Code>AuthenticationFailed</Code>', 'link-signature'],
    ['Azure: no file, by header', 404, '', 'link-missing', { 'x-ms-error-code': 'BlobNotFound' }],
    ['Azure: archived', 409, '<Code>BlobArchived</Code>', 'link-archived'],
    [
      'CloudFront: incomplete',
      403,
      '<Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message>',
      'link-incomplete'
    ],
    [
      'GCS: over',
      400,
      '<Code>ExpiredToken</Code><Details>Request signature expired</Details>',
      'link-session-ended'
    ],
    ['a plain 404', 404, '', 'link-not-found'],
    ['a plain 401', 401, '', 'link-denied'],
    ['a plain 500', 500, '', 'link-busy'],
    ['a plain 402', 402, '', 'link-status']
  ]
  it.each(errors)('that says: %s', async (_, status, body, code, headers) => {
    const server = await serve(front, xml(status, body, headers ?? {}))
    const found = await check(server)
    expect(found.bad).toEqual([code])
    expect(JSON.stringify(found)).not.toMatch(/AKIA|folder|eu-west/)
    // What may pass is tried twice, a refusal once.
    expect(server.methods).toHaveLength(code === 'link-busy' ? 2 : 1)
  })

  it('that says the file is empty', async () => {
    expect((await check(await serve(Buffer.alloc(0), answerRange))).bad).toEqual(['format-empty'])
  })

  it.each([
    ['application/octet-stream', [], ['type-general', 'length-tight']],
    ['text/html', ['type-page'], ['length-tight']]
  ])('that calls a video %s', async (type, bad, advice) => {
    const server = await serve(front, (call) => answerRange(call, { 'content-type': type }))
    expect(await check(server)).toMatchObject({ bad, advice })
  })

  it('that is slow, and one that says nothing at all', async () => {
    const slow = await serve(front, (call) => void setTimeout(() => answerRange(call), 50))
    expect((await check(slow)).bad).toEqual([])
    const silent = await serve(front, () => undefined)
    const found = await check(silent, { requestTimeoutMs: 100 })
    expect(found).toMatchObject({ state: 'failed', bad: ['link-silent'] })
  })

  it('that breaks off, once or each time', async () => {
    const cut: Behavior = ({ response, bytes }) => {
      response.writeHead(206, {
        'content-range': `bytes 0-65535/${bytes.length}`,
        'content-length': '65536'
      })
      response.write(bytes.subarray(0, 100), () => response.destroy())
    }
    const once = await serve(front, (call) => (call.before === 0 ? cut(call) : answerRange(call)))
    expect((await check(once)).bad).toEqual([])
    expect(await check(await serve(front, cut))).toMatchObject({
      state: 'failed',
      bad: ['link-broke-off']
    })
  })

  it('whose file becomes another between two ranges, once or each time', async () => {
    const changing =
      (until: number): Behavior =>
      (call) =>
        answerRange(call, { etag: `"${Math.min(call.before, until)}"` })
    expect((await check(await serve(last, changing(1)))).bad).toEqual([])
    expect((await check(await serve(last, changing(99)))).bad).toEqual(['link-changing'])
  })

  it('that sends less than was asked for is asked for the rest', async () => {
    const server = await serve(front, (call) => {
      const { start = 0, end = 0 } = call.range ?? {}
      answerRange({ ...call, range: { start, end: Math.min(end, start + 9_999) } })
    })
    expect((await check(server)).bad).toEqual([])
  })

  it('that hides the size of the file', async () => {
    const server = await serve(last, (call) =>
      call.range === null
        ? answerRange(call)
        : answerRange(call, { 'content-range': `bytes ${call.range.start}-${call.range.end}/*` })
    )
    expect(await check(server)).toMatchObject({ bad: [], facts: { sizeBytes: last.length } })
  })

  it('that compresses what nobody asked to be compressed', async () => {
    const server = await serve(front, (call) => answerRange(call, { 'content-encoding': 'gzip' }))
    expect((await check(server)).bad).toEqual([
      expect.stringMatching(/^link-(?:compressed|broke-off)$/)
    ])
  })

  it('that nobody listens for any more', async () => {
    const server = await serve(front, answerRange)
    await server.close()
    servers.pop()
    expect(await check(server)).toMatchObject({ state: 'failed', bad: ['link-unreachable'] })
  })
})

describe('what a check costs', () => {
  it('of an index that is larger than the budget, its lists of samples are left out', async () => {
    const bytes = await readFile(await corpusFile(corpusVideo('large-index.mp4')))
    const server = await serve(bytes, answerRange)
    const found = await check(server)
    expect(found).toMatchObject({
      bad: [],
      advice: ['index-last', 'length-tight'],
      facts: { videoCodec: 'avc', width: 1920, usualFrameRate: 25, hasAudio: true }
    })
    expect(Math.round(found.facts?.durationSeconds ?? 0)).toBe(62)
    expect(found.bytesRead).toBeLessThan(1024 * 1024)
  }, 60_000)

  it('of fragments all over a file as many are read as it may cost', async () => {
    const bytes = await readFile(await corpusFile(corpusVideo('fragment-per-frame.mp4')))
    const server = await serve(bytes, answerRange)
    const found = await check(server, { budget: { bytes: 8 * 1024 * 1024, requests: 3 } })
    expect(found).toMatchObject({
      state: 'done',
      bad: [],
      advice: ['too-much-to-read', 'fragmented'],
      facts: { videoCodec: 'avc', width: 1920, usualFrameRate: 25, durationSeconds: null }
    })
    expect(found.findings[0]?.values).toMatchObject({ unread: 'length' })
  }, 60_000)

  it('ends at so many requests', async () => {
    const crumbs: Behavior = (call) => {
      const { start = 0 } = call.range ?? {}
      answerRange({ ...call, range: { start, end: start + 99 } })
    }
    const server = await serve(last, crumbs)
    expect((await check(server)).advice).toEqual(['too-much-to-read'])
    expect(server.methods.length).toBeLessThanOrEqual(40)
  })

  it('ends when it is given up, without a finding', async () => {
    const stop = new AbortController()
    const server = await serve(front, () => stop.abort(new Error('Given up')))
    await expect(check(server, {}, stop.signal)).rejects.toThrow('Given up')
  })

  it('tells when each answer was made, but not what a cache dated', async () => {
    const made = new Date(Date.now() - 86_400_000).toUTCString()
    const told: string[] = []
    const onDate = (origin: string, date: string) => void told.push(`${origin} ${date}`)
    const asked = await serve(front, (call) => answerRange(call, { date: made }))
    const { requests } = await check(asked, { onDate })
    expect(told).toEqual(Array.from({ length: requests }, () => `${asked.origin} ${made}`))
    const kept = await serve(front, (call) => answerRange(call, { date: made, age: '86400' }))
    const found = await check(kept, { onDate })
    expect(told).toHaveLength(requests)
    expect(found.findings.map(({ code }) => code)).not.toContain('clock-off')
  })

  it('judges by the clock of the server where that is another', async () => {
    const ahead = new Date(Date.now() + 3 * 3_600_000).toUTCString()
    const server = await serve(front, (call) => answerRange(call, { date: ahead }))
    const checker = createVideoChecker({ fetch, clock: systemClock })
    const { check: found, skewMs } = await checker.check(
      {
        source: { kind: 'link', url: server.link, allowLoopbackOrigin: server.origin },
        field: 'trainVideoUrl',
        fileName: 'take.mp4',
        model: '',
        validUntilAt: new Date(Date.now() + 26 * 3_600_000).toISOString()
      },
      new AbortController().signal
    )
    expect(Math.round((skewMs ?? 0) / 3_600_000)).toBe(3)
    expect(found.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['link-ends-early', 'clock-off'])
    )
  })
})

describe('where a link leads', () => {
  /** Goes nowhere but for what answers by name. */
  const checkAt = async (
    url: string,
    answers: Readonly<Record<string, string>>,
    addresses: readonly string[],
    options: Partial<VideoCheckerOptions> = {}
  ) => {
    const asked: string[] = []
    const checker = createVideoChecker({
      clock: systemClock,
      network: { lookup: async () => addresses, routeOf: async () => 'direct' },
      fetch: async (link) => {
        asked.push(link)
        const location = answers[link]
        if (location === undefined) return new Response('', { status: 404 })
        return new Response(null, { status: 302, headers: { location } })
      },
      ...options
    })
    const video = {
      source: { kind: 'link', url, allowLoopbackOrigin: null } as const,
      field: 'trainVideoUrl' as const,
      fileName: 'take.mp4',
      model: '',
      validUntilAt: null
    }
    const { check: found } = await checker.check(video, new AbortController().signal)
    return { asked, found: found.findings.map(({ code, level }) => `${code} ${level}`) }
  }
  const start = 'https://files.example/take.mp4'
  const places = [
    ['https://10.0.0.1/x', 'link-leads-inside refused'],
    ['https://[::1]/x', 'link-leads-inside refused'],
    ['https://nas.corp/x', 'link-leads-inside refused'],
    ['https://desk.tail1234.ts.net/x', 'link-leads-inside refused'],
    ['https://192-168-1-4.sslip.io/x', 'link-leads-inside refused'],
    ['https://bucket.vpce.amazonaws.com/x', 'link-leads-inside refused'],
    ['https://files.example:8443/x', 'not-checked advice'],
    ['https://me@files.example/x', 'not-checked advice'],
    ['http://files.example/x', 'not-checked advice']
  ] as const

  it.each(places)('%s is judged the same, given or redirected to', async (place, finding) => {
    const given = await checkAt(place, {}, ['93.184.216.34'])
    expect(given).toEqual({ asked: [], found: [finding] })
    const led = await checkAt(start, { [start]: place }, ['93.184.216.34'])
    expect(led.asked).toEqual([start])
    expect(led.found).toEqual([place.startsWith('http:') ? 'link-insecure warning' : finding])
  })

  it('a name that this network leads inside warns, and is never asked', async () => {
    const { asked, found } = await checkAt(start, {}, ['93.184.216.34', '10.0.0.1'])
    expect([asked, found]).toEqual([[], ['link-resolves-inside warning']])
  })

  it('a name that nothing answers for in time is one that was silent', async () => {
    const never = () => new Promise<never>(() => undefined)
    const network = { lookup: never, routeOf: async () => 'direct' as const }
    const { found } = await checkAt(start, {}, [], { network, requestTimeoutMs: 50 })
    expect(found).toEqual(['link-silent warning'])
  })
})

describe('what keeps a draft from being sent', () => {
  it.each([
    [403, '', 'link-denied warning'],
    [401, '', 'link-denied warning'],
    [404, '', 'link-not-found warning'],
    [410, '', 'link-not-found warning'],
    [451, '', 'link-status warning'],
    [403, '<Code>AccessDenied</Code>', 'link-denied warning'],
    [403, '<Code>AuthorizationSourceIPMismatch</Code>', 'link-denied warning'],
    [403, '<Code>AuthorizationFailure</Code>', 'link-denied warning'],
    [403, '<Code>AuthorizationPermissionMismatch</Code>', 'link-no-right refused'],
    [409, '<Code>PublicAccessNotPermitted</Code>', 'link-no-right refused'],
    [404, '<Code>NoSuchKey</Code>', 'link-missing refused'],
    [403, '<Code>SignatureDoesNotMatch</Code>', 'link-signature refused'],
    [403, '<Code>AccessDenied</Code><Message>Request has expired</Message>', 'link-expired refused']
  ])('%s %s', async (status, body, finding) => {
    const { findings } = await check(await serve(front, xml(status, body)))
    expect(findings.map(({ code, level }) => `${code} ${level}`)).toEqual([finding])
  })
})
