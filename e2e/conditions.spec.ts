import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { expectNoViolationsNow } from './pages/axe.ts'
import type { Desk } from './pages/desk.ts'
import { openSample, settle, stepBack, stops } from './pages/stops.ts'

/** What is wider than the window, or stands beside it where nothing scrolls it into view. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const root = document.documentElement
    const wide = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} wide`] : []
    const scrollsSideways = (element: Element): boolean => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at)
        if (/auto|scroll/.test(overflowX) && at.scrollWidth > at.clientWidth) return true
      }
      return false
    }
    const things = document.querySelectorAll('button, a, input, select, h1, h2, h3, label, [role]')
    const lost = [...things].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect()
      if (width < 2 || height < 2 || !element.checkVisibility()) return false
      return (left < -1 || right > innerWidth + 1) && !scrollsSideways(element)
    })
    return [...wide, ...lost.map((element) => element.outerHTML.slice(0, 120))]
  })

/** Everything that Tab comes to and that shows nothing of it. */
const withoutRing = async (page: Page): Promise<readonly string[]> => {
  const bare = new Set<string>()
  const seen = new Set<string>()
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab')
    const { name, hasRing, isStop } = await page.evaluate(() => {
      const element = document.activeElement ?? document.body
      const rings = [element, element.parentElement ?? element].map((at) => getComputedStyle(at))
      const hasRing = rings.some(
        ({ outlineStyle, outlineWidth }) =>
          outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
      )
      // What takes the focus only to be read out, such as a heading, needs no ring.
      const isStop = element !== document.body && element.getAttribute('tabindex') !== '-1'
      return { name: element.outerHTML.slice(0, 160), hasRing, isStop }
    })
    if (seen.has(name)) break
    seen.add(name)
    if (!hasRing && isStop) bare.add(name)
  }
  return [...bare]
}

interface Condition {
  readonly name: string
  readonly set: (app: ElectronApplication, page: Page) => Promise<void>
  /** Whether axe looks at every stop as well, and at our colours. */
  readonly axe?: 'with-colours' | 'without-colours'
  /** What else is seen under it. */
  readonly alsoSeen?: (desk: Desk, page: Page) => Promise<void>
}

/** A window of this many CSS pixels, which may be smaller than a person can make it. */
const lookThrough = async (
  app: ElectronApplication,
  page: Page,
  width: number,
  height: number
): Promise<void> => {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setMinimumSize(1, 1)
      window?.setContentSize(size.width, size.height)
    },
    { width, height }
  )
  await page.waitForFunction((wanted) => innerWidth === wanted, width)
}

/** The widest font that a plain Linux brings; elsewhere the system's own font is narrower. */
const wideFont = 'DejaVu Sans'

/** Sets every text in the wide font, as a sheet of the person's own: the page's policy does not apply to it. */
const wearWideFont = async (app: ElectronApplication, page: Page): Promise<void> => {
  await app.evaluate(
    ({ BrowserWindow }, css) =>
      BrowserWindow.getAllWindows()[0]?.webContents.insertCSS(css, { cssOrigin: 'user' }),
    `* { font-family: "${wideFont}" !important }`
  )
  const widths = await page.evaluate((font) => {
    const pen = document.createElement('canvas').getContext('2d')
    return [`"${font}", monospace`, 'monospace'].map((family) => {
      if (pen !== null) pen.font = `40px ${family}`
      return pen?.measureText('iiiiMMMM').width
    })
  }, wideFont)
  expect(widths[0], `${wideFont} is installed`).not.toBe(widths[1])
}

/** The list keeps room for a row. */
const expectRoomForRows = async (desk: Desk, page: Page): Promise<void> => {
  await desk.goTo('Replicas')
  for (const view of ['List', 'Grid'] as const) {
    await desk.button(view).click()
    await settle(page)
    const room = await page.getByRole('grid').evaluate((grid) => {
      const { top } = grid.getBoundingClientRect()
      return Math.min(grid.clientHeight, innerHeight - top)
    })
    expect.soft(room, view).toBeGreaterThan(150)
  }
}

