import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder } from './sweep.ts'

const saveTo = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)

const backUp = async (page: Page) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('back up')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Back up' })
  await dialog.getByRole('button', { name: 'Choose where to save…' }).click()
  await expect(dialog.getByText(/^Saved as /)).toBeVisible({ timeout: 60_000 })
  return dialog
}

test('everything but keys is saved as one file', async ({ connect }) => {
  const { app, page } = await connect('Ana Østberg', 'Bo')
  const folder = mkdtempSync(join(tmpdir(), 'backup-'))
  await saveTo(app, join(folder, 'all.replicadesk'))

  await test.step('from the palette and from Settings', async () => {
    const dialog = await backUp(page)
    await expect(dialog).toContainText('Saved as all.replicadesk')
    await expect(dialog).toContainText('2 library items')
    expect(readdirSync(folder)).toEqual(['all.replicadesk'])
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog).toHaveCount(0)
    const desk = new Desk(page)
    await desk.goTo('Settings')
    await desk.button('Back up…').click()
    await expect(page.getByRole('dialog', { name: 'Back up' })).toContainText('Saved as')
    await page.keyboard.press('Escape')
  })
  expect(sweepFolder(folder, [sandboxKey])).toEqual([])
  expect(existsSync(join(folder, 'all.replicadesk'))).toBe(true)
  rmSync(folder, { recursive: true, force: true })
})
