import { afterEach, describe, expect, it } from 'vitest'
import { ask, closeAll, NOW_MS, start } from '../../test/sandbox/running-sandbox.ts'
import { LAYER_KEY_CANARIES } from './canaries.ts'

afterEach(closeAll)

const remove = { method: 'DELETE' }

describe('personas', () => {
  it('come with keys of other providers in them, alone and in the list', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const { body } = await ask(sandbox, '/v2/personas')
    const [row] = body.data
    expect(row).toMatchObject({
      persona_id: expect.stringMatching(/^p[0-9a-f]{11}$/),
      default_replica_id: expect.stringMatching(/^r[0-9a-f]{11}$/),
      layers: { llm: { api_key: LAYER_KEY_CANARIES.llm }, tts: { api_key: LAYER_KEY_CANARIES.tts } }
    })
    expect((await ask(sandbox, `/v2/personas/${row.persona_id}`)).body).toEqual(row)
  })

  it.each([
    ['', 3],
    ['?persona_type=user', 2],
    ['?persona_type=system', 1]
  ])('are counted by type: %s', async (query, count) => {
    const sandbox = await start({ seedData: 'sample' })
    expect((await ask(sandbox, `/v2/personas${query}`)).body.total_count).toBe(count)
  })

  it('page from 1', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const pages = await Promise.all(
      [1, 2, 3].map((page) => ask(sandbox, `/v2/personas?limit=2&page=${page}`))
    )
    expect(pages.map(({ body }) => body.data.length)).toEqual([2, 1, 0])
  })

  it('are deleted, but stock ones are refused and unknown ones invalid', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const { data } = (await ask(sandbox, '/v2/personas')).body
    const [own, , stock] = data.map((row: { readonly persona_id: string }) => row.persona_id)
    expect((await ask(sandbox, `/v2/personas/${own}`, remove)).status).toBe(204)
    expect((await ask(sandbox, `/v2/personas/${stock}`, remove)).status).toBe(400)
    for (const asking of [remove, {}]) {
      expect(await ask(sandbox, `/v2/personas/${own}`, asking)).toMatchObject({
        status: 400,
        body: { error: 'Invalid persona_id' }
      })
    }
    expect((await ask(sandbox, '/v2/personas')).body.total_count).toBe(2)
  })

  it('are pals on the newer paths', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const [pal] = (await ask(sandbox, '/v2/pals?pal_type=user')).body.data
    expect(pal).toMatchObject({ pal_type: 'user', default_face_id: expect.any(String) })
    expect((await ask(sandbox, `/v2/pals/${pal.pal_id}`, remove)).status).toBe(204)
    expect((await ask(sandbox, `/v2/pals/${pal.pal_id}`)).body).toEqual({ error: 'Invalid pal_id' })
  })
})

describe('conversations', () => {
  it('carry what refers to a replica', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const [row] = (await ask(sandbox, '/v2/conversations?limit=1&page=1')).body.data
    expect(row).toMatchObject({
      conversation_id: expect.stringMatching(/^c[0-9a-f]{11}$/),
      conversation_name: 'Trial run',
      status: 'active',
      conversation_url: expect.stringMatching(/^https:/),
      replica_id: expect.stringMatching(/^r[0-9a-f]{11}$/),
      persona_id: expect.stringMatching(/^p[0-9a-f]{11}$/)
    })
    expect((await ask(sandbox, `/v2/conversations/${row.conversation_id}`)).body).toEqual(row)
  })

  it.each([
    ['status=active', 1],
    ['status=ended', 4],
    ['limit=2', 5]
  ])('are listed by %s', async (query, count) => {
    const sandbox = await start({ seedData: 'sample' })
    expect((await ask(sandbox, `/v2/conversations?${query}`)).body.total_count).toBe(count)
  })

  it.each(['status=deleted', 'page=x'])('refuse to be listed by %s', async (query) => {
    expect((await ask(await start(), `/v2/conversations?${query}`)).status).toBe(400)
  })

  it('are deleted with 204, and are invalid from then on', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const id = sandbox.state.conversations[1]?.id
    const path = `/v2/conversations/${id}?hard=true`
    expect(await ask(sandbox, path, remove)).toMatchObject({ status: 204, text: '' })
    for (const asking of [remove, {}, { method: 'GET' }]) {
      expect(await ask(sandbox, path, asking)).toMatchObject({
        status: 400,
        body: { error: 'Invalid conversation_id' }
      })
    }
    expect(sandbox.state.hardDeletions).toEqual([{ kind: 'conversation', id, atMs: NOW_MS }])
  })

  it('can refuse to go while they are active', async () => {
    const sandbox = await start({
      seedData: 'sample',
      activeConversations: 'refuse',
      activeRefusalStatus: 409
    })
    const id = sandbox.state.conversations[0]?.id ?? ''
    const path = `/v2/conversations/${id}`
    expect((await ask(sandbox, path, remove)).status).toBe(409)
    expect((await ask(sandbox, `${path}/end`, { method: 'POST' })).status).toBe(200)
    expect((await ask(sandbox, path)).body.status).toBe('ended')
    expect((await ask(sandbox, path, remove)).status).toBe(204)
    expect(sandbox.state.deletions.map(({ outcome }) => outcome)).toEqual(['active', 'done'])
  })

  it('can stay behind as deleted, in neither filter', async () => {
    const sandbox = await start({ seedData: 'sample', deletedConversations: 'stay' })
    const id = sandbox.state.conversations[0]?.id
    await ask(sandbox, `/v2/conversations/${id}`, remove)
    expect((await ask(sandbox, `/v2/conversations/${id}`)).body.status).toBe('deleted')
    expect((await ask(sandbox, '/v2/conversations')).body.total_count).toBe(5)
    expect((await ask(sandbox, '/v2/conversations?status=active')).body.total_count).toBe(0)
    await ask(sandbox, `/v2/conversations/${id}?hard=true`, remove)
    expect((await ask(sandbox, `/v2/conversations/${id}`)).status).toBe(400)
  })

  it('can go on being listed for a while', async () => {
    const sandbox = await start({ seedData: 'sample', deletionLagMs: 1_000 })
    const path = `/v2/conversations/${sandbox.state.conversations[0]?.id}`
    await ask(sandbox, path, remove)
    expect((await ask(sandbox, path)).body.status).toBe('active')
    sandbox.clock.advance(1_000)
    expect((await ask(sandbox, path)).status).toBe(400)
  })
})
