import { afterEach, describe, expect, it } from 'vitest'
import { ask, closeAll, idsOf, NOW, NOW_MS, start } from '../../test/sandbox/running-sandbox.ts'
import { makeReplica } from './sample-data.ts'
import { DOWNLOAD_LINK_ERROR } from './sample-people.ts'

afterEach(closeAll)

const trainVideo = 'https://bucket.example.com/train.mp4?X-Amz-Signature=abc'
const image = 'https://bucket.example.com/face.png'
const name = { voice_name: 'anna' }

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
    ],
    [
      'an image without a voice',
      { train_image_url: image },
      'voice_name is required with an image.'
    ],
    [
      'two voices',
      { train_image_url: image, ...name, default_voice_id: 'v' },
      'Send either voice_name or default_voice_id.'
    ],
    ['an empty voice', { train_image_url: image, voice_name: ' ' }, 'Invalid voice_name'],
    ['a voice that is none', { train_video_url: trainVideo, voice_name: 4 }, 'Invalid voice_name'],
    [
      'a video to be corrected',
      { train_video_url: trainVideo, auto_fix_training_image: true },
      'Invalid auto_fix_training_image'
    ],
    [
      'an image for phoenix-3',
      { train_image_url: image, ...name, model_name: 'phoenix-3' },
      'Invalid model_name: phoenix-3 takes no image.'
    ],
    [
      'an image beside a video',
      { train_video_url: trainVideo, train_image_url: image, ...name },
      'Send either train_video_url or train_image_url, not both.'
    ]
  ])('refuses %s', async (_, body, error) => {
    const sandbox = await start()
    const answer = await ask(sandbox, '/v2/replicas', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 400, body: { error } })
    expect(sandbox.state.replicas).toEqual([])
  })

  it.each([name, { default_voice_id: 'v1' }, { ...name, auto_fix_training_image: true }])(
    'trains from an image with %o',
    async (voice) => {
      const body = { train_image_url: image, ...voice }
      const answer = await ask(await start(), '/v2/replicas', { method: 'POST', body })
      expect(answer.status).toBe(200)
    }
  )

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
