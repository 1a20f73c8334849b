import { expect, type Locator } from '@playwright/test'
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

test.beforeAll(async () => {
  test.setTimeout(180_000)
  for (const name of ['good.mp4', '15-fps.mp4', '60-seconds.mp4'])
    await corpusFile(corpusVideo(name))
})

test('a training video is judged before it is sent, and trained by what its link really answers', async ({
  connect,
  sandbox,
  userData
}) => {
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
  const draftOf = (name: string): Locator => page.locator('[data-draft]').filter({ hasText: name })
  const findingsOf = (name: string): Locator =>
    draftOf(name).getByRole('region', { name: /^Findings for / })

  await test.step('a bad link says what is wrong, in words and in the words of Tavus', async () => {
    await desk.button('New replica').click()
    await desk.dropLinks([signed('15-fps.mp4'), signed('good.mp4'), signed('60-seconds.mp4')])
    await expect(findingsOf('15-fps.mp4')).toContainText('15 fps is too low')
    await expect(findingsOf('15-fps.mp4')).toContainText('Tavus will refuse: video_fps')
    await expect(
      findingsOf('15-fps.mp4').getByRole('button', { name: 'Check again' })
    ).toBeVisible()
  })

  await test.step('a good one says what it is, and can be looked at', async () => {
    const findings = findingsOf('good.mp4')
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
    const bad = draftOf('15-fps.mp4')
    await bad.getByLabel('Training video URL').fill(signed('good.mp4'))
    await page.keyboard.press('Enter')
    await expect(page.getByText('15 fps is too low')).toHaveCount(0)
    for (const index of [0, 1, 2]) {
      await page.getByText('Character', { exact: true }).nth(index).click()
      await desk
        .field('Replica name')
        .nth(index)
        .fill(['Mended', 'Good', 'Ended'][index] ?? '')
    }
    await expect(page.getByText('This video meets Tavus’s rules.')).toHaveCount(3)
    await page.getByRole('button', { name: /^Create all ready/ }).click()
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

  await test.step('no signature of a link is left anywhere', async () => {
    const told = JSON.stringify(await recordedIpc(app))
    expect(sweepText(told, [...linkCanaries])).toEqual([])
    await app.close()
    expect(sweepFolder(userData, [...linkCanaries])).toEqual([])
  })
})
