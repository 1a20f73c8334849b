import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { type AccountId, accountIdSchema } from '../src/shared/domain/account.ts'
import { test } from './fixtures.ts'
import {
  batchesIn,
  historyIn,
  type InPage,
  itemsIn,
  prepare,
  startBatches,
  timesAsked
} from './pages/batches.ts'

/** What the system tells the app before it sleeps, and after it woke. It listens once its window was shown. */
const tell = async (app: ElectronApplication, event: 'suspend' | 'resume') => {
  const isHeard = () => app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event)
  await expect.poll(isHeard).toBe(true)
}

/** How many things keep the computer awake; Electron numbers them from the start. */
const keepingAwake = (app: ElectronApplication) =>
  app.evaluate(
    ({ powerSaveBlocker }) =>
      Array.from({ length: 100 }, (_, id) => id).filter((id) => powerSaveBlocker.isStarted(id))
        .length
  )

/** What is asked for the library may still be answered while the computer goes to sleep. */
const refresh = (page: Page, account: AccountId) =>
  page.evaluate(
    (accountId) => (window as unknown as InPage).app.libraryRefresh({ accountId }),
    account
  )

test.describe('many deletions', () => {
  test.use({ sandboxOptions: { seedData: { replicas: 6 } } })

  test('keep the computer awake; if it sleeps after all, none is sent twice', async ({
    launch,
    sandbox
  }) => {
    const { app, page } = await launch()
    const accountId = accountIdSchema.parse(await prepare(page, sandbox.origin))
    for (const processed of [true, false]) {
      sandbox.faults.add({
        match: { method: 'DELETE' },
        effect: { kind: 'hang', processed },
        times: 1
      })
    }
    expect(await keepingAwake(app)).toBe(0)
    await startBatches(page, ['permanent'])
    await expect.poll(() => timesAsked(sandbox.requests).size).toBe(2)
    await expect.poll(() => keepingAwake(app)).toBe(1)

    await tell(app, 'suspend')
    sandbox.cutConnections()
    await refresh(page, accountId)
    await expect.poll(() => keepingAwake(app)).toBe(0)
    expect(await batchesIn(page)).toMatchObject([{ state: 'waiting', waitsFor: 'connection' }])
    expect(timesAsked(sandbox.requests).size).toBe(2)

    await tell(app, 'resume')
    await expect
      .poll(() => batchesIn(page))
      .toMatchObject([{ state: 'finished', counts: { done: 4, gone: 1, refused: 1, unclear: 0 } }])
    expect([...timesAsked(sandbox.requests).values()]).toEqual([1, 1, 1, 1, 1, 1])
    expect(sandbox.state.replicas).toHaveLength(1)
    const left = (await itemsIn(page)).filter(({ state }) => state === 'refused')
    expect(left.map(({ target }) => target.id)).toEqual(sandbox.state.replicas.map(({ id }) => id))
    await expect.poll(() => keepingAwake(app)).toBe(0)
    const paused = (await historyIn(page)).find(({ type }) => type === 'deletion-paused')
    expect(paused?.body['reason']).toBe('sleep')
  })
})

test('a held deletion that was slept over waits for the person', async ({ connect, sandbox }) => {
  const { app, page, desk } = await connect('Amara Osei', 'Kenji Watanabe')
  await desk.deleteSoftly('Amara Osei')
  const held = page.getByRole('region', { name: 'Pending deletions' })
  await expect(held).toContainText('Deleting Amara Osei in')
  await tell(app, 'suspend')
  await expect(held).toContainText('Deletion of Amara Osei paused when the computer went to sleep')

  const before = sandbox.requests.length
  await tell(app, 'resume')
  await expect.poll(() => sandbox.requests.length).toBeGreaterThan(before)
  expect(await batchesIn(page)).toMatchObject([
    { state: 'held', waitsFor: 'sleep', heldUntilAt: null }
  ])
  expect(timesAsked(sandbox.requests).size).toBe(0)
  const sheet = await desk.openDeletions()
  await expect(sheet).toContainText('Paused when the computer went to sleep. Resume or undo.')
  await sheet.getByRole('button', { name: 'Resume' }).click()
  await expect(held).toContainText('Deleting Amara Osei in')
  await page.keyboard.press('Escape')
  await desk.goTo('History')
  await desk.openOperation('Amara Osei')
  await desk.expectHistory('Amara Osei', 'paused: the computer went to sleep')
})
