import { expect, type Page } from '@playwright/test'
import { anyListed } from '../src/shared/domain/any-asset.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { test } from './fixtures.ts'
import { settle } from './pages/stops.ts'

const everyAsset = {
  ...anyListed,
  origin: 'all',
  presence: 'all',
  sort: 'name-asc',
  limit: 500
} as const

test.use({ launchSwitches: ['--lang=en-XA'] })

/** What people and providers wrote, as the window is told of it: names, ids, states, addresses. */
const foreignTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async (query) => {
    const { app } = window as unknown as { app: Bridge }
    const texts: string[] = []
    const collect = (value: unknown): void => {
      if (typeof value === 'string') texts.push(value)
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
    }
    collect(await app.appBootstrap({}))
    collect(await app.personList({}))
    for (const kind of ['replica', 'video', 'model', 'version'] as const) {
      collect(await app.assetList({ ...query, kind }))
    }
    return texts
  }, everyAsset)

/** One pass tells of every place. */
const softly = expect.configure({ soft: true })

interface Found {
  /** Of the window, in CSS pixels. */
  readonly width: number
  /** Texts that are not out of the catalog, nor written by anybody. */
  readonly unmarked: readonly string[]
  /** Texts out of the catalog that are cut off, with nothing that shows them whole. */
  readonly cut: readonly string[]
}

/** Runs in the window. */
const look = (foreign: readonly string[]): Found => {
  const isMarked = (text: string): boolean => /[áçéíñóúýÁÇÉÍÑÓÚÝ·]/.test(text)
  const written = foreign.map((text) => text.toLowerCase())
  const isForeign = (text: string): boolean => {
    const plain = text.toLowerCase().replace(/[“”"]/g, '')
    return written.some((known) => known.includes(plain) || (known.length > 3 && plain === known))
  }
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const unmarked = new Set<string>()
  const cut = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim() ?? ''
    const element = walker.currentNode.parentElement
    if (element === null || !/\p{Letter}{2}/u.test(text) || !isShown(element)) continue
    if (element.closest('kbd, code, script, style, time, body [lang]') !== null) continue
    if (!isMarked(text)) {
      // A face without a picture shows the initials of its name.
      const isInitials = /^\p{Lu}{2}$/u.test(text)
      if (!isInitials && !isForeign(text)) unmarked.add(text)
      continue
    }
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element
    // What is shown when it has the focus alone is as small as a dot until then.
    if (clientWidth <= 1) continue
    const style = getComputedStyle(element)
    const hides = style.overflow !== 'visible' || style.textOverflow === 'ellipsis'
    const isCut = scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 2
    if (hides && isCut && element.closest('[title], [aria-describedby]') === null) cut.add(text)
  }
  const cells = [...document.querySelectorAll('[role="gridcell"]')].filter(isShown)
  const boxes = cells.map((cell) => ({ cell, box: cell.getBoundingClientRect() }))
  for (const { cell, box } of boxes) {
    const isBelow = (other: DOMRect): boolean =>
      other.top > box.top + 1 && other.left < box.right && other.right > box.left
    if (boxes.some((other) => isBelow(other.box) && other.box.top < box.bottom - 1)) {
      cut.add(`covered by the next row: ${cell.textContent}`)
    }
  }
  return { width: window.innerWidth, unmarked: [...unmarked], cut: [...cut] }
}

test('every text is in the catalog, and has room to grow by a third', async ({ launch }) => {
  test.setTimeout(300_000)
  const { app, page } = await launch()
  const main = page.getByRole('main')
  const expectClean = async (stop: string): Promise<void> => {
    for (const width of [880, 1280]) {
      await app.evaluate(({ BrowserWindow }, to) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(to, 800)
      }, width)
      await settle(page)
      // Between a window's new size and the frame that is drawn for it, rows stand as they did in the old one.
      await softly
        .poll(async () => page.evaluate(look, await foreignTexts(page)), `${stop}, ${width} wide`)
        .toEqual({ width, unmarked: [], cut: [] })
    }
  }
  const press = async (keys: string): Promise<void> => {
    await page.keyboard.press(keys)
  }

  await expectClean('the first screen')
  await page.evaluate(() => (window as unknown as { app: Bridge }).app.accountExploreSample({}))
  await press('Control+1')
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  await expectClean('the library as a grid')
  await page.getByRole('gridcell').first().focus()
  await press('Enter')
  await expect(page.getByRole('complementary')).toBeVisible()
  await expectClean('the details of a replica')
  await page
    .getByRole('button', { name: /^Áçtíóñs/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: /^Délété pérmáñéñtlý/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectClean('a plan')
  await press('Escape')

  for (const [key, stop] of [
    ['2', 'videos'],
    ['3', 'models'],
    ['4', 'versions'],
    ['5', 'people'],
    ['6', 'the history'],
    ['7', 'accounts'],
    [',', 'settings']
  ] as const) {
    await press(`Control+${key}`)
    await expect(main.locator('h1').first()).toBeAttached()
    await expectClean(stop)
  }
  await press('Control+K')
  await expectClean('the palette')
  await press('Escape')
  await press('?')
  await expectClean('the sheet of keys')
  await press('Escape')
  await press('Control+N')
  await expectClean('a new replica')
  await press('Control+Shift+A')
  await expectClean('the form of an account')
})
