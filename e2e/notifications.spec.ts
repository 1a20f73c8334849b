import { expect, type Page } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { newJob } from '../src/sandbox/training.ts'
import type { Sandbox } from '../test/sandbox/faulty-sandbox.ts'
import { type ConnectedApp, test } from './fixtures.ts'
import { offerSilentService, startNotificationService } from './notification-service.ts'
import { Desk } from './pages/desk.ts'

const hour = 60 * 60 * 1000
const darkFootage = 'The footage is dark in places. Film again in even light.'

/** One that is asked for while another runs may be answered by that, which saw what was before. */
const refresh = async (desk: Desk): Promise<void> => {
  const button = desk.button('Refresh')
  await expect(button).toHaveAttribute('aria-busy', 'false')
  await button.click()
  await expect(button).toHaveAttribute('aria-busy', 'false')
}

test('the desktop and the window are told of what ended, failed or vanished, and a click opens it', async ({
  connect,
  keyring,
  launch,
  sandbox
}) => {
  const service = await startNotificationService(keyring.env)
  const startedAt = sandbox.clock.now()
  const amara = makeReplica('Amara Osei', startedAt)
  const kenji = makeReplica('Kenji Watanabe', startedAt)
  sandbox.state.addReplica({ ...amara, training: newJob(startedAt, 4 * hour, null) })
  sandbox.state.addReplica({ ...kenji, training: newJob(startedAt, 6 * hour, darkFootage) })
  const { app, page, desk, quit } = await connect()
  /** What is said about it over the screen, politely: it cuts nothing off that is being read out. */
  const news = (of: Page) => of.locator('[aria-live="polite"]').getByRole('status')
  await expect(desk.asset(amara.id)).toContainText('Training')
  expect(service.shown()).toEqual([])

  await test.step('one is ready', async () => {
    sandbox.clock.advance(5 * hour)
    await refresh(desk)
    await expect(desk.asset(amara.id)).toContainText('Ready')
    await expect
      .poll(() => service.shown())
      .toEqual([{ title: 'Amara Osei', body: 'The replica is ready.' }])
    await expect(news(page)).toContainText('Amara Osei is ready')
    await expect(news(page)).toContainText('Tavus completed the training.')
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
    await refresh(desk)
    await expect
      .poll(() => service.shown().slice(1))
      .toEqual([{ title: 'Kenji Watanabe', body: `Training failed. Tavus: “${darkFootage}”` }])
    await service.click()
    await expect(page.getByRole('complementary')).toContainText(kenji.id)
    await expect(page.getByRole('complementary')).toContainText(darkFootage)
    await page.keyboard.press('Escape')
    await expect(news(page)).toContainText('2 updates from Tavus')
    await expect(news(page)).toContainText('Failed: Kenji Watanabe.')
    await expect(news(page)).toContainText('Ready: Amara Osei.')
    await news(page).getByRole('button', { name: 'Close' }).click()
    await expect(news(page)).toHaveCount(0)
  })

  await test.step('one vanished elsewhere', async () => {
    sandbox.state.removeReplica(amara.id)
    await desk.goTo('Replicas')
    await refresh(desk)
    await expect(news(page)).toContainText('Amara Osei is no longer listed')
    await news(page).getByRole('button', { name: 'Show asset' }).click()
    await expect(page.getByRole('complementary')).toContainText(amara.id)
    await expect(news(page)).toHaveCount(0)
    await page.keyboard.press('Escape')
  })

  await test.step('nothing more when they are turned off', async () => {
    await desk.goTo('Settings')
    await page.getByRole('group', { name: 'Notifications' }).getByText('Off').click()
    const priya = makeReplica('Priya Raman', sandbox.clock.now())
    sandbox.state.addReplica({ ...priya, training: newJob(sandbox.clock.now(), hour, null) })
    await desk.goTo('Replicas')
    await refresh(desk)
    await expect(desk.asset(priya.id)).toContainText('Training')
    sandbox.clock.advance(2 * hour)
    await refresh(desk)
    await expect(desk.asset(priya.id)).toContainText('Ready')
    expect(service.shown()).toHaveLength(2)
    // The window itself says it all the same: it disturbs nobody.
    await expect(news(page)).toContainText('Priya Raman is ready')
  })

  await test.step('what happened while the app was closed is said when it is opened, and only then', async () => {
    const lin = makeReplica('Lin Zhao', sandbox.clock.now())
    sandbox.state.addReplica({ ...lin, training: newJob(sandbox.clock.now(), hour, null) })
    await refresh(desk)
    await expect(desk.asset(lin.id)).toContainText('Training')
    await quit()
    sandbox.clock.advance(2 * hour)
    sandbox.state.removeReplica(kenji.id)
    const again = await launch()
    await expect(news(again.page)).toContainText('Ready: Lin Zhao.')
    await expect(news(again.page)).toContainText('No longer listed: Kenji Watanabe.')
    await expect(news(again.page)).not.toContainText('Priya')
    await again.quit()
    const third = await launch()
    await expect(third.page.getByRole('gridcell').first()).toBeVisible()
    await expect(new Desk(third.page).button('Refresh')).toHaveAttribute('aria-busy', 'false')
    await expect(news(third.page)).toHaveCount(0)

    const { page: window } = third
    const inDesk = new Desk(window)
    const place = window.getByRole('link', { name: 'Inbox', exact: true })
    await expect(place).toHaveAccessibleDescription('8 unread')
    await inDesk.goTo('Inbox')
    const inbox = window.getByRole('region', { name: 'Inbox', exact: true })
    // Beside what the notices told, two replicas that were not made here.
    await expect(inbox.getByRole('listitem')).toHaveCount(8)
    await expect(inbox.getByRole('listitem').first()).toContainText('Kenji Watanabe')
    await inbox.getByRole('button', { name: /^Unread Lin Zhao training/ }).click()
    await expect(window.getByRole('complementary')).toContainText(lin.id)
    await expect(place).toHaveAccessibleDescription('7 unread')
    await inDesk.goTo('Inbox')
    await inDesk.button('Mark Lin Zhao as unread').click()
    await expect(place).toHaveAccessibleDescription('8 unread')
    await inDesk.button('Mark all as read').click()
    await expect(place).not.toHaveAccessibleDescription(/unread/)
    await expect(inDesk.button('Mark all as read')).toBeDisabled()
  })
  service.stop()
})

