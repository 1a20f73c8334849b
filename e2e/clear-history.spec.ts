import { readdirSync } from 'node:fs'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { historyIn } from './pages/batches.ts'
import { Desk } from './pages/desk.ts'

test('the history is cleared after two questions; the library stays, and the old records in a file', async ({
  connect,
  launch,
  userData
}) => {
  const { page, desk, quit, replicas } = await connect('Amara Osei', 'Kenji Watanabe')
  const kept = () => readdirSync(userData).filter((name) => name.startsWith('library.cleared-'))
  const records = page.locator('[data-record]')
  await desk.goTo('History')
  await desk.expectHistory('Amara Osei', 'added to library')
  const lines = await records.count()
  const count = (await historyIn(page)).length
  const first = page.getByRole('dialog', { name: 'Clear history?' })
  const second = page.getByRole('dialog', { name: `Clear ${count} records now?` })

  await test.step('either question can be declined', async () => {
    await desk.goTo('Settings')
    await desk.button('Clear history…').click()
    await expect(first).toContainText(`${count} records`)
    await first.getByRole('button', { name: 'Cancel' }).click()
    await expect(first).toHaveCount(0)
    await desk.button('Clear history…').click()
    await first.getByRole('button', { name: 'Continue' }).click()
    await expect(second).toContainText('30 days')
    await page.keyboard.press('Escape')
    await expect(second).toHaveCount(0)
    await desk.goTo('History')
    await expect(records).toHaveCount(lines)
    expect(kept()).toEqual([])
  })

  await test.step('confirmed twice', async () => {
    await desk.goTo('Settings')
    await desk.button('Clear history…').click()
    await first.getByRole('button', { name: 'Continue' }).click()
    await second.getByRole('button', { name: 'Clear history' }).click()
    await expect(page.locator('[data-tone]', { hasText: `${count} records cleared` })).toBeVisible()
    expect(kept()).toHaveLength(1)
    await expect(page.locator('[data-tone]', { hasText: kept()[0] ?? '' })).toBeVisible()
    await desk.goTo('History')
    await expect(records).toHaveCount(1)
    await desk.expectHistory('History', `${count} records cleared`)
    await desk.button('Verify integrity').click()
    await expect(page.getByText('1 record verified')).toBeVisible()
    await expect(page.getByText('the last one matches the keychain')).toBeVisible()
  })

  await test.step('after a restart too', async () => {
    await quit()
    const again = await launch()
    const later = new Desk(again.page)
    for (const { id } of replicas) await expect(later.asset(id)).toBeVisible()
    await later.goTo('History')
    await later.expectHistory(`${count} records cleared`)
    await expect(again.page.getByText('Amara Osei')).toHaveCount(0)
    expect(kept()).toHaveLength(1)
  })
})
