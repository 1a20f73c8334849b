import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { startTrayWatcher } from '../test/main/notify/tray-watcher.ts'
import { display, test } from './fixtures.ts'
import { startNotificationService } from './notification-service.ts'
import { batchesIn, type InPage, timesAsked } from './pages/batches.ts'
import { ownReplicas } from './pages/listed.ts'

const dayMs = 86_400_000

test.use({ sandboxOptions: { seedData: 'empty', isDatedByClock: true } })

/** Lets the app go on when it asks, keeps what it says, and answers all else as before. */
const answerDialogs = (app: ElectronApplication) =>
  app.evaluate(({ dialog }) => {
    const said: string[] = []
    Object.assign(globalThis, { said })
    dialog.showMessageBox = async (...args: unknown[]) => {
      const { message, detail } = args.at(-1) as { message: string; detail: string }
      const isStaying = message === 'Replica Desk keeps running'
      if (isStaying) said.push(detail)
      return { response: isStaying ? 0 : 1, checkboxChecked: false }
    }
  })

const said = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(() => (globalThis as unknown as { said: string[] }).said)

const closeWindow = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

const isShown = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

const exitOf = (app: ElectronApplication) =>
  new Promise<number | null>((resolve) => app.process().once('exit', resolve))

/** Lets days pass in the running app, by every clock it has. */
const passDays = async (app: ElectronApplication, days: number) => {
  await app.evaluate((_electron, passedMs) => {
    const os = process.getBuiltinModule('node:os')
    const [now, uptime] = [Date.now, os.uptime]
    Date.now = () => now() + passedMs
    os.uptime = () => uptime() + passedMs / 1000
    process.getBuiltinModule('node:module').syncBuiltinESMExports()
  }, days * dayMs)
  const isHeard = () => app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await expect.poll(isHeard).toBe(true)
}

const scheduleFirst = async (page: Page, runAt: string) => {
  const [first] = await ownReplicas(page)
  if (first === undefined) throw new Error('No replica')
  await page.evaluate(
    async ([ref, at]) => {
      const { app } = window as unknown as InPage
      const choices = { mode: 'permanent' as const, byKind: {}, without: [] }
      const plan = await app.planMake({ subject: { scope: 'assets', refs: [ref] }, choices })
      if (!plan.ok) throw new Error(plan.error.kind)
      const { planId, token, title } = plan.value
      const asked = { planId, token, mode: 'permanent', typed: title, runAt: at } as const
      const started = await app.deletionStart(asked)
      if (!started.ok) throw new Error(started.error.kind)
    },
    [first.ref, runAt] as const
  )
}

