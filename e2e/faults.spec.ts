import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import {
  batchesIn,
  isOver,
  itemsIn,
  prepare,
  resumeWaiting,
  startBatches,
  timesAsked
} from './pages/batches.ts'

test.use({ sandboxOptions: { seedData: 'empty' } })

test('a connection that breaks after the request was taken: one DELETE leaves, not two', async ({
  connect,
  sandbox
}) => {
  const { desk, replicas } = await connect('Amara Osei', 'Kenji Watanabe', 'Mia Chen')
  // The first deletion leaves connections behind that a careless client would use again.
  await desk.deletePermanently('Amara Osei')
  await expect(desk.asset(replicas[0]?.id ?? '')).toHaveCount(0)
  sandbox.forgetRequests()
  sandbox.faults.add({
    match: { method: 'DELETE' },
    effect: { kind: 'reset', when: 'before-processing' }
  })
  await desk.deletePermanently('Kenji Watanabe')
  await desk.goTo('History')
  await desk.expectHistory('Kenji Watanabe', 'not deleted')
  const deletes = () => sandbox.requests.filter(({ method }) => method === 'DELETE')
  expect(deletes()).toHaveLength(1)

  // A redirect is not followed either, and where it leads is told without what may be secret.
  sandbox.faults.clear()
  sandbox.forgetRequests()
  sandbox.faults.add({
    match: { method: 'DELETE' },
    effect: { kind: 'redirect', status: 307, location: 'https://elsewhere.example/a?secret=1' }
  })
  await desk.goTo('Replicas')
  await desk.deletePermanently('Mia Chen')
  await desk.goTo('History')
  await desk.openOperation('Mia Chen', 'not deleted')
  await desk.expectHistory('Mia Chen', 'redirected to elsewhere.example')
  expect(deletes()).toHaveLength(1)
})

test('the page crashes: the window comes back with the true state', async ({ connect }) => {
  const { app, desk } = await connect('Amara Osei')
  await expect(desk.button('Delete Amara Osei')).toBeVisible()
  await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve())
        contents?.forcefullyCrashRenderer()
      })
  )
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return contents?.executeJavaScript('document.body.innerText') ?? ''
      })
    )
    .toContain('Amara Osei')
})

test.describe('sixty deletions over connections that break', () => {
  test.use({ sandboxOptions: { seedData: { replicas: 60 } } })

  test('each arrives once, and what is told is what is so', async ({ launch, sandbox }) => {
    const { page } = await launch()
    await prepare(page, sandbox.origin)
    // By the last digit of the id, so that it does not matter in which order they come.
    const breaks = [
      [/[0-3]$/, { kind: 'reset', when: 'before-processing' }],
      [/[4-7]$/, { kind: 'reset', when: 'after-processing' }],
      [/[89a]$/, { kind: 'answer', status: 500, body: {}, processed: true }]
    ] as const
    for (const [path, effect] of breaks) {
      sandbox.faults.add({ match: { method: 'DELETE', path }, effect })
    }
    await startBatches(page, ['soft', 'permanent'])
    await expect
      .poll(
        async () => {
          await resumeWaiting(page)
          return (await batchesIn(page)).every(isOver)
        },
        { timeout: 45_000 }
      )
      .toBe(true)
    const asked = timesAsked(sandbox.requests)
    expect(asked.size).toBe(60)
    expect([...asked.values()].every((times) => times === 1)).toBe(true)
    const deleted = new Set(
      sandbox.state.deletions.filter(({ outcome }) => outcome === 'done').map(({ id }) => id)
    )
    for (const { target, state } of await itemsIn(page)) {
      if (deleted.has(target.id)) expect(['done', 'gone', 'unclear']).toContain(state)
      else expect(['refused', 'unclear']).toContain(state)
    }
  })
})
