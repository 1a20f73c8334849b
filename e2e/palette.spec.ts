import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('the palette finds commands and assets, and the application menu asks for the same', async ({
  connect
}) => {
  const { app, page, replicas } = await connect('Amara Osei')
  const amara = replicas[0]?.id ?? ''
  const field = page.getByRole('combobox', { name: /^Find a command/ })

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
    await expect(page.getByText('Nothing is called “zzzz”.')).toBeVisible()
    await page.keyboard.press('Control+k')
    await expect(field).toHaveCount(0)
  })

  await test.step('the application menu', async () => {
    await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.getMenuItemById('go-settings')?.click()
    )
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  })
})
