import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { modelStops } from './pages/model-stops.ts'
import { openSample, settle, stepBack, stops } from './pages/stops.ts'

const themes = ['light', 'dark'] as const

/** The themes differ in their colours alone, so everything else needs to be looked at once only. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** What axe has against the window as it stands, in one line for each thing. */
const violations = async (page: Page, theme: (typeof themes)[number]) => {
  // The usual mode opens a second page for its verdict, which an app with one window has not.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations: found } = await (theme === 'light'
    ? axe
    : axe.withRules(colourRules)
  ).analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)
  )
}

/** Looks at the window in both themes; what a stop opened stays open. */
const expectNone = async (page: Page, stop: string): Promise<void> => {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    await settle(page)
    expect.soft(await violations(page, theme), `${stop}, ${theme}`).toEqual([])
  }
}

const firstOther = stops.findIndex(({ name }) => name === 'history')

/** The longest of all tests, in parts that may run side by side. */
const parts = {
  'the library, drafts and dialogs': stops.slice(0, firstOther),
  'history, accounts, settings and the palette': stops.slice(firstOther),
  'models, versions and people': modelStops
} as const

for (const [name, partStops] of Object.entries(parts)) {
  test(`axe has nothing against ${name}, in either theme`, async ({ launch }) => {
    test.setTimeout(480_000)
    const { page } = await launch()
    await expect(page.getByRole('button', { name: 'Explore with sample data' })).toBeVisible()
    if (partStops === parts['history, accounts, settings and the palette']) {
      await expectNone(page, 'the first screen')
    }
    const desk = await openSample(page)
    for (const stop of partStops) {
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
}

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

  await test.step('a link passes over everything before the results, at every screen that lists', async () => {
    const skip = page.getByRole('button', { name: 'Skip to results' })
    for (const [key, first] of [
      ['1', page.getByRole('gridcell').first()],
      ['2', page.getByRole('gridcell').first()],
      ['6', page.locator('[data-record]').first()],
      ['7', page.getByRole('main').getByRole('listitem').getByRole('button').first()]
    ] as const) {
      await page.keyboard.press(`Control+${key}`)
      await expect(first).toBeVisible()
      await skip.first().focus()
      await expect(skip.first()).toBeInViewport()
      await page.keyboard.press('Enter')
      await expect(first).toBeFocused()
    }
    await page.keyboard.press('Control+1')
    await page.keyboard.press('Control+f')
    await page.keyboard.press('Tab')
    await expect(skip.last()).toBeFocused()
    await page.keyboard.press('Space')
    await expect(page.getByRole('gridcell').first()).toBeFocused()
    await page.keyboard.press('Control+f')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('gridcell').first()).toBeFocused()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('nobody is called that')
    await expect(page.getByText('No results').first()).toBeVisible()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Clear filters' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('gridcell').first()).toBeVisible()
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
