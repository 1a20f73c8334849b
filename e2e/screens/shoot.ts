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

/** Waits until faces and fonts are there, so that the picture shows what a person would see. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const clips = [...document.querySelectorAll('video')].map((video) => video.readyState >= 2)
    const pictures = [...document.images].map((image) => image.complete)
    await document.fonts.ready
    // Two frames: one to lay out, one to paint.
    for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve))
    return [...clips, ...pictures].every(Boolean)
  })

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
  // Cards that moved to another row load their faces anew.
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor()
    await settle(page)
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), animations: 'disabled' })
  }
}
