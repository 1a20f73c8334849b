import { afterEach, describe, expect, it } from 'vitest'
import { startReplicateSandbox } from '../../test/sandbox/faulty-replicate.ts'
import {
  askReplicate as ask,
  startReplicate as start,
  walkPages
} from '../../test/sandbox/running-replicate.ts'
import { closeAll, NOW_MS } from '../../test/sandbox/running-sandbox.ts'
import { REPLICATE_CANARIES } from './canaries.ts'
import { makeModel, makePrediction, makeVersion } from './replicate-made-data.ts'

const DAY_MS = 24 * 3_600_000
const lora = '/models/studio-north/portrait-lora'

afterEach(closeAll)

describe('tokens', () => {
  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer r8_wrong' }],
    ['another scheme', { authorization: 'Token r8_wrong' }],
    ['the key header of Tavus', { 'x-api-key': 'r8_wrong' }]
  ])('answers 401 to %s', async (_, headers) => {
    const sandbox = await start()
    const response = await fetch(`${sandbox.origin}/v1/account`, { headers })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(JSON.parse(await response.text())).toEqual({
      title: 'Unauthenticated',
      detail: 'You did not pass a valid authentication token',
      status: 401
    })
    expect(sandbox.requests).toMatchObject([{ status: 401, processed: 0 }])
  })

  it('look like real ones, work until they are revoked and are kept nowhere', async () => {
    const sandbox = await start()
    expect(sandbox.apiKey).toMatch(/^r8_\w{37}$/)
    expect((await ask(sandbox, '/account')).body).toMatchObject({
      type: 'organization',
      username: 'studio-north',
      name: 'Studio North'
    })
    sandbox.allowKey(sandbox.apiKey, false)
    expect((await ask(sandbox, '/account')).status).toBe(401)
    expect(JSON.stringify(sandbox.requests)).not.toContain(sandbox.apiKey)
  })

  it('have data of their own unless they share an account', async () => {
    const sandbox = await start({
      apiKeys: ['one', { key: 'two', seedData: 'sample' }, { key: 'three', account: 'two' }]
    })
    expect((await ask(sandbox, lora, { key: 'one' })).status).toBe(404)
    expect((await ask(sandbox, lora, { key: 'three' })).status).toBe(200)
    expect(sandbox.stateOf('three')).toBe(sandbox.stateOf('two'))
  })
})

describe('models', () => {
  it('tell what is known of them, in their own spelling', async () => {
    const sandbox = await start({ seedData: 'sample', mediaDir: '/media' })
    const { body } = await ask(sandbox, '/models/Studio-North/PORTRAIT-lora')
    expect(body).toMatchObject({
      owner: 'studio-north',
      name: 'portrait-lora',
      visibility: 'private',
      run_count: 1284,
      cover_image_url: `${sandbox.origin}/media/0/cover/studio-north/portrait-lora/adaeze.png`,
      default_example: { source: 'web' },
      latest_version: { id: sandbox.state.versionsOf('studio-north/portrait-lora')[0]?.id }
    })
  })

  it('keep their run count without a version', async () => {
    const sandbox = await start({ seedData: 'sample' })
    expect((await ask(sandbox, '/models/studio-north/old-avatar-tests')).body).toMatchObject({
      run_count: 75,
      latest_version: null
    })
  })

  it('are listed only when they are public, whoever owns them', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const { results } = (await ask(sandbox, '/models')).body
    expect(results.map(({ name }: { readonly name: string }) => name).toSorted()).toEqual([
      'portrait-trainer',
      'te-reo-portraits'
    ])
  })

  it.each([
    [404, undefined],
    [403, 403]
  ] as const)('of others answer %i when they are private', async (status, foreignModelStatus) => {
    const sandbox = await start({
      seedData: 'sample',
      ...(foreignModelStatus === undefined ? {} : { foreignModelStatus })
    })
    for (const path of ['', '/versions', `/versions/${'0'.repeat(64)}`]) {
      const answer = await ask(sandbox, `/models/other-studio/casting-faces${path}`)
      expect(answer.status).toBe(status)
    }
    expect((await ask(sandbox, '/models/open-trainers/portrait-trainer')).status).toBe(200)
  })

  it('have a readme and examples', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const readme = await ask(sandbox, `${lora}/readme`)
    expect(readme).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8' })
    expect(readme.text).toContain('# portrait-lora')
    expect((await ask(sandbox, '/models/studio-north/lobby-greeter/readme')).status).toBe(404)
    expect((await ask(sandbox, `${lora}/examples`)).body.results).toHaveLength(1)
  })

  it('change by PATCH, but not their visibility', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const body = { description: 'New', visibility: 'public' }
    const changed = await ask(sandbox, lora, { method: 'PATCH', body })
    expect(changed.body).toMatchObject({ description: 'New', visibility: 'private' })
  })
})

