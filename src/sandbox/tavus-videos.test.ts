import { afterEach, describe, expect, it } from 'vitest'
import { ask, closeAll, start } from '../../test/sandbox/running-sandbox.ts'

afterEach(closeAll)

const trainVideo = 'https://bucket.example.com/train.mp4?X-Amz-Signature=abc'

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
