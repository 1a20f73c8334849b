import { mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import { decodedFaces } from './pages/faces.ts'

// No keychain; and no network either: `--host-rules` leaves this computer alone to be found.
test.use({ isKeyringMissing: true })

const withoutNetwork = ['--host-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1']

/** Notes the cards that fade where they stood; answers how to ask which did. */
const watchFading = async (page: Page): Promise<() => Promise<readonly string[]>> => {
  const faded = await page.evaluateHandle(() => {
    const names: string[] = []
    const note = () => {
      for (const card of document.querySelectorAll('[data-leaving]')) {
        names.push(card.textContent ?? '')
      }
    }
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true })
    return names
  })
  return () => faded.jsonValue()
}

const percentIn = async (asset: Locator): Promise<number> =>
  Number(/(\d+)\s*%/.exec((await asset.textContent()) ?? '')?.[1] ?? 'NaN')

test('sample data: sixteen faces, trainings that move, deletions that last', async ({ launch }) => {
  let { page, quit } = await launch(withoutNetwork)
  let desk = new Desk(page)
  await desk.button('Explore with sample data').click()
  const cells = page.getByRole('main').getByRole('gridcell')
  await expect(cells).toHaveCount(16)

  await test.step('faces are there, and marked as sample data', async () => {
    await expect.poll(() => decodedFaces(page)).toBeGreaterThanOrEqual(12)
    await expect(page.getByText('Sample data', { exact: true }).first()).toBeVisible()
  })

  await test.step('a name from right to left begins its line where the others do', async () => {
    const name = cells.getByText('ليلى حدّاد')
    const aside = await name.evaluate((element) => {
      const text = document.createRange()
      text.selectNodeContents(element)
      return text.getBoundingClientRect().left - element.getBoundingClientRect().left
    })
    expect(aside).toBeLessThan(2)
    await expect(name).toHaveCSS('direction', 'rtl')
  })

  await test.step('a training moves by itself', async () => {
    const training = cells.filter({ hasText: 'Liu Wenjing' })
    await expect(training).toContainText('%')
    const before = await percentIn(training)
    await expect.poll(() => percentIn(training), { timeout: 30_000 }).toBeGreaterThan(before)
  })

  await test.step('the same at Replicate', async () => {
    await desk.goTo('Models')
    await expect(desk.asset('studio-north/portrait-lora')).toBeVisible()
    await desk.goTo('Replicas')
  })

  await test.step('one is deleted', async () => {
    await desk.hold(0)
    const faded = await watchFading(page)
    await desk.deleteSoftly('Aoi Yamamoto')
    await expect(cells.filter({ hasText: 'Aoi Yamamoto' })).toHaveCount(0)
    await expect.poll(faded).toContain('Aoi Yamamoto')
    await expect(page.locator('[data-leaving]')).toHaveCount(0)
    await quit()
  })

  await test.step('and stays deleted after a restart', async () => {
    ;({ page, quit } = await launch(withoutNetwork))
    desk = new Desk(page)
    const later = page.getByRole('main').getByRole('gridcell')
    await expect(later).toHaveCount(15)
    await desk.button('Refresh').click()
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')
    await expect(later.filter({ hasText: 'Aoi Yamamoto' })).toHaveCount(0)
    await desk.goTo('History')
    await desk.expectHistory('Aoi Yamamoto', 'confirmed the deletion')
    await desk.goTo('Models')
    await expect(desk.asset('studio-north/portrait-lora')).toBeVisible()
    await desk.goTo('Accounts')
    await expect(page.getByRole('main').getByText(/^Valid ·/)).toHaveCount(2)
  })

  await test.step('a backup says that it stays here', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('back up')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Back up' })
    await expect(dialog).toContainText('Sample data stays here.')
  })
})

test('sample data that does not start says so, and starts again when asked', async ({
  launch,
  userData
}) => {
  // A folder where its state should be: its process ends before it answers.
  const state = join(userData, 'sample-data.json')
  mkdirSync(state)
  const { page, quit } = await launch(withoutNetwork)
  const desk = new Desk(page)
  await desk.button('Explore with sample data').click()
  const notice = page.getByRole('alert').filter({ hasText: 'Couldn’t start the sample data' })
  await expect(notice).toContainText('on this computer')
  await expect(page.getByText(/can’t be reached|No connection/)).toHaveCount(0)
  rmdirSync(state)
  await notice.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('main').getByRole('gridcell')).toHaveCount(16)
  await quit()

  await test.step('nor does the banner blame the provider, and it helps too', async () => {
    rmSync(state)
    mkdirSync(state)
    const later = (await launch(withoutNetwork)).page
    const banner = later.getByRole('main').getByText('The sample data couldn’t be started')
    await expect(banner).toBeVisible()
    await expect(later.getByText(/can’t be reached|No connection/)).toHaveCount(0)
    rmdirSync(state)
    await new Desk(later).button('Try again').click()
    await expect(banner).toHaveCount(0)
    await expect(later.getByRole('main').getByRole('gridcell')).toHaveCount(16)
  })
})