describe('pages', () => {
  it('follow one another by absolute links, newest first', async () => {
    const sandbox = await start({ seedData: 'sample', pageSizes: { versions: 5 } })
    const first = (await ask(sandbox, `${lora}/versions`)).body
    expect(first.previous).toBeNull()
    expect(first.next).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/v1\/models\/.+\/versions\?cursor=[\w-]+$/
    )
    const pages = await walkPages(sandbox, `${lora}/versions`)
    expect(pages.map((page) => page.length)).toEqual([5, 5, 4])
    const ids = sandbox.state.versionsOf('studio-north/portrait-lora').map(({ id }) => id)
    expect(pages.flat().map(({ id }) => id)).toEqual(ids)
    const second = (await ask(sandbox, first.next)).body
    expect((await ask(sandbox, second.previous)).body).toEqual(first)
  })

  it('neither repeat nor leave out a row when others come and go in between', async () => {
    const model = 'studio-north/likeness-1'
    let before: readonly string[] = []
    const sandbox = await start({
      seedData: { models: 1, versions: 6 },
      pageSizes: { versions: 2 },
      mutateBetweenPages: ({ hasCursor, state }) => {
        if (hasCursor) return
        state.addVersion(makeVersion(model, 'late', NOW_MS))
        // The last of the page just told, where the link points, and one still to come.
        for (const index of [1, 3]) state.removeVersion(before[index] ?? '')
      }
    })
    before = sandbox.state.versionsOf(model).map(({ id }) => id)
    const seen = (await walkPages(sandbox, `/models/${model}/versions`)).flat()
    expect(seen.map(({ id }) => id)).toEqual(before.filter((_, index) => index !== 3))
  })

  it.each(['trainings', 'predictions'] as const)('hold a hundred %s', async (list) => {
    const sandbox = await start({ seedData: { models: 1, [list]: 101 } })
    const pages = await walkPages(sandbox, `/${list}`)
    expect(pages.map((page) => page.length)).toEqual([100, 1])
  })

  it('keep the filters in their links', async () => {
    const sandbox = await start({
      seedData: { models: 1, predictions: 3 },
      pageSizes: { predictions: 2 }
    })
    const { next } = (await ask(sandbox, '/predictions?source=web')).body
    expect(new URL(next).searchParams.get('source')).toBe('web')
    expect((await ask(sandbox, next)).body.results).toHaveLength(1)
  })

  it('can point to another place', async () => {
    const sandbox = await start({
      seedData: { models: 1, deployments: 3 },
      pageSizes: { deployments: 1 },
      pageLink: (link) => link.replace(/^http:\/\/[^/]+/, 'http://api.elsewhere.example')
    })
    const { next } = (await ask(sandbox, '/deployments')).body
    expect(next).toMatch(/^http:\/\/api\.elsewhere\.example\/v1\/deployments\?cursor=/)
  })

  it('refuse a cursor that was made up', async () => {
    expect((await ask(await start(), '/trainings?cursor=made-up')).status).toBe(400)
  })
})

describe('predictions', () => {
  it('made by API lose their data after an hour, those made on the web keep it', async () => {
    const sandbox = await start({ seedData: 'sample', mediaDir: '/media' })
    const { results } = (await ask(sandbox, '/predictions')).body
    const [fresh] = results.filter((row: { readonly source: string }) => row.source === 'api')
    const [web] = results.filter((row: { readonly source: string }) => row.source === 'web')
    expect([fresh.data_removed, web.data_removed]).toEqual([false, false])
    expect(fresh.output).toHaveLength(1)
    sandbox.clock.advance(DAY_MS)
    expect((await ask(sandbox, `/predictions/${fresh.id}`)).body).toMatchObject({
      data_removed: true,
      output: null,
      status: 'succeeded'
    })
    expect((await ask(sandbox, `/predictions/${web.id}`)).body).toEqual(web)
  })

  it.each([
    ['', 11],
    ['?source=web', 3],
    ['?created_after=2026-03-02T00:00:00Z', 4],
    ['?created_before=2026-03-02T00:00:00Z', 7]
  ])('are filtered by %s, other people’s never told', async (query, count) => {
    const sandbox = await start({ seedData: 'sample' })
    expect((await ask(sandbox, `/predictions${query}`)).body.results).toHaveLength(count)
  })

  it.each(['source=api', 'created_after=yesterday'])('refuse %s', async (query) => {
    expect((await ask(await start(), `/predictions?${query}`)).status).toBe(400)
  })
})