const endTraining = async (sandbox: Sandbox, { desk }: ConnectedApp, name: string) => {
  const replica = makeReplica(name, sandbox.clock.now())
  sandbox.state.addReplica({ ...replica, training: newJob(sandbox.clock.now(), hour, null) })
  await desk.goTo('Replicas')
  await refresh(desk)
  await expect(desk.asset(replica.id)).toContainText('Training')
  sandbox.clock.advance(2 * hour)
  await refresh(desk)
  await expect(desk.asset(replica.id)).toContainText('Ready')
}

/** The whole way to the provider and back, while the service still owes its answer. */
const expectAnswers = async (sandbox: Sandbox, { desk, page }: ConnectedApp) => {
  const amara = makeReplica('Amara Osei', sandbox.clock.now())
  sandbox.state.addReplica(amara)
  await refresh(desk)
  await expect(desk.asset(amara.id)).toBeVisible()
  await desk.goTo('Settings')
  await expect(page.getByText('notification service isn’t responding')).toBeVisible()
}

test('the app goes on while a notification service that was started for it never comes up', async ({
  connect,
  keyring,
  sandbox
}) => {
  await offerSilentService(keyring.env)
  const started = await connect()
  await endTraining(sandbox, started, 'Kenji Watanabe')
  await expectAnswers(sandbox, started)
})

test('the app goes on while a notification service that answered before does so no more', async ({
  connect,
  keyring,
  sandbox
}) => {
  const service = await startNotificationService(keyring.env)
  const started = await connect()
  await endTraining(sandbox, started, 'Kenji Watanabe')
  await expect.poll(() => service.shown()).toHaveLength(1)
  service.pause()
  await endTraining(sandbox, started, 'Priya Raman')
  await expectAnswers(sandbox, started)
  service.stop()
})
