import { describe, expect, test } from 'vitest'
import { fixedConnection } from '../../../../test/main/providers/fixed-connection.ts'
import { readFixtureText } from '../../../../test/main/providers/tavus/answers/read-answer.ts'
import { trainingRequest } from '../../../../test/main/providers/training-request.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import { type AssetId, assetIdSchema } from '../../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../ports/http-client.ts'
import { createTavusProvider } from './tavus-provider.ts'

const KEY = 'key-of-a-test-account'
const { signal } = new AbortController()
const connection = fixedConnection('https://tavusapi.com', KEY)
const id = (text: string): AssetId => assetIdSchema.parse(text)
const training = trainingRequest({
  trainVideoUrl: 'https://clips.example/priya.mp4?X-Amz-Signature=link-secret',
  replicaName: 'Priya',
  model: 'phoenix-4'
})

const answer = (status: number, body: unknown = ''): Result<HttpAnswer> =>
  ok({
    status,
    headers: { 'content-type': 'application/json' },
    text: typeof body === 'string' ? body : JSON.stringify(body)
  })

/** Answers from a list, the last one for ever, and remembers what was asked. */
const replay = (...answers: readonly Result<HttpAnswer>[]) => {
  const requests: HttpRequest[] = []
  const http: HttpClient = {
    send: async (request) => {
      requests.push(request)
      return answers[requests.length - 1] ?? answers.at(-1) ?? fail({ kind: 'offline' })
    }
  }
  const lines = () => requests.map(({ method, url }) => `${method} ${url}`)
  return { provider: createTavusProvider({ http }), requests, lines }
}

const emptyPage = { data: [], total_count: 0 }

describe('what leaves', () => {
  const base = 'https://tavusapi.com/v2'
  test('each call, to the letter', async () => {
    const { provider, lines } = replay(answer(200, emptyPage))
    await provider.checkKey(connection, signal)
    await listAll(provider, connection, 'replica', signal)
    await listAll(provider, connection, 'video', signal)
    await provider.watch(connection, 'replica', [id('r1'), id('r2'), id('r1')], signal)
    await provider.get(connection, 'replica', id('r1'), signal)
    await provider.rename(connection, 'replica', id('r1'), 'Priya', signal)
    await provider.rename(connection, 'video', id('v1'), 'Hello', signal)
    await provider.remove(connection, 'replica', id('r1'), 'soft', signal)
    await provider.remove(connection, 'replica', id('r1'), 'permanent', signal)
    await provider.remove(connection, 'video', id('v1'), 'permanent', signal)
    await provider.train(connection, training, signal)
    expect(lines()).toEqual([
      `GET ${base}/replicas?limit=1`,
      `GET ${base}/replicas?limit=100&page=1&verbose=true&replica_type=user`,
      `GET ${base}/replicas?limit=100&page=1&verbose=true&replica_type=system`,
      `GET ${base}/videos?limit=100&page=0&verbose=true`,
      `GET ${base}/replicas?limit=100&verbose=true&replica_ids=r1%2Cr2`,
      `GET ${base}/replicas/r1?verbose=true`,
      `PATCH ${base}/replicas/r1/name`,
      `PATCH ${base}/videos/v1/name`,
      `DELETE ${base}/replicas/r1`,
      `DELETE ${base}/replicas/r1?hard=true`,
      `DELETE ${base}/videos/v1?hard=true`,
      `POST ${base}/replicas`
    ])
  })

  test('only reads may be sent again', async () => {
    const { provider, requests } = replay(answer(200, emptyPage))
    await provider.checkKey(connection, signal)
    await provider.remove(connection, 'replica', id('r1'), 'soft', signal)
    await provider.rename(connection, 'replica', id('r1'), 'Priya', signal)
    await provider.train(connection, training, signal)
    expect(requests.map(({ retry }) => retry)).toEqual(['safe', 'never', 'never', 'never'])
  })

  test('the key is read for every request and goes into one header', async () => {
    let reads = 0
    const counting = { ...connection, readKey: async () => ok(`key-${++reads}`) }
    const { provider, requests } = replay(answer(200, emptyPage))
    await listAll(provider, counting, 'replica', signal)
    expect(requests.map(({ headers }) => headers)).toEqual([
      { 'x-api-key': 'key-1' },
      { 'x-api-key': 'key-2' }
    ])
  })

  test.each([
    { kind: 'key-missing' } as const,
    { kind: 'keychain-unavailable', state: 'locked' } as const
  ])('nothing leaves without a key ($kind)', async (error) => {
    const { provider, requests } = replay(answer(200, emptyPage))
    const keyless = { ...connection, readKey: async () => fail(error) }
    expect(await provider.checkKey(keyless, signal)).toEqual(fail(error))
    expect(await provider.remove(keyless, 'replica', id('r1'), 'soft', signal)).toEqual(fail(error))
    expect(requests).toEqual([])
  })

  test('an id that would reach another address is refused', async () => {
    const { provider, requests } = replay(answer(200))
    for (const bad of ['../videos/v1', 'a?hard=true', '..', '', 'r'.repeat(129), 'a/b', 'a%2Fb']) {
      // As if something had got past the schema.
      const asset = bad as AssetId
      const results = [
        await provider.get(connection, 'replica', asset, signal),
        await provider.rename(connection, 'replica', asset, 'x', signal),
        await provider.remove(connection, 'replica', asset, 'soft', signal)
      ]
      expect(results.map((result) => !result.ok && result.error.kind)).toEqual(
        Array.from({ length: 3 }, () => 'invalid-input')
      )
    }
    expect(requests).toEqual([])
  })

  test('the key goes nowhere but to the account', async () => {
    const { provider, requests } = replay(answer(200, emptyPage))
    // An address that is another one at each look, as if something had changed it in between.
    const shifting = {
      readKey: connection.readKey,
      objection: connection.objection,
      looks: 0,
      get apiAddress() {
        this.looks += 1
        return `https://host${this.looks}.example`
      }
    }
    await expect(provider.checkKey(shifting, signal)).rejects.toThrow('another origin')
    expect(requests).toEqual([])
  })
})

