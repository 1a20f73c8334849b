import { describe, expect, it, test } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import {
  knownTarget,
  likenessFacts,
  startTavus
} from '../../../../test/main/providers/tavus-desk.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { MEMORY_CANARY, PERCEPTION_CANARY } from '../../../sandbox/canaries.ts'
import { makeConversation, makeReplica, sampleData } from '../../../sandbox/sample-data.ts'
import type { StoredConversation } from '../../../sandbox/snapshot.ts'
import { assetIdSchema } from '../../../shared/domain/asset.ts'
import type { PlanChoices } from '../../../shared/domain/plan.ts'

const { signal } = new AbortController()

const start = async (options: SandboxOptions = {}) => {
  const { sandbox, provider, connection } = await startTavus({ seedData: 'empty', ...options })
  const face = makeReplica('Mia Chen', 0)
  sandbox.state.addReplica(face)
  const add = (name: string, change: Partial<StoredConversation> = {}) => {
    const talk = { ...makeConversation(name, face.id, 0), ...change }
    sandbox.state.addConversation(talk)
    return talk
  }
  const remove = (id: string, mode: 'soft' | 'permanent') =>
    provider.remove(connection, 'conversation', assetIdSchema.parse(id), mode, signal)
  return { sandbox, provider, connection, face, add, remove }
}

const permanent: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }

describe('the list of conversations', () => {
  it('is read to its end, each once, and never in the form that has what was said', async () => {
    const { sandbox, provider, connection, add } = await start()
    for (let index = 0; index < 130; index += 1) add(`Talk ${index}`)
    const listed = unwrap(await listAll(provider, connection, 'conversation', signal))
    expect(listed).toMatchObject({ isComplete: true, unreadableCount: 0 })
    expect(new Set(listed.assets.map(({ id }) => id)).size).toBe(130)
    expect(sandbox.requests.map(({ path, query }) => [path, query])).toEqual(
      ['1', '2'].map((page) => ['/v2/conversations', { limit: '100', page }])
    )
  })

  it.each(['flat', 'storage'] as const)(
    'tells what is known of each (bucket: %s)',
    async (form) => {
      const { provider, connection, face, add } = await start({ recordingFields: form })
      const marks = { createdAtMs: Date.UTC(2026, 7, 17) }
      add('Recorded', {
        ...marks,
        recordingBucket: 'own-recordings',
        callbackUrl: 'https://hooks.example/in/token-1?key=secret-2'
      })
      add('Under way', { ...marks, status: 'active' })
      const { assets } = unwrap(await listAll(provider, connection, 'conversation', signal))
      const told = { kind: 'conversation', status: 'ready', origin: 'own', parentId: face.id }
      expect(assets.find(({ name }) => name === 'Recorded')).toMatchObject({
        ...told,
        statusRaw: 'ended',
        createdAt: '2026-08-17T00:00:00.000Z',
        links: {},
        details: [
          { name: 'persona_id', value: expect.stringMatching(/^p/) },
          { name: 'recording_bucket', value: 'own-recordings' },
          { name: 'callback_host', value: 'hooks.example' }
        ]
      })
      expect(assets.find(({ name }) => name === 'Under way')).toMatchObject({
        ...told,
        statusRaw: 'active'
      })
      expect(JSON.stringify(assets)).not.toMatch(/secret-2|token-1|tavus\.example|Saturdays/)
    }
  )

  test('one is read without what was said in it', async () => {
    const { sandbox, provider, connection, add } = await start()
    const talk = add('Short')
    const id = assetIdSchema.parse(talk.id)
    const read = unwrap(await provider.get(connection, 'conversation', id, signal))
    expect(read.found?.name).toBe('Short')
    unwrap(await provider.probe(connection, 'conversation', id, signal))
    unwrap(await provider.watch(connection, 'conversation', [id], signal))
    expect(sandbox.requests.map(({ query }) => query)).toEqual([{}, {}, {}])
  })

  it.each([403, 404, 409, 410])('refused with %s is told as it is', async (status) => {
    const { provider, connection } = await start({ conversationListStatus: status })
    const listed = await listAll(provider, connection, 'conversation', signal)
    expect(listed).toMatchObject({ ok: false, error: { kind: 'provider-refused', status } })
  })
})

