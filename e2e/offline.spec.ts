import { join } from 'node:path'
import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { tooManyRequests } from '../test/sandbox/fault-catalog.ts'
import { startSandbox } from '../test/sandbox/faulty-sandbox.ts'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import { decodedFaces } from './pages/faces.ts'

const mediaDir = join(import.meta.dirname, '..', 'resources', 'sample')

test('without the provider everything can be read, and with it again all goes on', async ({
  connect,
  launch,
  sandbox
}) => {
  const {
    page: firstPage,
    quit,
    replicas
  } = await connect('Amara Osei', 'Kenji Watanabe', 'Lucía Fernández')
  const [amara] = replicas
  if (amara === undefined) throw new Error('No data')

  await test.step('seen once, with faces', async () => {
    await expect.poll(() => decodedFaces(firstPage)).toBe(replicas.length)
  })

  await test.step('a provider that asks to wait is told at once with the time, and Stop ends it', async () => {
    const desk = new Desk(firstPage)
    const effect = tooManyRequests('500')
    sandbox.faults.add({ match: { path: '/v2/replicas' }, effect })
    sandbox.forgetRequests()
    await desk.button('Refresh').click()
    const told = firstPage.getByRole('status').filter({ hasText: 'Tavus asks to wait until' })
    await expect(told).toContainText(/asks to wait until \d{1,2}:\d\d:\d\d/)
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'true')
    await told.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(firstPage.getByText('Refresh stopped')).toBeVisible()
    await expect(told).toHaveCount(0)
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')
    expect(sandbox.requests.map(({ path }) => path)).toEqual(['/v2/replicas'])
    for (const { id } of replicas) await expect(desk.asset(id)).toBeVisible()
    sandbox.faults.clear()
    await desk.button('Refresh').click()
    await expect(firstPage.getByText('Refresh stopped')).toHaveCount(0)
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')
    const stoodAt = await desk.asset(amara.id).boundingBox()
    sandbox.faults.add({ match: { path: '/v2/replicas' }, effect: { kind: 'hang' } })
    await desk.button('Refresh').click()
    const note = firstPage.getByRole('region', { name: 'Refresh in progress' })
    await expect(note).toContainText('Refreshing')
    // A long refresh is told over the list, which does not move for it.
    expect(await desk.asset(amara.id).boundingBox()).toEqual(stoodAt)
    await note.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(note).toHaveCount(0)
    await expect(firstPage.getByText('Refresh stopped')).toBeVisible()
    sandbox.faults.clear()
    await desk.goTo('Accounts')
    sandbox.faults.add({ match: { path: '/v2/replicas' }, effect })
    await desk.button('Check key').click()
    const card = firstPage.getByRole('listitem').filter({ hasText: sandbox.origin })
    await expect(card).toContainText(/Tavus asks to wait until \d{1,2}:\d\d:\d\d/)
    sandbox.faults.clear()
    await desk.goTo('Replicas')
    await quit()
  })
  const snapshot = sandbox.snapshot()
  await sandbox.close()

  const { page } = await launch()
  const desk = new Desk(page)

  await test.step('library, faces, details and history are there', async () => {
    for (const { id } of replicas) await expect(desk.asset(id)).toBeVisible()
    await expect.poll(() => decodedFaces(page)).toBe(replicas.length)
    await page.getByRole('gridcell', { name: amara.id }).click()
    const details = page.getByRole('complementary', { name: 'Details' })
    await expect(details).toContainText(amara.id)
    const face = details.locator('img, video').first()
    await expect
      .poll(() =>
        face.evaluate((medium: HTMLImageElement & HTMLVideoElement) =>
          Math.max(medium.naturalWidth ?? 0, medium.videoWidth ?? 0)
        )
      )
      .toBeGreaterThan(0)
    await desk.goTo('History')
    await desk.expectHistory('Amara Osei')
    await desk.goTo('Replicas')
  })

  await test.step('one banner says so, and Refresh in words', async () => {
    await desk.button('Refresh').click()
    const banner = page.getByRole('main').getByText(/can’t be reached|offline|no connection/i)
    await expect(banner.first()).toBeVisible()
    await expect(desk.button('Try again')).toHaveCount(1)
    await expect(desk.asset(amara.id)).toBeVisible()
  })

  await test.step('a deletion waits and says so, and Undo stays at hand', async () => {
    await desk.hold(0)
    const kenji = replicas.find(({ name }) => name === 'Kenji Watanabe')
    if (kenji === undefined) throw new Error('No data')
    await desk.asset(kenji.id).hover()
    await desk.button('Delete Kenji Watanabe').click()
    await expect(desk.asset(kenji.id)).toContainText('Waiting for connection')
    const toast = page.getByRole('region', { name: 'Pending deletions' })
    await expect(toast).toContainText('Deletion of Kenji Watanabe is waiting for a connection')
    const spoken = page.getByRole('status').filter({ hasText: 'waiting for a connection' })
    await expect(spoken.first()).toBeAttached()
    await expect(page.getByRole('main')).not.toContainText('Sending')
    await toast.getByRole('button', { name: 'Undo' }).click()
    await expect(toast).toHaveCount(0)
    await expect(desk.asset(kenji.id)).not.toContainText('Waiting')
  })

  await test.step('the provider is back', async () => {
    const port = Number(new URL(sandbox.origin).port)
    const apiKeys = [sandboxKey]
    const back = await startSandbox({ port, apiKeys, mediaDir, snapshot })
    back.state.addReplica(makeReplica('Priya Raman', back.clock.now()))
    await desk.button('Refresh').click()
    await expect(page.getByRole('main').getByText('Priya Raman').first()).toBeVisible()
    await expect(desk.button('Try again')).toHaveCount(0)
    expect(back.requests.filter(({ method }) => method === 'DELETE')).toEqual([])
    await back.close()
  })
})