describe('listing', () => {
  test('joins own and stock replicas', async () => {
    const { provider } = replay(
      answer(200, await readFixtureText('replica-page')),
      answer(200, await readFixtureText('face-page'))
    )
    expect(await listAll(provider, connection, 'replica', signal)).toMatchObject({
      ok: true,
      value: {
        isComplete: true,
        unreadableCount: 0,
        assets: [
          { id: 'rf4e9d9790f0', origin: 'own' },
          { id: 'r4f5b5ef55c8', origin: 'own' },
          { id: 'r0a1b2c3d4e5', origin: 'own' },
          { id: 'r90bbd427f71', origin: 'stock' }
        ]
      }
    })
  })

  test('is not complete if either half is not', async () => {
    const short = answer(200, { data: [], total_count: 3 })
    const whole = answer(200, emptyPage)
    for (const answers of [
      [whole, short],
      [short, short, whole]
    ]) {
      const listing = await listAll(replay(...answers).provider, connection, 'replica', signal)
      expect(listing).toMatchObject({ ok: true, value: { isComplete: false } })
    }
  })

  test('names an asset once, even if the filter is ignored', async () => {
    const page = answer(200, await readFixtureText('replica-page'))
    const listing = await listAll(replay(page, page).provider, connection, 'replica', signal)
    expect(listing).toMatchObject({ ok: true, value: { assets: { length: 3 } } })
  })

  test.each([
    [{}, 'shape'],
    [{ data: {} }, 'shape'],
    ['null', 'shape'],
    ['', 'not-json'],
    ['<html>', 'not-json']
  ] as const)('%j is no page', async (body, where) => {
    const listing = await listAll(replay(answer(200, body)).provider, connection, 'replica', signal)
    expect(listing).toEqual(fail({ kind: 'unexpected-response', where }))
  })
})