describe('deleting a conversation', () => {
  it('is soft without, and permanent with hard', async () => {
    const { sandbox, add, remove } = await start()
    const [first, second] = [add('First'), add('Second')]
    expect(unwrap(await remove(first.id, 'soft'))).toEqual({ outcome: 'removed', httpStatus: 204 })
    expect(unwrap(await remove(second.id, 'permanent'))).toMatchObject({ outcome: 'removed' })
    expect(sandbox.state.hardDeletions.map(({ id }) => id)).toEqual([second.id])
    expect(unwrap(await remove(second.id, 'permanent'))).toMatchObject({ outcome: 'not-known' })
  })

  it.each([400, 403, 409] as const)('one under way may be refused with %s', async (status) => {
    const { add, remove } = await start({
      activeConversations: 'refuse',
      activeRefusalStatus: status
    })
    const talk = add('Now', { status: 'active' })
    expect(await remove(talk.id, 'permanent')).toMatchObject({
      ok: false,
      error: { kind: 'provider-refused', status }
    })
  })
})

describe('a plan for a face', () => {
  const gathered = async (options: SandboxOptions = {}) => {
    const stage = await start(options)
    const { sandbox, provider, connection, face, add } = stage
    for (let index = 0; index < 130; index += 1) add(`Talk ${index}`)
    const recorded = add('Recorded', { recordingBucket: 'own-recordings' })
    add('Recorded as well', {
      recordingBucket: 'own-recordings',
      callbackUrl: 'https://in.example'
    })
    add('Another face', { replicaId: 'r0000000000' })
    const [persona] = sampleData(0).personas
    if (persona === undefined) throw new Error('No persona in the sample data')
    sandbox.state.addPersona({ ...persona, defaultReplicaId: face.id })
    sandbox.state.addMemoryStore('front-desk-visitors')
    const asked = knownTarget('replica', face.id)
    const facts = unwrap(
      await provider.planner.gather(connection, likenessFacts(asked), true, signal)
    )
    return { ...stage, recorded, facts, plan: provider.planner.plan(facts, permanent) }
  }

  it('takes all conversations with it, and asks for nothing that was said', async () => {
    const { sandbox, plan, facts } = await gathered()
    const talks = plan.steps.filter(({ target }) => target.kind === 'conversation')
    expect(talks).toHaveLength(132)
    expect(facts.incomplete).toEqual([])
    expect(sandbox.requests.filter(({ query }) => query['verbose'] === 'true').length).toBe(
      sandbox.requests.filter(({ path }) => /^\/v2\/(?:replicas|videos)/.test(path)).length
    )
    expect(JSON.stringify(facts)).not.toContain(MEMORY_CANARY)
    expect(JSON.stringify(facts)).not.toContain(PERCEPTION_CANARY)
  })

  it('names what Tavus cannot delete, each place once, and whose data stays', async () => {
    const { plan } = await gathered()
    expect(plan.survives).toEqual(
      expect.arrayContaining([
        {
          kind: 'recording',
          id: 'own-recordings',
          name: 'own-recordings',
          reason: 'not-offered'
        },
        { kind: 'callback', id: 'in.example', name: 'in.example', reason: 'not-offered' },
        {
          kind: 'memory',
          id: 'front-desk-visitors',
          name: 'front-desk-visitors',
          reason: 'others-data'
        },
        { kind: 'document', id: null, name: null, reason: 'not-known' }
      ])
    )
    expect(plan.survives.filter(({ kind }) => kind === 'recording')).toHaveLength(1)
    expect(
      plan.steps.some(({ target }) => !['replica', 'conversation'].includes(target.kind))
    ).toBe(false)
  })

  test.each<[string, SandboxOptions, readonly (string | null)[]]>([
    ['under its other name', { memoryStoresForm: 'memory_stores' }, ['front-desk-visitors']],
    ['where there are none', { memoryStoresStatus: 404 }, []],
    ['refused', { memoryStoresStatus: 403 }, [null]],
    ['refused for good', { memoryStoresStatus: 410 }, [null]],
    ['in conflict', { memoryStoresStatus: 409 }, [null]]
  ])('reads the list of memory stores %s', async (_, options, ids) => {
    const { plan } = await gathered(options)
    const stores = plan.survives.filter(({ kind }) => kind === 'memory')
    expect(stores.map(({ id }) => id)).toEqual(ids)
  })

  it('keeps why a conversation was in it before it was read', async () => {
    const { provider, connection, face, recorded } = await gathered()
    const talk = knownTarget('conversation', recorded.id, { relation: 'tied-to' })
    const facts = likenessFacts(knownTarget('replica', face.id), talk)
    const again = unwrap(await provider.planner.gather(connection, facts, true, signal))
    const found = again.targets.find(({ target }) => target.id === talk.target.id)
    expect(found).toMatchObject({ relation: 'tied-to', name: 'Recorded', parentId: face.id })
  })
})

