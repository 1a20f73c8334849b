import { expect } from '@playwright/test'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'

test.use({ sandboxOptions: { seedData: { replicas: 450 } } })

test('a first listing is one line of the history, which opens to its records', async ({
  launch,
  sandbox
}) => {
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount({
    name: 'Studio North',
    key: sandboxKey,
    address: sandbox.origin
  })
  await desk.goTo('Replicas')
  await expect(page.getByText('450 replicas')).toBeVisible()
  await desk.goTo('History')
  const records = page.locator('[data-record]')
  const bundle = page.getByRole('button', { name: /450 replicas first seen in the list/ })
  await expect(bundle).toHaveAttribute('aria-expanded', 'false')
  await expect(bundle).toContainText('Studio North')
  const singles = await records.count()
  expect(singles).toBeLessThan(6)

  await test.step('it opens by keyboard; a record inside shows what was written down', async () => {
    await bundle.focus()
    await page.keyboard.press('Enter')
    await expect(bundle).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('Chain hash')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
  })

  await test.step('what is left comes in parts, until all are there', async () => {
    const list = page.getByRole('list', { name: 'Records, newest first' })
    for (const left of ['Show more (250 left)', 'Show more (50 left)']) {
      await expect(async () => {
        await list.hover()
        await page.mouse.wheel(0, 4000)
        await expect(desk.button(left)).toBeVisible({ timeout: 200 })
      }).toPass()
      await desk.button(left).click()
    }
    await expect(page.getByRole('button', { name: /^Show more/ })).toHaveCount(0)
  })

  await test.step('it closes again', async () => {
    await page.keyboard.press('Control+1')
    await desk.goTo('History')
    await bundle.click()
    await expect(bundle).toHaveAttribute('aria-expanded', 'false')
    await expect(records).toHaveCount(singles)
  })

  await test.step('a search finds the records themselves', async () => {
    await desk.field('Search').fill('asset-first-seen')
    await expect(bundle).toHaveCount(0)
    await expect(records.nth(6)).toContainText('first seen in the list')
    await desk.field('Search').fill('')
    await expect(bundle).toBeVisible()
  })
})
