import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import type { Sandbox } from '../test/sandbox/faulty-sandbox.ts'
import { test } from './fixtures.ts'
import { fillUp, refuseAssigning, writeLimitedStart } from './limited.ts'
import { Desk } from './pages/desk.ts'

test.use({ launcher: writeLimitedStart(mkdtempSync(join(tmpdir(), 'limited-'))) })

const deletionsAt = (sandbox: Sandbox) =>
  sandbox.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)

const personsIn = (page: Page) =>
  page.evaluate(async () => {
    const answer = await (window as unknown as { app: Bridge }).app.personList({})
    return answer.ok ? answer.value.map(({ name, assetCount }) => ({ name, assetCount })) : null
  })

test('where nothing more can be written the window says so, nothing is sent, and it goes on when there is room', async ({
  connect,
  sandbox,
  userData
}) => {
  const { app, page, desk } = await connect('Amara Osei', 'Kenji Watanabe')
  await desk.hold(0)
  const makeRoom = await fillUp(app, userData)
  await desk.deletePermanently('Amara Osei')
  await expect(
    page.getByText(/^(Disk full, deletions are off|The data folder isn’t writable)$/)
  ).toBeVisible()
  expect(deletionsAt(sandbox)).toEqual([])
  await page.keyboard.press('Escape')

  makeRoom()
  await desk.deletePermanently('Kenji Watanabe')
  await expect.poll(() => deletionsAt(sandbox)).toHaveLength(1)

  await test.step('a person is not added again when assigning failed and is tried again', async () => {
    const allow = await refuseAssigning(userData)
    await desk.button('Actions for Amara Osei').click()
    await page.getByRole('menuitem', { name: /person…$/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Amara')
    const save = dialog.locator('button[type=submit]')
    await save.click()
    await expect(dialog.getByRole('radio', { name: 'Amara' })).toBeChecked()
    await expect(save).toBeEnabled()
    allow()
    await save.click()
    await expect(dialog).toBeHidden()
    expect(await personsIn(page)).toEqual([{ name: 'Amara', assetCount: 1 }])
  })
})

test('a database that may only be read is shown with a word, and nothing is sent', async ({
  connect,
  launch,
  sandbox,
  userData
}) => {
  const { quit, replicas } = await connect('Amara Osei')
  await quit()
  chmodSync(join(userData, 'library.sqlite'), 0o400)
  const { page } = await launch()
  const desk = new Desk(page)
  await expect(page.getByText('The data folder isn’t writable')).toBeVisible()
  await desk.goTo('Replicas')
  await expect(desk.asset(replicas[0]?.id ?? '')).toBeVisible()
  await desk.deleteSoftly('Amara Osei')
  await desk.goTo('History')
  await desk.expectHistory('Amara Osei', 'added to library')
  expect(deletionsAt(sandbox)).toEqual([])
})
