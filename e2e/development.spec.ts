import { type ChildProcess, spawn } from 'node:child_process'
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
const copied = ['src', 'resources', ...readdirSync(projectRoot).filter(isSetting)]

function isSetting(name: string): boolean {
  return /^(package|tsconfig.*)\.json$|^electron\.vite\.config\.ts$/.test(name)
}

interface Development {
  /** A file of a copy of the project, changed as an editor would. */
  edit(path: string, from: string, to: string): void
  /** The window of the app, once it has one. */
  firstWindow(): Promise<Page>
}

const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The address at which the app can be driven. */
const debuggerAddress = async (started: ChildProcess): Promise<string> => {
  const lines = createInterface({ input: started.stderr ?? process.stdin })
  for await (const line of lines) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('the app did not start')
}

const test = base.extend<{ readonly development: Development }>({
  development: async ({ userData, keyring }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'replica-desk-development-'))
    for (const name of copied) {
      cpSync(join(projectRoot, name), join(folder, name), { recursive: true })
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
    const command = join(folder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const app = [...switches, `--user-data-dir=${userData}`, '--remote-debugging-port=0']
    const started = spawn(process.execPath, [command, 'dev', '--', ...app], {
      cwd: folder,
      env: { ...process.env, ...display(), ...keyring.env },
      // A group of its own, so that the app ends with the command.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe']
    })
    const driven: Browser[] = []
    await use({
      edit: (path, from, to) => {
        const file = join(folder, path)
        const text = readFileSync(file, 'utf8')
        expect(text).toContain(from)
        writeFileSync(file, text.replace(from, to))
      },
      firstWindow: async () => {
        const browser = await chromium.connectOverCDP(await debuggerAddress(started))
        driven.push(browser)
        // What is not read would stop the one who writes it.
        started.stderr?.resume()
        const [context] = browser.contexts()
        const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
        if (page === undefined) throw new Error('the app has no window')
        return page
      }
    })
    await driven.at(-1)?.close()
    if (started.exitCode === null && started.pid !== undefined)
      process.kill(-started.pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('development: an edit of the window shows at once, without another start', async ({
  development
}) => {
  test.setTimeout(300_000)
  const page = await development.firstWindow()
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
})
