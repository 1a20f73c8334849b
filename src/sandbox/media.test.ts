import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../test/sandbox/faulty-sandbox.ts'

const mediaDir = fileURLToPath(new URL('../../resources/sample/', import.meta.url))

describe('media', () => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await startSandbox({ seedData: 'sample', mediaDir })
  })

  afterAll(() => sandbox.close())

  const get = (path: string, range?: string) =>
    fetch(`${sandbox.origin}${path}`, range === undefined ? {} : { headers: { range } })

  it('has a clip and a poster for every sample replica', async () => {
    const response = await fetch(`${sandbox.origin}/v2/replicas?limit=100`, {
      headers: { 'x-api-key': sandbox.apiKey }
    })
    const { data } = JSON.parse(await response.text())
    expect(data).toHaveLength(24)
    for (const row of data) {
      const clip = Buffer.from(await (await fetch(row.thumbnail_video_url)).arrayBuffer())
      const poster = Buffer.from(await (await fetch(row.thumbnail_image_url)).arrayBuffer())
      expect(clip.toString('latin1', 4, 8)).toBe('ftyp')
      expect(poster.toString('latin1', 1, 4)).toBe('PNG')
    }
  })

  it('says what it serves', async () => {
    const clip = await get('/media/aoi.mp4')
    expect(Object.fromEntries(clip.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes'
    })
    expect((await get('/media/aoi.png')).headers.get('content-type')).toBe('image/png')
  })

  it.each([
    ['bytes=0-3', 0, 4],
    ['bytes=4-', 4, undefined],
    ['bytes=-5', -5, undefined],
    ['bytes=4-999999999', 4, undefined]
  ])('serves the range %s', async (range, start, end) => {
    const whole = Buffer.from(await (await get('/media/aoi.mp4')).arrayBuffer())
    const part = await get('/media/aoi.mp4', range)
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(start, end))
  })

  it.each(['bytes=999999999-', 'bytes=5-4', 'bytes=-0', 'bytes=-', 'items=0-1'])(
    'refuses the range %s',
    async (range) => {
      expect((await get('/media/aoi.mp4', range)).status).toBe(416)
    }
  )

  it('breaks off where a fault says so, and is whole again after it', async () => {
    const effect = { kind: 'reset', when: 'mid-body' } as const
    sandbox.mediaFaults.add({ match: { path: '/media/aoi.' }, effect, times: 1 })
    expect((await get('/media/leila.mp4')).status).toBe(200)
    const broken = await get('/media/aoi.mp4')
    expect(broken.headers.get('content-type')).toBe('video/mp4')
    await expect(broken.arrayBuffer()).rejects.toThrow()
    const whole = await (await get('/media/aoi.mp4')).arrayBuffer()
    expect(Buffer.from(whole).toString('latin1', 4, 8)).toBe('ftyp')
  })

  it.each(['/media/nobody.mp4', '/media/README.md', '/media/..%2f..%2fpackage.json', '/media/'])(
    'does not serve %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    }
  )
})
