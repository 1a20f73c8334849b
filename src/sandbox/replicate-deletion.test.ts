import { afterEach, describe, expect, it } from 'vitest'
import { countDeletionRequests } from '../../test/sandbox/deletion-requests.ts'
import type { ReplicateOptions, ReplicateSandbox } from '../../test/sandbox/faulty-replicate.ts'
import { replicateFaults, throttled } from '../../test/sandbox/replicate-faults.ts'
import { askReplicate, startReplicate } from '../../test/sandbox/running-replicate.ts'
import { closeAll, NOW_MS } from '../../test/sandbox/running-sandbox.ts'
import { makeDeployment, makeModel, makePrediction, makeTraining } from './replicate-made-data.ts'
import type { RefusalRule, StoredVersion } from './replicate-snapshot.ts'

const MODEL = 'studio-north/likeness-1'

afterEach(closeAll)

const start = async (options: ReplicateOptions = {}) => {
  const sandbox = await startReplicate({ seedData: { models: 1 }, removalMs: 1_000, ...options })
  const [version] = sandbox.state.versionsOf(MODEL)
  if (version === undefined) throw new Error('A made model has a version')
  return { sandbox, version, path: `/models/${MODEL}/versions/${version.id}` }
}

const remove = (sandbox: ReplicateSandbox, path: string) =>
  askReplicate(sandbox, path, { method: 'DELETE' })

const statusOf = async (sandbox: ReplicateSandbox, path: string): Promise<number> =>
  (await askReplicate(sandbox, path)).status

const listedIn = async (sandbox: ReplicateSandbox): Promise<number> =>
  (await askReplicate(sandbox, `/models/${MODEL}/versions`)).body.results.length

describe('a version', () => {
  it('is accepted with 202, stays listed meanwhile, and goes with its predictions', async () => {
    const { sandbox, version, path } = await start()
    sandbox.state.addPrediction(makePrediction('own', version, NOW_MS))
    expect(await remove(sandbox, path)).toMatchObject({ status: 202, text: '', type: null })
    expect([await statusOf(sandbox, path), await listedIn(sandbox)]).toEqual([200, 1])
    sandbox.clock.advance(1_000)
    expect([await statusOf(sandbox, path), await listedIn(sandbox)]).toEqual([404, 0])
    expect((await askReplicate(sandbox, '/predictions')).body.results).toEqual([])
    expect(await remove(sandbox, path)).toMatchObject({
      status: 404,
      body: { detail: 'Not found.' }
    })
  })

  it('can vanish at once and still stand in the way of its model', async () => {
    const { sandbox, path } = await start({ removingVersions: 'hidden' })
    await remove(sandbox, path)
    expect([await statusOf(sandbox, path), await listedIn(sandbox)]).toEqual([404, 0])
    expect((await remove(sandbox, `/models/${MODEL}`)).status).toBe(400)
    sandbox.clock.advance(1_000)
    expect((await remove(sandbox, `/models/${MODEL}`)).status).toBe(204)
  })

  it('can vanish without standing in the way', async () => {
    const { sandbox, path } = await start({
      removingVersions: 'hidden',
      removingVersionsBlock: false
    })
    await remove(sandbox, path)
    expect((await remove(sandbox, `/models/${MODEL}`)).status).toBe(204)
  })

  it('can be back when its removal failed', async () => {
    const { sandbox, version, path } = await start({
      removingVersions: 'hidden',
      removalFails: (id) => id !== 'another'
    })
    await remove(sandbox, path)
    expect(await statusOf(sandbox, path)).toBe(404)
    sandbox.clock.advance(1_000)
    expect([await statusOf(sandbox, path), await listedIn(sandbox)]).toEqual([200, 1])
    expect(version.removal).toBeNull()
  })

  it.each([202, 404, 409] as const)('answers a second delete with %i', async (status) => {
    const { sandbox, path } = await start({ repeatedDeleteStatus: status })
    await remove(sandbox, path)
    expect((await remove(sandbox, path)).status).toBe(status)
    expect(sandbox.state.deletions.map(({ outcome }) => outcome)).toEqual(['accepted', 'repeated'])
  })

  it('is not found under another model', async () => {
    const { sandbox, version } = await start()
    sandbox.state.addModel(makeModel('other', NOW_MS))
    const path = `/models/studio-north/other/versions/${version.id}`
    expect((await remove(sandbox, path)).status).toBe(404)
  })
})

