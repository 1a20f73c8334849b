import { expect } from '@playwright/test'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { sandboxKey, test } from './fixtures.ts'
import { accountsOf, studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'

test('a key is checked, and told in words; the key itself is nowhere to be seen', async ({
  launch,
  sandbox
}) => {
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await desk.goTo('Accounts')
  const main = page.getByRole('main')
  await expect(main.getByText(/^Valid ·/)).toBeVisible()
  await expect(main.getByText(new RegExp(`…${sandboxKey.slice(-4)}`))).toBeVisible()
  expect(await page.content()).not.toContain(sandboxKey)

  sandbox.allowKey(sandboxKey, false)
  await desk.button('Check key').click()
  await expect(main.getByText(/^Rejected by Tavus ·/)).toBeVisible()
  await sandbox.close()
  await desk.button('Check key').click()
  await expect(main.getByText(/^Tavus can’t be reached ·/)).toBeVisible()
})

const badKeys: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['spaces', '   '],
  ['"Bearer" pasted whole', 'Bearer r8_abcdefghijklmnopqrstuvwxyz'],
  ['a header smuggled in', 'key\r\nX-Evil: 1'],
  ['emoji', 'key🔑key'],
  ['NUL inside', 'key\0key'],
  ['1,281 characters', 'k'.repeat(1281)],
  ['180,000 characters', 'k'.repeat(180_000)],
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

test('a key of a megabyte is not even looked at', async ({ launch }) => {
  const { page } = await launch()
  const answer = await page.evaluate(() =>
    (window as unknown as { app: Bridge }).app.accountSave({
      id: null,
      provider: 'tavus',
      name: 'Studio North',
      color: 'indigo',
      isReadOnly: false,
      keyStorage: 'keychain',
      apiAddress: 'https://tavusapi.com',
      apiKey: 'k'.repeat(1024 * 1024)
    })
  )
  expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid-input' } })
  expect(await accountsOf(page)).toEqual([])
})

test('a key is tried before it is saved: a wrong one is told at its field, and the form stays', async ({
  launch,
  sandbox
}) => {
  const { page } = await launch()
  const desk = new Desk(page)
  const key = desk.field('API key')
  const rejected = async () => {
    await expect(key).toHaveAccessibleDescription(/Tavus rejected this key\./)
    await expect(key).toBeFocused()
  }

  await test.step('what means something elsewhere is a key here, and sent as it is', async () => {
    await desk.addAccount(studioNorth(sandbox.origin, '=1+1'))
    await rejected()
    for (const [index, other] of ['"quoted"', '$(id)', '%s', '__proto__'].entries()) {
      await key.fill(other)
      await desk.button('Save account').click()
      await expect.poll(() => sandbox.requests.length).toBe(index + 2)
      await expect(desk.button('Save account')).toBeEnabled()
      await rejected()
    }
    expect(new Set(sandbox.requests.map(({ key, status }) => `${key} ${status}`))).toEqual(
      new Set(['unknown 401'])
    )
    expect(await accountsOf(page)).toEqual([])
    await expect(desk.button('Save anyway')).toHaveCount(0)
  })

  await test.step('where nobody answers, it can be saved all the same', async () => {
    await sandbox.setReachable(false)
    await key.fill(`${sandboxKey}\n`)
    await desk.button('Save account').click()
    await desk.button('Save anyway').click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await desk.goTo('Accounts')
    const main = page.getByRole('main')
    await expect(main.getByText(new RegExp(`…${sandboxKey.slice(-4)}`))).toBeVisible()
    await sandbox.setReachable(true)
    await desk.button('Check key').click()
    await expect(main.getByText(/^Valid ·/)).toBeVisible()
  })

  await test.step('another key is tried as well', async () => {
    await desk.button('Edit').click()
    await expect(key).toBeFocused()
    await key.fill('no-key-of-this-account')
    await page.keyboard.press('Enter')
    await rejected()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await desk.button('Check key').click()
    await expect.poll(async () => (await accountsOf(page))[0]?.keyCheck.outcome).toBe('works')
  })
})

test('the form shows what is wrong beside its field', async ({ launch, sandbox }) => {
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(sandbox.origin, 'Bearer abc'))
  await expect(desk.field('API key')).toHaveAttribute('aria-invalid', 'true')
  await expect(desk.field('Account name')).not.toHaveAttribute('aria-invalid', 'true')
})
