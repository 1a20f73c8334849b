import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { Sandbox, SandboxOptions } from '../../test/sandbox/faulty-sandbox.ts'
import { ask, closeAll, start } from '../../test/sandbox/running-sandbox.ts'

const mediaDir = fileURLToPath(new URL('../../resources/sample/', import.meta.url))

afterEach(closeAll)

const startWithMedia = (options: SandboxOptions = {}): Promise<Sandbox> =>
  start({ seedData: { replicas: 1, videos: 1 }, mediaDir, ...options })

const linksOfVideo = async (sandbox: Sandbox) => {
  const id = sandbox.state.videos[0]?.id
  const { body } = await ask(sandbox, `/v2/videos/${id}?verbose=true`)
  return {
    path: `/v2/videos/${id}`,
    thumbnail: String(body.still_image_thumbnail_url),
    download: String(body.download_url),
    stream: String(body.stream_url)
  }
}

const statusOf = async (link: string): Promise<number> =>
  (await fetch(link, { method: 'HEAD' })).status

describe('links of deleted things', () => {
  it.each([
    ['', 200],
    ['?hard=true', 404]
  ])('outlive a soft delete and die with a hard one: %s', async (query, status) => {
    const sandbox = await startWithMedia()
    const { path, thumbnail, download, stream } = await linksOfVideo(sandbox)
    for (const link of [thumbnail, download, stream]) expect(await statusOf(link)).toBe(200)
    await ask(sandbox, `${path}${query}`, { method: 'DELETE' })
    for (const link of [thumbnail, download, stream]) expect(await statusOf(link)).toBe(status)
  })

  it('can live on for a while', async () => {
    const sandbox = await startWithMedia({ linksOutliveMs: 1_000 })
    const { path, download } = await linksOfVideo(sandbox)
    await ask(sandbox, `${path}?hard=true`, { method: 'DELETE' })
    sandbox.clock.advance(999)
    expect(await statusOf(download)).toBe(200)
    sandbox.clock.advance(1)
    expect(await statusOf(download)).toBe(404)
  })

  it('can differ by use', async () => {
    const sandbox = await startWithMedia({
      linksOutliveMs: ({ use }) => (use === 'stream' ? Number.POSITIVE_INFINITY : 0)
    })
    const { path, download, stream } = await linksOfVideo(sandbox)
    await ask(sandbox, path, { method: 'DELETE' })
    expect([await statusOf(download), await statusOf(stream)]).toEqual([404, 200])
  })

  it('belong to one account: a twin with the same id elsewhere does not keep them alive', async () => {
    const sandbox = await startWithMedia({ apiKeys: ['one', 'two'] })
    const { path, download } = await linksOfVideo(sandbox)
    await ask(sandbox, `${path}?hard=true`, { method: 'DELETE' })
    expect(await statusOf(download)).toBe(404)
    expect(await statusOf(download.replace('/media/0/', '/media/1/'))).toBe(200)
    expect(await statusOf(download.replace('/media/0/', '/media/2/'))).toBe(404)
  })

  it('die with a row that went without a trace', async () => {
    const sandbox = await startWithMedia()
    const { download } = await linksOfVideo(sandbox)
    sandbox.state.removeVideo(sandbox.state.videos[0]?.id ?? '')
    expect(await statusOf(download)).toBe(404)
  })

  it('are logged, with whether a key came along', async () => {
    const sandbox = await startWithMedia()
    const { download } = await linksOfVideo(sandbox)
    await statusOf(download)
    await fetch(download, { method: 'HEAD', headers: { 'x-api-key': sandbox.apiKey } })
    const path = new URL(download).pathname
    expect(sandbox.mediaRequests).toEqual([
      { method: 'HEAD', path, status: 200, hasKey: false },
      { method: 'HEAD', path, status: 200, hasKey: true }
    ])
  })
})
