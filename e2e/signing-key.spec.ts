import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type ConnectedApp, type RunningApp, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import {
  answerWithFile,
  answerWithNewFile,
  askForReceipt,
  entryOf,
  expectSaved,
  fingerprintIn
} from './pages/receipts.ts'

const verifier = join(import.meta.dirname, '..', 'resources', 'verify-receipt.mjs')

/** The verifier as somebody runs it who does not have the app. */
const verify = (...args: readonly string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [verifier, ...args], { encoding: 'utf8' })
  return { status, stdout }
}

const notSaved = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'Couldn’t save the receipt' })

/** Deletes the replica and saves the receipt; the list of deletions stays open. */
const saveFirst = async ({ app, page, desk }: ConnectedApp): Promise<string> => {
  await desk.hold(0)
  await desk.deleteSoftly('Amara Osei')
  await desk.openDeletions()
  const path = await answerWithNewFile(app)
  await askForReceipt(page)
  await expectSaved(page)
  return path
}

/** Asks for a receipt of the same deletion in a later run; answers where it would lie. */
const askAgain = async ({ app, page }: RunningApp): Promise<string> => {
  await new Desk(page).openDeletions()
  const path = await answerWithNewFile(app)
  await askForReceipt(page)
  return path
}

const makeNewKey = async (page: Page): Promise<void> => {
  await notSaved(page).getByRole('button', { name: 'Create new signing key…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create new signing key' }).click()
}

test('lost with the keychain’s entry: told, made anew, and receipts of both keys are good', async ({
  connect,
  launch,
  keyring
}) => {
  const first = await connect('Amara Osei')
  const oldPath = await saveFirst(first)
  const old = fingerprintIn(oldPath)
  await first.quit()
  await keyring.forget(entryOf(old))

  const second = await launch()
  const { app, page } = second
  const path = await askAgain(second)
  const dialog = page.getByRole('dialog')

  await test.step('it is told, and nothing is made before it was asked for', async () => {
    await expect(notSaved(page)).toContainText('The signing key is not in the keychain')
    await notSaved(page).getByRole('button', { name: 'Create new signing key…' }).click()
    await expect(dialog).toContainText('Receipts saved so far stay valid')
    await expect(dialog).toContainText(old)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await askForReceipt(page)
    await expect(notSaved(page)).toContainText('The signing key is not in the keychain')
    expect(existsSync(path)).toBe(false)
  })

  await test.step('a new key signs', async () => {
    await makeNewKey(page)
    await expect(page.getByText('New signing key created')).toBeVisible()
    await expectSaved(page)
  })
  const made = fingerprintIn(path)

  await test.step('the verifier takes both receipts, each with its own key', async () => {
    expect(made).not.toBe(old)
    expect(verify(oldPath, path)).toMatchObject({ status: 0 })
    expect(verify(oldPath, '--key', old)).toMatchObject({ status: 0 })
    expect(verify(path, '--key', made)).toMatchObject({ status: 0 })
    const refused = verify(path, '--key', old)
    expect(refused.status).toBe(1)
    expect(refused.stdout).toContain('[other-key]')
  })

  const desk = new Desk(page)
  await test.step('Settings shows the new one, to be copied', async () => {
    await page.keyboard.press('Escape')
    await desk.goTo('Settings')
    await expect(page.getByRole('main')).toContainText(made)
    await desk.button('Copy fingerprint').click()
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(made)
  })

  await test.step('the app knows the old receipt as its own of earlier', async () => {
    for (const [file, whose] of [
      [path, 'The key of this installation'],
      [oldPath, 'An earlier key of this installation']
    ] as const) {
      await answerWithFile(app, file)
      await desk.button('Verify a receipt…').click()
      await expect(dialog).toContainText('Receipt is valid')
      await expect(dialog).toContainText(whose)
      await dialog.getByRole('button', { name: 'Close' }).click()
    }
  })

  await test.step('the history names both', async () => {
    await desk.goTo('History')
    await desk.expectHistory('Signing key', 'replaced')
    await page.getByText('replaced; receipts saved earlier keep the old one').first().click()
    const record = page.getByRole('complementary')
    await expect(record).toContainText(old)
    await expect(record).toContainText(made)
  })
})

test('damaged in the keychain: told as damaged, and made anew', async ({ connect, keyring }) => {
  const first = await connect('Amara Osei')
  const { app, page } = first
  const old = fingerprintIn(await saveFirst(first))
  await keyring.spoil(entryOf(old))

  const path = await answerWithNewFile(app)
  await askForReceipt(page)
  await expect(notSaved(page)).toContainText('The signing key is damaged')
  await makeNewKey(page)
  await expect(page.getByText('New signing key created')).toBeVisible()
  await expect.poll(() => existsSync(path)).toBe(true)
  expect(fingerprintIn(path)).not.toBe(old)
})

test('locked: told as locked, no new key is offered, and the old one signs once it is open', async ({
  connect,
  launch,
  keyring
}) => {
  test.skip(process.platform !== 'linux', 'Only the keyring of the test can be locked')
  const first = await connect('Amara Osei')
  const old = fingerprintIn(await saveFirst(first))
  await first.quit()
  await keyring.lock()

  const second = await launch()
  const { page } = second
  const path = await askAgain(second)
  // Either the keyring answers at once that it is locked, or it asks for its password and the app waits.
  const waiting = page.getByText('Waiting for your keychain')
  await expect(waiting.or(notSaved(page)).first()).toBeVisible()
  if (await waiting.isVisible()) await new Desk(page).button('Cancel').click()
  await expect(notSaved(page)).toContainText(
    /keychain (is locked|isn’t responding)|Access was denied/
  )
  await expect(page.getByRole('button', { name: 'Create new signing key…' })).toHaveCount(0)
  expect(existsSync(path)).toBe(false)

  await keyring.unlock()
  await notSaved(page).getByRole('button', { name: 'Try again' }).click()
  await expectSaved(page)
  expect(fingerprintIn(path)).toBe(old)
})
