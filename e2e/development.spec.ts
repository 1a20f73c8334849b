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
  /** The window of the app as it runs after its next start. */
  nextWindow(): Promise<Page>
}

const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The addresses at which each start of the app can be driven, in the order of the starts. */
async function* debuggerAddresses(started: ChildProcess): AsyncGenerator<string> {
  const lines = createInterface({ input: started.stderr ?? process.stdin })
  for await (const line of lines) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address !== undefined) yield address
  }
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
    const started = spawn(process.execPath, [command, 'dev', '--watch', '--', ...app], {
      cwd: folder,
      env: { ...process.env, ...display(), ...keyring.env },
      // A group of its own, so that the app ends with the command.
      detached: true,
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
      nextWindow: async () => {
        await driven.at(-1)?.close()
        const { value } = await addresses.next()
        const browser = await chromium.connectOverCDP(value ?? '')
        driven.push(browser)
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

test('development: an edit of the window shows at once, and one of main starts the app again', async ({
  development
}) => {
  test.setTimeout(300_000)
  const page = await development.nextWindow()
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

  development.edit('src/main/window.ts', "title: 'Replica Desk'", "title: 'Replica Desk (edited)'")
  const restarted = await development.nextWindow()
  await expect(restarted.getByRole('button', { name: 'Explore with sample data' })).toBeVisible({
    timeout: 120_000
  })
})
