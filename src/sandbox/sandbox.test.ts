import { afterEach, describe, expect, it } from 'vitest'
import { ask, closeAll, idsOf, NOW, NOW_MS, start } from '../../test/sandbox/running-sandbox.ts'
import { makeReplica } from './sample-data.ts'
import { DEFAULT_SANDBOX_KEY } from './sandbox.ts'

afterEach(closeAll)

describe('authentication', () => {
  it.each([
    ['no key', null, {}],
    ['a wrong key', 'wrong', {}],
    ['Bearer', null, { authorization: `Bearer ${DEFAULT_SANDBOX_KEY}` }]
  ])('answers 401 to %s', async (_, key, headers) => {
    const sandbox = await start()
    const answer = await ask(sandbox, '/v2/replicas', { key, headers })
    expect(answer).toMatchObject({ status: 401, body: { message: 'Invalid access token' } })
    expect(sandbox.requests[0]).toMatchObject({ processed: 0, status: 401 })
  })

  it('stops taking a revoked key', async () => {
    const sandbox = await start()
    sandbox.allowKey(sandbox.apiKey, false)
    expect((await ask(sandbox, '/v2/replicas')).status).toBe(401)
    sandbox.allowKey(sandbox.apiKey, true)
    expect((await ask(sandbox, '/v2/replicas')).status).toBe(200)
  })

  it('keeps the data of two keys apart unless they share an account', async () => {
    const sandbox = await start({
      apiKeys: [
        'first',
        { key: 'second', seedData: { replicas: 2 } },
        { key: 'third', account: 'second' }
      ]
    })
    expect((await ask(sandbox, '/v2/replicas', { key: 'first' })).body.total_count).toBe(0)
    expect((await ask(sandbox, '/v2/replicas', { key: 'third' })).body.total_count).toBe(2)
    sandbox.stateOf('second').addReplica(makeReplica('Shared', NOW_MS))
    expect((await ask(sandbox, '/v2/replicas', { key: 'third' })).body.total_count).toBe(3)
  })

  it('logs requests without the key', async () => {
    const sandbox = await start({ apiKeys: ['canary-key'] })
    await ask(sandbox, '/v2/replicas?limit=1', { headers: { 'user-agent': 'test' } })
    expect(sandbox.requests).toMatchObject([
      { at: NOW, method: 'GET', path: '/v2/replicas', query: { limit: '1' }, key: 0, status: 200 }
    ])
    expect(sandbox.requests[0]?.headers).toMatchObject({ 'user-agent': 'test' })
    expect(JSON.stringify(sandbox.requests)).not.toContain('canary-key')
  })
})

describe('changes elsewhere', () => {
  it('shows what a test adds, removes, changes and reorders', async () => {
    let changes = 0
    const onChange = () => {
      changes += 1
    }
    const sandbox = await start({ seedData: { replicas: 2, videos: 1 }, onChange })
    const [first = '', second = ''] = await idsOf(sandbox, '/v2/replicas')
    const added = makeReplica('Added', NOW_MS)
    sandbox.state.addReplica(added)
    sandbox.state.reorderReplicas((left, right) => right.name.localeCompare(left.name))
    expect(await idsOf(sandbox, '/v2/replicas')).toEqual([second, first, added.id])
    sandbox.state.removeReplica(first)
    sandbox.state.changeReplica(second, { name: 'Elsewhere' })
    sandbox.state.removeVideo(sandbox.state.videos[0]?.id ?? '')
    const { data } = (await ask(sandbox, '/v2/replicas')).body
    expect(data).toMatchObject([{ replica_name: 'Elsewhere' }, { replica_name: 'Added' }])
    expect((await ask(sandbox, '/v2/videos')).body.total_count).toBe(0)
    expect(changes).toBe(5)
  })

  it('goes on from a snapshot', async () => {
    const first = await start({ seedData: { replicas: 3 } })
    const [id] = await idsOf(first, '/v2/replicas')
    await ask(first, `/v2/replicas/${id}`, { method: 'DELETE' })
    const second = await start({ seedData: { replicas: 3 }, snapshot: first.snapshot() })
    expect(await idsOf(second, '/v2/replicas')).toEqual(await idsOf(first, '/v2/replicas'))
    expect(await idsOf(second, '/v2/replicas')).toHaveLength(2)
  })
})

describe('everything else', () => {
  it.each([
    ['/v3/replicas', 'GET', 404],
    ['/v2/replicas', 'PUT', 405]
  ])('answers %s %s with %i', async (path, method, status) => {
    expect((await ask(await start(), path, { method })).status).toBe(status)
  })

  it('refuses a body that is not JSON and logs it as text', async () => {
    const sandbox = await start()
    const response = await fetch(`${sandbox.origin}/v2/replicas`, {
      method: 'POST',
      headers: { 'x-api-key': sandbox.apiKey },
      body: '{"half'
    })
    expect(response.status).toBe(400)
    expect(sandbox.requests[0]?.body).toBe('{"half')
  })

  it('refuses a body above 1 MiB', async () => {
    const body = { replica_name: 'x'.repeat(1024 * 1024) }
    const answer = await ask(await start(), '/v2/replicas', { method: 'POST', body })
    expect(answer.status).toBe(413)
  })
})
