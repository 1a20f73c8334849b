import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { sandboxKey, test } from './fixtures.ts'
import { answerWithFile } from './pages/receipts.ts'
import { Steps } from './pages/steps.ts'

/**
 * Everyday jobs and the presses that each takes at most; what is typed is not counted, nor is a key. Sample data is one
 * press in `sample.spec.ts`, a blocked plan three in `plans.spec.ts`, and a training is told of without any in
 * `notifications.spec.ts`.
 */
test('everyday jobs take no more presses than they need', async ({ launch, sandbox }) => {
  const names = ['Amara Osei', 'Kenji Watanabe', 'Priya Raman']
  for (const name of names) sandbox.state.addReplica(makeReplica(name, sandbox.clock.now()))
  const { app, page } = await launch()
  const steps = new Steps(page)
  const { desk } = steps
  const dialog = page.getByRole('dialog')

  const job = async (name: string, most: number, work: () => Promise<void>) => {
    await test.step(name, async () => {
      await work()
      const count = steps.take()
      test.info().annotations.push({ type: 'presses', description: `${name}: ${count}` })
      expect(count, name).toBeLessThanOrEqual(most)
    })
  }

  const replicaNames = () => sandbox.state.replicas.map(({ name }) => name)
  const fresh = async () => {
    await desk.discardDrafts()
    await desk.goTo('Replicas')
  }

  await job('the first account, with a wrong key at first', 1, async () => {
    await steps.press(desk.button('Add account').first())
    await expect(desk.field('API key')).toBeFocused()
    // Nobody types an address; the provider here is another one than everybody's.
    await desk.field('API address').fill(sandbox.origin)
    await desk.field('API key').fill(`${sandboxKey}x`)
    await page.keyboard.press('Enter')
    await expect(desk.field('API key')).toHaveAttribute('aria-invalid', 'true')
    await desk.field('API key').fill(sandboxKey)
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
  })

  await desk.goTo('Replicas')
  await expect(page.getByText('3 replicas')).toBeVisible()
  await desk.hold(60)
  await job('deleting, and taking it back', 1, async () => {
    await steps.press('Delete Amara Osei')
    await expect(page.getByRole('gridcell', { name: /Amara Osei/ })).toContainText('Deleting soon')
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('gridcell', { name: /Amara Osei/ })).not.toContainText(
      'Deleting soon'
    )
  })

  await job('deleting permanently', 3, async () => {
    await steps.press('Actions for Kenji Watanabe')
    await steps.press(page.getByRole('menuitem', { name: 'Delete permanently…' }))
    await desk.field('Type the name to confirm').fill('Kenji Watanabe')
    await steps.press('Delete permanently')
    await expect.poll(() => sandbox.state.hardDeletions).toHaveLength(1)
  })

  await job('the receipt of that', 1, async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'receipt-')), 'receipt.pdf')
    await answerWithFile(app, path)
    await steps.press('Save receipt…')
    await expect.poll(() => existsSync(path)).toBe(true)
  })

  await job('erasing a likeness', 3, async () => {
    await steps.press('Actions for Priya Raman')
    await steps.press(page.getByRole('menuitem', { name: 'Erase likeness…' }))
    await dialog.getByLabel(/^Type .* to confirm$/).fill('Priya Raman')
    await steps.press(dialog.getByRole('button', { name: /^(Erase likeness|Delete permanently)$/ }))
    await expect.poll(() => sandbox.state.hardDeletions).toHaveLength(2)
  })

  await job('a new replica, typed', 2, async () => {
    await steps.press('New replica')
    await expect(desk.field('Replica name')).toBeFocused()
    await page.keyboard.insertText('Noor Haddad')
    await page.keyboard.press('Tab')
    await expect(desk.field('Training video URL')).toBeFocused()
    await page.keyboard.insertText('https://files.example/noor.mp4')
    await steps.press('Create replica')
    await expect.poll(replicaNames).toContain('Noor Haddad')
  })

  await job('a new replica, by a link that is pasted where one is', 1, async () => {
    await fresh()
    await app.evaluate(({ clipboard }) =>
      clipboard.writeText('https://files.example/tomasz-wilk.mp4')
    )
    await page.keyboard.press('Control+v')
    await expect(desk.field('Replica name')).toHaveValue('Tomasz Wilk')
    await steps.press('Create replica')
    await expect.poll(replicaNames).toContain('Tomasz Wilk')
  })

  const four = ['Ada One', 'Ben Two', 'Cem Three', 'Dag Four']
  await job(
    'four replicas that are dropped, a row each, with something set for all',
    4,
    async () => {
      await fresh()
      const links = four.map(
        (name) => `https://files.example/${name.toLowerCase().replace(' ', '-')}.mp4`
      )
      await desk.drop({ items: [{ mimeType: 'text/plain', data: links.join('\n') }] })
      await expect(desk.drafts).toHaveCount(four.length)
      await expect(page.locator('[data-draft] > [aria-expanded="true"]')).toHaveCount(0)
      await steps.press('Apply to all…')
      await steps.choose('Type', 'Character')
      await steps.press(dialog.getByRole('button', { name: 'Apply', exact: true }))
      await expect(dialog).toHaveCount(0)
      await steps.press('Create all ready')
      await expect.poll(replicaNames).toEqual(expect.arrayContaining(four))
    }
  )

  await desk.goTo('History')
  await job('the story of one of them, exported', 2, async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'story-')), 'story.html')
    await answerWithFile(app, path)
    const line = page.locator('[data-record]', { hasText: 'Kenji Watanabe' }).first()
    await steps.press(line)
    await steps.press('Export story…')
    await expect(dialog.getByRole('button', { name: 'Save as…' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect.poll(() => existsSync(path)).toBe(true)
    await dialog.getByRole('button', { name: 'Close' }).click()
  })

  await desk.goTo('People')
  await job('a person, by a name of the library, with what is called so', 1, async () => {
    await steps.press(desk.button('Add person').first())
    await expect(desk.field('Name')).toBeFocused()
    await page.keyboard.insertText('ama')
    await expect(page.getByRole('option', { name: 'Amara Osei' })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(desk.field('Auto-assign by name')).toHaveValue('Amara Osei')
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('heading', { name: 'Amara Osei', level: 1 })).toBeVisible()
  })
})