describe('watching', () => {
  test('parts many ids, so that no address grows long', async () => {
    const { provider, requests } = replay(answer(200, emptyPage))
    const many = Array.from({ length: 130 }, (_, index) => id(`r${index}`))
    const long = Array.from({ length: 30 }, (_, index) => id(`${'x'.repeat(120)}${index}`))
    await provider.watch(connection, 'replica', [...many, ...long], signal)
    const asked = requests.flatMap(
      ({ url }) => new URL(url).searchParams.get('replica_ids')?.split(',') ?? []
    )
    expect(asked).toEqual([...many, ...long])
    expect(Math.max(...requests.map(({ url }) => url.length))).toBeLessThan(2000)
  })

  test('keeps to the ids that were asked for', async () => {
    const page = answer(200, await readFixtureText('replica-page'))
    const watched = await replay(page).provider.watch(
      connection,
      'replica',
      [id('r4f5b5ef55c8'), id('rgone')],
      signal
    )
    expect(watched).toMatchObject({ ok: true, value: [{ id: 'r4f5b5ef55c8', progress: 37 }] })
  })

  test('looks up why a training failed, without repeating a signature', async () => {
    const { provider, lines } = replay(
      answer(200, await readFixtureText('replica-page')),
      answer(200, await readFixtureText('replica-failed'))
    )
    const watched = await provider.watch(connection, 'replica', [id('r0a1b2c3d4e5')], signal)
    expect(watched).toMatchObject({
      ok: true,
      value: [{ status: 'failed', errorMessage: expect.stringContaining('Could not fetch') }]
    })
    expect(JSON.stringify(watched)).not.toContain('link-secret')
    expect(lines()).toHaveLength(2)
  })

  test('keeps a failed one whose reason cannot be had', async () => {
    const page = answer(200, await readFixtureText('replica-page'))
    const { provider } = replay(page, answer(503))
    expect(await provider.watch(connection, 'replica', [id('r0a1b2c3d4e5')], signal)).toMatchObject(
      { ok: true, value: [{ status: 'failed', errorMessage: null }] }
    )
  })

  test('asks one by one if one id spoils the question', async () => {
    const invalid = answer(400, { error: 'Invalid replica_id' })
    const { provider } = replay(invalid, invalid, answer(200, { replica_id: 'r2' }))
    expect(await provider.watch(connection, 'replica', [id('r1'), id('r2')], signal)).toMatchObject(
      {
        ok: true,
        value: [{ id: 'r2' }]
      }
    )
  })
})

describe('one asset', () => {
  test.each([
    ['unknown, in words', answer(400, { error: 'Invalid replica_id' }), ok({ found: null })],
    ['unknown', answer(404), ok({ found: null })],
    ['gone', answer(410), ok({ found: null })],
    [
      'another one',
      answer(200, { replica_id: 'r2' }),
      fail({ kind: 'unexpected-response', where: 'shape' })
    ],
    ['no id', answer(200, {}), fail({ kind: 'unexpected-response', where: 'shape' })],
    [
      'half',
      answer(200, '{"replica_id":"r1"'),
      fail({ kind: 'unexpected-response', where: 'not-json' })
    ],
    ['down', answer(502), fail({ kind: 'provider-down', status: 502 })]
  ])('%s', async (_, given, expected) => {
    const { provider } = replay(given)
    expect(await provider.get(connection, 'replica', id('r1'), signal)).toEqual(expected)
  })
})

