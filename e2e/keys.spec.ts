import { expect, type Page } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import type { Account } from '../src/shared/domain/account.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'

const accountsOf = (page: Page): Promise<readonly Account[]> =>
  page.evaluate(async () => {
    const answer = await (window as unknown as { app: Bridge }).app.appBootstrap({})
    if (!answer.ok) throw new Error(answer.error.kind)
    return answer.value.accounts
  })

const form = (address: string, key = sandboxKey) => ({ name: 'Studio North', key, address })

test('a key is checked, and told in words; the key itself is nowhere to be seen', async ({
  launch,
  sandbox
}) => {
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(form(sandbox.origin))
  await desk.goTo('Accounts')
  const main = page.getByRole('main')
  await expect(main.getByText(/^Works/)).toBeVisible()
  await expect(main.getByText(new RegExp(`····${sandboxKey.slice(-4)}`))).toBeVisible()
  expect(await page.content()).not.toContain(sandboxKey)

  sandbox.allowKey(sandboxKey, false)
  await desk.button('Check key').click()
  await expect(main.getByText(/^Rejected by Tavus/)).toBeVisible()
  await sandbox.close()
  await desk.button('Check key').click()
  await expect(main.getByText(/^Tavus cannot be reached/)).toBeVisible()
})

const badKeys: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['spaces', '   '],
  ['"Bearer" pasted whole', 'Bearer r8_abcdefghijklmnopqrstuvwxyz'],
  ['a header smuggled in', 'key\r\nX-Evil: 1'],
  ['emoji', 'key🔑key'],
  ['NUL inside', 'key\0key'],
  ['1,281 characters', 'k'.repeat(1281)],
  ['a Replicate token', 'r8_abcdefghijklmnopqrstuvwxyz0123456789']
]

test('a bad key or address ends in words and changes nothing', async ({ launch, sandbox }) => {
  const { page } = await launch()
  const refused = await page.evaluate(
    async ([keys, origin]) => {
      const bridge = (window as unknown as { app: Bridge }).app
      const input = {
        id: null,
        provider: 'tavus',
        name: 'Studio North',
        color: 'indigo',
        isReadOnly: false,
        keyStorage: 'keychain'
      } as const
      const addresses = [
        'http://example.com',
        'https://user:pw@example.com',
        'https://example.com/?x=1',
        'ftp://example.com',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'https://',
        'not an address'
      ]
      const answers = [
        ...keys.map((apiKey) => bridge.accountSave({ ...input, apiAddress: origin, apiKey })),
        ...addresses.map((apiAddress) =>
          bridge.accountSave({ ...input, apiAddress, apiKey: 'key4good' })
        )
      ]
      return (await Promise.all(answers)).map((answer) =>
        answer.ok
          ? 'saved'
          : answer.error.kind === 'invalid-input'
            ? answer.error.issues[0]?.field
            : answer.error.kind
      )
    },
    [badKeys.map(([, key]) => key), sandbox.origin] as const
  )
  expect(refused).toEqual([
    ...badKeys.map(() => 'apiKey'),
    ...Array.from({ length: 8 }, () => 'apiAddress')
  ])
  expect(await accountsOf(page)).toEqual([])
  expect(sandbox.requests).toEqual([])
})

test('the form shows what is wrong beside its field', async ({ launch, sandbox }) => {
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(form(sandbox.origin, 'Bearer abc'))
  await expect(desk.field('API key')).toHaveAttribute('aria-invalid', 'true')
  await expect(desk.field('Account name')).not.toHaveAttribute('aria-invalid', 'true')
})

const withoutKeychain = () => {
  test.use({ isKeyringMissing: true })

  test('the form says so and offers to keep the key for this run; after it the key is gone', async ({
    launch,
    sandbox
  }) => {
    const replica = makeReplica('Amara Osei', sandbox.clock.now())
    sandbox.state.addReplica(replica)
    const first = await launch()
    const desk = new Desk(first.page)
    await desk.addAccount(form(sandbox.origin))
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
}

const withKeychainInTrouble = () => {
  test('locked: told as locked, never as empty; library and history stay readable', async ({
    launch,
    sandbox,
    keyring
  }) => {
    const replica = makeReplica('Amara Osei', sandbox.clock.now())
    sandbox.state.addReplica(replica)
    const first = await launch()
    const desk = new Desk(first.page)
    await desk.addAccount(form(sandbox.origin))
    await desk.goTo('Replicas')
    await expect(desk.asset(replica.id)).toBeVisible()
    await first.quit()
    sandbox.forgetRequests()

    await keyring.lock()
    const second = await launch()
    const later = new Desk(second.page)
    await expect(later.asset(replica.id)).toBeVisible()
    await expect.poll(async () => (await accountsOf(second.page))[0]?.key.state).toBe('locked')
    await later.goTo('History')
    await later.expectHistory('Amara Osei', 'first seen')
    expect(sandbox.requests).toEqual([])
  })

  for (const trouble of ['pause', 'kill'] as const) {
    test(`${trouble}: the window stays quick, and nothing is sent`, async ({
      launch,
      sandbox,
      keyring
    }) => {
      const replica = makeReplica('Amara Osei', sandbox.clock.now())
      sandbox.state.addReplica(replica)
      const { page } = await launch()
      const desk = new Desk(page)
      await desk.addAccount(form(sandbox.origin))
      await desk.goTo('Replicas')
      await expect(desk.asset(replica.id)).toBeVisible()
      keyring[trouble]()
      sandbox.forgetRequests()
      await desk.deleteSoftly('Amara Osei')
      await desk.goTo('History')
      await expect(page.getByRole('main').getByText('Studio North').first()).toBeVisible()
      await expect
        .poll(async () => (await accountsOf(page))[0]?.key.state, { timeout: 20_000 })
        .toMatch(/failed|unavailable|locked/)
      expect(sandbox.requests).toEqual([])
      keyring.resume()
      expect(sandbox.state.replicas).toHaveLength(1)
    })
  }
}

// Only Linux can lack a keychain, and only there can a test lock and stop it.
if (process.platform === 'linux') {
  test.describe('without a keychain', withoutKeychain)
  test.describe('with a keychain in trouble', withKeychainInTrouble)
}
