import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import { type S3Sandbox, startS3 } from '../src/sandbox/s3.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { corpusFile, corpusFolder, corpusVideo } from '../test/main/preflight/video-corpus.ts'
import { test } from './fixtures.ts'
import { recordedIpc, recordIpc } from './ipc-recorder.ts'
import { linkCanaries, presignedLink } from './links.ts'
import { sweepFolder, sweepText } from './sweep.ts'

const hour = 60 * 60 * 1000
/** What happens when something was created: one of the links ends as soon as it was handed in. */
let onChange = (): void => undefined

test.use({
  sandboxOptions: {
    seedData: 'empty',
    mediaDir: corpusFolder,
    fetchesLinks: true,
    onChange: () => onChange()
  }
})

const sent = ['good.mp4', '15-fps.mp4', '60-seconds.mp4']
const local = [
  'a-page.mp4',
  'cut-moov-first.mp4',
  'two-minutes.mp4',
  'film-rate.mp4',
  'recorder.mov'
]

test.beforeAll(async () => {
  test.setTimeout(180_000)
  for (const name of [...sent, ...local]) await corpusFile(corpusVideo(name))
})

/** As the form would, which `uploads.spec.ts` fills in. */
const saveBucket = async (page: Page, s3: S3Sandbox): Promise<void> => {
  const isSaved = await page.evaluate(
    async (given) => {
      const { app } = window as unknown as { app: Bridge }
      const answer = await app.bucketSave({
        ...given,
        id: null,
        name: 'Studio bucket',
        prefix: 'training',
        isPathStyle: true,
        keyStorage: 'keychain'
      })
      return answer.ok
    },
    {
      endpoint: s3.origin,
      region: s3.region,
      bucket: s3.bucket,
      accessKeyId: s3.accessKeyId,
      secretKey: s3.secretKey
    }
  )
  expect(isSaved).toBe(true)
}

