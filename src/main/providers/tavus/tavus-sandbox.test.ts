import { afterEach, describe, expect, test, vi } from 'vitest'
import { createManualClock } from '../../../../test/main/manual-clock.ts'
import { fixedConnection } from '../../../../test/main/providers/fixed-connection.ts'
import { createTestHttp } from '../../../../test/main/providers/test-http.ts'
import { trainingRequest } from '../../../../test/main/providers/training-request.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import { faultCatalog, redirectTo, strangeLists } from '../../../../test/sandbox/fault-catalog.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { type Sandbox, startSandbox } from '../../../../test/sandbox/faulty-sandbox.ts'
import { makeReplica } from '../../../sandbox/sample-data.ts'
import { assetIdSchema } from '../../../shared/domain/asset.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { createTavusProvider } from './tavus-provider.ts'

const LONGEST_RETRY_MS = 20_000
const open: Sandbox[] = []

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

const start = async (options: SandboxOptions = { seedData: { replicas: 3, stock: 2 } }) => {
  const sandbox = await startSandbox(options)
  open.push(sandbox)
  const clock = createManualClock(undefined, (durationMs) => durationMs < LONGEST_RETRY_MS)
  const http = createTestHttp(clock)
  const connection = fixedConnection(sandbox.origin, sandbox.apiKey)
  const first = sandbox.state.replicas.find(({ type }) => type === 'user')
  return {
    sandbox,
    clock,
    connection,
    provider: createTavusProvider({ http }),
    signal: new AbortController().signal,
    id: assetIdSchema.parse(first?.id ?? 'r1')
  }
}

/** `ok`, or the kind of the error with what tells it from others of its kind. */
const told = (result: Result<unknown>): string => {
  if (result.ok) return 'ok'
  const { error } = result
  if (error.kind === 'unexpected-response') return error.where
  return 'status' in error ? `${error.kind} ${error.status}` : error.kind
}

