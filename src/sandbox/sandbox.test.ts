import { afterEach, describe, expect, it } from 'vitest'
import { DOWNLOAD_LINK_ERROR, makeReplica } from './sample-data.ts'
import { DEFAULT_SANDBOX_KEY } from './sandbox.ts'
import { ask, closeAll, idsOf, NOW, NOW_MS, start } from './sandbox-test-kit.ts'

afterEach(closeAll)

const trainVideo = 'https://bucket.example.com/train.mp4?X-Amz-Signature=abc'

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

describe('GET /v2/replicas', () => {
  it('carries the documented fields', async () => {
    const sandbox = await start({ replicaFields: 'seed', mediaDir: '/media' })
    sandbox.state.addReplica(makeReplica('Rio', NOW_MS))
    const [row] = (await ask(sandbox, '/v2/replicas')).body.data
    expect(row).toEqual({
      replica_id: expect.stringMatching(/^r[0-9a-f]{11}$/),
      replica_name: 'Rio',
      thumbnail_video_url: `${sandbox.origin}/media/0/${sandbox.state.replicas[0]?.id}/thumbnail/adaeze.mp4`,
      training_progress: '100/100',
      status: 'completed',
      created_at: NOW
    })
  })

  it('tells the type only when asked to be verbose', async () => {
    const sandbox = await start({ seedData: { replicas: 1 } })
    const [brief] = (await ask(sandbox, '/v2/replicas')).body.data
    const [verbose] = (await ask(sandbox, '/v2/replicas?verbose=true')).body.data
    expect(brief).not.toHaveProperty('replica_type')
    expect(verbose).toHaveProperty('replica_type', 'user')
  })

  it.each([
    ['', 5],
    ['?replica_type=user', 3],
    ['?replica_type=system', 2],
    ['?model_name=phoenix-4', 5],
    ['?model_name=phoenix-3', 0]
  ])('filters by %s', async (query, count) => {
    const sandbox = await start({ seedData: { replicas: 3, stock: 2 } })
    expect((await ask(sandbox, `/v2/replicas${query}`)).body.total_count).toBe(count)
  })

  it('can leave stock replicas out of the unfiltered list', async () => {
    const sandbox = await start({ seedData: { replicas: 3, stock: 2 }, unfilteredList: 'own' })
    expect((await ask(sandbox, '/v2/replicas')).body.total_count).toBe(3)
  })

  it('filters by ids', async () => {
    const sandbox = await start({ seedData: { replicas: 5 } })
    const [first, , third] = await idsOf(sandbox, '/v2/replicas')
    const wanted = `/v2/replicas?replica_ids=${first},${third},rffffffffff`
    expect(await idsOf(sandbox, wanted)).toEqual([first, third])
    expect((await ask(sandbox, wanted)).body.total_count).toBe(2)
  })

  it.each([
    { firstPage: 1, pages: [1, 2, 3] },
    { firstPage: 0, pages: [0, 1, 2] }
  ] as const)('pages from $firstPage', async ({ firstPage, pages }) => {
    const sandbox = await start({ seedData: { replicas: 5 }, firstPage })
    const walked = await Promise.all(
      pages.map((page) => idsOf(sandbox, `/v2/replicas?limit=2&page=${page}`))
    )
    expect(walked.map((page) => page.length)).toEqual([2, 2, 1])
    expect(walked.flat()).toEqual(await idsOf(sandbox, '/v2/replicas?limit=50'))
    const answer = await ask(sandbox, '/v2/replicas?limit=2&page=9')
    expect(answer.body).toEqual({ data: [], total_count: 5 })
  })

  it.each(['limit=0', 'limit=x', 'page=1.5'])('refuses %s', async (query) => {
    expect((await ask(await start(), `/v2/replicas?${query}`)).status).toBe(400)
  })

  it('cuts large limits and misstates the total when told to', async () => {
    const sandbox = await start({ seedData: { replicas: 5 }, maxLimit: 2, totalCountOffset: 7 })
    const { body } = await ask(sandbox, '/v2/replicas?limit=1000')
    expect(body.data).toHaveLength(2)
    expect(body.total_count).toBe(12)
  })

  it('lets a test change the account between two pages', async () => {
    const sandbox = await start({
      seedData: { replicas: 4 },
      mutateBetweenPages: ({ page, state }) => {
        if (page === 1) state.addReplica(makeReplica('Late', NOW_MS))
      }
    })
    const first = await idsOf(sandbox, '/v2/replicas?limit=2&page=1')
    const second = await idsOf(sandbox, '/v2/replicas?limit=2&page=2')
    expect(second[0]).toBe(first[1])
  })
})