test('a training video is judged before it is sent, and trained by what its link really answers', async ({
  connect,
  sandbox,
  userData
}) => {
  test.setTimeout(180_000)
  onChange = () => {
    if (!sandbox.state.replicas.some(({ name }) => name === 'Ended')) return
    onChange = () => undefined
    sandbox.mediaFaults.add({
      match: { path: '/media/60-seconds.mp4' },
      effect: { kind: 'answer', status: 403, body: '<Code>AccessDenied</Code>' }
    })
  }
  const { app, page, desk } = await connect('Amara Osei')
  await recordIpc(app)
  const signed = (name: string): string => {
    const { search } = new URL(presignedLink(name))
    return `${sandbox.origin}/media/${name}${search}`
  }
  /** Of the card that is open. */
  const findings = page.getByRole('region', { name: /^Findings for / })
  const rowOf = (name: string): Locator => desk.drafts.filter({ hasText: name })

  const s3 = await startS3()
  // Beside the data folder, which is swept.
  const made = `${userData}-made`
  await app.evaluate(({ dialog }, folder) => {
    const system = dialog as unknown as {
      showSaveDialog: (window: unknown, asked: { defaultPath: string }) => Promise<unknown>
    }
    system.showSaveDialog = async (_window, { defaultPath }) => ({
      canceled: false,
      filePath: `${folder}/${defaultPath.split(/[\\/]/).at(-1)}`
    })
  }, made)
  mkdirSync(made)

  await test.step('a bad link says what is wrong, in words and in the words of Tavus', async () => {
    await desk.button('New replica').click()
    await desk.dropLinks(sent.map(signed))
    await expect(rowOf('15-fps.mp4')).toContainText('15 fps is too low')
    await desk.openDraft('15-fps.mp4')
    await expect(findings).toContainText('Tavus will refuse: video_fps')
    await expect(findings.getByRole('button', { name: 'Check again' })).toBeVisible()
  })

  await test.step('a good one says what it is, and can be looked at', async () => {
    await desk.openDraft('good.mp4')
    await expect(findings).toContainText('This video meets Tavus’s rules.')
    await expect(findings).toContainText('1920 × 1080')
    await expect(findings.locator('canvas')).toBeVisible()
    await findings.getByRole('button', { name: 'Show preview' }).click()
    const player = findings.getByLabel('Preview of good.mp4')
    await expect
      .poll(() => player.evaluate((video: HTMLVideoElement) => video.videoWidth))
      .toBe(1920)
    await findings.getByRole('button', { name: '0:30–1:00 Silent' }).click()
    await expect
      .poll(() => player.evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBe(30)
  })

  await test.step('another link mends the bad one; then all are sent', async () => {
    await desk.openDraft('60-seconds.mp4')
    await desk.field('Replica name').fill('Ended')
    await desk.openDraft('15-fps.mp4')
    await desk.field('Replica name').fill('Mended')
    await desk.field('Training video URL').fill(signed('good.mp4'))
    await page.keyboard.press('Enter')
    await expect(findings).toContainText('This video meets Tavus’s rules.')
    await expect(page.getByText('15 fps is too low')).toHaveCount(0)
    await desk.button('Create all ready').click()
    await expect
      .poll(() => sandbox.state.replicas.map(({ name }) => name).toSorted())
      .toEqual(['Amara Osei', 'Ended', 'Good', 'Mended'])
  })

  await test.step('the one whose link ended fails as it does at Tavus', async () => {
    const trained = (name: string) => sandbox.state.replicas.find((row) => row.name === name)
    await expect.poll(() => trained('Ended')?.training.error).toContain('downloading')
    sandbox.clock.advance(5 * hour)
    await desk.goTo('Replicas')
    await desk.button('Refresh').click()
    await expect(desk.asset(trained('Ended')?.id ?? '')).toContainText(/fail/i)
    await expect(desk.asset(trained('Good')?.id ?? '')).toContainText('Ready')
    await expect(desk.asset(trained('Mended')?.id ?? '')).toContainText('Ready')
  })

  await test.step('local files are judged as they are dropped, each in its row', async () => {
    await desk.button('New replica').click()
    await desk.discardDrafts()
    await desk.drop({ files: local.map((name) => join(corpusFolder, name)) })
    await expect(rowOf('a-page.mp4')).toContainText('This is a web page')
    await expect(rowOf('cut-moov-first.mp4')).toContainText('The file is cut off')
    await expect(rowOf('two-minutes.mp4')).toContainText('Upload the file first.')
    await desk.openDraft('two-minutes.mp4')
    await expect(findings).toContainText('This video meets Tavus’s rules.')
    await desk.openDraft('cut-moov-first.mp4')
    await expect(findings).toContainText('Tavus will refuse: video_processing')
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .include('[aria-label^="Findings for"]')
      .analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  await test.step('a conversion stays in sight while its video is checked again; given up, it leaves nothing', async () => {
    await desk.openDraft('film-rate.mp4')
    await findings.getByRole('button', { name: 'Make it fit' }).click()
    const progress = findings.getByRole('progressbar', { name: 'Making a new file' })
    await expect(progress).toBeVisible()
    await findings.getByRole('button', { name: 'Check again' }).click()
    await expect(findings.getByRole('button', { name: 'Check again' })).toBeEnabled()
    await expect(progress).toBeVisible()
    await findings.getByRole('button', { name: 'Cancel conversion' }).click()
    await expect(findings.getByRole('button', { name: 'Make it fit' })).toBeVisible()
    expect(readdirSync(made)).toEqual([])
  })

  await test.step('what was made to fit is the draft’s video from then on', async () => {
    await desk.openDraft('recorder.mov')
    await expect(findings).toContainText('Tavus will refuse: video_format')
    await findings.getByRole('button', { name: 'Make it fit' }).click()
    await expect(rowOf('recorder-fit.mp4')).toBeVisible()
    await expect(findings).toContainText('This video meets Tavus’s rules.')
    expect(readdirSync(made)).toEqual(['recorder-fit.mp4'])
  })

  await test.step('uploaded, it is what Tavus trains on; then it is offered for removal', async () => {
    await saveBucket(page, s3)
    const file = page.getByRole('region', { name: 'Training video file' })
    await file.getByRole('button', { name: 'Upload to Studio bucket' }).click()
    await expect(file).toContainText('Uploaded to Studio bucket and verified.')
    await desk.button('Create all ready').click()
    const recorder = () => sandbox.state.replicas.find(({ name }) => name === 'Recorder')
    await expect.poll(() => recorder()?.name).toBe('Recorder')
    expect(s3.objects.size).toBe(1)
    sandbox.clock.advance(5 * hour)
    await desk.goTo('Replicas')
    await desk.button('Refresh').click()
    await expect(desk.asset(recorder()?.id ?? '')).toContainText('Ready')
    await desk.button('Remove training file…').click()
    await page
      .getByRole('dialog', { name: 'Remove recorder-fit.mp4 from the bucket?' })
      .getByRole('button', { name: 'Remove training file' })
      .click()
    await expect(page.getByText('recorder-fit.mp4 removed from the bucket')).toBeVisible()
    expect(s3.objects.size).toBe(0)
    await desk.goTo('History')
    await desk.expectHistory('recorder-fit.mp4', 'uploaded to Studio bucket and verified')
    await desk.expectHistory('recorder-fit.mp4', 'link created, valid until')
    await desk.expectHistory('recorder-fit.mp4', 'removed from Studio bucket')
  })

  await test.step('no signature of a link is left anywhere', async () => {
    const seen = JSON.stringify(await recordedIpc(app))
    const secrets = [...linkCanaries, s3.secretKey, 'X-Amz-Signature']
    expect(sweepText(seen, secrets)).toEqual([])
    await app.close()
    expect(sweepFolder(userData, secrets)).toEqual([])
  })
  await s3.close()
})