test('without its window the app keeps its promises, and its icon leads back to it', async ({
  connect,
  keyring,
  launch,
  sandbox,
  userData
}) => {
  await test.step('with nothing planned, closing the window ends the app', async () => {
    const { app } = await launch()
    await answerDialogs(app)
    const ended = exitOf(app)
    await closeWindow(app)
    expect(await ended).toBe(0)
  })

  const service = await startNotificationService(keyring.env)
  const tray = await startTrayWatcher(keyring.env)
  const { app, page } = await connect('Amara Osei')
  expect(await tray.menu()).toBeNull()
  await scheduleFirst(page, new Date(Date.now() + 7 * dayMs).toISOString())
  await answerDialogs(app)

  await test.step('with a deletion planned it goes on, and says so the first time', async () => {
    await closeWindow(app)
    await expect.poll(() => isShown(app)).toBe(false)
    const [explained = '', ...more] = await said(app)
    expect(more).toEqual([])
    expect(explained).toContain('Delete permanently: Amara Osei')
    expect(explained).toContain('click the icon in the system tray')
  })

  await test.step('its icon says what is due, and leads back', async () => {
    await expect
      .poll(async () => (await tray.menu())?.slice(1))
      .toEqual(['Open Replica Desk', 'Pause everything', 'Quit'])
    expect((await tray.menu())?.[0]).toMatch(/^Delete permanently: Amara Osei – .+ .+/)
    await tray.choose('Open Replica Desk')
    await expect.poll(() => isShown(app)).toBe(true)
    await closeWindow(app)
    await expect.poll(() => isShown(app)).toBe(false)
    expect(await said(app)).toHaveLength(1)
  })

  await test.step('paused, nothing is sent though it is due; resumed, it is sent once and told', async () => {
    await tray.choose('Pause everything')
    await expect.poll(() => tray.menu()).toContain('Paused')
    sandbox.clock.advance(8 * dayMs)
    await passDays(app, 8)
    expect(await batchesIn(page)).toMatchObject([{ state: 'scheduled' }])
    expect(timesAsked(sandbox.requests).size).toBe(0)

    await tray.choose('Resume everything')
    await expect.poll(() => sandbox.state.hardDeletions.length).toBe(1)
    await expect
      .poll(() => service.shown())
      .toEqual([
        { title: 'Amara Osei: scheduled deletion done', body: 'It was deleted as scheduled.' }
      ])
    expect([...timesAsked(sandbox.requests).values()]).toEqual([1])
    // What was deleted is looked at again for 90 days.
    await expect
      .poll(async () => (await tray.menu())?.[0])
      .toMatch(/^Check that Amara Osei is still deleted – /)
    expect(await isShown(app)).toBe(false)
  })

  await test.step('“Quit” there ends it', async () => {
    const ended = exitOf(app)
    await tray.choose('Quit')
    expect(await ended).toBe(0)
    expect(await tray.menu()).toBeNull()
  })

  await test.step('started at login it has its icon alone, and a second start shows the window', async () => {
    const hidden = await launch(['--hidden'])
    await expect.poll(() => tray.menu()).toContain('Open Replica Desk')
    expect(await isShown(hidden.app)).toBe(false)
    const { spawnargs, spawnfile } = hidden.app.process()
    const startAgain = async (...more: readonly string[]) => {
      // Without what lets the test drive it.
      const own = spawnargs
        .slice(1)
        .filter((argument) => !/^--(?:hidden|inspect|remote)/.test(argument))
      const env = { ...process.env, ...display(), ...keyring.env }
      const again = spawn(spawnfile, [...own, ...more], { env, stdio: 'ignore' })
      await new Promise((resolve) => again.once('exit', resolve))
    }
    await startAgain()
    await expect.poll(() => isShown(hidden.app)).toBe(true)

    const title = () =>
      hidden.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
    await startAgain('replica-desk://open/history')
    await expect.poll(title).toBe('History – Replica Desk')
    await startAgain('replica-desk://delete/history')
    await startAgain('replica-desk://open/settings?then=delete')
    await startAgain('replica-desk://add-account?provider=tavus&name=Second%20Studio')
    const form = hidden.page.getByRole('dialog')
    await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Second Studio')
    // Nothing moves behind a dialog.
    await startAgain('replica-desk://open/settings')
    await startAgain('replica-desk://add-account?provider=replicate&name=Third')
    await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Second Studio')
    expect(await title()).toBe('History – Replica Desk')
    await hidden.page.keyboard.press('Escape')

    await hidden.page.evaluate(async () => {
      const { app: bridge } = window as unknown as InPage
      await bridge.settingsUpdate({ startsAtLogin: true })
    })
    const home = keyring.env['HOME'] ?? ''
    const entry = join(home, '.config', 'autostart', 'replica-desk.desktop')
    expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=".+" "--hidden"$/m)
    await hidden.page.evaluate(async () => {
      const { app: bridge } = window as unknown as InPage
      await bridge.settingsUpdate({ startsAtLogin: false })
    })
    expect(() => readFileSync(entry)).toThrow('ENOENT')

    await test.step('where icons are shown no more, it says how to come back', async () => {
      await hidden.page.evaluate(async () => {
        const { app: bridge } = window as unknown as InPage
        await bridge.settingsUpdate({ whenClosed: 'always' })
      })
      await startAgain('replica-desk://open/settings')
      await expect(hidden.page.getByText('Closing the window only hides it.')).toBeVisible()
      await answerDialogs(hidden.app)
      tray.stop()
      await closeWindow(hidden.app)
      await expect.poll(() => isShown(hidden.app)).toBe(false)
      const [explained = ''] = await said(hidden.app)
      expect(explained).toContain('To open the window, start Replica Desk again.')
      await startAgain()
      await expect.poll(() => isShown(hidden.app)).toBe(true)
    })

    await test.step('its icon comes with a panel that starts after it', async () => {
      await closeWindow(hidden.app)
      await expect.poll(() => isShown(hidden.app)).toBe(false)
      const later = await startTrayWatcher(keyring.env)
      await expect.poll(() => later.menu()).toContain('Open Replica Desk')
      await later.choose('Open Replica Desk')
      await expect.poll(() => isShown(hidden.app)).toBe(true)
      later.stop()
    })
    await hidden.quit()
  })

  await test.step('started at login it shows itself where the database cannot be read', async () => {
    for (const name of readdirSync(userData)) {
      if (name.startsWith('library.sqlite')) rmSync(join(userData, name))
    }
    writeFileSync(join(userData, 'library.sqlite'), 'This is no database.')
    const { app: broken, page: shown } = await launch(['--hidden'])
    await expect.poll(() => isShown(broken)).toBe(true)
    await expect(shown.getByText('The database is damaged')).toBeVisible()
  })
  service.stop()
})
