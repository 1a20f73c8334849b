import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { type S3Sandbox, startS3 } from '../src/sandbox/s3.ts'
import { type RunningApp, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder } from './sweep.ts'

const part = 8 * 1024 * 1024
const partCount = 7
const lastPartBytes = 4_321
const sizeBytes = (partCount - 1) * part + lastPartBytes

/** Where the app is killed: another moment in each run, and again the same with the seed that a run printed. */
const killAt = (seed: number): { readonly partNumber: number; readonly afterBytes: number } => {
  // mulberry32: small, and the same everywhere.
  let state = seed
  const draw = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  const partNumber = 1 + draw(partCount)
  return { partNumber, afterBytes: 1 + draw(partNumber === partCount ? lastPartBytes : part) }
}

const sha = (body: Buffer): string => createHash('sha256').update(body).digest('hex')

/** What the system does when a person lets go of files over the window. */
const dropFiles = async (page: Page, files: readonly string[]): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
  }
}

const addBucket = async (page: Page, desk: Desk, s3: S3Sandbox): Promise<void> => {
  await desk.goTo('Accounts')
  await page
    .getByRole('region', { name: 'Buckets' })
    .getByRole('button', { name: 'Add bucket' })
    .click()
  const form = page.getByRole('dialog', { name: 'Add bucket' })
  await form.getByLabel('Storage service').selectOption('minio')
  await form.getByLabel('Name', { exact: true }).fill('Studio bucket')
  await form.getByLabel('Region').fill(s3.region)
  await form.getByLabel('Endpoint').fill(s3.origin)
  await form.getByLabel('Bucket name').fill(s3.bucket)
  await form.getByLabel('Access key ID').fill(s3.accessKeyId)
  await form.getByLabel('Secret access key').fill(s3.secretKey)
  await form.getByRole('button', { name: 'Save bucket' }).click()
  await expect(form).toBeHidden()
  await expect(page.getByText('Works: can write, read and remove')).toBeVisible()
}

const fileRegion = (page: Page) => page.getByRole('region', { name: 'Training video file' })

const until = async (isSo: () => boolean): Promise<void> => {
  await expect.poll(isSo, { intervals: [20], timeout: 30_000 }).toBe(true)
}

test('a video is dropped, uploaded through a kill, and its secrets lie nowhere', async ({
  connect,
  launch,
  userData
}) => {
  test.setTimeout(150_000)
  const s3 = await startS3()
  // Beside the data folder: what lies in it is swept.
  const video = `${userData}-videos.mp4`
  writeFileSync(video, randomBytes(sizeBytes))
  const first = await connect('Amara')
  let running: RunningApp = first
  let { page } = first
  let desk = first.desk

  await test.step('a bucket is added and tested', async () => {
    await addBucket(page, desk, s3)
    expect(s3.objects.size).toBe(0)
    const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(found.violations.map(({ id }) => id)).toEqual([])
  })

  await test.step('a video is dropped, and waits for a word before it is sent', async () => {
    await dropFiles(page, [video])
    await expect(fileRegion(page)).toContainText('50 MB')
    expect(s3.requests.some(({ action }) => action === 'UploadPart')).toBe(false)
  })

  const seed = Number(process.env['UPLOAD_SEED'] ?? randomBytes(4).readUInt32LE())
  const moment = killAt(seed)
  /** Whether the part in which it is to be killed is on its way. */
  let isThere = false
  test.info().annotations.push({ type: 'seed', description: `UPLOAD_SEED=${seed}` })
  process.stdout.write(
    `UPLOAD_SEED=${seed}: killed within part ${moment.partNumber}, ${moment.afterBytes} bytes in\n`
  )

  await test.step('paused and resumed', async () => {
    // This part never arrives whole before the kill, however slow that is.
    s3.setFault(({ action, partNumber }) => {
      if (action !== 'UploadPart' || partNumber !== moment.partNumber) return null
      isThere = true
      return { kind: 'reset', afterBytes: moment.afterBytes }
    })
    await fileRegion(page).getByRole('button', { name: 'Upload to Studio bucket' }).click()
    await fileRegion(page).getByRole('button', { name: 'Pause upload' }).click()
    await expect(fileRegion(page)).toContainText('Paused at')
  })

  await test.step('killed on the way, it goes on with the next start', async () => {
    isThere = false
    await fileRegion(page).getByRole('button', { name: 'Resume upload' }).click()
    await until(() => isThere)
    await running.crash()
    s3.setFault(null)
    running = await launch()
    page = running.page
    desk = new Desk(page)
    await until(() => s3.objects.size === 1)
    expect([...s3.objects.values()].map(({ body }) => body.length)).toEqual([sizeBytes])
    expect([...s3.objects.values()].map(({ body }) => sha(body))).toEqual([
      sha(readFileSync(video))
    ])
    expect(s3.multiparts.size).toBe(0)
    expect(s3.requests.filter(({ action }) => action === 'CreateMultipartUpload')).toHaveLength(1)
    await desk.button('New replica').click()
    await expect(fileRegion(page)).toContainText('Uploaded to Studio bucket and verified.')
    await expect(desk.field('Training video URL')).toHaveValue(new RegExp(`^${s3.origin}`))
  })

  await test.step('canceled, nothing is left behind', async () => {
    s3.setFault(({ action, before }) =>
      action === 'UploadPart' && before % 2 === 0 ? { kind: 'reset', afterBytes: 1 } : null
    )
    await fileRegion(page).getByRole('button', { name: 'Remove file' }).click()
    await desk.discardDrafts()
    await dropFiles(page, [video])
    const before = s3.requests.length
    await fileRegion(page).getByRole('button', { name: 'Upload to Studio bucket' }).click()
    await until(() => s3.multiparts.size === 1)
    await fileRegion(page).getByRole('button', { name: 'Cancel upload' }).click()
    await until(() => s3.multiparts.size === 0)
    s3.setFault(null)
    await until(() =>
      s3.requests.slice(before).some(({ action }) => action === 'ListMultipartUploads')
    )
  })

  await test.step('the first file is offered for removal, as no draft needs it', async () => {
    await desk.goTo('Accounts')
    await page.getByRole('button', { name: 'Find leftovers' }).click()
    await page.getByRole('button', { name: /^Remove .*videos\.mp4$/ }).click()
    await expect(page.getByText('No leftover files or uploads.')).toBeVisible()
    expect(s3.objects.size).toBe(0)
  })

  await test.step('neither the secret nor a signature lies in the data folder', async () => {
    await running.quit()
    expect(sweepFolder(userData, [s3.secretKey, 'X-Amz-Signature'])).toEqual([])
  })
  await s3.close()
})
