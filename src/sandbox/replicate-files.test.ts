import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReplicateOptions, ReplicateSandbox } from '../../test/sandbox/faulty-replicate.ts'
import { askReplicate, startReplicate } from '../../test/sandbox/running-replicate.ts'
import { closeAll } from '../../test/sandbox/running-sandbox.ts'

const mediaDir = fileURLToPath(new URL('../../resources/sample/', import.meta.url))
const MATTEO = 'studio-north/matteo-safety-films'
const HOUR_MS = 3_600_000

afterEach(closeAll)

const start = (options: ReplicateOptions = {}) =>
  startReplicate({ seedData: 'sample', mediaDir, ...options })

const statusOf = async (link: string): Promise<number> =>
  (await fetch(link, { method: 'HEAD' })).status

const outputsOf = async (sandbox: ReplicateSandbox): Promise<string[]> => {
  const { results } = (await askReplicate(sandbox, '/predictions')).body
  return results.flatMap((row: { readonly output: string[] | null }) => row.output ?? [])
}

describe('covers and outputs', () => {
  it('are pictures', async () => {
    const sandbox = await start()
    const { cover_image_url } = (await askReplicate(sandbox, `/models/${MATTEO}`)).body
    const outputs = await outputsOf(sandbox)
    expect(outputs.length).toBeGreaterThan(3)
    for (const link of [cover_image_url, ...outputs]) {
      const picture = Buffer.from(await (await fetch(link)).arrayBuffer())
      expect(picture.toString('latin1', 1, 4)).toBe('PNG')
    }
  })

  it.each([
    [undefined, 404],
    [HOUR_MS, 200]
  ])('go with their version or model, at once or after %s ms', async (filesOutliveMs, status) => {
    const sandbox = await start({
      removalMs: 1_000,
      ...(filesOutliveMs === undefined ? {} : { filesOutliveMs })
    })
    const [version = ''] = sandbox.state.predictions
      .filter(({ source, picture }) => source === 'web' && picture === 'aoi')
      .map((row) => row.version)
    const output = (await outputsOf(sandbox)).find((link) => link.endsWith('/aoi.png')) ?? ''
    const { cover_image_url } = (await askReplicate(sandbox, `/models/${MATTEO}`)).body
    const remove = (path: string) => askReplicate(sandbox, path, { method: 'DELETE' })
    await remove(`/models/studio-north/portrait-lora/versions/${version}`)
    for (const { id } of sandbox.state.versionsOf(MATTEO)) {
      await remove(`/models/${MATTEO}/versions/${id}`)
    }
    expect([await statusOf(output), await statusOf(cover_image_url)]).toEqual([200, 200])
    sandbox.clock.advance(1_000)
    expect((await remove(`/models/${MATTEO}`)).status).toBe(204)
    expect([await statusOf(output), await statusOf(cover_image_url)]).toEqual([status, status])
    sandbox.clock.advance(HOUR_MS)
    expect([await statusOf(output), await statusOf(cover_image_url)]).toEqual([404, 404])
  })

  it('of a prediction by API end with its data', async () => {
    const sandbox = await start()
    const output = (await outputsOf(sandbox)).find((link) => link.endsWith('/tamar.png')) ?? ''
    expect(await statusOf(output)).toBe(200)
    sandbox.clock.advance(HOUR_MS)
    expect(await statusOf(output)).toBe(404)
  })

  it.each(['/media/0/cover/a/b/aoi.png', '/media/0/output/p1/aoi.png', '/media/aoi.png'])(
    'are not at %s',
    async (path) => {
      const sandbox = await start()
      expect(await statusOf(`${sandbox.origin}${path}`)).toBe(404)
      expect(sandbox.mediaRequests).toEqual([{ method: 'HEAD', path, status: 404, hasKey: false }])
    }
  )
})
