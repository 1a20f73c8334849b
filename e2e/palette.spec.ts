import { type ElectronApplication, expect } from '@playwright/test'
import { test } from './fixtures.ts'

/** Presses one key after the other without waiting for what they do, as quick hands would. */
const pressAll = (app: ElectronApplication, keys: readonly string[]): Promise<void> =>
  app.evaluate(({ BrowserWindow }, presses) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    for (const press of presses) {
      const keyCode = press.replace('Control+', '')
      const modifiers = press === keyCode ? [] : (['control'] as const)
      contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers: [...modifiers] })
      if (press.length === 1) contents?.sendInputEvent({ type: 'char', keyCode })
      contents?.sendInputEvent({ type: 'keyUp', keyCode, modifiers: [...modifiers] })
    }
  }, keys)

test('the palette finds commands and assets, and the application menu asks for the same', async ({
  connect
}) => {
  const { app, page, replicas } = await connect('Amara Osei')
  const amara = replicas[0]?.id ?? ''
  const field = page.getByRole('combobox', { name: /^Search commands/ })

  await test.step('a command by a part of its name', async () => {
    await page.keyboard.press('Control+k')
    await field.fill('histo go')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible()
    await expect(field).toHaveCount(0)
  })

  await test.step('an asset by its name, opened with its details', async () => {
    await page.keyboard.press('Control+k')
    await field.fill('amara')
    const option = page.getByRole('option', { name: amara })
    await expect(option).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary')).toContainText('Amara Osei')
  })

  await test.step('nothing is found for nonsense, and the same keys close it', async () => {
    await page.keyboard.press('Control+k')
    await field.fill('zzzz')
    await expect(page.getByText('No results for “zzzz”')).toBeVisible()
    await page.keyboard.press('Control+k')
    await expect(field).toHaveCount(0)
  })

  await test.step('what is typed at once after its key is all there, and nothing behind hears it', async () => {
    const dialogs = page.getByRole('dialog')
    await page.keyboard.press('Control+n')
    await page.getByRole('button', { name: 'Advanced' }).click()
    // A field of the same role must not be taken for the one of the palette.
    for (const from of [
      page.getByLabel('Model', { exact: true }),
      page.getByLabel('Replica name')
    ]) {
      await from.focus()
      await pressAll(app, ['Control+k', ...'amara'])
      await expect(field).toHaveValue('amara')
      await expect(from).toHaveValue('')
      await page.keyboard.press('Escape')
      await expect(dialogs).toHaveCount(0)
    }
    await page.keyboard.press('Control+1')
    const cell = page.getByRole('gridcell').first()
    await cell.focus()
    await pressAll(app, ['Control+k', 'Delete', 'F2', 'Down', 'x', 'Backspace', ...'amara'])
    await expect(field).toHaveValue('amara')
    await page.keyboard.press('Escape')
    await expect(dialogs).toHaveCount(0)
    await pressAll(app, ['Control+k', 'Escape'])
    await expect(dialogs).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Pending deletions' })).toHaveCount(0)
    // What another key opens is not there at once either.
    await cell.focus()
    await pressAll(app, ['F2', 'Delete', ' '])
    await expect(page.getByLabel('New name')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByLabel('New name')).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Pending deletions' })).toHaveCount(0)
    await expect(page.getByRole('main').locator('[aria-selected="true"]')).toHaveCount(0)
  })

  await test.step('the application menu', async () => {
    await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.getMenuItemById('go-settings')?.click()
    )
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    // What was opened before is where one goes to places.
    const openRecent = () =>
      app.evaluate(({ Menu }) => {
        const items = Menu.getApplicationMenu()?.items.flatMap(
          ({ submenu }) => submenu?.items ?? []
        )
        const recent = items?.find(({ label }) => label === 'Amara Osei')
        recent?.click()
        return recent !== undefined
      })
    await expect.poll(openRecent).toBe(true)
    await expect(page.getByRole('complementary')).toContainText(amara)
    await expect(page).toHaveTitle('Amara Osei – Replicas – Replica Desk')
  })
})
