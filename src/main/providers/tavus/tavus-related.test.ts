import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from '../../../../test/main/manual-clock.ts'
import { fixedConnection } from '../../../../test/main/providers/fixed-connection.ts'
import { createTestHttp } from '../../../../test/main/providers/test-http.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { type Sandbox, startSandbox } from '../../../../test/sandbox/faulty-sandbox.ts'
import { LAYER_KEY_CANARIES } from '../../../sandbox/canaries.ts'
import type { AssetKind } from '../../../shared/catalogue/kinds.ts'
import { assetRefSchema } from '../../../shared/domain/asset.ts'
import { ok } from '../../../shared/result.ts'
import type { PlanFacts, TargetFacts } from '../../ports/provider.ts'
import { createTavusProvider } from './tavus-provider.ts'

const open: Sandbox[] = []

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

const start = async (options: SandboxOptions = { seedData: 'sample' }) => {
  const sandbox = await startSandbox(options)
  open.push(sandbox)
  const http = createTestHttp(createManualClock(undefined, (durationMs) => durationMs < 20_000))
  const connection = fixedConnection(sandbox.origin, sandbox.apiKey)
  const provider = createTavusProvider({ http })
  const face = sandbox.state.replicas.find(({ face }) => face === 'adaeze')
  if (face === undefined) throw new Error('The sample has no such replica')
  const gather = (facts: PlanFacts, isDeep = true) =>
    provider.planner.gather(connection, facts, isDeep, new AbortController().signal)
  return { sandbox, provider, connection, face, gather }
}

const known = (kind: AssetKind, id: string): TargetFacts => ({
  target: assetRefSchema.parse({ accountId: 'acc_0123456789abcdef', kind, id }),
  name: 'As stored',
  relation: 'asked',
  statusRaw: null,
  status: null,
  origin: 'own',
  createdAt: null,
  updatedAt: null,
  parentId: null,
  notes: [],
  holds: []
})

const factsOf = (...targets: readonly TargetFacts[]): PlanFacts => ({
  madeAt: '2026-01-01T00:00:00.000Z',
  subject: { scope: 'likeness', ref: assetRefSchema.parse(known('replica', 'r1').target) },
  targets,
  incomplete: [],
  notOffered: []
})

const names = (facts: PlanFacts) => facts.targets.map(({ target }) => `${target.kind}/${target.id}`)

const value = <T>(result: { readonly ok: boolean; readonly value?: T }): T => {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result))
  return result.value
}

describe('everything that carries a face', () => {
  it('finds its videos, conversations and personas, and nobody else’s', async () => {
    const { sandbox, face, gather } = await start()
    const facts = value(await gather(factsOf(known('replica', face.id))))
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
    const told = JSON.stringify(await gather(factsOf(known('replica', face.id))))
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
    const facts = value(await gather(factsOf(known('replica', face.id))))
    expect(facts.incomplete).toEqual(['persona'])
    expect(names(facts).some((name) => name.startsWith('conversation/'))).toBe(true)
  })

  it('keeps what was known where a list breaks off, and drops it where a whole list lacks it', async () => {
    const { sandbox, face, gather } = await start()
    const stored = [known('replica', face.id), known('video', 'v404')]
    const whole = value(await gather(factsOf(...stored)))
    expect(names(whole)).not.toContain('video/v404')
    sandbox.faults.add({
      match: { path: '/v2/videos' },
      effect: { kind: 'answer', status: 403, body: { message: 'Not in your plan' } }
    })
    const partial = value(await gather(factsOf(...stored)))
    expect(partial.incomplete).toEqual(['video'])
    expect(names(partial)).toContain('video/v404')
  })

  it('still finds what hangs on a replica that is gone itself', async () => {
    const { sandbox, face, gather } = await start()
    sandbox.state.removeReplica(face.id)
    const facts = value(await gather(factsOf(known('replica', face.id))))
    expect(names(facts)).not.toContain(`replica/${face.id}`)
    expect(names(facts).some((name) => name.startsWith('video/'))).toBe(true)
  })

  it('fails if nothing can be said', async () => {
    const { sandbox, face, gather } = await start()
    sandbox.allowKey(sandbox.apiKey, false)
    expect(await gather(factsOf(known('replica', face.id)))).toMatchObject({
      ok: false,
      error: { kind: 'key-rejected' }
    })
  })
})

it('looks at just what was named: tells what it is now, leaves out what is gone', async () => {
  const { sandbox, face, gather } = await start()
  const [video] = sandbox.state.videos
  if (video === undefined) throw new Error('The sample has no video')
  const facts = factsOf(known('replica', face.id), known('video', video.id), known('video', 'v404'))
  const now = value(await gather(facts, false))
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
    const after = value(await provider.probe(connection, kind, id, signal))
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
