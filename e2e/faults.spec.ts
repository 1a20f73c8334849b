import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

test.use({ sandboxOptions: { seedData: 'empty' } })

test('a connection that breaks after the request was taken: one DELETE leaves, not two', async ({
  connect,
  sandbox
}) => {
  const { desk, replicas } = await connect('Amara Osei', 'Kenji Watanabe')
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
