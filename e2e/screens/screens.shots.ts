import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { sandboxKey, test } from '../fixtures.ts'
import { presignedLink } from '../links.ts'
import { studioNorth } from '../pages/accounts.ts'
import { Desk } from '../pages/desk.ts'
import { decodedFaces } from '../pages/faces.ts'
import { modelStops, portraits } from '../pages/model-stops.ts'
import { openSample } from '../pages/stops.ts'
import { shoot } from './shoot.ts'

const cells = (page: Page) => page.getByRole('main').getByRole('gridcell')

/** Lets go of whatever has the pointer and the focus, so that nothing is lit by chance. */
const letGo = async (page: Page): Promise<void> => {
  const notices = page.getByRole('button', { name: 'Close', exact: true })
  // In sample data something ends every few seconds, so another may come meanwhile.
  await expect(async () => {
    for (const notice of await notices.all()) await notice.click()
    expect(await notices.count()).toBe(0)
  }).toPass()
  await page.mouse.move(1, 1)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
}

const connect = async (page: Page, origin: string): Promise<Desk> => {
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(origin))
  await desk.goTo('Replicas')
  await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')
  return desk
}

test('first run', async ({ launch }) => {
  const { app, page } = await launch()
  const desk = new Desk(page)
  await expect(desk.button('Explore with sample data')).toBeVisible()
  await shoot(app, page, 'first-run')
  await desk.addAccount({ name: '', key: 'Bearer abc', address: 'http://example.com' })
  await expect(desk.field('API address')).toHaveAttribute('aria-invalid', 'true')
  await letGo(page)
  await shoot(app, page, 'account-form-errors')
})

test('sample data', async ({ launch }) => {
  const { app, page } = await launch()
  await new Desk(page).button('Explore with sample data').click()
  await expect(cells(page)).toHaveCount(16)
  await expect.poll(() => decodedFaces(page)).toBeGreaterThanOrEqual(12)
  await letGo(page)
  await shoot(app, page, 'sample')
})

test('models and people', async ({ launch }) => {
  const { app, page } = await launch()
  const desk = await openSample(page)
  await desk.goTo('Models')
  await expect(desk.asset(portraits)).toBeVisible()
  await expect.poll(() => decodedFaces(page)).toBeGreaterThanOrEqual(5)
  await letGo(page)
  await shoot(app, page, 'models')
  for (const [stop, name] of [
    ['the details of a model', 'model-detail'],
    ['the plan of a teardown with blockers', 'teardown'],
    ['a person at two providers', 'person'],
    ['people', 'people']
  ] as const) {
    const found = modelStops.find((known) => known.name === stop)
    if (found === undefined) throw new Error(`No stop is called ${stop}`)
    await found.open(desk, page)
    await page.mouse.move(1, 1)
    await shoot(app, page, name)
    await found.close?.(page)
  }
})

test.describe('deletions', () => {
  test.use({ sandboxOptions: { seedData: 'sample' } })

  test('held, planned, ended and proven', async ({ launch, sandbox }) => {
    test.setTimeout(180_000)
    const { app, page } = await launch()
    const desk = await connect(page, sandbox.origin)
    await expect.poll(() => decodedFaces(page)).toBeGreaterThanOrEqual(12)
    await desk.deleteSoftly('Camila Ortega Núñez')
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.mouse.move(1, 1)
    await shoot(app, page, 'held')
    await page.keyboard.press('Control+z')
    await letGo(page)

    await desk.openActions('Adaeze Nwosu', 'Erase likeness…')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('Will be deleted, in this order')).toBeVisible()
    await shoot(app, page, 'erase-likeness')
    sandbox.faults.add({
      match: { method: 'DELETE', path: '/v2/videos/' },
      effect: { kind: 'answer', status: 400, body: { message: 'The video is being published' } },
      times: 1
    })
    const label = await dialog
      .locator('label')
      .filter({ hasText: /^Type / })
      .textContent()
    await dialog.getByLabel(/^Type \d+ to confirm$/).fill(/\d+/.exec(label ?? '')?.[0] ?? '')
    await dialog.getByRole('button', { name: 'Erase likeness', exact: true }).click()
    await expect(desk.deletions.getByRole('button', { name: 'Retry failed' })).toBeVisible()
    // Only the notices: the sheet has a Close of its own.
    const tray = page.locator('[aria-live="polite"]')
    for (const notice of await tray.getByRole('button', { name: 'Close' }).all()) {
      await notice.click()
    }
    await shoot(app, page, 'deletions')

    const pdf = join(mkdtempSync(join(tmpdir(), 'receipt-')), 'receipt.pdf')
    await app.evaluate(({ dialog: system }, filePath) => {
      system.showSaveDialog = async () => ({ canceled: false, filePath })
    }, pdf)
    await desk.deletions.getByRole('button', { name: 'Save receipt…' }).first().click()
    await page.getByRole('menuitem', { name: /PDF/ }).click()
    await expect(page.getByText('Receipt saved')).toBeVisible()
    // Of poppler-utils: the window itself cannot show a PDF.
    const picture = join('docs', 'screens', 'receipt')
    execFileSync('pdftoppm', [
      '-png',
      '-r',
      '80',
      '-f',
      '1',
      '-l',
      '1',
      '-singlefile',
      pdf,
      picture
    ])
  })
})

