import { expect, type Locator } from '@playwright/test'
import { test } from './fixtures.ts'
import { expectNoViolations } from './pages/axe.ts'
import { modelStops } from './pages/model-stops.ts'
import { openSample, stepBack, stops } from './pages/stops.ts'
import { tabRound } from './pages/tab-round.ts'

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
      await expectNoViolations(page, 'the first screen')
    }
    const desk = await openSample(page)
    for (const stop of partStops) {
      await test.step(stop.name, async () => {
        await stop.open(desk, page)
        await expect(page.locator('h1').first()).toBeAttached()
        await expectNoViolations(page, stop.name)
        await stop.close?.(page)
        if (stop.close === stepBack) {
          await expect(page.getByRole('dialog')).toHaveCount(0)
          await expect(page.getByRole('menu')).toHaveCount(0)
        }
      })
    }
  })
}

test('everything is reached by keyboard, with the focus in sight, and Escape goes one step back', async ({
  launch
}) => {
  const { page } = await launch()
  await openSample(page)

  await test.step('the window brings its own font', async () => {
    const loaded = () =>
      page.evaluate(() =>
        [...document.fonts].flatMap(({ family, status }) => (status === 'loaded' ? [family] : []))
      )
    await expect.poll(loaded).toContainEqual(expect.stringContaining('Inter Variable'))
    const family = await page.evaluate(() => getComputedStyle(document.body).fontFamily)
    expect(family).toMatch(/^"?Inter Variable/)
  })

  await test.step('Tab comes to every place and every action, and around again', async () => {
    const round = (await tabRound(page)).join('\n')
    for (const name of ['Replicas', 'Videos', 'History', 'Accounts', 'Settings', 'Search']) {
      expect(round).toContain(name)
    }
    for (const name of ['Refresh', 'New replica', 'Mine', 'All']) expect(round).toContain(name)
    // A group is one stop, at what is chosen in it.
    for (const name of ['button Stock', 'button Training']) expect(round).not.toContain(name)
  })

  await test.step('arrows walk within a group', async () => {
    const chip = (name: string) => page.getByRole('button', { name, exact: true })
    await chip('All').focus()
    await page.keyboard.press('ArrowRight')
    await expect(chip('Ready')).toBeFocused()
    await page.keyboard.press('End')
    await expect(chip('Deleted')).toBeFocused()
    await page.keyboard.press('Home')
    await expect(chip('All')).toBeFocused()
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
    const cells = page.getByRole('gridcell')
    const faces = cells.locator('img')
    await expect.poll(() => faces.count()).toBeGreaterThan(8)
    const before = await faces.evaluateAll((all) =>
      all.map((face) => {
        face.dataset['stayed'] = 'yes'
        return face.getBoundingClientRect().top
      })
    )
    await cells.first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary')).toBeVisible()
    // Cards move to other rows, and take their faces along instead of loading them again.
    const tops = () =>
      faces.evaluateAll((all) => all.map((face) => face.getBoundingClientRect().top))
    await expect.poll(tops).not.toEqual(before)
    await expect.poll(() => cells.locator('img[data-stayed]').count()).toBeGreaterThan(8)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
  })

  await test.step('whoever is searched for comes up with the face that stood further down', async () => {
    const cells = page.getByRole('gridcell')
    const furtherDown = cells.filter({ has: page.locator('img[data-stayed]') }).last()
    const actions = furtherDown.getByRole('button', { name: /^Actions for / })
    const label = (await actions.getAttribute('aria-label')) ?? ''
    const topOf = (cell: Locator) => cell.evaluate((card) => card.getBoundingClientRect().top)
    const before = await topOf(furtherDown)
    await page.keyboard.press('Control+f')
    await page.keyboard.type(label.replace('Actions for ', ''))
    await expect(cells).toHaveCount(1)
    await expect(cells.getByRole('button', { name: label })).toBeAttached()
    expect(await topOf(cells)).toBeLessThan(before)
    await expect(cells.locator('img[data-stayed]')).toHaveCount(1)
    await page.getByRole('searchbox', { name: 'Search' }).fill('')
    await expect(cells.nth(1)).toBeVisible()
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
