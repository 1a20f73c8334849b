import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screens')

/** The size that the window opens with. */
export const usualSize = { width: 1280, height: 800 }

const resize = (app: ElectronApplication, size: { width: number; height: number }): Promise<void> =>
  app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, size)

/** How long nothing may be missing: a card that is drawn anew asks for its face a moment later. */
const steadyMs = 700

/** Waits until faces and fonts are there, and stay, so that the picture shows what a person would see. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(async (longEnough) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const isLoaded = (medium: HTMLImageElement | HTMLVideoElement) =>
      medium instanceof HTMLImageElement ? medium.complete : medium.readyState >= 2
    // What is scrolled out of sight may wait for its turn.
    const inSight = () =>
      [...document.querySelectorAll<HTMLImageElement | HTMLVideoElement>('img, video')].filter(
        (medium) => {
          const { top, bottom } = medium.getBoundingClientRect()
          return bottom > 0 && top < innerHeight
        }
      )
    await document.fonts.ready
    let since = performance.now()
    let shown = ''
    while (performance.now() - since < longEnough) {
      await frame()
      const media = inSight()
      const now = media.map(({ src }) => src).join()
      if (now !== shown || !media.every(isLoaded)) since = performance.now()
      shown = now
    }
  }, steadyMs)

/** Keeps what the window shows, once in each theme, as docs/screens/NAME-light.png and NAME-dark.png. */
export const shoot = async (
  app: ElectronApplication,
  page: Page,
  name: string,
  size = usualSize
): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  await resize(app, size)
  await page.waitForFunction(
    ({ width, height }) => innerWidth === width && innerHeight === height,
    size
  )
  await page.waitForLoadState('networkidle')
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor()
    await settle(page)
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' })
  }
}