test.describe('an account with people in it', () => {
  test.use({ sandboxOptions: { seedData: 'sample' } })

  test('library', async ({ launch, sandbox }) => {
    const { app, page } = await launch()
    const desk = await connect(page, sandbox.origin)
    await expect(cells(page)).toHaveCount(16)
    await expect.poll(() => decodedFaces(page)).toBeGreaterThanOrEqual(12)
    await letGo(page)
    await shoot(app, page, 'replicas')
    await shoot(app, page, 'narrow', { width: 880, height: 600 })

    await cells(page).filter({ hasText: 'Rubén Ibarra' }).click()
    await expect(page.getByRole('complementary').last()).toContainText('The footage is dark')
    await shoot(app, page, 'detail')
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'List', exact: true }).click()
    await expect(page.getByRole('main').getByRole('row').nth(8)).toBeVisible()
    await letGo(page)
    await shoot(app, page, 'replicas-list')
    await page.getByRole('button', { name: 'Grid', exact: true }).click()

    await desk.field('Search').fill('nobody by this name')
    await expect(page.getByText(/^No results/).first()).toBeVisible()
    await shoot(app, page, 'search-empty')
    await desk.field('Search').fill('')

    await desk.openActions('Camila Ortega Núñez', 'Delete permanently…')
    await desk.field('Type the name to confirm').fill('Camila Ort')
    await shoot(app, page, 'delete-permanently')
    await page.keyboard.press('Escape')

    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible()
    await shoot(app, page, 'palette')
    await page.keyboard.press('Escape')
    await letGo(page)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await shoot(app, page, 'shortcuts')
    await page.keyboard.press('Escape')

    await desk.goTo('Videos')
    await expect(cells(page).first()).toBeVisible()
    await letGo(page)
    await shoot(app, page, 'videos')
    await cells(page).filter({ hasText: 'Safety briefing' }).click()
    await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible()
    await shoot(app, page, 'video-detail')
  })

  test('new replicas', async ({ launch, sandbox }) => {
    const { app, page } = await launch()
    const desk = await connect(page, sandbox.origin)
    await desk.button('New replica').first().click()
    const ended = new URL(presignedLink('robot-take-2.mp4'))
    ended.searchParams.set('X-Amz-Expires', '3600')
    await desk.dropLinks([ended.href, presignedLink('priya-raman.mp4')])
    await expect(desk.drafts).toHaveCount(2)
    await desk.openDraft('robot-take-2.mp4')
    await desk.button('Character').click()
    await letGo(page)
    await shoot(app, page, 'new-replicas')
  })

  test('history, accounts, settings', async ({ launch, sandbox }) => {
    const { app, page } = await launch()
    const desk = await connect(page, sandbox.origin)
    await desk.hold(0)
    await desk.deleteSoftly('Aroha Parata')
    await expect(cells(page).filter({ hasText: 'Aroha Parata' })).toHaveCount(0)
    await desk.goTo('History')
    await desk.expectHistory('Aroha Parata', 'confirmed the deletion')
    await letGo(page)
    await shoot(app, page, 'history')
    await page
      .getByRole('main')
      .getByText(/Aroha Parata.*confirmed the deletion|confirmed the deletion.*Aroha Parata/)
      .first()
      .click()
    await expect(page.getByText('Chain hash').first()).toBeAttached()
    await shoot(app, page, 'record')
    await desk.goTo('Accounts')
    sandbox.allowKey(sandboxKey, false)
    await desk.button('Check key').click()
    await expect(page.getByRole('main').getByText(/^Rejected by Tavus ·/)).toBeVisible()
    await letGo(page)
    await shoot(app, page, 'accounts')
    await desk.goTo('Settings')
    await letGo(page)
    await shoot(app, page, 'settings')
  })

  test('offline', async ({ launch, sandbox }) => {
    const { app, page } = await launch()
    const desk = await connect(page, sandbox.origin)
    await expect.poll(() => decodedFaces(page)).toBeGreaterThanOrEqual(12)
    await sandbox.close()
    await desk.button('Refresh').click()
    await expect(desk.button('Try again')).toBeVisible()
    await letGo(page)
    await shoot(app, page, 'offline')
  })

  test('damaged database', async ({ launch, sandbox, userData }) => {
    const first = await launch()
    await connect(first.page, sandbox.origin)
    await first.quit()
    const [database] = readdirSync(userData).filter((name) => name === 'library.sqlite')
    if (database === undefined) throw new Error('There is no database')
    writeFileSync(join(userData, database), 'not a database any more')
    const { app, page } = await launch()
    await expect(page.getByText(/damaged/i).first()).toBeVisible()
    await letGo(page)
    await shoot(app, page, 'damaged')
  })
})

test.describe('a large library', () => {
  test.use({ sandboxOptions: { seedData: { replicas: 10_000 } } })

  test('ten thousand', async ({ launch, sandbox }) => {
    test.setTimeout(240_000)
    const { app, page } = await launch()
    const desk = new Desk(page)
    await desk.addAccount(studioNorth(sandbox.origin))
    await desk.goTo('Replicas')
    await page.getByRole('button', { name: 'List', exact: true }).click()
    await expect(page.getByText(/10,000/).first()).toBeVisible({ timeout: 120_000 })
    await letGo(page)
    await shoot(app, page, 'ten-thousand')
  })
})
