import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, test as base, chromium, expect, type Page } from '@playwright/test'
import { eventNames, requestNames } from '../../src/shared/ipc/channels.ts'
import { createFakeMain, type FakeMain, pictures } from '../../test/engine/fake-main.ts'
import { servePage } from '../../test/engine/serve-page.ts'
import { Desk } from '../pages/desk.ts'

const projectRoot = join(import.meta.dirname, '..', '..')

/** Named by scripts/test-engine.mjs, which brings it. */
const executablePath = process.env['REPLICA_DESK_CHROMIUM'] ?? 'chromium'

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** `account:save` becomes `accountSave`, as the preload names it. */
const functionName = (channel: string): string => {
  const [noun = '', verb = ''] = channel.split(':')
  return noun + capitalize(verb)
}

const bridgeNames = {
  requests: requestNames.map((channel) => [functionName(channel), channel] as const),
  subscriptions: eventNames.map((channel) => `on${capitalize(functionName(channel))}`)
}

/** Runs in the page before its own scripts, where the preload runs in the app. */
const installBridge = ({ requests, subscriptions }: typeof bridgeNames): void => {
  const { askMain } = globalThis as unknown as {
    readonly askMain: (channel: string, input: unknown) => Promise<unknown>
  }
  const asks = requests.map(([name, channel]) => [
    name,
    (input: unknown) => askMain(channel, input)
  ])
  const listens = subscriptions.map((name) => [name, () => () => undefined])
  // Where a file lies is told by the app alone; here its name has to do.
  const draftAddVideoFiles = ({ files, ...more }: { readonly files: readonly File[] }) =>
    askMain('draft:addVideoFiles', { ...more, paths: files.map(({ name }) => `/dropped/${name}`) })
  const app = Object.freeze({ ...Object.fromEntries([...asks, ...listens]), draftAddVideoFiles })
  Object.defineProperty(globalThis, 'app', { value: app })
  const refused: string[] = []
  Object.defineProperty(globalThis, 'refusedByPolicy', { value: refused })
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    refused.push(`${effectiveDirective} ${blockedURI}`)
  )
}

/** The built window in Chromium, with main played from the contract. */
interface Engine {
  readonly page: Page
  readonly desk: Desk
  readonly main: FakeMain
  /** What the page's policy refused since this was last asked. */
  readonly takeRefused: () => Promise<readonly string[]>
}

const open = async (context: BrowserContext): Promise<Engine & { readonly close: () => void }> => {
  const main = createFakeMain()
  const served = await servePage(join(projectRoot, 'out', 'renderer'), main.firstScreen())
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => main.faults.push(message))
  page.on('console', (message) => {
    // What the policy refuses is told by an event of its own.
    const isFault =
      message.type() === 'error' && !message.text().includes('Content Security Policy')
    if (isFault) main.faults.push(message.text())
  })
  await page.exposeFunction('askMain', main.answer)
  await page.addInitScript(installBridge, bridgeNames)
  await page.route('media://**', (route) => {
    const face = pictures.get(new URL(route.request().url()).hostname)
    const body = readFileSync(join(projectRoot, 'resources', 'sample', `${face ?? 'aoi'}.png`))
    return route.fulfill({
      status: 200,
      contentType: 'image/png',
      headers: { 'access-control-allow-origin': '*' },
      body
    })
  })
  await page.goto(served.address)
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  const takeRefused = () =>
    page.evaluate(() =>
      (globalThis as unknown as { readonly refusedByPolicy: string[] }).refusedByPolicy.splice(0)
    )
  return { page, desk: new Desk(page), main, takeRefused, close: served.close }
}

/** After each test nothing may have been refused, thrown or asked for in a way that main would not take. */
export const test = base.extend<{ readonly engine: Engine }>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' }
  ],
  engine: async ({ browser }, use) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-US'
    })
    const { close, ...engine } = await open(context)
    await use(engine)
    const refused = await engine.takeRefused()
    await context.close()
    close()
    expect([engine.main.faults, refused]).toEqual([[], []])
  }
})
export { expect }
