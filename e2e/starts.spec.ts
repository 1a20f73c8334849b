import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

const electronPath = String(createRequire(import.meta.url)('electron'))
const projectRoot = join(import.meta.dirname, '..')
const recorder = join(import.meta.dirname, 'boxes', 'record-boxes.cjs')
const quitButton = '1'
const rootSwitches = process.getuid?.() === 0 ? ['--no-sandbox'] : []

interface Box {
  readonly message: string
  readonly detail: string
  readonly buttons: readonly string[]
  readonly isLocked: boolean
}

/** Starts the built app as the system would, without anybody who watches it, and waits for its end. */
const startAlone = async (
  dataFolder: string | null,
  notes: string,
  more: Record<string, string> = {}
) => {
  const boxFile = join(notes, 'boxes.jsonl')
  const place = dataFolder === null ? [] : [`--user-data-dir=${dataFolder}`]
  const args = ['-r', recorder, projectRoot, ...place, ...rootSwitches]
  const app = spawn(electronPath, args, {
    env: { ...process.env, BOX_FILE: boxFile, BOX_ANSWER: quitButton, ...more },
    stdio: 'ignore'
  })
  const exitCode = await new Promise<number | null>((resolve) => app.on('exit', resolve))
  const lines = existsSync(boxFile) ? readFileSync(boxFile, 'utf8').trim().split('\n') : []
  return { exitCode, boxes: lines.map((line): Box => JSON.parse(line)) }
}

test('a start that cannot begin says so in a box of the system, with the folder, and exits with an error', async ({
  userData
}) => {
  await test.step('a file is in the place of the data folder', async () => {
    const folder = join(userData, 'a-file')
    writeFileSync(folder, 'mine')
    const { exitCode, boxes } = await startAlone(folder, userData)
    expect(exitCode).toBe(1)
    expect(boxes).toMatchObject([
      {
        message: 'The data folder’s path points to a file',
        buttons: ['Open data folder', 'Quit']
      }
    ])
    expect(boxes[0]?.detail).toContain(folder)
    expect(readFileSync(folder, 'utf8')).toBe('mine')
  })

  // Elsewhere there is no folder that not even root can write to.
  if (process.platform !== 'linux') return
  const nowhere = '/proc/self/replica-desk'

  await test.step('nobody can write to the data folder', async () => {
    const { exitCode, boxes } = await startAlone(nowhere, userData)
    expect(exitCode).toBe(1)
    expect(boxes.at(-1)?.message).toBe('Replica Desk cannot write to its data folder')
    expect(boxes.at(-1)?.detail).toContain(nowhere)
  })

  await test.step('nor to the one that is taken by default', async () => {
    const { exitCode, boxes } = await startAlone(null, userData, { XDG_CONFIG_HOME: nowhere })
    expect(exitCode).toBe(1)
    expect(boxes.at(-1)?.message).toBe('Replica Desk cannot write to its data folder')
    expect(boxes.at(-1)?.detail).toContain(`${nowhere}/`)
  })
})

test('a start that meets an error says so, is logged, gives its lock back and exits with an error', async ({
  userData,
  launch
}) => {
  const { exitCode, boxes } = await startAlone(userData, userData, { BREAK_START: 'yes' })
  expect(exitCode).toBe(1)
  expect(boxes).toMatchObject([{ message: 'Replica Desk could not start', isLocked: false }])
  const [, reference = ''] =
    /Error (run_\w+): .*A part of the app is broken/.exec(boxes[0]?.detail ?? '') ?? []
  const log = readFileSync(join(userData, 'logs', 'main.log'), 'utf8')
  expect(log).toContain(`bug ${reference}: `)
  expect(readdirSync(userData)).not.toContain('SingletonLock')
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Add account' }).first()).toBeVisible()
})

test('a window that crashes again and again stops with a box; what main does goes on', async ({
  launch
}) => {
  const { app, page } = await launch()
  await expect(page.getByRole('button', { name: 'Add account' }).first()).toBeVisible()
  await app.evaluate(({ app: main, dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message)
      return { response: 0, checkboxChecked: false }
    }
    main.on('render-process-gone', () => Object.assign(globalThis, { gone: true }))
  })
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  const isThere = () =>
    app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      if (window === undefined || window.webContents.isCrashed()) return false
      const script = 'document.querySelector("button") !== null'
      // A page that goes away while it is asked never answers.
      return Promise.race([
        window.webContents.executeJavaScript(script).then(Boolean, () => false),
        new Promise<boolean>((resolve) => setTimeout(resolve, 500, false))
      ])
    })
  const crash = () =>
    app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
    })
  for (let count = 1; count <= 3; count += 1) {
    expect(await asked()).toEqual([])
    await expect.poll(isThere).toBe(true)
    await crash()
  }
  await expect.poll(asked).toEqual(['The Replica Desk window keeps crashing'])
  await expect.poll(isThere).toBe(true)
})

test('an error that nothing caught is told in the window, with its reference in the log', async ({
  launch,
  userData
}) => {
  const { app, page } = await launch()
  await expect(page.getByRole('button', { name: 'Add account' }).first()).toBeVisible()
  await app.evaluate(() => {
    setImmediate(() => {
      throw new Error('Thrown on its own')
    })
    void Promise.reject(new Error('Rejected on its own'))
  })
  const banner = page.getByText('A part of the app failed')
  await expect(banner).toBeVisible()
  const log = () => readFileSync(join(userData, 'logs', 'main.log'), 'utf8')
  await expect.poll(log).toMatch(/bug run_\w+: .*Thrown on its own/)
  await expect.poll(log).toMatch(/bug run_\w+: .*Rejected on its own/)

  await test.step('one of the built app leads to a line of its sources', async () => {
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      setImmediate(() => contents?.emit('input-event', {}, null))
    })
    const place =
      /bug run_\w+: TypeError.*\n +at .*\((src\/main\/security\/presses\.ts):(\d+):\d+\)/
    await expect.poll(log).toMatch(place)
    const [, file = '', line] = place.exec(log()) ?? []
    const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8').split('\n')
    expect(source[Number(line) - 1]).toContain('const isPress = ({')
  })
})
