import { describe, expect, it } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import {
  knownTarget,
  likenessFacts,
  startTavus
} from '../../../../test/main/providers/tavus-desk.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { LAYER_KEY_CANARIES } from '../../../sandbox/canaries.ts'
import { assetRefSchema } from '../../../shared/domain/asset.ts'
import { ok } from '../../../shared/result.ts'
import type { PlanFacts } from '../../ports/provider.ts'

const start = async (options: SandboxOptions = { seedData: 'sample' }) => {
  const { sandbox, provider, connection } = await startTavus(options)
  const face = sandbox.state.replicas.find(({ face }) => face === 'adaeze')
  if (face === undefined) throw new Error('The sample has no such replica')
  const gather = (facts: PlanFacts, isDeep = true) =>
    provider.planner.gather(connection, facts, isDeep, new AbortController().signal)
  return { sandbox, provider, connection, face, gather }
}

const names = (facts: PlanFacts) => facts.targets.map(({ target }) => `${target.kind}/${target.id}`)

describe('everything that carries a face', () => {
  it('finds its videos, conversations and personas, and nobody else’s', async () => {
    const { sandbox, face, gather } = await start()
    const facts = unwrap(await gather(likenessFacts(knownTarget('replica', face.id))))
    const { state } = sandbox
    const mine = ({ replicaId }: { readonly replicaId: string }) => replicaId === face.id
    const expected = [
      `replica/${face.id}`,
      ...state.videos.filter(mine).map(({ id }) => `video/${id}`),
      ...state.conversations.filter(mine).map(({ id }) => `conversation/${id}`),
      ...state.personas
        .filter(({ type, defaultReplicaId }) => type === 'user' && defaultReplicaId === face.id)
        .map(({ id }) => `persona/${id}`)
    ]
    expect(expected.length).toBeGreaterThan(4)
    expect(names(facts).sort()).toEqual(expected.sort())
    expect(facts.incomplete).toEqual([])
    expect(facts.targets[0]).toMatchObject({ name: face.name, status: 'ready' })
    const active = state.conversations.filter((row) => mine(row) && row.status === 'active')
    expect(facts.targets[0]?.notes).toMatchObject([
      {
        code: 'active-conversation',
        finding: active.length > 0 ? 'holds' : 'does-not-hold',
        isComplete: true
      }
    ])
  })

  it('holds none of the other providers’ keys that persona answers carry', async () => {
    const { face, gather } = await start()
    const told = JSON.stringify(await gather(likenessFacts(knownTarget('replica', face.id))))
    expect(told).toContain('persona')
    for (const canary of Object.values(LAYER_KEY_CANARIES)) expect(told).not.toContain(canary)
    expect(told).not.toContain('layers')
  })

  it('says which kinds could not be listed, and goes on with the rest', async () => {
    const { sandbox, face, gather } = await start()
    sandbox.faults.add({
      match: { path: '/v2/personas' },
      effect: { kind: 'answer', status: 403, body: { message: 'Not in your plan' } }
    })
    const facts = unwrap(await gather(likenessFacts(knownTarget('replica', face.id))))
    expect(facts.incomplete).toEqual(['persona'])
    expect(names(facts).some((name) => name.startsWith('conversation/'))).toBe(true)
  })

  it('keeps what was known where a list breaks off, and drops it where a whole list lacks it', async () => {
    const { sandbox, face, gather } = await start()
    const stored = [knownTarget('replica', face.id), knownTarget('video', 'v404')]
    const whole = unwrap(await gather(likenessFacts(...stored)))
    expect(names(whole)).not.toContain('video/v404')
    sandbox.faults.add({
      match: { path: '/v2/videos' },
      effect: { kind: 'answer', status: 403, body: { message: 'Not in your plan' } }
    })
    const partial = unwrap(await gather(likenessFacts(...stored)))
    expect(partial.incomplete).toEqual(['video'])
    expect(names(partial)).toContain('video/v404')
  })

  it('still finds what hangs on a replica that is gone itself', async () => {
    const { sandbox, face, gather } = await start()
    sandbox.state.removeReplica(face.id)
    const facts = unwrap(await gather(likenessFacts(knownTarget('replica', face.id))))
    expect(names(facts)).not.toContain(`replica/${face.id}`)
    expect(names(facts).some((name) => name.startsWith('video/'))).toBe(true)
  })

  it('fails if nothing can be said', async () => {
    const { sandbox, face, gather } = await start()
    sandbox.allowKey(sandbox.apiKey, false)
    expect(await gather(likenessFacts(knownTarget('replica', face.id)))).toMatchObject({
      ok: false,
      error: { kind: 'key-rejected' }
    })
  })
})

it('looks at just what was named: tells what it is now, leaves out what is gone', async () => {
  const { sandbox, face, gather } = await start()
  const [video] = sandbox.state.videos
  if (video === undefined) throw new Error('The sample has no video')
  const facts = likenessFacts(
    knownTarget('replica', face.id),
    knownTarget('video', video.id),
    knownTarget('video', 'v404')
  )
  const now = unwrap(await gather(facts, false))
  expect(names(now)).toEqual([`replica/${face.id}`, `video/${video.id}`])
  expect(now.targets.map(({ name }) => name)).toEqual([face.name, video.name])
})

describe('conversations and personas', () => {
  it.each([
    ['conversation', 'soft', ''],
    ['conversation', 'permanent', 'true'],
    ['persona', 'soft', ''],
    ['persona', 'permanent', '']
  ] as const)('%s, %s: one request, and it is gone', async (kind, mode, hard) => {
    const { sandbox, provider, connection } = await start()
    const rows =
      kind === 'persona'
        ? sandbox.state.personas.filter(({ type }) => type === 'user')
        : sandbox.state.conversations.filter(({ status }) => status === 'ended')
    const id = assetRefSchema.shape.id.parse(rows[0]?.id)
    const { signal } = new AbortController()
    expect(await provider.probe(connection, kind, id, signal)).toEqual(ok('there'))
    expect(await provider.remove(connection, kind, id, mode, signal)).toMatchObject({
      value: { outcome: 'removed' }
    })
    const sent = sandbox.requests.filter(({ method }) => method === 'DELETE')
    expect(sent.map(({ path, query }) => [path, query['hard'] ?? ''])).toEqual([
      [`/v2/${kind}s/${id}`, hard]
    ])
    const after = unwrap(await provider.probe(connection, kind, id, signal))
    expect(after).not.toBe('there')
    expect(await provider.remove(connection, kind, id, mode, signal)).toMatchObject({
      value: { outcome: 'not-known' }
    })
  })

  it('refuses ids of other services, and kinds that Tavus does not keep', async () => {
    const { sandbox, provider, connection } = await start()
    const { signal } = new AbortController()
    for (const text of ['owner/name', 'owner/name:version']) {
      const id = assetRefSchema.shape.id.parse(text)
      expect(await provider.remove(connection, 'replica', id, 'soft', signal)).toMatchObject({
        error: { issues: [{ field: 'id' }] }
      })
    }
    const id = assetRefSchema.shape.id.parse('m1')
    for (const asked of [
      provider.remove(connection, 'model', id, 'soft', signal),
      provider.get(connection, 'version', id, signal),
      listAll(provider, connection, 'model', signal)
    ]) {
      expect(await asked).toMatchObject({ error: { issues: [{ code: 'not-offered' }] } })
    }
    expect(sandbox.requests).toEqual([])
  })
})