describe('a model', () => {
  it('is deleted with 204, and its name stays taken', async () => {
    const sandbox = await startReplicate({ seedData: { models: 1, versions: 0 } })
    expect(await remove(sandbox, `/models/${MODEL}`)).toMatchObject({ status: 204, text: '' })
    expect(await statusOf(sandbox, `/models/${MODEL}`)).toBe(404)
    const create = (name: string) =>
      askReplicate(sandbox, '/models', {
        method: 'POST',
        body: { owner: 'studio-north', name, visibility: 'private', hardware: 'cpu' }
      })
    expect((await create('likeness-1')).status).toBe(409)
    expect((await create('fresh')).status).toBe(201)
    expect((await create('fresh')).status).toBe(409)
    expect(await statusOf(sandbox, '/models/studio-north/fresh')).toBe(200)
  })

  it('can free its name', async () => {
    const sandbox = await startReplicate({
      seedData: { models: 1, versions: 0 },
      deletedNames: 'free'
    })
    await remove(sandbox, `/models/${MODEL}`)
    const body = { owner: 'studio-north', name: 'likeness-1', visibility: 'private' }
    const created = await askReplicate(sandbox, '/models', { method: 'POST', body })
    expect(created.status).toBe(201)
  })
})

const obstacles: Readonly<
  Record<RefusalRule, (sandbox: ReplicateSandbox, version: StoredVersion) => void>
> = {
  R1: ({ state }) => {
    state.changeModel(MODEL, { owner: 'kea-classroom', visibility: 'public' })
    const [version] = state.data.versions
    state.changeVersion(version?.id ?? '', { model: 'kea-classroom/likeness-1' })
  },
  R2: ({ state }) => state.changeModel(MODEL, { visibility: 'public' }),
  R3: () => undefined,
  R4: ({ state }, version) => state.addPrediction(makePrediction('theirs', version, NOW_MS, 'kea')),
  R5: ({ state }, version) => state.addTraining(makeTraining('base', version, 'a/b', NOW_MS)),
  R6: ({ state }, version) => state.addDeployment(makeDeployment('lobby', version, NOW_MS)),
  R7: ({ state }, version) => state.changeVersion(version.id, { isOverrideTarget: true })
}

const pathOf = (rule: RefusalRule, version: StoredVersion): string => {
  const owner = rule === 'R1' ? 'kea-classroom' : 'studio-north'
  const model = `/models/${owner}/likeness-1`
  return rule === 'R3' ? model : `${model}/versions/${version.id}`
}

const rules = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'] as const

