import { existsSync } from 'node:fs'
import { expect } from '@playwright/test'
import { erasedOn, erasedPerson, seedHistoryYear } from '../test/main/history-year.ts'
import { test } from './fixtures.ts'
import { answerWithNewFile } from './pages/receipts.ts'
import { Steps } from './pages/steps.ts'

/** The day as the timeline heads it, whatever year it is now and wherever this computer is. */
const heading = (at: string): RegExp =>
  new RegExp(new Date(at).toLocaleDateString('en-US', { month: 'long', day: 'numeric' }))

test('ten questions about a year are answered in the window, in a few steps each', async ({
  launch,
  userData
}) => {
  test.slow()
  seedHistoryYear(userData)
  const { app, page } = await launch()
  const steps = new Steps(page)
  const { desk } = steps
  const timeline = page.getByRole('list', { name: 'Timeline' })
  const line = (text: string | RegExp) => page.locator('[data-record]', { hasText: text })
  const pane = page.getByRole('complementary', { name: 'Record' })

  const ask = async (question: string, most: number, answer: () => Promise<void>) => {
    await test.step(question, async () => {
      await answer()
      const count = steps.take()
      test.info().annotations.push({ type: 'steps', description: `${question} ${count}` })
      expect(count, question).toBeLessThanOrEqual(most)
    })
  }
  /** As it was found: no question helps the next one of another kind. */
  const startOver = async () => {
    await desk.goTo('History')
    await page.keyboard.press('Escape')
    await expect(pane).toHaveCount(0)
    await desk.button('Clear filters').click()
    await expect(desk.button('Clear filters')).toHaveCount(0)
    await desk.goTo('Replicas')
  }

  await ask('When was the face deleted, and by whom?', 2, async () => {
    await steps.goTo('History')
    await steps.fill('Search', `${erasedPerson} requested by you`)
    await expect(line('permanent deletion of 8 items requested by you').first()).toBeVisible()
    await expect(timeline.getByRole('heading').first()).toHaveText(heading(erasedOn))
  })

  await ask('Did the provider confirm it, and with what answer?', 2, async () => {
    await steps.fill('Search', `${erasedPerson} confirmed`)
    await steps.press(line('Tavus confirmed the permanent deletion').first())
    await expect(pane).toContainText('HTTP status')
    await expect(pane).toContainText('200')
    await expect(pane).toContainText('tavusapi.com')
  })

  await startOver()
  await ask(
    'What was deleted with it, and was it checked later that it stayed so?',
    4,
    async () => {
      await steps.goTo('People')
      await steps.press(page.getByRole('button', { name: new RegExp(erasedPerson) }))
      await steps.press('Show history')
      await steps.press('Deletions')
      const erasure = line('6 videos, 1 replica, and 1 voice permanently deleted')
      await expect(erasure).toHaveCount(1)
      await expect(erasure).toContainText('checked 24 times')
    }
  )

  await ask('Is there proof of it?', 3, async () => {
    const path = await answerWithNewFile(app)
    await steps.press(line('permanently deleted'))
    await steps.press(pane.getByRole('button', { name: 'Save receipt…' }))
    await steps.press(page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }))
    await expect.poll(() => existsSync(path)).toBe(true)
  })

  await startOver()
  await desk.goTo('People')
  await desk.button('All people').click()
  await ask('Which voices remain, and is theirs among them?', 2, async () => {
    await steps.goTo('Voices')
    await expect(page.getByText('28 voices')).toBeVisible()
    await steps.fill('Search', erasedPerson)
    await expect(page.getByText('No results')).toBeVisible()
  })

  await ask('Is anything of theirs still listed?', 2, async () => {
    await steps.goTo('People')
    await steps.fill('Search', erasedPerson)
    await expect(page.getByRole('button', { name: new RegExp(erasedPerson) })).toContainText(
      '0 assets'
    )
  })

  await ask('Was there a consent when it was trained?', 1, async () => {
    await steps.press(page.getByRole('button', { name: new RegExp(erasedPerson) }))
    await expect(page.getByText('Agreed on Dec 19, 2025, until Dec 31, 2099')).toBeVisible()
  })

  await ask('What changed elsewhere in March?', 4, async () => {
    await steps.goTo('History')
    await steps.press('External changes')
    await steps.fill('From date', '2026-03-01')
    await steps.fill('Jump to date', '2026-03-31')
    await expect(timeline.getByRole('heading').first()).toHaveText(/^March/)
    await expect(line('renamed outside this app').first()).toBeVisible()
    const chart = page.getByRole('group', { name: 'Activity over time' })
    await expect(chart.getByRole('button')).toHaveCount(31)
    await expect(
      chart.getByRole('button', { name: /^March \d+.*elsewhere$/ }).first()
    ).toBeVisible()
  })

  await startOver()
  await ask('What failed, and why?', 2, async () => {
    await steps.goTo('History')
    await steps.choose('Outcome', 'Failed')
    await expect(line('“The video is too short.”').first()).toBeVisible()
  })

  await ask('Is the record of all this unbroken?', 1, async () => {
    await steps.press('Verify integrity')
    // What was asked for meanwhile, such as the receipt, is a record too.
    await expect(page.getByText(/^5,0\d\d records verified$/)).toBeVisible()
  })
})
