import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { test } from './fixtures.ts'
import { studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'

test('the palette finds commands and assets, and the application menu asks for the same', async ({
  launch,
  sandbox
}) => {
  const amara = makeReplica('Amara Osei', sandbox.clock.now())
  sandbox.state.addReplica(amara)
  const { app, page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await expect(desk.asset(amara.id)).toBeVisible()
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
    const option = page.getByRole('option', { name: amara.id })
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
