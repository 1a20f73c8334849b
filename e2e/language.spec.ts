import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test('the app speaks the language of the system until another one is chosen, and then that one', async ({
  launch
}) => {
  const german = ['--lang=de-AT']
  const first = await launch(german)
  await expect(first.page.locator('html')).toHaveAttribute('lang', 'de')
  await first.page.getByRole('link', { name: 'Einstellungen' }).click()
  await first.page.getByLabel('Sprache').selectOption('English')
  await expect(first.page.getByRole('link', { name: 'Settings' })).toBeVisible()
  await expect(first.page.locator('html')).toHaveAttribute('lang', 'en-US')
  await first.quit()

  const second = await launch(german)
  await expect(second.page.getByRole('link', { name: 'Settings' })).toBeVisible()
  await second.page.getByRole('link', { name: 'Settings' }).click()
  await second.page.getByLabel('Language').selectOption('System')
  await expect(second.page.getByRole('link', { name: 'Einstellungen' })).toBeVisible()
})
