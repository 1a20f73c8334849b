import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from '../../../../test/main/manual-clock.ts'
import { fixedConnection } from '../../../../test/main/providers/fixed-connection.ts'
import { createTestHttp } from '../../../../test/main/providers/test-http.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { type Sandbox, startSandbox } from '../../../../test/sandbox/faulty-sandbox.ts'
import { LAYER_KEY_CANARIES } from '../../../sandbox/canaries.ts'
import { makePersona } from '../../../sandbox/sample-data.ts'
import type { StoredPersona } from '../../../sandbox/snapshot.ts'
import { assetIdSchema } from '../../../shared/domain/asset.ts'
import { createTavusProvider } from './tavus-provider.ts'

const open: Sandbox[] = []

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

const { signal } = new AbortController()

const start = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox({ seedData: 'empty', ...options })
  open.push(sandbox)
  const http = createTestHttp(createManualClock(undefined, (durationMs) => durationMs < 20_000))
  const connection = fixedConnection(sandbox.origin, sandbox.apiKey)
  const provider = createTavusProvider({ http })
  const addPal = (name: string, change: Partial<StoredPersona> = {}): StoredPersona => {
    const pal = { ...makePersona(name, 0), ...change }
    sandbox.state.addPersona(pal)
    return pal
  }
  const listPals = () => listAll(provider, connection, 'persona', signal)
  return { sandbox, provider, connection, addPal, listPals }
}

const value = <T>(result: { readonly ok: boolean; readonly value?: T }): T => {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result))
  return result.value
}

describe('the list of PALs', () => {
  it('is read to its end, those that neither list by type has included', async () => {
    const { sandbox, addPal, listPals } = await start()
    const types = ['user', 'system', 'none'] as const
    for (let index = 0; index < 130; index += 1) {
      addPal(`PAL ${index}`, { type: types[index % 3] ?? 'user' })
    }
    const listed = value(await listPals())
    expect(listed).toMatchObject({ isComplete: true, unreadableCount: 0 })
    expect(new Set(listed.assets.map(({ id }) => id)).size).toBe(130)
    expect(listed.assets.filter(({ origin }) => origin === 'stock')).toHaveLength(43)
    const asked = sandbox.requests.map(({ query }) => query)
    expect(asked.slice(0, 6)).toEqual(
      ['1', '2', '3', '4', '5', '6'].map((page) => ({ limit: '25', page }))
    )
  })

  it('has what only a list by type shows, each PAL once', async () => {
    const { addPal, listPals } = await start({ unfilteredPersonas: 'without-stock' })
    for (let index = 0; index < 40; index += 1) {
      addPal(`PAL ${index}`, { type: index % 2 === 0 ? 'user' : 'system' })
    }
    const listed = value(await listPals())
    expect(listed.isComplete).toBe(true)
    expect(listed.assets.map(({ id }) => id).sort()).toEqual(
      [...new Set(listed.assets.map(({ id }) => id))].sort()
    )
    expect(listed.assets).toHaveLength(40)
  })

  it('tells the face and the voice of each, and no key of another service', async () => {
    const { addPal, listPals } = await start()
    addPal('Guide', { defaultReplicaId: 'rface', voiceId: 'vguide', createdAtMs: 0 })
    addPal('Plain', { createdAtMs: 0 })
    const { assets } = value(await listPals())
    expect(assets.find(({ name }) => name === 'Guide')).toMatchObject({
      kind: 'persona',
      status: 'ready',
      origin: 'own',
      parentId: 'rface',
      createdAt: '1970-01-01T00:00:00.000Z',
      details: [{ name: 'voice_id', value: 'vguide' }]
    })
    expect(assets.find(({ name }) => name === 'Plain')).toMatchObject({
      parentId: null,
      details: []
    })
    const told = JSON.stringify(assets)
    for (const key of Object.values(LAYER_KEY_CANARIES)) expect(told).not.toContain(key)
  })

  it.each(['bare', 'wrapped'] as const)('one alone is read, %s', async (onePersona) => {
    const { provider, connection, addPal, sandbox } = await start({ onePersona })
    const pal = addPal('Guide')
    const id = assetIdSchema.parse(pal.id)
    expect(value(await provider.get(connection, 'persona', id, signal)).found?.name).toBe('Guide')
    expect(value(await provider.probe(connection, 'persona', id, signal))).toBe('there')
    sandbox.state.deletePersona(pal.id, false)
    expect(value(await provider.get(connection, 'persona', id, signal)).found).toBeNull()
    expect(value(await provider.probe(connection, 'persona', id, signal))).toBe('gone')
  })

  it.each([403, 404, 405])('refused with %s says nothing against the key', async (status) => {
    const { sandbox, listPals } = await start()
    sandbox.faults.add({
      match: { path: '/v2/personas' },
      effect: { kind: 'answer', status, body: { message: 'Not in your plan' } }
    })
    expect(await listPals()).toMatchObject({ error: { kind: 'provider-refused', status } })
  })
})