describe('against the simulated service', () => {
  test('a life: train, watch, rename, delete, look', async () => {
    const { sandbox, provider, connection, signal } = await start({ seedData: 'empty' })
    const trained = await provider.train(
      connection,
      trainingRequest({ replicaName: 'Priya', model: 'phoenix-4', hasGreenScreen: true }),
      signal
    )
    if (!trained.ok) throw new Error('expected a training')
    const { id } = trained.value
    expect(await provider.watch(connection, 'replica', [id], signal)).toMatchObject({
      ok: true,
      value: [{ name: 'Priya', status: 'training', origin: 'own' }]
    })
    expect(await provider.rename(connection, 'replica', id, 'Priya R.', signal)).toEqual(ok(null))
    expect(await provider.get(connection, 'replica', id, signal)).toMatchObject({
      value: { found: { name: 'Priya R.' } }
    })
    expect(await provider.remove(connection, 'replica', id, 'permanent', signal)).toMatchObject({
      value: { outcome: 'removed' }
    })
    expect(await provider.remove(connection, 'replica', id, 'soft', signal)).toMatchObject({
      value: { outcome: 'not-known', httpStatus: 400 }
    })
    expect(await provider.get(connection, 'replica', id, signal)).toEqual(ok({ found: null }))
    const deletes = sandbox.requests.filter(({ method }) => method === 'DELETE')
    expect(deletes.map(({ query }) => query)).toEqual([{ hard: 'true' }, {}])
  })

  test.each<[string, SandboxOptions]>([
    ['pages from 1', { firstPage: 1 }],
    ['pages from 0', { firstPage: 0 }],
    ['small pages', { maxLimit: 7 }],
    ['small pages from 0', { maxLimit: 7, firstPage: 0 }],
    ['the oldest fields', { replicaFields: 'seed' }]
  ])('a list with %s is read whole', async (_, options) => {
    const made = await start({ seedData: { replicas: 230, stock: 12 }, ...options })
    const listing = await listAll(made.provider, made.connection, 'replica', made.signal)
    if (!listing.ok) throw new Error('expected a listing')
    const { assets, isComplete, unreadableCount } = listing.value
    expect({ isComplete, unreadableCount }).toEqual({ isComplete: true, unreadableCount: 0 })
    expect(assets.filter(({ origin }) => origin === 'own')).toHaveLength(230)
    expect(assets.filter(({ origin }) => origin === 'stock')).toHaveLength(12)
  })

  test('a question about many whose answer is too large is asked in parts', async () => {
    const { sandbox, provider, connection, signal } = await start({ seedData: 'empty' })
    for (let index = 0; index < 40; index += 1) {
      sandbox.state.addReplica(makeReplica(`${index} ${'葉'.repeat(15_000)}`, 0))
    }
    const ids = sandbox.state.replicas.map(({ id }) => assetIdSchema.parse(id))
    const watched = await provider.watch(connection, 'replica', ids, signal)
    expect(watched.ok && new Set(watched.value.map(({ id }) => id))).toEqual(new Set(ids))
  })

  test.each([2, -2])(
    'a total that is off by %i is not called complete',
    async (totalCountOffset) => {
      const made = await start({ seedData: { replicas: 5 }, totalCountOffset })
      expect(await listAll(made.provider, made.connection, 'replica', made.signal)).toMatchObject({
        ok: true,
        value: { isComplete: false, assets: { length: 5 } }
      })
    }
  )

  test.each(['rfc1123', 'iso', 'no-zone'] as const)(
    'videos with dates as %s',
    async (videoDates) => {
      const made = await start({ seedData: { replicas: 1, videos: 3 }, videoDates })
      const listing = await listAll(made.provider, made.connection, 'video', made.signal)
      if (!listing.ok) throw new Error('expected a listing')
      expect(listing.value.assets.map(({ createdAt }) => createdAt !== null)).toEqual([
        true,
        true,
        true
      ])
      expect(listing.value.isComplete).toBe(true)
    }
  )

  test('a key that stops working is told apart from everything else', async () => {
    const made = await start()
    expect(told(await made.provider.checkKey(made.connection, made.signal))).toBe('ok')
    made.sandbox.allowKey(made.sandbox.apiKey, false)
    expect(told(await made.provider.checkKey(made.connection, made.signal))).toBe('key-rejected')
  })
})

/** What a look and a deletion make of each answer. */
const faults: readonly (readonly [keyof typeof faultCatalog, string, string])[] = [
  ['keyRejected', 'key-rejected', 'key-rejected'],
  ['outOfCredit', 'provider-refused 402', 'provider-refused 402'],
  ['forbidden', 'key-rejected', 'provider-refused 403'],
  ['notFound', 'provider-refused 404', 'ok'],
  ['conflict', 'provider-refused 409', 'provider-refused 409'],
  ['gone', 'provider-refused 410', 'ok'],
  ['tooLarge', 'provider-refused 413', 'provider-refused 413'],
  ['unprocessable', 'provider-refused 422', 'provider-refused 422'],
  ['tooManyRequests', 'rate-limited', 'rate-limited'],
  ['serverError', 'provider-down 500', 'provider-down 500'],
  ['badGateway', 'provider-down 502', 'provider-down 502'],
  ['unavailable', 'provider-down 503', 'provider-down 503'],
  ['gatewayTimeout', 'provider-down 504', 'provider-down 504'],
  ['captivePortal', 'not-json', 'not-json'],
  ['emptyOk', 'not-json', 'ok'],
  ['noContent', 'not-json', 'ok'],
  ['halfJson', 'not-json', 'ok'],
  ['prototypeKeys', 'ok', 'ok'],
  ['deepJson', 'not-json', 'not-json'],
  ['notANumber', 'not-json', 'not-json'],
  ['hugeNumber', 'not-json', 'not-json'],
  ['duplicateKeys', 'ok', 'ok'],
  ['jsonNull', 'shape', 'ok'],
  ['gzipBomb', 'too-large', 'outcome-unknown'],
  ['endless', 'too-large', 'outcome-unknown'],
  ['resetBefore', 'incomplete', 'outcome-unknown'],
  ['resetAfter', 'incomplete', 'outcome-unknown'],
  ['resetMidBody', 'incomplete', 'outcome-unknown'],
  ['notHttp', 'incomplete', 'outcome-unknown'],
  ['manyInformational', 'ok', 'ok']
]

