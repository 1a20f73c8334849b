import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { answerWithFile } from './pages/receipts.ts'

test.use({ sandboxOptions: { seedData: { replicas: 3, videos: 2 } } })

/** The report as a browser shows it: without the app's page around it, and with no network. */
const openReport = async (app: ElectronApplication, path: string): Promise<Page> => {
  const opened = app.waitForEvent('window')
  await app.evaluate(async ({ BrowserWindow, session }, file) => {
    const offline = session.fromPartition('report')
    offline.enableNetworkEmulation({ offline: true })
    const window = new BrowserWindow({
      width: 1040,
      height: 900,
      webPreferences: { session: offline }
    })
    await window.loadFile(file)
  }, path)
  return opened
}

/** Remembers what the file manager is asked to show. */
const watchFolders = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => {
      ;(globalThis as unknown as { shown: string }).shown = path
    }
  })

const shownFolder = (app: ElectronApplication): Promise<string | undefined> =>
  app.evaluate(() => (globalThis as unknown as { shown?: string }).shown)

test('the history is exported offline: as a report with faces, on paper, as a table, and as records that verify', async ({
  connect,
  sandbox
}, info) => {
  const { app, page, desk } = await connect('Amara Osei')
  const folder = mkdtempSync(join(tmpdir(), 'export-'))
  const dialog = page.getByRole('dialog', { name: 'Export history' })
  const save = async (path: string, format: string): Promise<void> => {
    await answerWithFile(app, path)
    await desk.button('Export…').click()
    await dialog.getByRole('radio', { name: format }).check()
    await dialog.getByRole('button', { name: 'Save as…' }).click()
    await expect(dialog.getByText(/records? exported$/)).toBeVisible()
  }
  const close = () => dialog.getByRole('button', { name: 'Close' }).click()

  await desk.goTo('Replicas')
  await desk.deletePermanently('Amara Osei')
  await desk.goTo('History')
  const deleted = page.locator('[data-record]', { hasText: 'confirmed the permanent deletion' })
  await expect(deleted.first()).toBeVisible()
  await sandbox.close()

  await test.step('a report opens in a browser, in light and dark, and loads nothing', async () => {
    const path = join(folder, 'history.html')
    await watchFolders(app)
    await save(path, 'Report (HTML)')
    await dialog.getByRole('button', { name: 'Show in folder' }).click()
    await expect.poll(() => shownFolder(app)).toBe(path)
    await close()
    const report = await openReport(app, path)
    const refused: string[] = []
    report.on('console', (message) => refused.push(message.text()))
    report.on('request', (request) => {
      if (!/^(?:file|data):/.test(request.url())) refused.push(request.url())
    })
    await report.reload()
    await expect(report.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
    const line = report
      .getByRole('listitem')
      .filter({ hasText: 'confirmed the permanent deletion' })
    await expect(line.first()).toContainText('Amara Osei')
    await expect(report.locator('image').first()).toBeVisible()
    for (const [colorScheme, ground] of [
      ['light', 'rgb(245, 245, 246)'],
      ['dark', 'rgb(20, 21, 24)']
    ] as const) {
      await report.emulateMedia({ colorScheme })
      await expect
        .poll(() => report.evaluate(() => getComputedStyle(document.body).backgroundColor))
        .toBe(ground)
      const picture = await report.screenshot({ path: info.outputPath(`${colorScheme}.png`) })
      expect(picture.length).toBeGreaterThan(20_000)
    }
    expect(refused).toEqual([])
    await report.close()
  })

  await test.step('the same on paper', async () => {
    const path = info.outputPath('history.pdf')
    await save(path, 'Report (PDF)')
    await close()
    const pdf = readFileSync(path, 'latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(0)
  })

  await test.step('what is shown, as records that our verifier finds good', async () => {
    const path = join(folder, 'deletions.jsonl')
    await desk.field('Search').fill('amara')
    await expect(deleted.first()).toBeVisible()
    await save(path, 'Exact records (JSON Lines)')
    await close()
    const [, ...lines] = readFileSync(path, 'utf8').trim().split('\n')
    const names = lines.map((line) => String(JSON.parse(line).assetName))
    expect(new Set(names)).toEqual(new Set(['Amara Osei']))
    const verifier = join(import.meta.dirname, '..', 'resources', 'verify-receipt.mjs')
    const verdict = execFileSync('node', [verifier, path]).toString()
    expect(verdict).toMatch(/^GOOD {2}exported history deletions\.jsonl/)
  })

  await test.step('everything, as a table', async () => {
    const path = join(folder, 'history.csv')
    await answerWithFile(app, path)
    await desk.button('Export…').click()
    await expect(dialog.getByRole('radio', { name: 'What is shown' })).toBeChecked()
    await dialog.getByRole('radio', { name: 'Everything' }).check()
    await dialog.getByRole('radio', { name: 'Table (CSV)' }).check()
    await dialog.getByRole('button', { name: 'Save as…' }).click()
    await expect(dialog.getByText(/records exported$/)).toBeVisible()
    await close()
    const [head = ''] = readFileSync(path, 'utf8').split('\r\n')
    expect(head).toMatch(/^\uFEFFRecord,Local time,Time zone,UTC,Name,What happened,Outcome/)
  })

  await test.step('the story of one thing, from beside the timeline', async () => {
    const path = join(folder, 'story.html')
    await answerWithFile(app, path)
    await deleted.first().click()
    await page.getByRole('button', { name: 'Export story…' }).click()
    await expect(dialog.getByRole('radio', { name: 'Story of Amara Osei' })).toBeChecked()
    await dialog.getByRole('radio', { name: 'Report (HTML)' }).check()
    await dialog.getByRole('button', { name: 'Save as…' }).click()
    await expect(dialog.getByText(/records exported$/)).toBeVisible()
    await close()
    expect(readFileSync(path, 'utf8')).toContain('<bdi>Story of Amara Osei</bdi></h1>')
  })

  await test.step('where it cannot be saved, that is said in words, and nothing is left', async () => {
    const file = join(folder, 'no-folder')
    writeFileSync(file, '')
    await answerWithFile(app, join(file, 'history.html'))
    await desk.button('Export…').click()
    await dialog.getByRole('button', { name: 'Save as…' }).click()
    await expect(dialog.getByText('Couldn’t export the history')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    expect(existsSync(join(file, 'history.html'))).toBe(false)
  })
  rmSync(folder, { recursive: true })
})
