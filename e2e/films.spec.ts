import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test.use({ sandboxOptions: { seedData: 'sample' } })

interface Answer {
  readonly status: number
  readonly range: string | null
}

test('a finished video plays in the window, and can be wound on', async ({ connect, sandbox }) => {
  const { app, page, desk } = await connect()
  await desk.goTo('Videos')
  const film = page.locator('video[controls]')
  await page.getByRole('gridcell').filter({ hasText: 'Safety briefing' }).click()
  await expect(film).toHaveAttribute('src', /^media:\/\/[a-f0-9]{32}$/)
  await expect
    .poll(() => film.evaluate((video: HTMLVideoElement) => video.duration))
    .toBeGreaterThan(1)

  await test.step('time moves on, and a picture was decoded', async () => {
    await film.evaluate((video: HTMLVideoElement) => video.play())
    await expect
      .poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(0.3)
    expect(await film.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0)
  })

  await test.step('winding on lands where it should', async () => {
    const landed = await film.evaluate(
      (video: HTMLVideoElement) =>
        new Promise<number>((resolve) => {
          video.pause()
          video.addEventListener('seeked', () => resolve(video.currentTime), { once: true })
          video.currentTime = video.duration - 0.2
        })
    )
    const duration = await film.evaluate((video: HTMLVideoElement) => video.duration)
    expect(landed).toBeCloseTo(duration - 0.2, 1)
  })

  await test.step('a part of it can be asked for', async () => {
    const source = (await film.getAttribute('src')) ?? ''
    const answer = await app.evaluate(async ({ net }, url): Promise<Answer & { bytes: number }> => {
      const response = await net.fetch(url, { headers: { range: 'bytes=100-299' } })
      const { byteLength } = await response.arrayBuffer()
      const range = response.headers.get('content-range')
      return { status: response.status, range, bytes: byteLength }
    }, source)
    expect(answer).toMatchObject({ status: 206, bytes: 200 })
    expect(answer.range).toMatch(/^bytes 100-299\/\d+$/)
  })

  await test.step('the provider was asked for it without the key', () => {
    const films = sandbox.mediaRequests.filter(({ path }) => path.endsWith('.mp4'))
    expect(films.length).toBeGreaterThan(0)
    expect(films.filter(({ hasKey }) => hasKey)).toEqual([])
  })

  await test.step('a replica leads to the videos made with it, and back to all', async () => {
    await desk.goTo('Replicas')
    const cells = page.getByRole('main').getByRole('gridcell')
    await cells.filter({ hasText: 'Adaeze Nwosu' }).click()
    await desk.button('Show 12 videos made with it').click()
    await expect(page.getByRole('heading', { name: 'Videos', level: 1 })).toBeVisible()
    await expect(page.getByText('12 videos', { exact: true })).toBeVisible()
    const filter = page.getByRole('button', { name: 'Made with', exact: true })
    await expect(filter).toContainText('Made with Adaeze Nwosu')
    await filter.click()
    await page.getByRole('menuitem', { name: 'Made with any replica' }).click()
    await expect(page.getByText('22 videos', { exact: true })).toBeVisible()
  })

  await test.step('one button has everything to narrow by, and each thing that is on is a chip', async () => {
    await desk.goTo('Replicas')
    const filter = desk.button('Filter')
    const entry = page.getByRole('menuitemcheckbox', { name: 'Last year', exact: true })
    await filter.click()
    await expect(entry).toHaveAttribute('aria-checked', 'false')
    await entry.click()
    await expect(entry).toHaveAttribute('aria-checked', 'true')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await desk.button('Remove filter: Last year').click()
    await expect(desk.button('Remove filter: Last year')).toHaveCount(0)
    await expect(filter).toBeFocused()
  })
})
