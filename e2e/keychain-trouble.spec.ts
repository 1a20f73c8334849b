import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { test } from './fixtures.ts'
import { accountsOf, studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'

test.describe('without a keychain', () => {
  test.use({ isKeyringMissing: true })

  test('the form says so and offers to keep the key for this run; after it the key is gone', async ({
    launch,
    sandbox
  }) => {
    const replica = makeReplica('Amara Osei', sandbox.clock.now())
    sandbox.state.addReplica(replica)
    const first = await launch()
    const desk = new Desk(first.page)
    await desk.addAccount(studioNorth(sandbox.origin))
    await expect(desk.button('Keep for this run only')).toBeVisible()
    expect(await accountsOf(first.page)).toEqual([])
    await desk.button('Keep for this run only').click()
    await desk.goTo('Replicas')
    await expect(desk.asset(replica.id)).toBeVisible()
    expect((await accountsOf(first.page))[0]?.key.state).toBe('this-run')
    await first.quit()

    const second = await launch()
    const later = new Desk(second.page)
    await expect(later.asset(replica.id)).toBeVisible()
    expect((await accountsOf(second.page))[0]?.key.state).toBe('absent')
  })
})

test.describe('with a keychain in trouble', () => {
  test('locked: told as locked, never as empty; library and history stay readable', async ({
    connect,
    launch,
    sandbox,
    keyring
  }) => {
    const { quit, replicas } = await connect('Amara Osei')
    await quit()
    sandbox.forgetRequests()

    await keyring.lock()
    const second = await launch()
    const later = new Desk(second.page)
    await expect(later.asset(replicas[0]?.id ?? '')).toBeVisible()
    // Either the keyring answers at once that it is locked, or it asks for its password and the app waits.
    await expect(
      second.page.getByText(/The keychain is locked|Waiting for your keyring/)
    ).toBeVisible()
    expect((await accountsOf(second.page))[0]?.key.state).toMatch(/locked|saved/)
    await later.goTo('History')
    await later.expectHistory('Amara Osei', 'first seen')
    expect(sandbox.requests).toEqual([])
  })

  test('Cancel ends the wait for the keyring, and it is asked again when it is needed', async ({
    connect,
    sandbox,
    keyring
  }) => {
    const { page, desk, replicas } = await connect('Amara Osei')
    await desk.hold(0)
    keyring.pause()
    sandbox.forgetRequests()
    await desk.deleteSoftly('Amara Osei')
    await expect(page.getByText('Waiting for your keyring')).toBeVisible()
    await desk.button('Cancel').click()
    await expect(page.getByText('Waiting for your keyring')).toHaveCount(0)
    await expect(page.getByText('Amara Osei: waiting')).toBeVisible()
    await expect(desk.asset(replicas[0]?.id ?? '')).toBeVisible()
    expect(sandbox.requests).toEqual([])
    keyring.resume()
    const sheet = await desk.openDeletions()
    await expect(sheet.getByRole('button', { name: 'Look at the account' })).toBeVisible()
    await sheet.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(() => sandbox.state.replicas.length).toBe(0)
  })

  for (const trouble of ['pause', 'kill'] as const) {
    test(`${trouble}: the window stays quick, and nothing is sent`, async ({
      connect,
      sandbox,
      keyring
    }) => {
      const { page, desk } = await connect('Amara Osei')
      await desk.hold(0)
      keyring[trouble]()
      sandbox.forgetRequests()
      await desk.deleteSoftly('Amara Osei')
      await desk.goTo('History')
      await expect(page.getByRole('main').getByText('Studio North').first()).toBeVisible()
      await expect(
        page
          .getByText(/Waiting for your keyring|keychain is not answering|no keychain|is locked/)
          .first()
      ).toBeVisible()
      expect(sandbox.requests).toEqual([])
      keyring.resume()
      expect(sandbox.state.replicas).toHaveLength(1)
    })
  }
})