describe('removing', () => {
  const removed = (httpStatus: number) => ok({ outcome: 'removed', httpStatus })
  const notKnown = (httpStatus: number) => ok({ outcome: 'not-known', httpStatus })
  const unclear = fail({ kind: 'outcome-unknown' })
  const unusable = fail({ kind: 'unexpected-response', where: 'not-json' })
  test.each([
    ['200', answer(200), removed(200)],
    ['200 with an object', answer(200, {}), removed(200)],
    ['200 with words', answer(200, 'OK'), removed(200)],
    ['200 about it', answer(200, { replica_id: 'r1' }), removed(200)],
    ['200 about it, in newer words', answer(200, { face_id: 'r1' }), removed(200)],
    ['202', answer(202), ok({ outcome: 'accepted', httpStatus: 202 })],
    ['204', answer(204), removed(204)],
    ['200 about another', answer(200, { replica_id: 'r2' }), unusable],
    ['200 about another id', answer(200, { id: 'other' }), unusable],
    ['200 cut in half', answer(200, '{"replica_id":'), unusable],
    ['200 with a web page', answer(200, '<html>Sign in</html>'), unusable],
    ['404', answer(404), notKnown(404)],
    ['410', answer(410), notKnown(410)],
    ['400 in words', answer(400, { error: 'Invalid replica_id' }), notKnown(400)],
    [
      '400 otherwise',
      answer(400, { error: 'Busy' }),
      fail({ kind: 'provider-refused', status: 400, said: 'Busy' })
    ],
    [
      '401',
      answer(401, { message: 'Invalid access token' }),
      fail({ kind: 'key-rejected', said: 'Invalid access token' })
    ],
    ['500', answer(500), fail({ kind: 'provider-down', status: 500 })],
    ['a lost answer', unclear, unclear],
    ['a late answer', fail({ kind: 'timed-out' }), unclear],
    ['half an answer', fail({ kind: 'unexpected-response', where: 'incomplete' }), unclear],
    ['too long an answer', fail({ kind: 'unexpected-response', where: 'too-large' }), unclear],
    [
      'sent elsewhere',
      fail({ kind: 'unexpected-response', where: 'redirect' }),
      fail({ kind: 'unexpected-response', where: 'redirect' })
    ],
    ['no connection', fail({ kind: 'offline' }), fail({ kind: 'offline' })],
    [
      'slow down',
      fail({ kind: 'rate-limited', retryAfterMs: 5000 }),
      fail({ kind: 'rate-limited', retryAfterMs: 5000 })
    ]
  ])('%s', async (_, given, expected) => {
    const { provider, requests } = replay(given)
    expect(await provider.remove(connection, 'replica', id('r1'), 'permanent', signal)).toEqual(
      expected
    )
    expect(requests).toHaveLength(1)
  })

  test("a video's answer may name its replica", async () => {
    const { provider } = replay(answer(200, { video_id: 'v1', replica_id: 'r1' }))
    expect(await provider.remove(connection, 'video', id('v1'), 'soft', signal)).toEqual(
      removed(200)
    )
  })
})

describe('renaming', () => {
  test.each([
    ['200', answer(200), ok(null)],
    ['204', answer(204), ok(null)],
    ['unknown', answer(400, { error: 'Invalid replica_id' }), fail({ kind: 'not-found' })],
    [
      'refused',
      answer(400, { error: 'No' }),
      fail({ kind: 'provider-refused', status: 400, said: 'No' })
    ],
    ['a web page', answer(200, '<html>'), fail({ kind: 'outcome-unknown' })],
    ['down', answer(500), fail({ kind: 'outcome-unknown' })]
  ])('%s', async (_, given, expected) => {
    const { provider, requests } = replay(given)
    expect(await provider.rename(connection, 'replica', id('r1'), 'Priya', signal)).toEqual(
      expected
    )
    expect(requests.map(({ body }) => body)).toEqual([{ replica_name: 'Priya' }])
  })
})

describe('training', () => {
  const unclear = fail({ kind: 'outcome-unknown' })
  test.each([
    ['taken on, in newer words', answer(200, { face_id: 'r9' }), ok({ id: 'r9', statusRaw: '' })],
    ['no id', answer(200, { status: 'started' }), unclear],
    ['a strange id', answer(200, { replica_id: '../x' }), unclear],
    ['a number as id', answer(200, { replica_id: 7 }), unclear],
    ['nothing', answer(200), unclear],
    ['a web page', answer(200, '<html>'), unclear],
    ['down', answer(503), unclear],
    [
      'out of credit',
      answer(402, { message: 'No credit' }),
      fail({ kind: 'provider-refused', status: 402, said: 'No credit' })
    ]
  ])('%s', async (_, given, expected) => {
    const { provider, requests } = replay(given)
    expect(await provider.train(connection, training, signal)).toEqual(expected)
    expect(requests).toHaveLength(1)
  })

  test('taken on', async () => {
    const { provider } = replay(answer(200, await readFixtureText('replica-created')))
    expect(await provider.train(connection, training, signal)).toEqual(
      ok({ id: 'r7e57ab1e000', statusRaw: 'started' })
    )
  })

  test('a refusal repeats neither key nor signature', async () => {
    const error = `Invalid train_video_url ${training.trainVideoUrl} for ${KEY}`
    const result = await replay(answer(400, { error })).provider.train(connection, training, signal)
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ field: 'trainVideoUrl' }] }
    })
    expect(JSON.stringify(result)).not.toMatch(/link-secret|key-of-a-test/)
  })
})