describe('POST /v2/replicas', () => {
  it('starts a training that follows the clock', async () => {
    const sandbox = await start({ timeLapseMs: 1_000 })
    const body = { train_video_url: trainVideo, replica_name: 'Rio' }
    const created = await ask(sandbox, '/v2/replicas', { method: 'POST', body })
    expect(created.body).toEqual({
      replica_id: expect.stringMatching(/^r[0-9a-f]{11}$/),
      status: 'started'
    })
    const path = `/v2/replicas/${created.body.replica_id}`
    const seen: unknown[] = []
    for (const stepMs of [0, 500, 499, 1]) {
      sandbox.clock.advance(stepMs)
      const { status, training_progress } = (await ask(sandbox, path)).body
      seen.push(`${status} ${training_progress}`)
    }
    expect(seen).toEqual(['started 0/100', 'started 50/100', 'started 99/100', 'completed 100/100'])
  })

  it('tunes phoenix-4.5 after its preview', async () => {
    const sandbox = await start({ timeLapseMs: 1_000 })
    const body = { train_video_url: trainVideo, model_name: 'phoenix-4.5' }
    const { replica_id } = (await ask(sandbox, '/v2/replicas', { method: 'POST', body })).body
    const seen: unknown[] = []
    for (const stepMs of [0, 1_000, 1_000]) {
      sandbox.clock.advance(stepMs)
      const row = (await ask(sandbox, `/v2/replicas/${replica_id}`)).body
      seen.push([row.status, row.finetune_status])
    }
    expect(seen).toEqual([
      ['started', null],
      ['completed', 'started'],
      ['completed', 'completed']
    ])
  })

  it.each([
    ['neither link', {}, 'Either train_video_url or train_image_url must be provided.'],
    ['plain http', { train_video_url: 'http://example.com/a.mp4' }, 'Invalid train_video_url'],
    ['a file', { train_video_url: 'file:///a.mp4' }, 'Invalid train_video_url'],
    ['no URL', { train_video_url: 'a.mp4' }, 'Invalid train_video_url'],
    ['a number', { train_video_url: 4 }, 'Invalid train_video_url'],
    [
      'a bad consent link',
      { train_video_url: trainVideo, consent_video_url: 'x' },
      'Invalid consent_video_url'
    ],
    ['a bad callback', { train_video_url: trainVideo, callback_url: 'x' }, 'Invalid callback_url'],
    ['a bad model', { train_video_url: trainVideo, model_name: 'phoenix-9' }, 'Invalid model_name'],
    [
      'a bad green screen',
      { train_video_url: trainVideo, properties: { background_green_screen: 'yes' } },
      'Invalid properties'
    ]
  ])('refuses %s', async (_, body, error) => {
    const sandbox = await start()
    const answer = await ask(sandbox, '/v2/replicas', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 400, body: { error } })
    expect(sandbox.state.replicas).toEqual([])
  })

  it('takes plain http from this machine, which has no other', async () => {
    const body = { train_video_url: 'http://127.0.0.1:8080/a.mp4' }
    const answer = await ask(await start(), '/v2/replicas', { method: 'POST', body })
    expect(answer.status).toBe(200)
  })

  it('fails a training whose link is over', async () => {
    const sandbox = await start({ timeLapseMs: 1_000 })
    const link = 'https://b.example.com/a.mp4?X-Amz-Date=20260304T040607Z&X-Amz-Expires=3600'
    const body = { train_video_url: link }
    const { replica_id } = (await ask(sandbox, '/v2/replicas', { method: 'POST', body })).body
    sandbox.clock.advance(1_000)
    const row = (await ask(sandbox, `/v2/replicas/${replica_id}`)).body
    expect(row).toMatchObject({ status: 'error', error_message: DOWNLOAD_LINK_ERROR })
    const [listed] = (await ask(sandbox, '/v2/replicas')).body.data
    expect(listed).not.toHaveProperty('error_message')
  })
})

