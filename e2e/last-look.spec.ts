import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { Sandbox, SandboxOptions } from '../test/sandbox/faulty-sandbox.ts'
import { test as base, sandboxKey } from './fixtures.ts'

const sampleMedia = join(import.meta.dirname, '..', 'resources', 'sample')
const filmBytes = 3 * 1024 ** 2

/** The sample's pictures and clips in a folder of this test's own, where they can be made longer. */
const test = base.extend<{ readonly mediaDir: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
  mediaDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'media-'))
    cpSync(sampleMedia, folder, { recursive: true })
    await use(folder)
    rmSync(folder, { recursive: true })
  },
  sandboxOptions: async ({ mediaDir }, use) => {
    await use({ seedData: { replicas: 1, videos: 1 }, mediaDir } satisfies SandboxOptions)
  }
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Makes a clip as long as a film: players skip a box of the type `free`. */
const lengthen = (path: string): void => {
  const box = Buffer.alloc(filmBytes)
  for (let at = 8; at < filmBytes; at += 4) box.writeUInt32BE((at * 2_654_435_761) >>> 0, at)
  box.writeUInt32BE(filmBytes, 0)
  box.write('free', 4, 'latin1')
  appendFileSync(path, box)
}

/** What the sandbox serves at the links of its video. */
const served = async (sandbox: Sandbox, id: string) => {
  const headers = { 'x-api-key': sandboxKey }
  const answer = await fetch(`${sandbox.origin}/v2/videos/${id}?verbose=true`, { headers })
  const { download_url: film, still_image_thumbnail_url: still } = await answer.json()
  const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer())
  return { film: await bytesAt(film), still: await bytesAt(still) }
}

interface Listed {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
}

test('a film is saved whole before it goes, and the receipt names its checksum', async ({
  connect,
  mediaDir,
  sandbox
}) => {
  const [video] = sandbox.state.videos
  if (video === undefined) throw new Error('There is a video')
  lengthen(join(mediaDir, `${video.face}.mp4`))
  const truth = await served(sandbox, video.id)
  const { app, page, desk } = await connect()
  const chosen = mkdtempSync(join(tmpdir(), 'chosen-'))
  await app.evaluate(({ dialog: system }, folder) => {
    system.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] })
    system.showSaveDialog = async () => ({ canceled: false, filePath: `${folder}/receipt.json` })
  }, chosen)
  await desk.goTo('Videos')
  await desk.openActions(video.name, 'Pin')
  await desk.openActions(video.name, 'Delete permanently…')
  const dialog = page.getByRole('dialog')
  const saveCopy = dialog.getByRole('button', { name: 'Save a copy first…' })

  await test.step('a film that breaks off is told, and leaves no half file', async () => {
    const effect = { kind: 'reset', when: 'mid-body' } as const
    sandbox.mediaFaults.add({ match: { path: /\/download\// }, effect, times: 1 })
    await saveCopy.click()
    await expect(dialog).toContainText('3 files with checksums. 1 item couldn’t be saved.')
    await expect(dialog).toContainText(
      `${video.name}/video: download incomplete, so it wasn’t kept.`
    )
    const [broken] = readdirSync(chosen)
    expect(readdirSync(join(chosen, broken ?? '', `0001 video ${video.name}`)).sort()).toEqual([
      'metadata.json',
      'thumbnail.png'
    ])
    rmSync(join(chosen, broken ?? ''), { recursive: true })
  })

  const manifest =
    await test.step('tried again, everything is there as it was served', async () => {
      await saveCopy.click()
      await expect(dialog).toContainText('4 files with checksums.')
      await expect(dialog).not.toContainText('could not be saved')
      const [folderName = ''] = readdirSync(chosen)
      const root = join(chosen, folderName)
      const text = readFileSync(join(root, 'manifest.json'))
      const files: readonly Listed[] = JSON.parse(text.toString()).files
      for (const { name, sizeBytes, sha256: sum } of files) {
        const bytes = readFileSync(join(root, name))
        expect([bytes.length, sha256(bytes)], name).toEqual([sizeBytes, sum])
      }
      const inside = `0001 video ${video.name}`
      expect(files).toMatchObject([
        { name: `${inside}/metadata.json` },
        { name: `${inside}/thumbnail.png`, sha256: sha256(truth.still) },
        { name: `${inside}/video.mp4`, sizeBytes: truth.film.length, sha256: sha256(truth.film) }
      ])
      expect(truth.film.length).toBeGreaterThan(filmBytes)
      const metadata = JSON.parse(readFileSync(join(root, inside, 'metadata.json'), 'utf8'))
      expect(metadata).toMatchObject({ kind: 'video', id: video.id, name: video.name })
      return { folderName, files, sum: sha256(text), sizeBytes: text.length }
    })

  await test.step('it still belongs to the plan after a pin was lifted', async () => {
    await dialog.getByRole('button', { name: 'Unpin' }).click()
    await desk.field('Type the name to confirm').fill(video.name)
    await desk.button('Delete permanently').click()
    await expect(dialog).toHaveCount(0)
    await expect.poll(() => sandbox.state.hardDeletions).toMatchObject([{ id: video.id }])
  })

  await test.step('the receipt names every checksum', async () => {
    const sheet = await desk.openDeletions()
    await sheet.getByRole('button', { name: 'Save receipt…' }).click()
    await page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }).click()
    await expect(page.getByText('Receipt saved')).toBeVisible()
    const { archive } = JSON.parse(readFileSync(join(chosen, 'receipt.json'), 'utf8'))
    expect(archive).toMatchObject({ folderName: manifest.folderName, gaps: [] })
    expect(archive.files).toEqual([
      ...manifest.files,
      { name: 'manifest.json', sizeBytes: manifest.sizeBytes, sha256: manifest.sum }
    ])
  })
  rmSync(chosen, { recursive: true })
})
