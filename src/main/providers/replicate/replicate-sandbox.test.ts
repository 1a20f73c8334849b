import { describe, expect, test } from 'vitest'
import {
  id,
  own,
  start,
  told,
  unwrap
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { FaultEffect } from '../../../../test/sandbox/faults.ts'
import type { ReplicateOptions } from '../../../../test/sandbox/faulty-replicate.ts'
import { throttled } from '../../../../test/sandbox/replicate-faults.ts'
import { makeDeployment, makeModel, makeVersion } from '../../../sandbox/replicate-made-data.ts'
import type { AssetId } from '../../../shared/domain/asset.ts'
import type { ObservedAsset } from '../../ports/provider.ts'

const detail = (asset: ObservedAsset | undefined, name: string): string | undefined =>
  asset?.details.find((one) => one.name === name)?.value

const named = (assets: readonly ObservedAsset[], assetId: AssetId): ObservedAsset | undefined =>
  assets.find((asset) => asset.id === assetId)

const knowing =
  (...ids: readonly AssetId[]) =>
  () =>
    ids

describe('finding models', () => {
  test('by trainings, predictions, deployments and what is known', async () => {
    const { provider, connection, signal } = await start()
    const listing = unwrap(
      await listAll(
        provider,
        connection,
        'model',
        signal,
        knowing(own('old-avatar-tests'), id('open-trainers/portrait-trainer'))
      )
    )
    const found = listing.assets.map((asset) => [asset.id, detail(asset, 'found_in')])
    expect(Object.fromEntries(found)).toEqual({
      [own('portrait-lora')]: 'predictions, deployments',
      [own('adaeze-headshots')]: 'trainings, predictions',
      [own('matteo-safety-films')]: 'predictions',
      [own('lobby-greeter')]: 'deployments',
      [own('piotr-radio-portrait')]: 'trainings',
      [own('te-reo-portraits')]: 'predictions',
      [own('old-avatar-tests')]: 'history',
      'open-trainers/portrait-trainer': 'history'
    })
    expect([...listing.seenIds].toSorted()).toEqual(
      listing.assets.map((asset) => asset.id).toSorted()
    )
    expect(listing).toMatchObject({ isComplete: false, unreadableCount: 0, goneIds: [] })
    expect(listing.error).toBeUndefined()
    expect(named(listing.assets, own('te-reo-portraits'))).toMatchObject({
      kind: 'model',
      name: 'te-reo-portraits',
      status: 'ready',
      statusRaw: 'public',
      origin: 'own'
    })
    expect(named(listing.assets, id('open-trainers/portrait-trainer'))?.origin).toBeNull()
  })

  test('what its own address denies twice is gone, and only if it is one’s own', async () => {
    const { sandbox, provider, connection, signal } = await start()
    const known = [own('gone'), id('someone-else/private'), own('lobby-greeter')]
    const list = await listAll(provider, connection, 'model', signal, knowing(...known))
    expect(unwrap(list).goneIds).toEqual([own('gone')])
    const looks = sandbox.requests.filter(({ path }) => path.endsWith('/gone'))
    expect(looks.length).toBeGreaterThanOrEqual(2)
  })

  test('a 404 that passes does not make a model gone', async () => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.faults.add({
      match: { path: /lobby-greeter$/ },
      effect: { kind: 'answer', status: 404, body: '{"detail":"Not found."}' },
      times: 1
    })
    const known = knowing(own('lobby-greeter'))
    const list = unwrap(await listAll(provider, connection, 'model', signal, known))
    expect(list.goneIds).toEqual([])
  })

  test('owners and names without regard to case; the server’s spelling counts', async () => {
    const { provider, connection, signal } = await start()
    const known = knowing(id('Studio-North/Lobby-Greeter'))
    const list = unwrap(await listAll(provider, connection, 'model', signal, known))
    const greeters = list.assets.filter((asset) => /lobby-greeter/i.test(asset.id))
    expect(greeters.map((asset) => asset.id)).toEqual([own('lobby-greeter')])
  })

  const walked = async (pageLink: NonNullable<ReplicateOptions['pageLink']>) => {
    const { sandbox, provider, connection, signal } = await start({
      seedData: 'sample',
      pageSizes: { trainings: 1 },
      pageLink
    })
    const list = unwrap(await listAll(provider, connection, 'model', signal))
    const asked = sandbox.requests.filter(({ path }) => /^\/v1\/trainings\/?$/.test(path))
    return { list, asked: asked.length, all: sandbox.state.trainings.length }
  }

  test.each<[string, (link: string) => unknown]>([
    ['absolute', (link) => link],
    ['another scheme on the same host', (link) => link.replace('http:', 'https:')],
    ['without a scheme', (link) => link.replace('http:', '')],
    ['a path', (link) => link.replace(/^http:\/\/[^/]+/, '')],
    ['a query alone', (link) => link.replace(/^[^?]+/, '')],
    ['a trailing slash', (link) => link.replace('?', '/?')],
    ['blanks around it', (link) => ` ${link} `]
  ])('a next page given as %s is read, and the list is whole', async (_, pageLink) => {
    const { list, asked, all } = await walked(pageLink)
    expect(list.error).toBeUndefined()
    expect(asked).toBe(all)
  })

  test.each<[string, (link: string) => unknown]>([
    ['another host', (link) => link.replace('127.0.0.1', 'localhost')],
    ['another port', (link) => link.replace(/:\d+\//, ':9/')],
    ['no port', (link) => link.replace(/:\d+\//, '/')],
    ['another path', (link) => link.replace('/v1/', '/v2/')],
    ['another list', (link) => link.replace('/v1/trainings', '/v1/predictions')],
    ['a path that climbs', (link) => link.replace('/v1/', '/v1/../v2/')],
    ['a user in it', (link) => link.replace('://', '://me@')],
    ['no address', () => 'next'],
    ['a number', () => 2],
    ['an object', (link) => ({ href: link })],
    ['true', () => true]
  ])(
    'a next page given as %s is not fetched, and the list counts as incomplete',
    async (_, pageLink) => {
      const { list, asked } = await walked(pageLink)
      expect(list.error).toEqual({ kind: 'unexpected-response', where: 'incomplete' })
      expect(list.assets.length).toBeGreaterThan(0)
      expect(asked).toBe(1)
    }
  )

  test.each(['null', 'empty', 'absent'] as const)(
    'a last page whose next is %s ends the list, and it is whole',
    async (lastPageLink) => {
      const { provider, connection, signal } = await start({
        seedData: 'sample',
        pageSizes: { trainings: 1 },
        lastPageLink
      })
      const list = unwrap(await listAll(provider, connection, 'model', signal))
      expect(list.error).toBeUndefined()
    }
  )

  test('a link that leads back ends the walk', async () => {
    const { list, asked } = await walked((link) => link.replace(/\?.*$/, ''))
    expect(list.error).toEqual({ kind: 'unexpected-response', where: 'incomplete' })
    expect(asked).toBe(1)
  })

  test('a page that comes again under a new link ends the walk', async () => {
    let times = 0
    const { list, asked } = await walked((link) => {
      times += 1
      return link.replace(/\?.*$/, `?page=${times}`)
    })
    expect(list.error).toEqual({ kind: 'unexpected-response', where: 'incomplete' })
    expect(asked).toBe(2)
  })

  test('a later page that fails leaves the rows before it, and the list counts as incomplete', async () => {
    const { sandbox, provider, connection, signal } = await start({
      seedData: 'sample',
      pageSizes: { deployments: 1 }
    })
    sandbox.faults.add({
      match: { path: '/v1/deployments' },
      effect: { kind: 'answer', status: 403, body: '{"detail":"No."}' },
      afterSkipping: 1
    })
    const list = unwrap(await listAll(provider, connection, 'model', signal))
    expect(list.error).toEqual({ kind: 'provider-refused', status: 403, said: 'No.' })
    const found = list.assets.filter((asset) => detail(asset, 'found_in')?.includes('deployments'))
    expect(found).toHaveLength(1)
  })

  test('a list that cannot be read leaves what the others tell', async () => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.faults.add({
      match: { path: '/v1/trainings' },
      effect: { kind: 'answer', status: 403, body: '{"detail":"No."}' }
    })
    const list = unwrap(await listAll(provider, connection, 'model', signal))
    expect(list.error).toEqual({ kind: 'provider-refused', status: 403, said: 'No.' })
    expect(list.assets.map((asset) => asset.id)).toContain(own('lobby-greeter'))
  })
})

describe('listing versions', () => {
  test('of the models that are known, with who uses them', async () => {
    const { sandbox, provider, connection, signal } = await start({
      seedData: 'sample',
      pageSizes: { versions: 4 }
    })
    const model = own('portrait-lora')
    const list = unwrap(await listAll(provider, connection, 'version', signal, knowing(model)))
    const stored = sandbox.state.versionsOf(model)
    expect(list.assets).toHaveLength(14)
    expect(list).toMatchObject({ isComplete: false, goneIds: [], unreadableCount: 0 })
    expect(list.error).toBeUndefined()
    expect(list.assets.every((asset) => asset.parentId === model)).toBe(true)
    expect(list.assets.map((asset) => detail(asset, 'is_latest'))).toEqual([
      'true',
      ...Array.from({ length: 13 })
    ])
    const uses = (name: string) =>
      list.assets.filter((asset) => detail(asset, name) !== undefined).map((asset) => asset.id)
    const deployed = sandbox.state.deployments.find((row) => row.model === model)
    const training = sandbox.state.trainings.find((row) => row.model === model)
    expect(uses('deployed_by')).toEqual([`${model}:${deployed?.version}`])
    expect(uses('base_of')).toEqual([`${model}:${training?.version}`])
    expect(list.assets[0]).toMatchObject({
      kind: 'version',
      id: `${model}:${stored[0]?.id}`,
      name: `portrait-lora:${stored[0]?.id.slice(0, 12)}`,
      createdAt: new Date(stored[0]?.createdAtMs ?? 0).toISOString(),
      statusRaw: '',
      origin: 'own'
    })
  })

  test('a trained version knows its training, and where its weights lie', async () => {
    const { provider, connection, signal } = await start()
    const known = knowing(own('piotr-radio-portrait'))
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(detail(list.assets[0], 'trained_by')).toMatch(/^t[0-9a-f]{25}$/)
    expect(list.assets[0]?.links.download).toMatch(/^http/)
  })

  test('without a known model nothing is asked', async () => {
    const { sandbox, provider, connection, signal } = await start()
    expect(unwrap(await listAll(provider, connection, 'version', signal)).assets).toEqual([])
    expect(sandbox.requests).toEqual([])
  })

  test('what a whole list does not show is gone', async () => {
    const { sandbox, provider, connection, signal } = await start()
    const model = own('adaeze-headshots')
    const [first, second] = sandbox.state.versionsOf(model)
    sandbox.state.removeVersion(first?.id ?? '')
    const known = knowing(id(`${model}:${first?.id}`), id(`${model}:${second?.id}`))
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list.goneIds).toEqual([`${model}:${first?.id}`])
  })

  test.each<[string, string | RegExp, number, string]>([
    ['refused', /versions$/, 403, 'provider-refused'],
    ['down', /versions$/, 500, 'provider-down'],
    ['not found while the model is there', /versions$/, 404, 'provider-refused']
  ])('a list that is %s says nothing of its versions', async (_, path, status, kind) => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.faults.add({ match: { path }, effect: { kind: 'answer', status, body: '{}' } })
    const known = knowing(id(`${own('adaeze-headshots')}:abc`))
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list.goneIds).toEqual([])
    expect(list.error).toMatchObject({ kind })
  })

  test('a list cut short says nothing of the versions it lacks', async () => {
    const { provider, connection, signal } = await start({
      seedData: 'sample',
      pageSizes: { versions: 2 },
      pageLink: () => 'https://elsewhere.example/v1/models'
    })
    const known = knowing(id(`${own('portrait-lora')}:abc`))
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list).toMatchObject({ goneIds: [], error: { where: 'incomplete' } })
    expect(list.assets).toHaveLength(2)
  })

  test('the versions of a model that is gone are gone', async () => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.state.removeModel(own('adaeze-headshots'))
    const known = knowing(id(`${own('adaeze-headshots')}:abc`), id('someone/else:abc'))
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list.goneIds).toEqual([`${own('adaeze-headshots')}:abc`])
    expect(list.error).toBeUndefined()
  })
})

