import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('the keyboard is where it was before, whatever came over the screen', async ({ connect }) => {
  const { page, desk, replicas } = await connect('Amara', 'Bao', 'Chidi')
  const cell = desk.asset(replicas[1]?.id ?? '')
  const actions = desk.button('Actions for Bao')

  for (const item of ['Rename', 'Delete permanently…', 'Erase likeness…', 'Tie to a person…']) {
    await test.step(`${item} from the menu`, async () => {
      await cell.focus()
      await desk.openActions('Bao', item)
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(actions).toBeFocused()
    })
  }

  for (const key of ['Control+k', '?']) {
    await test.step(`what ${key} opens`, async () => {
      await cell.focus()
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(cell).toBeFocused()
    })
  }

  await test.step('a field that was left stays left', async () => {
    await page.keyboard.press('Control+f')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('main')).toBeFocused()
  })

  await test.step('a replica that is held, and taken back', async () => {
    await desk.deleteSoftly('Bao')
    await expect(cell).toBeFocused()
    await desk.button('Undo').click()
    await expect(desk.button('Undo')).toHaveCount(0)
    await expect(cell).toBeFocused()
  })

  await test.step('another screen begins at its name', async () => {
    await cell.focus()
    await page.keyboard.press('Control+n')
    await expect(page.getByRole('heading', { name: 'New replicas', level: 1 })).toBeFocused()
  })
})

test('a form that lacks something goes to what it lacks', async ({ launch }) => {
  const { page } = await launch()
  await page.getByRole('button', { name: 'Add account' }).first().click()
  await page.getByLabel('Account name').fill('Studio North')
  await page.getByRole('button', { name: 'Save account' }).click()
  await expect(page.getByLabel('API key', { exact: true })).toBeFocused()
})