describe('answers that go wrong', () => {
  test.each(faults)('%s', async (name, look, deletion) => {
    const { sandbox, provider, connection, signal, id } = await start()
    sandbox.faults.add({ effect: faultCatalog[name] })
    expect(told(await listAll(provider, connection, 'replica', signal))).toBe(look)
    sandbox.forgetRequests()
    expect(told(await provider.remove(connection, 'replica', id, 'permanent', signal))).toBe(
      deletion
    )
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['DELETE'])
  })

  test('a deletion answered with another id is not taken for done', async () => {
    const { sandbox, provider, connection, signal, id } = await start()
    sandbox.faults.add({
      effect: { kind: 'answer', status: 200, body: { replica_id: 'r00000000000' } }
    })
    expect(told(await provider.remove(connection, 'replica', id, 'soft', signal))).toBe('not-json')
  })

  test.each(['hang', 'silence'] as const)('%s ends in time', async (name) => {
    const { sandbox, clock, provider, connection, signal, id } = await start()
    sandbox.faults.add({ effect: faultCatalog[name] })
    const removing = provider.remove(connection, 'replica', id, 'soft', signal)
    await vi.waitFor(() => expect(sandbox.requests).toHaveLength(1))
    clock.advance(60_000)
    expect(told(await removing)).toBe('outcome-unknown')
  })

  test.each([301, 302, 307, 308] as const)('%i is not followed', async (status) => {
    const { sandbox, provider, connection, signal, id } = await start()
    const other = await start()
    sandbox.faults.add({ effect: redirectTo(status, `${other.sandbox.origin}/v2/replicas`) })
    expect(told(await listAll(provider, connection, 'replica', signal))).toBe('redirect')
    expect(told(await provider.remove(connection, 'replica', id, 'soft', signal))).toBe('redirect')
    expect(other.sandbox.requests).toEqual([])
  })

  test('a key refused after good pages ends the walk', async () => {
    const { sandbox, provider, connection, signal } = await start({
      seedData: { replicas: 40 },
      maxLimit: 10
    })
    sandbox.faults.add({ effect: faultCatalog.keyRejected, afterSkipping: 3 })
    expect(told(await listAll(provider, connection, 'replica', signal))).toBe('key-rejected')
    expect(sandbox.requests).toHaveLength(4)
  })
})

describe('lists that cannot be trusted', () => {
  const listed = (assetCount: number, unreadableCount: number, isComplete = false) => ({
    ok: true,
    value: { assets: { length: assetCount }, unreadableCount, isComplete }
  })
  const refused = (where: string) => ({ ok: false, error: { kind: 'unexpected-response', where } })
  test.each([
    ['idMissing', listed(0, 2)],
    ['idEmpty', listed(0, 2)],
    ['idClimbs', listed(0, 2)],
    ['idWithQuery', listed(0, 2)],
    ['idTooLong', listed(0, 2)],
    ['idNumber', listed(0, 2)],
    ['idTwice', listed(1, 0)],
    ['rowNull', listed(0, 2)],
    ['dataMissing', refused('shape')],
    ['dataObject', refused('shape')],
    ['manyRows', refused('too-large')]
  ] as const)('%s', async (name, expected) => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.faults.add({ effect: strangeLists[name] })
    expect(await listAll(provider, connection, 'replica', signal)).toMatchObject(expected)
  })
})