describe('conversations that were named', () => {
  it('are read one by one while they are few, and from the list when they are many', async () => {
    const { sandbox, provider, connection, add } = await start()
    const talks = Array.from({ length: 130 }, (_, index) => add(`Talk ${index}`))
    const named = (count: number) =>
      likenessFacts(...talks.slice(0, count).map(({ id }) => knownTarget('conversation', id)))
    for (const [count, requests] of [
      [3, 3],
      [130, 2]
    ] as const) {
      const before = sandbox.requests.length
      const facts = unwrap(await provider.planner.gather(connection, named(count), false, signal))
      expect(facts.targets).toHaveLength(count)
      expect(sandbox.requests.length - before).toBe(requests)
    }
  })
})

describe('a transcript', () => {
  const said = [
    { by: 'visitor', role: 'user', text: 'Hello, can you hear me?' },
    { by: 'face', role: 'assistant', text: 'Yes, I can. What would you like to know?' }
  ]
  const read = async (options: SandboxOptions = {}, change: Partial<StoredConversation> = {}) => {
    const { sandbox, provider, connection, add } = await start(options)
    const talk = add('Short', change)
    const id = assetIdSchema.parse(talk.id)
    const answer = await provider.readTranscript?.(connection, 'conversation', id, signal)
    expect(sandbox.requests.map(({ query }) => query)).toEqual([{ verbose: 'true' }])
    return answer
  }

  it.each(['at-top', 'in-events'] as const)('is read where it stands: %s', async (transcripts) => {
    const answer = await read({ transcripts })
    expect(answer).toMatchObject({ ok: true, value: { isCut: false } })
    expect(answer?.ok === true && answer.value.lines.slice(0, 2)).toEqual(said)
    expect(JSON.stringify(answer)).not.toContain(PERCEPTION_CANARY)
  })

  it('has neither the scene that was set nor empty lines, and other speakers by their own name', async () => {
    const transcript = [
      { role: 'system', content: 'Be brief and kind.' },
      { role: 'user', content: '' },
      { role: 'interpreter', content: 'Bonjour' }
    ]
    expect(await read({}, { transcript })).toEqual({
      ok: true,
      value: {
        lines: [{ by: 'other', role: 'interpreter', text: 'Bonjour' }],
        isCut: false
      }
    })
  })

  it('is empty where Tavus keeps none', async () => {
    const none = { ok: true, value: { lines: [], isCut: false } }
    expect(await read({ transcripts: 'none' })).toEqual(none)
  })

  it('is cut where it is endless', async () => {
    const transcript = Array.from({ length: 5_001 }, () => ({ role: 'user', content: 'And?' }))
    const answer = await read({}, { transcript })
    expect(answer?.ok === true && [answer.value.lines.length, answer.value.isCut]).toEqual([
      5_000,
      true
    ])
  })

  it.each([
    [403, { kind: 'provider-refused', status: 403 }],
    [404, { kind: 'not-found' }],
    [409, { kind: 'provider-refused', status: 409 }],
    [410, { kind: 'not-found' }]
  ])('refused with %s is told as it is', async (transcriptStatus, error) => {
    expect(await read({ transcriptStatus })).toMatchObject({ ok: false, error })
  })
})