describe('DELETE /v2/replicas/{replica_id}', () => {
  it.each([200, 204] as const)('answers %i without a body, and the row is gone', async (status) => {
    const sandbox = await start({ seedData: { replicas: 2 }, deleteStatus: status })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    const answer = await ask(sandbox, `/v2/replicas/${id}`, { method: 'DELETE' })
    expect(answer).toMatchObject({ status, text: '' })
    expect(await idsOf(sandbox, '/v2/replicas')).not.toContain(id)
    expect(sandbox.state.hardDeletions).toEqual([])
  })

  it('keeps a log of what was deleted for good', async () => {
    const sandbox = await start({ seedData: { replicas: 2 }, deletedReplicas: 'stay' })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    await ask(sandbox, `/v2/replicas/${id}?hard=true`, { method: 'DELETE' })
    expect(sandbox.state.hardDeletions).toEqual([{ kind: 'replica', id, atMs: NOW_MS }])
    expect(await idsOf(sandbox, '/v2/replicas')).not.toContain(id)
  })

  it.each(['', '?hard=false', '?hard=1'])('takes %s for a soft delete', async (query) => {
    const sandbox = await start({ seedData: { replicas: 1 } })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    await ask(sandbox, `/v2/replicas/${id}${query}`, { method: 'DELETE' })
    expect(sandbox.state.hardDeletions).toEqual([])
  })

  it('can leave the row behind as deleted, until it is deleted for good', async () => {
    const sandbox = await start({ seedData: { replicas: 1 }, deletedReplicas: 'stay' })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    await ask(sandbox, `/v2/replicas/${id}`, { method: 'DELETE' })
    expect((await ask(sandbox, `/v2/replicas/${id}`)).body.status).toBe('deleted')
    await ask(sandbox, `/v2/replicas/${id}?hard=true`, { method: 'DELETE' })
    expect((await ask(sandbox, `/v2/replicas/${id}`)).status).toBe(400)
  })

  it('can go on listing a deleted row for a while', async () => {
    const sandbox = await start({ seedData: { replicas: 1 }, deletionLagMs: 1_000 })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    await ask(sandbox, `/v2/replicas/${id}`, { method: 'DELETE' })
    expect(await idsOf(sandbox, '/v2/replicas')).toEqual([id])
    sandbox.clock.advance(1_000)
    expect(await idsOf(sandbox, '/v2/replicas')).toEqual([])
  })

  it('answers 400 to an unknown or deleted id', async () => {
    const sandbox = await start({ seedData: { replicas: 1 } })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    await ask(sandbox, `/v2/replicas/${id}`, { method: 'DELETE' })
    for (const path of [`/v2/replicas/${id}`, '/v2/replicas/pffffffffff']) {
      const answer = await ask(sandbox, path, { method: 'DELETE' })
      expect(answer).toMatchObject({ status: 400, body: { error: 'Invalid replica_id' } })
    }
  })

  it.each(['DELETE', 'PATCH'])('refuses %s of a stock replica', async (method) => {
    const sandbox = await start({ seedData: { replicas: 0, stock: 1 }, stockRefusalStatus: 403 })
    const [id] = await idsOf(sandbox, '/v2/replicas?replica_type=system')
    const path = method === 'PATCH' ? `/v2/replicas/${id}/name` : `/v2/replicas/${id}`
    const body = method === 'PATCH' ? { replica_name: 'Mine' } : undefined
    expect((await ask(sandbox, path, { method, body })).status).toBe(403)
    expect(sandbox.state.replicas).toHaveLength(1)
  })
})

