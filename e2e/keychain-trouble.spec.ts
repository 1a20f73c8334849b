import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { sandboxKey, test } from './fixtures.ts'
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
  // A key is tried before it is saved, so another one has to work too.
  const newKey = `${sandboxKey}-new`
  test.use({ sandboxOptions: { seedData: 'empty', apiKeys: [sandboxKey, newKey] } })

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
      second.page.getByText(/The keychain is locked|Waiting for your keychain/)
    ).toBeVisible()
    expect((await accountsOf(second.page))[0]?.key.state).toMatch(/locked|saved/)
    await later.goTo('History')
    await later.expectHistory('Amara Osei', 'added to library')
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
    await expect(page.getByText('Waiting for your keychain')).toBeVisible()
    await desk.button('Cancel').click()
    await expect(page.getByText('Waiting for your keychain')).toHaveCount(0)
    await expect(
      page.getByText('Deletion of Amara Osei is waiting for the key').first()
    ).toBeVisible()
    await expect(desk.asset(replicas[0]?.id ?? '')).toBeVisible()
    expect(sandbox.requests).toEqual([])
    keyring.resume()
    const sheet = await desk.openDeletions()
    await expect(sheet.getByRole('button', { name: 'Show account' })).toBeVisible()
    await sheet.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(() => sandbox.state.replicas.length).toBe(0)
  })

  test('a key for this run hides none: what is not used any more is deleted, or told', async ({
    connect,
    keyring
  }) => {
    const { page, desk } = await connect('Amara Osei')
    const [entry, ...others] = await keyring.accountEntries()
    expect(others).toEqual([])
    await desk.goTo('Accounts')

    await test.step('an entry that was deleted outside is told as missing, not as locked', async () => {
      await keyring.forget(entry ?? '')
      await desk.button('Check key').click()
      await expect(page.getByText(/^No longer in keychain/)).toBeVisible()
    })

    await desk.button('Edit').click()
    await desk.field('API key').fill(sandboxKey)
    await desk.button('Save account').click()
    await expect(page.getByText(/^Saved in keychain \(…/)).toBeVisible()
    expect(await keyring.accountEntries()).toHaveLength(1)

    await test.step('what the keychain does not let go is told, and deleted later', async () => {
      keyring.pause()
      const [account] = await accountsOf(page)
      if (account === undefined) throw new Error('No account')
      const { id, provider, name, color, apiAddress, isReadOnly } = account
      const saved = await page.evaluate(
        (input) => (window as unknown as { app: Bridge }).app.accountSave(input),
        {
          ...{ id, provider, name, color, apiAddress, isReadOnly },
          apiKey: sandboxKey,
          keyStorage: 'this-run' as const
        }
      )
      expect(saved.ok).toBe(true)
      await expect(page.getByText(/^For this run only/)).toBeVisible()
      await page
        .getByRole('status')
        .filter({ hasText: 'Waiting for your keychain' })
        .getByRole('button', { name: 'Cancel' })
        .click()
      await expect(page.getByText('An unused key is still')).toBeVisible()
      keyring.resume()
      await desk.button('Try again').click()
      await expect(page.getByText('An unused key is still')).toHaveCount(0)
      expect(await keyring.accountEntries()).toEqual([])
    })
  })

  test('a write that lands after the save was given up is never used', async ({
    connect,
    launch,
    sandbox,
    keyring
  }) => {
    const { page, desk, quit } = await connect('Amara Osei')
    const used = await keyring.accountEntries()
    await desk.goTo('Accounts')
    keyring.pause()
    await desk.button('Edit').click()
    await desk.field('API key').fill(newKey)
    await desk.button('Save account').click()
    await expect(page.getByText('Waiting for your keychain')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page
      .getByRole('status')
      .filter({ hasText: 'Waiting for your keychain' })
      .getByRole('button', { name: 'Cancel' })
      .click()
    await expect(page.getByText('Waiting for your keychain')).toHaveCount(0)
    keyring.resume()
    sandbox.forgetRequests()
    await desk.button('Check key').click()
    await expect(page.getByText(/^Valid ·/)).toBeVisible()
    expect(sandbox.requests.every(({ key }) => key === 0)).toBe(true)
    await quit()
    await launch()
    await expect.poll(keyring.accountEntries).toEqual(used)
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
          .getByText(
            /Waiting for your keychain|keychain isn’t responding|No keychain found|is locked/
          )
          .first()
      ).toBeVisible()
      expect(sandbox.requests).toEqual([])
      keyring.resume()
      expect(sandbox.state.replicas).toHaveLength(1)
    })
  }
})