describe('trainings and deployments', () => {
  it('carry secrets of others in inputs and logs', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const trainings = (await ask(sandbox, '/trainings')).text
    const predictions = (await ask(sandbox, '/predictions')).text
    expect(trainings).toContain(REPLICATE_CANARIES.trainingInput)
    expect(predictions).toContain(REPLICATE_CANARIES.predictionInput)
    for (const text of [trainings, predictions]) expect(text).toContain(REPLICATE_CANARIES.logs)
  })

  it('a training tells its destination only when it has succeeded', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const { id, outputVersion } = sandbox.state.trainings[0] ?? { id: '', outputVersion: '' }
    const running = await ask(sandbox, `/trainings/${id}`)
    expect(running.body).toMatchObject({ status: 'processing', output: null, completed_at: null })
    expect(running.text).not.toContain('aoi-expressions')
    sandbox.clock.advance(2 * 60_000)
    const done = await ask(sandbox, `/trainings/${id}`)
    expect(done.body).toMatchObject({
      status: 'succeeded',
      output: { version: `studio-north/aoi-expressions:${outputVersion}` }
    })
    const path = `/models/studio-north/aoi-expressions/versions/${outputVersion}`
    expect((await ask(sandbox, path)).status).toBe(200)
  })

  it.each(['succeeded', 'failed'] as const)('can be ended elsewhere as %s', async (endsAs) => {
    const sandbox = await start({ seedData: 'sample' })
    const { id, outputVersion } = sandbox.state.trainings[0] ?? { id: '', outputVersion: '' }
    sandbox.state.finishTraining(id, endsAs)
    expect((await ask(sandbox, `/trainings/${id}`)).body.status).toBe(endsAs)
    sandbox.clock.advance(DAY_MS)
    const path = `/models/studio-north/aoi-expressions/versions/${outputVersion}`
    expect((await ask(sandbox, path)).status).toBe(endsAs === 'succeeded' ? 200 : 404)
  })

  it('a deployment tells its current release, alone and in the list', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const { results } = (await ask(sandbox, '/deployments')).body
    const [found] = results.filter((row: { readonly name: string }) => row.name === 'lobby-screen')
    expect(found.current_release).toMatchObject({ model: 'studio-north/lobby-greeter' })
    const alone = await ask(sandbox, '/deployments/studio-north/lobby-screen')
    expect(alone.body).toEqual(found)
    sandbox.state.removeDeployment('lobby-screen')
    expect((await ask(sandbox, '/deployments')).body.results).toHaveLength(1)
  })
})

describe('the sample data', () => {
  it('has fourteen versions of one model: one deployed, one the base of a training', async () => {
    const { state } = await start({ seedData: 'sample' })
    const versions = state.versionsOf('studio-north/portrait-lora').map(({ id }) => id)
    const numberOf = (id: string | undefined) => versions.length - versions.indexOf(id ?? '')
    expect(versions).toHaveLength(14)
    expect(state.deployments.map(({ version }) => numberOf(version))).toContain(9)
    expect(state.trainings.map(({ version }) => numberOf(version))).toContain(12)
  })

  it('has models that are found in one way only', async () => {
    const { state } = await start({ seedData: 'sample' })
    const own = (id: string) => id.startsWith('studio-north/')
    const trained = state.trainings
      .filter(({ endsAtMs, endsAs }) => endsAtMs <= NOW_MS && endsAs === 'succeeded')
      .map(({ destination }) => destination)
    const run = state.predictions.map(({ model }) => model)
    const deployed = state.deployments.map(({ model }) => model)
    const found = new Set([...trained, ...run, ...deployed])
    const only = (ways: readonly string[], others: readonly string[]) =>
      ways.find((id) => !others.includes(id))
    expect(only(trained, [...run, ...deployed])).toBe('studio-north/piotr-radio-portrait')
    expect(only(run, [...trained, ...deployed])).toBe('studio-north/matteo-safety-films')
    expect(only(deployed, [...run, ...trained])).toBe('studio-north/lobby-greeter')
    const all = state.models.map(({ owner, name }) => `${owner}/${name}`).filter(own)
    expect(all.filter((id) => !found.has(id))).toEqual([
      'studio-north/old-avatar-tests',
      'studio-north/aoi-expressions'
    ])
  })
})

describe('elsewhere', () => {
  it('goes on from a snapshot', async () => {
    let changes = 0
    const first = await start({
      seedData: { models: 1 },
      onChange: () => {
        changes += 1
      }
    })
    first.state.addModel(makeModel('later', NOW_MS))
    first.state.addPrediction(
      makePrediction('web', makeVersion('studio-north/later', '1', NOW_MS), NOW_MS)
    )
    expect(changes).toBe(2)
    const second = await start({ snapshot: first.snapshot() })
    expect(second.state.data).toEqual(first.state.data)
    expect((await ask(second, '/models/studio-north/later')).status).toBe(200)
  })

  it.each([
    ['/nothing', 'GET', 404],
    ['/account', 'PUT', 405]
  ])('answers %s %s with %i', async (path, method, status) => {
    expect((await ask(await start(), path, { method })).status).toBe(status)
  })

  it('needs a token to start', async () => {
    await expect(startReplicateSandbox({ apiKeys: [] })).rejects.toThrow('at least one token')
  })
})
