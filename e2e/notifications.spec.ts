import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { newJob } from '../src/sandbox/training.ts'
import { test } from './fixtures.ts'
import { startNotificationService } from './notification-service.ts'

const hour = 60 * 60 * 1000
const darkFootage = 'The footage is dark in places. Film again in even light.'

test('the desktop is told of a training that ended and one that failed, and a click opens it', async ({
  connect,
  keyring,
  sandbox
}) => {
  const service = await startNotificationService(keyring.env)
  const startedAt = sandbox.clock.now()
  const amara = makeReplica('Amara Osei', startedAt)
  const kenji = makeReplica('Kenji Watanabe', startedAt)
  sandbox.state.addReplica({ ...amara, training: newJob(startedAt, 4 * hour, null) })
  sandbox.state.addReplica({ ...kenji, training: newJob(startedAt, 6 * hour, darkFootage) })
  const { app, page, desk } = await connect()
  await expect(desk.asset(amara.id)).toContainText('Training')
  expect(service.shown()).toEqual([])

  await test.step('one is ready', async () => {
    sandbox.clock.advance(5 * hour)
    await desk.button('Refresh').click()
    await expect(desk.asset(amara.id)).toContainText('Ready')
    await expect
      .poll(() => service.shown())
      .toEqual([{ title: 'Amara Osei', body: 'The replica is ready.' }])
  })

  await test.step('a click brings the window to the front and opens the replica', async () => {
    await desk.goTo('Settings')
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    await service.click()
    await expect(page.getByRole('complementary')).toContainText(amara.id)
    await expect
      .poll(() =>
        app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())
      )
      .toBe(false)
  })

  await test.step('one failed, with its reason', async () => {
    sandbox.clock.advance(2 * hour)
    await desk.button('Refresh').click()
    await expect
      .poll(() => service.shown().slice(1))
      .toEqual([{ title: 'Kenji Watanabe', body: `The training failed. Tavus: “${darkFootage}”` }])
    await service.click()
    await expect(page.getByRole('complementary')).toContainText(kenji.id)
    await expect(page.getByRole('complementary')).toContainText(darkFootage)
  })

  await test.step('nothing more when they are turned off', async () => {
    await desk.goTo('Settings')
    await page.getByRole('group', { name: 'Notifications' }).getByText('Off').click()
    const priya = makeReplica('Priya Raman', sandbox.clock.now())
    sandbox.state.addReplica({ ...priya, training: newJob(sandbox.clock.now(), hour, null) })
    await desk.goTo('Replicas')
    await desk.button('Refresh').click()
    await expect(desk.asset(priya.id)).toContainText('Training')
    sandbox.clock.advance(2 * hour)
    await desk.button('Refresh').click()
    await expect(desk.asset(priya.id)).toContainText('Ready')
    expect(service.shown()).toHaveLength(2)
  })
  service.stop()
})
