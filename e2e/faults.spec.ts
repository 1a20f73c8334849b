import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'

test.use({ sandboxOptions: { seedData: 'empty' } })

test('a connection that breaks after the request was taken: one DELETE leaves, not two', async ({
  launch,
  sandbox
}) => {
  const replicas = ['Amara Osei', 'Kenji Watanabe'].map((name) =>
    makeReplica(name, sandbox.clock.now())
  )
  for (const replica of replicas) sandbox.state.addReplica(replica)
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount({ name: 'Studio North', key: sandboxKey, address: sandbox.origin })
  await desk.goTo('Replicas')
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
  expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1)
})

test('the page crashes: the window comes back with the true state', async ({ launch, sandbox }) => {
  sandbox.state.addReplica(makeReplica('Amara Osei', sandbox.clock.now()))
  const { app, page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount({ name: 'Studio North', key: sandboxKey, address: sandbox.origin })
  await desk.goTo('Replicas')
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
