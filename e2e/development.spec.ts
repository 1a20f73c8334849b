import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { test as base, display } from './fixtures.ts'

const projectRoot = join(import.meta.dirname, '..')
/** What the development command reads. */
const copied = [
  'src',
  'resources',
  'scripts',
  'CHANGELOG.md',
  ...readdirSync(projectRoot).filter(isSetting)
]

function isSetting(name: string): boolean {
  return /^(package(-lock)?|tsconfig.*)\.json$|^electron\.vite\.config\.ts$/.test(name)
}

interface Development {
  /** A file of a copy of the project, changed as an editor would. */
  edit(path: string, from: string, to: string): void
  /** The window of the app that was started last, once there are so many starts. */
  windowOfStart(count: number): Promise<Page>
}

/** The addresses at which the app can be driven, one for each of its starts. */
const debuggerAddresses = (started: ChildProcess): readonly string[] => {
  const addresses: string[] = []
  createInterface({ input: started.stderr ?? process.stdin }).on('line', (line) => {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address !== undefined) addresses.push(address)
  })
  return addresses
}

const test = base.extend<{ readonly development: Development }>({
  development: async ({ userData, keyring }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'replica-desk-development-'))
    for (const name of copied) {
      cpSync(join(projectRoot, name), join(folder, name), { recursive: true })
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
    const app = [`--user-data-dir=${userData}`, '--remote-debugging-port=0']
    const started = spawn(process.execPath, [join(folder, 'scripts', 'dev.mjs'), ...app], {
      cwd: folder,
      env: { ...process.env, ...display(), ...keyring.env },
      stdio: ['ignore', 'ignore', 'pipe']
    })
    const addresses = debuggerAddresses(started)
    const driven: Browser[] = []
    await use({
      edit: (path, from, to) => {
        const file = join(folder, path)
        const text = readFileSync(file, 'utf8')
        expect(text).toContain(from)
        writeFileSync(file, text.replace(from, to))
      },
      windowOfStart: async (count) => {
        await expect.poll(() => addresses.length, { timeout: 120_000 }).toBe(count)
        const browser = await chromium.connectOverCDP(addresses.at(-1) ?? '')
        driven.push(browser)
        const [context] = browser.contexts()
        const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
        if (page === undefined) throw new Error('the app has no window')
        return page
      }
    })
    await driven.at(-1)?.close()
    // Handed on to all that the command started.
    if (started.exitCode === null && started.kill('SIGTERM')) await once(started, 'exit')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('development: an edit of the window shows at once, one of main after another start', async ({
  development
}) => {
  test.setTimeout(300_000)
  const page = await development.windowOfStart(1)
  const start = page.getByRole('button', { name: 'Explore with sample data' })
  await expect(start).toBeVisible({ timeout: 120_000 })
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))

  development.edit(
    'src/renderer/features/first-run/first-run-screen.module.css',
    '{',
    '{ outline: 7px solid;'
  )
  await expect
    .poll(() => page.evaluate(() => document.documentElement.innerHTML.includes('7px solid')))
    .toBe(true)
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)

  development.edit('src/main/window.ts', '/index.html?', '/index.html?edited&')
  const next = await development.windowOfStart(2)
  await expect(next.getByRole('button', { name: 'Explore with sample data' })).toBeVisible({
    timeout: 120_000
  })
  expect(next.url()).toContain('?edited')
})
