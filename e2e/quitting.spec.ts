import { type ElectronApplication, expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { batchesIn, startBatches, timesAsked } from './pages/batches.ts'

/** As a desktop does when the person logs out. */
const endSession = async (app: ElectronApplication) => {
  const running = app.process()
  running.kill('SIGTERM')
  await expect.poll(() => running.exitCode).toBe(0)
}

test('quitting with a held deletion asks; kept, it goes on, and after quitting it waits', async ({
  connect,
  launch,
  sandbox
}) => {
  const { app, page, desk } = await connect('Amara Osei', 'Ben Ortiz')
  await desk.hold(60)
  await startBatches(page, ['soft'])
  await app.evaluate(({ app: main, dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message)
      return { response: 0, checkboxChecked: false }
    }
    main.quit()
  })
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked))
    .toEqual(['2 deletions are still pending. Quit anyway? They will be waiting when you return.'])
  expect(await page.evaluate(() => document.visibilityState)).toBe('visible')

  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
  await app.close()
  const again = await launch()
  const batches = await batchesIn(again.page)
  expect(batches).toMatchObject([{ state: 'held', waitsFor: 'restart', heldUntilAt: null }])
  expect(timesAsked(sandbox.requests).size).toBe(0)

  await test.step('a desktop that ends the session is asked nothing, not even while a question stands', async () => {
    await again.app.evaluate(({ app: main, dialog }) => {
      Object.assign(globalThis, { isAsked: false })
      dialog.showMessageBox = () => {
        Object.assign(globalThis, { isAsked: true })
        // Somebody answers at last, long after the session is over.
        const quit = { response: 1, checkboxChecked: false }
        return new Promise((resolve) => setTimeout(resolve, 40_000, quit))
      }
      main.quit()
    })
    const isAsked = () =>
      again.app.evaluate(() => (globalThis as unknown as { isAsked: boolean }).isAsked)
    await expect.poll(isAsked).toBe(true)
    await endSession(again.app)

    const last = await launch()
    await last.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
    })
    await endSession(last.app)
  })
})