describe('a refusal', () => {
  it.each(rules)('by %s leaves all as it was and is logged', async (rule) => {
    const { sandbox, version } = await start()
    obstacles[rule](sandbox, version)
    const answer = await remove(sandbox, pathOf(rule, version))
    expect(answer).toMatchObject({
      status: rule === 'R1' ? 403 : 400,
      type: 'application/problem+json',
      body: { title: 'Cannot delete', detail: expect.any(String) }
    })
    expect(sandbox.state.versions).toHaveLength(1)
    expect(sandbox.state.models).toHaveLength(1)
    const deletions = sandbox.state.deletions.map((row) => [row.outcome, row.rules[0]])
    expect(deletions).toEqual([['refused', rule]])
  })

  it('by R6 meets versions of earlier releases, which nothing shows', async () => {
    const { sandbox, version, path } = await start()
    const deployment = makeDeployment('lobby', version, NOW_MS)
    sandbox.state.addDeployment({
      ...deployment,
      version: 'another',
      formerVersions: [version.id]
    })
    expect((await remove(sandbox, path)).status).toBe(400)
    expect((await askReplicate(sandbox, '/deployments')).text).not.toContain(version.id)
    sandbox.state.removeDeployment('lobby')
    expect((await remove(sandbox, path)).status).toBe(202)
  })

  it('names every rule in the log and answers the first', async () => {
    const { sandbox, version, path } = await start({
      refusals: { R2: { status: 422, detail: 'Make it private first.' } }
    })
    obstacles.R2(sandbox, version)
    obstacles.R5(sandbox, version)
    obstacles.R6(sandbox, version)
    expect(await remove(sandbox, path)).toMatchObject({
      status: 422,
      body: { detail: 'Make it private first.', status: 422 }
    })
    expect(sandbox.state.deletions[0]?.rules).toEqual(['R2', 'R5', 'R6'])
  })

  it.each([
    ['problem', 'application/problem+json', /^\{"title":.+"detail":.+"status":409\}$/],
    ['detail', 'application/json; charset=utf-8', /^\{"detail":"[^"]+"\}$/],
    ['text', 'text/plain; charset=utf-8', /^This version/],
    ['html', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['empty', null, /^$/]
  ] as const)('can be shaped as %s', async (shape, type, text) => {
    const { sandbox, version, path } = await start({ refusal: { status: 409, shape } })
    obstacles.R6(sandbox, version)
    const answer = await remove(sandbox, path)
    expect([answer.status, answer.type]).toEqual([409, type])
    expect(answer.text).toMatch(text)
  })
})

describe('the log of deletions', () => {
  it('agrees with what arrived', async () => {
    const { sandbox, version, path } = await start()
    sandbox.faults.add({ effect: throttled({ retryAfter: '1' }), times: 1 })
    await remove(sandbox, path)
    await remove(sandbox, path)
    await remove(sandbox, `/models/${MODEL}`)
    expect(sandbox.state.timesAskedToDelete(version.id)).toBe(1)
    expect(sandbox.state.deletions).toEqual([
      {
        kind: 'version',
        id: version.id,
        model: MODEL,
        atMs: NOW_MS,
        outcome: 'accepted',
        rules: []
      },
      { kind: 'model', id: MODEL, model: MODEL, atMs: NOW_MS, outcome: 'refused', rules: ['R3'] }
    ])
    expect(countDeletionRequests(sandbox.requests)).toEqual([
      {
        kind: 'versions',
        id: version.id,
        soft: 0,
        hard: 2,
        processed: 1,
        statuses: [429, 202]
      },
      { kind: 'models', id: MODEL, soft: 0, hard: 1, processed: 1, statuses: [400] }
    ])
  })
})

describe('throttling', () => {
  it('tells the wait in each known place', async () => {
    const { sandbox } = await start()
    sandbox.faults.add({
      effect: throttled({ retryAfter: '7', inBody: 30, inText: 31, reset: 12 })
    })
    const response = await fetch(`${sandbox.origin}/v1/account`)
    expect(response.status).toBe(429)
    expect(JSON.parse(await response.text())).toEqual({
      detail: 'Request was throttled. Your rate limit resets in ~31s.',
      status: 429,
      retry_after: 30
    })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'retry-after': '7',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '12'
    })
  })

  it.each(Object.entries(replicateFaults))('%s goes out as it is written', async (_, effect) => {
    const { sandbox, path } = await start()
    sandbox.faults.add({ effect })
    const answer = await remove(sandbox, path)
    expect(answer.status).toBe(effect.kind === 'answer' ? effect.status : 0)
    if (answer.body !== null) expect(answer.body).toEqual(JSON.parse(answer.text))
    expect(sandbox.state.deletions).toEqual([])
  })
})