describe('names', () => {
  it('renames a replica', async () => {
    const sandbox = await start({ seedData: { replicas: 1 } })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    const path = `/v2/replicas/${id}/name`
    await ask(sandbox, path, { method: 'PATCH', body: { replica_name: 'Neu' } })
    expect((await ask(sandbox, `/v2/replicas/${id}`)).body.replica_name).toBe('Neu')
    expect(
      (await ask(sandbox, path, { method: 'PATCH', body: { replica_name: ' ' } })).status
    ).toBe(400)
  })

  it('speaks of faces on the newer paths', async () => {
    const sandbox = await start({ seedData: { replicas: 2 } })
    const [id] = await idsOf(sandbox, '/v2/replicas')
    const list = await ask(sandbox, `/v2/faces?face_ids=${id}&face_type=user&verbose=true`)
    expect(list.body.data).toMatchObject([{ face_id: id, face_type: 'user' }])
    expect(list.text).not.toContain('replica_')
    await ask(sandbox, `/v2/faces/${id}/name`, { method: 'PATCH', body: { face_name: 'Neu' } })
    expect((await ask(sandbox, `/v2/faces/${id}`)).body.face_name).toBe('Neu')
    const unknown = await ask(sandbox, '/v2/faces/rffffffffff')
    expect(unknown).toMatchObject({ status: 400, body: { error: 'Invalid face_id' } })
  })
})

describe('videos', () => {
  it('pages from 0, ten at a time, with dates of RFC 1123', async () => {
    const sandbox = await start({ seedData: { replicas: 1, videos: 12 } })
    const first = await ask(sandbox, '/v2/videos')
    const second = await ask(sandbox, '/v2/videos?page=1')
    expect([first.body.data.length, second.body.data.length]).toEqual([10, 2])
    expect(first.body.data[0]).toMatchObject({
      video_id: expect.stringMatching(/^[0-9a-f]{10}$/),
      status: 'ready',
      created_at: 'Tue, 03 Mar 2026 05:06:07 GMT'
    })
  })

  it.each([
    ['iso', '2026-03-03T05:06:07.089Z'],
    ['no-zone', '2026-03-03 05:06:07.089000']
  ] as const)('can write dates as %s', async (videoDates, expected) => {
    const sandbox = await start({ seedData: { replicas: 1, videos: 1 }, videoDates })
    const [row] = (await ask(sandbox, '/v2/videos')).body.data
    expect(row.created_at).toBe(expected)
  })

  it('holds a video back until its replica is trained, then renders it', async () => {
    const sandbox = await start({ timeLapseMs: 4_000 })
    const replica = { train_video_url: trainVideo }
    const { replica_id } = (await ask(sandbox, '/v2/replicas', { method: 'POST', body: replica }))
      .body
    const body = { replica_id, script: 'Hello', video_name: 'First' }
    const created = await ask(sandbox, '/v2/videos', { method: 'POST', body })
    expect(created.body).toMatchObject({ video_name: 'First', status: 'queued' })
    const seen: string[] = []
    for (const stepMs of [3_999, 501, 500]) {
      sandbox.clock.advance(stepMs)
      const row = (await ask(sandbox, `/v2/videos/${created.body.video_id}`)).body
      seen.push(`${row.status} ${row.generation_progress}`)
    }
    expect(seen).toEqual(['queued 0/100', 'generating 50/100', 'ready 100/100'])
  })

  it('renames and deletes, and answers 400 to an unknown id', async () => {
    const sandbox = await start({ seedData: { replicas: 1, videos: 1 }, deletedVideos: 'stay' })
    const id = sandbox.state.videos[0]?.id ?? ''
    await ask(sandbox, `/v2/videos/${id}/name`, { method: 'PATCH', body: { video_name: 'Neu' } })
    expect((await ask(sandbox, `/v2/videos/${id}`)).body.video_name).toBe('Neu')
    await ask(sandbox, `/v2/videos/${id}`, { method: 'DELETE' })
    expect((await ask(sandbox, `/v2/videos/${id}`)).body.status).toBe('deleted')
    await ask(sandbox, `/v2/videos/${id}?hard=true`, { method: 'DELETE' })
    const answer = await ask(sandbox, `/v2/videos/${id}`, { method: 'DELETE' })
    expect(answer).toMatchObject({ status: 400, body: { error: 'Invalid video_id' } })
    expect(sandbox.state.hardDeletions).toMatchObject([{ kind: 'video', id }])
  })

  it('refuses a video of an unknown replica', async () => {
    const body = { replica_id: 'rffffffffff', script: 'Hello' }
    const answer = await ask(await start(), '/v2/videos', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 400, body: { error: 'Invalid replica_id' } })
  })
})

