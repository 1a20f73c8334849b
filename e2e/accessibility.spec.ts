import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { modelStops } from './pages/model-stops.ts'
import { openSample, settle, stepBack, stops } from './pages/stops.ts'

/** What axe has against the window as it stands, in one line for each thing. */
const violations = async (page: Page): Promise<readonly string[]> => {
  // The usual mode opens a second page for its verdict, which an app with one window has not.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)
  )
}

/** Looks at the window in both themes; what a stop opened stays open. */
const expectNone = async (page: Page, stop: string): Promise<void> => {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    await settle(page)
    expect.soft(await violations(page), `${stop}, ${theme}`).toEqual([])
  }
}

test('axe has nothing against any screen or dialog, in either theme', async ({ launch }) => {
  test.setTimeout(480_000)
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Explore with sample data' })).toBeVisible()
  await expectNone(page, 'the first screen')
  const desk = await openSample(page)
  for (const stop of [...stops, ...modelStops]) {
    await test.step(stop.name, async () => {
      await stop.open(desk, page)
      await expect(page.locator('h1').first()).toBeAttached()
      await expectNone(page, stop.name)
      await stop.close?.(page)
      if (stop.close === stepBack) {
        await expect(page.getByRole('dialog')).toHaveCount(0)
        await expect(page.getByRole('menu')).toHaveCount(0)
      }
    })
  }
})

/** What has the focus, as a person who cannot see it is told. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    const name = element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    return `${element?.tagName.toLowerCase() ?? ''} ${name}`.slice(0, 60)
  })

/** Everything that Tab comes to, once around. */
const tabRound = async (page: Page): Promise<readonly string[]> => {
  const names: string[] = []
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab')
    const name = await focused(page)
    if (name === names[0]) return names
    names.push(name)
  }
  return names
}

test('everything is reached by keyboard, with the focus in sight, and Escape goes one step back', async ({
  launch
}) => {
  const { page } = await launch()
  await openSample(page)

  await test.step('Tab comes to every place and every action, and around again', async () => {
    const round = (await tabRound(page)).join('\n')
    for (const name of ['Replicas', 'Videos', 'History', 'Accounts', 'Settings', 'Search']) {
      expect(round).toContain(name)
    }
    for (const name of ['Refresh', 'New replica', 'Mine', 'Stock']) expect(round).toContain(name)
  })

  await test.step('what has the focus has a ring', async () => {
    await page.getByRole('link', { name: 'History', exact: true }).focus()
    await page.keyboard.press('Tab')
    const ring = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body)
      return `${style.outlineStyle} ${style.outlineWidth}`
    })
    expect(ring).toBe('solid 2px')
  })

  await test.step('the details open by Enter and close by Escape', async () => {
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
  })

  await test.step('the timeline is one stop, and arrows walk over it', async () => {
    await page.keyboard.press('Control+6')
    const records = page.locator('[data-record]')
    await expect(records.first()).toBeVisible()
    await expect(page.locator('[data-record][tabindex="0"]')).toHaveCount(1)
    await records.first().focus()
    await page.keyboard.press('ArrowDown')
    await expect(records.nth(1)).toBeFocused()
    const bundle = page.locator('[data-record][aria-expanded]').first()
    await bundle.focus()
    await page.keyboard.press('Enter')
    await expect(bundle).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('ArrowDown')
    await expect(bundle).not.toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
  })

  await test.step('a question mark shows the keys, but not while one types', async () => {
    await page.keyboard.press('Control+f')
    await page.keyboard.press('?')
    await expect(page.getByRole('searchbox')).toHaveValue('?')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})
