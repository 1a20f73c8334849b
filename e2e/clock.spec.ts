import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { batchesIn, type InPage, timesAsked } from './pages/batches.ts'
import { Desk } from './pages/desk.ts'
import { ownReplicas } from './pages/listed.ts'

const dayMs = 86_400_000

/** Sets the clock of the running app forward or back; the servers and the elapsed time go on as they were. */
const setClock = async (app: ElectronApplication, byMs: number) => {
  await app.evaluate((_electron, ms) => {
    const now = Date.now
    Date.now = () => now() + ms
  }, byMs)
  // Schedules look at the clock once a minute; waking makes them look at once.
  const isHeard = () => app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await expect.poll(isHeard).toBe(true)
}

const scheduleAll = async (page: Page, runAt: string) => {
  const refs = (await ownReplicas(page)).map(({ ref }) => ref)
  await page.evaluate(
    async ([assets, at]) => {
      const { app } = window as unknown as InPage
      const choices = { mode: 'permanent' as const, byKind: {}, without: [] }
      const plan = await app.planMake({ subject: { scope: 'assets', refs: assets }, choices })
      if (!plan.ok) throw new Error(plan.error.kind)
      const { planId, token } = plan.value
      const typed = String(assets.length)
      const asked = { planId, token, mode: 'permanent', typed, runAt: at } as const
      const started = await app.deletionStart(asked)
      if (!started.ok) throw new Error(started.error.kind)
    },
    [refs, runAt] as const
  )
}

test('a clock that jumps past a schedule deletes nothing; the person is told and decides', async ({
  connect,
  launch,
  sandbox
}) => {
  const { app, page, quit } = await connect('Amara Osei', 'Kenji Watanabe')
  await scheduleAll(page, new Date(Date.now() + 7 * dayMs).toISOString())
  expect(await batchesIn(page)).toMatchObject([{ state: 'scheduled' }])
  await setClock(app, 8 * dayMs)
  await expect
    .poll(() => batchesIn(page))
    .toMatchObject([{ state: 'waiting', waitsFor: 'clock', counts: { planned: 2 } }])
  expect(timesAsked(sandbox.requests).size).toBe(0)
  await quit()

  const again = await launch()
  const sheet = await new Desk(again.page).openDeletions()
  await expect(sheet).toContainText('This computer’s clock moved forward by 8 days.')
  expect(timesAsked(sandbox.requests).size).toBe(0)
  await sheet.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(() => sandbox.state.hardDeletions.length).toBe(2)
  expect([...timesAsked(sandbox.requests).values()]).toEqual([1, 1])
})