describe('sample data', () => {
  it('has people, stock, trainings and videos in several states', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const own = (await ask(sandbox, '/v2/replicas?replica_type=user&limit=100')).body
    const statuses = own.data.map((row: { readonly status: string }) => row.status)
    const count = (status: string) => statuses.filter((each: string) => each === status).length
    expect([own.total_count, count('started'), count('error')]).toEqual([16, 3, 1])
    expect((await ask(sandbox, '/v2/replicas?replica_type=system')).body.total_count).toBe(8)
    const videos = (await ask(sandbox, '/v2/videos?limit=100')).body.data
    const kinds = new Set(videos.map((row: { readonly status: string }) => row.status))
    expect(kinds).toEqual(new Set(['generating', 'queued', 'ready', 'error']))
  })

  it('moves: one training completes, one fails, one replica vanishes', async () => {
    const sandbox = await start({ seedData: 'sample' })
    const named = async (name: string) => {
      const { data } = (await ask(sandbox, '/v2/replicas?limit=100')).body
      return data.find((row: { readonly replica_name: string }) => row.replica_name === name)
    }
    expect(await named('Tamar Gelashvili')).toBeDefined()
    sandbox.clock.advance(5 * 60_000)
    expect(await named('Liu Wenjing')).toMatchObject({ status: 'completed' })
    expect(await named('Kwabena Mensah')).toMatchObject({ status: 'started' })
    expect(await named('Tamar Gelashvili')).toBeUndefined()
    const failed = await named('Elias Sandström')
    expect((await ask(sandbox, `/v2/replicas/${failed.replica_id}`)).body).toMatchObject({
      status: 'error',
      error_message: DOWNLOAD_LINK_ERROR
    })
  })

  it('has a likeness that reaches far: twelve videos, three conversations, one persona', async () => {
    const { state } = await start({ seedData: 'sample' })
    const { id } = state.replicas.find(({ name }) => name === 'Adaeze Nwosu') ?? {}
    const conversations = state.conversations.filter(({ replicaId }) => replicaId === id)
    expect(state.videos.filter(({ replicaId }) => replicaId === id)).toHaveLength(12)
    expect(conversations.map(({ status }) => status)).toEqual(['active', 'ended', 'ended'])
    expect(state.personas.filter(({ defaultReplicaId }) => defaultReplicaId === id)).toHaveLength(1)
  })

  it('gives the same ids in every run', async () => {
    const [first, second] = [
      await start({ seedData: 'sample' }),
      await start({ seedData: 'sample' })
    ]
    expect(await idsOf(first, '/v2/replicas')).toEqual(await idsOf(second, '/v2/replicas'))
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