describe('looking at one', () => {
  test('a model, a version, neither', async () => {
    const { sandbox, provider, connection, signal } = await start()
    const model = own('portrait-lora')
    const version = id(`${model}:${sandbox.state.versionsOf(model)[0]?.id}`)
    const look = (kind: 'model' | 'version' | 'replica', assetId: AssetId) =>
      provider.get(connection, kind, assetId, signal)
    expect(unwrap(await look('model', model)).found).toMatchObject({ id: model, origin: null })
    expect(unwrap(await look('version', version)).found).toMatchObject({
      id: version,
      parentId: model
    })
    expect(unwrap(await look('model', own('nothing'))).found).toBeNull()
    expect(unwrap(await look('version', id(`${model}:nothing`))).found).toBeNull()
    expect(told(await look('replica', model))).toBe('not-offered')
    expect(told(await look('model', version))).toBe('not-an-id')
    expect(told(await look('version', model))).toBe('not-an-id')
    const watched = await provider.watch(connection, 'model', [model, own('nothing')], signal)
    expect(unwrap(watched).map((asset) => asset.id)).toEqual([model])
  })

  test('gone is what two looks deny', async () => {
    const { sandbox, provider, connection, signal } = await start()
    const model = own('portrait-lora')
    const probe = async (assetId: AssetId) =>
      unwrap(await provider.probe(connection, 'model', assetId, signal))
    expect(await probe(model)).toBe('there')
    expect(await probe(own('nothing'))).toBe('gone')
    sandbox.faults.add({
      match: { path: /portrait-lora$/ },
      effect: { kind: 'answer', status: 404, body: '{"detail":"Not found."}' },
      times: 1
    })
    expect(await probe(model)).toBe('there')
    expect(sandbox.faults.hits).toEqual([1])
  })

  test('the key is checked by asking for the account', async () => {
    const { sandbox, provider, connection, signal } = await start()
    expect(await provider.checkKey(connection, signal)).toEqual({ ok: true, value: null })
    expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/account'
    ])
    sandbox.allowKey(sandbox.apiKey, false)
    expect(await provider.checkKey(connection, signal)).toEqual({
      ok: false,
      error: { kind: 'key-rejected', said: 'You did not pass a valid authentication token' }
    })
  })
})