/** What has the focus is seen to have it. */
const expectRings = async (desk: Desk, page: Page): Promise<void> => {
  for (const place of ['Replicas', 'Videos', 'History', 'Accounts', 'Settings'] as const) {
    await desk.goTo(place)
    await settle(page)
    expect.soft(await withoutRing(page), place).toEqual([])
  }
  await desk.goTo('Replicas')
  await desk.button('New replica').click()
  expect.soft(await withoutRing(page), 'drafts').toEqual([])
  await page.keyboard.press('Control+k')
  await expect(page.locator('[data-palette-field]')).toBeFocused()
  expect.soft(await withoutRing(page), 'palette').toEqual([])
}

// Zooming makes the window's CSS pixels fewer and nothing else; the pointer of these tests knows only those.
const conditions: readonly Condition[] = [
  { name: 'the smallest window', set: (app, page) => lookThrough(app, page, 880, 600) },
  {
    name: 'zoomed to 200 %',
    set: (app, page) => lookThrough(app, page, 640, 400),
    axe: 'with-colours'
  },
  {
    name: 'the smallest window, zoomed to 200 %, in a wide font',
    set: async (app, page) => {
      await lookThrough(app, page, 440, 300)
      await wearWideFont(app, page)
    },
    alsoSeen: expectRoomForRows
  },
  {
    name: 'forced colours',
    set: (_app, page) => page.emulateMedia({ forcedColors: 'active' }),
    axe: 'without-colours',
    alsoSeen: expectRings
  }
]

const lookAtAllStops = async (desk: Desk, page: Page, axe: Condition['axe']): Promise<void> => {
  for (const stop of stops) {
    await test.step(stop.name, async () => {
      await stop.open(desk, page)
      // A screen that is loaded when it is first needed may still be on its way.
      await expect(page.locator('main h1')).not.toHaveCount(0)
      await settle(page)
      expect.soft(await cutOff(page), stop.name).toEqual([])
      if (axe !== undefined) await expectNoViolationsNow(page, stop.name, axe === 'with-colours')
      await stop.close?.(page)
      if (stop.close === stepBack) await expect(page.getByRole('dialog')).toHaveCount(0)
    })
  }
}

for (const { name, set, axe, alsoSeen } of conditions) {
  test(`${name}: nothing is cut off at any screen or dialog`, async ({ launch }) => {
    test.setTimeout(300_000)
    const { app, page } = await launch()
    const desk = await openSample(page)
    await set(app, page)
    await lookAtAllStops(desk, page, axe)
    await alsoSeen?.(desk, page)
  })
}

test('reduced motion: no face moves by itself', async ({ launch }) => {
  const { page } = await launch()
  const desk = await openSample(page)
  await page.evaluate(() => {
    const played = { count: 0 }
    Object.assign(window, { played })
    document.addEventListener('playing', () => (played.count += 1), true)
  })
  const played = () =>
    page.evaluate(() => (window as unknown as { played: { count: number } }).played.count)
  const cells = page.getByRole('gridcell')
  await cells.nth(0).hover()
  await expect.poll(played, 'it moves for everybody else').toBeGreaterThan(0)

  await page.emulateMedia({ reducedMotion: 'reduce' })
  const before = await played()
  await cells.nth(1).hover()
  await cells.nth(2).click()
  await expect(page.getByRole('complementary')).toBeVisible()
  await page.getByRole('complementary').locator('img, video').first().hover({ force: true })
  const dialog = page.getByRole('dialog')
  await desk.openActions('Camila Ortega Núñez', 'Delete permanently…')
  await expect(dialog).toBeVisible()
  const durations = await page.evaluate(() =>
    document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().duration))
  )
  expect(durations.filter((durationMs) => durationMs > 1)).toEqual([])
  expect(await played()).toBe(before)
})

test('the window can be zoomed to 200 %, and is laid out for it', async ({ launch }) => {
  const { app, page } = await launch()
  await openSample(page)
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setContentSize(1280, 800)
    window?.webContents.setZoomFactor(2)
  })
  await page.waitForFunction(() => innerWidth === 640)
  for (const key of ['1', '2', '3', '4', ',']) {
    await page.keyboard.press(`Control+${key}`)
    await settle(page)
    expect.soft(await cutOff(page), `Control+${key}`).toEqual([])
  }
})