describe('deleting', () => {
  const setUp = async (options: ReplicateOptions = {}) => {
    const started = await start({ seedData: 'empty', ...options })
    const model = own('a')
    started.sandbox.state.addModel(makeModel('a', 0))
    const version = makeVersion(model, '1', 0)
    started.sandbox.state.addVersion(version)
    return { ...started, model, version, versionId: id(`${model}:${version.id}`) }
  }

  test('a version is accepted, then gone; then its model goes', async () => {
    let nowMs = Date.now()
    const { sandbox, provider, connection, signal, model, versionId } = await setUp({
      now: () => nowMs,
      removalMs: 60_000
    })
    const remove = (kind: 'model' | 'version', assetId: AssetId) =>
      provider.remove(connection, kind, assetId, 'permanent', signal)
    expect(unwrap(await remove('version', versionId))).toEqual({
      outcome: 'accepted',
      httpStatus: 202
    })
    expect(unwrap(await provider.probe(connection, 'version', versionId, signal))).toBe('there')
    expect(await remove('model', model)).toMatchObject({
      ok: false,
      error: { kind: 'provider-refused', status: 400 }
    })
    nowMs += 61_000
    expect(unwrap(await provider.probe(connection, 'version', versionId, signal))).toBe('gone')
    expect(unwrap(await remove('version', versionId))).toEqual({
      outcome: 'not-known',
      httpStatus: 404
    })
    expect(unwrap(await remove('model', model))).toEqual({ outcome: 'removed', httpStatus: 204 })
    expect(unwrap(await remove('model', model))).toMatchObject({ outcome: 'not-known' })
    const deletes = sandbox.requests.filter(({ method }) => method === 'DELETE')
    expect(new Set(deletes.map(({ query }) => JSON.stringify(query)))).toEqual(new Set(['{}']))
  })

  test('nothing is sent for a milder mode, another kind or a strange id', async () => {
    const { sandbox, provider, connection, signal, model, versionId } = await setUp()
    const remove = (
      ...[kind, assetId, mode]: [
        Parameters<typeof provider.remove>[1],
        string,
        'soft' | 'permanent'
      ]
    ) => provider.remove(connection, kind, assetId as AssetId, mode, signal)
    expect(told(await remove('model', model, 'soft'))).toBe('not-offered')
    expect(told(await remove('replica', model, 'permanent'))).toBe('not-an-id')
    expect(told(await remove('model', versionId, 'permanent'))).toBe('not-an-id')
    for (const bad of [
      'a',
      'a/b/c',
      '../b',
      'a/..',
      'a/b:c/d',
      'a/b:c:d',
      'a/b?x',
      'a%2Fb/c',
      ''
    ]) {
      expect(told(await remove('version', bad, 'permanent'))).toBe('not-an-id')
      expect(told(await remove('model', bad, 'permanent'))).toBe('not-an-id')
    }
    expect(sandbox.requests).toEqual([])
  })

  test('nothing can be renamed', async () => {
    const { provider, connection, signal, model } = await setUp()
    expect(await provider.rename(connection, 'model', model, 'b', signal)).toEqual({
      ok: false,
      error: {
        kind: 'invalid-input',
        issues: [{ field: 'name', code: 'not-offered', said: null }]
      }
    })
  })

  test.each([
    [{ shape: 'problem' }, 'This version is used by a deployment.'],
    [{ shape: 'detail', status: 409 }, 'This version is used by a deployment.'],
    [{ shape: 'text' }, 'This version is used by a deployment.'],
    [{ shape: 'empty', status: 403 }, null],
    [{ shape: 'html', status: 422 }, null]
  ] as const)('a refusal as %j', async (refusal, said) => {
    const { sandbox, provider, connection, signal, version, versionId } = await setUp({ refusal })
    sandbox.state.addDeployment(makeDeployment('d', version, 0))
    const answer = await provider.remove(connection, 'version', versionId, 'permanent', signal)
    const status = 'status' in refusal ? refusal.status : 400
    expect(answer).toEqual({ ok: false, error: { kind: 'provider-refused', status, said } })
  })

  test.each<[string, FaultEffect, string]>([
    ['lost', { kind: 'reset', when: 'after-processing' }, 'outcome-unknown'],
    ['a server error', { kind: 'answer', status: 503, processed: true }, 'provider-down 503'],
    [
      'a page of a network',
      { kind: 'answer', status: 200, body: '<html>Sign in</html>' },
      'not-json'
    ],
    ['a success of another kind', { kind: 'answer', status: 206 }, 'not-json'],
    ['a timeout', { kind: 'answer', status: 408 }, 'outcome-unknown']
  ])('an answer that is %s leaves the outcome open', async (_, effect, expected) => {
    const { sandbox, provider, connection, signal, versionId } = await setUp()
    sandbox.faults.add({ effect })
    const answer = await provider.remove(connection, 'version', versionId, 'permanent', signal)
    expect(told(answer)).toBe(expected)
    expect(sandbox.requests).toHaveLength(1)
  })

  test.each([
    [{ retryAfter: '3', inBody: 5, inText: 9, reset: 7 }, 9_000],
    [{ inBody: 30 }, 30_000],
    [{ inText: 30 }, 30_000],
    [{ reset: 12 }, 12_000],
    [{ retryAfter: '40', inText: 30 }, 40_000],
    [{}, 1_000]
  ])('a limit told as %j is waited for', async (hints, retryAfterMs) => {
    const { sandbox, provider, connection, signal, versionId } = await setUp()
    sandbox.faults.add({ effect: throttled(hints) })
    const answer = await provider.remove(connection, 'version', versionId, 'permanent', signal)
    expect(answer).toEqual({ ok: false, error: { kind: 'rate-limited', retryAfterMs } })
  })

  test('a limited read is asked again after the longest wait it was told', async () => {
    const { sandbox, clock, provider, connection, signal } = await setUp()
    sandbox.faults.add({ effect: throttled({ retryAfter: '2', inText: 11 }), times: 1 })
    expect(await provider.checkKey(connection, signal)).toMatchObject({ ok: true })
    expect(clock.waits).toContain(11_000)
  })
})
