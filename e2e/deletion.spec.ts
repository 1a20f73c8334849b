import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Sandbox } from '../test/sandbox/faulty-sandbox.ts'
import { test } from './fixtures.ts'
import { studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'

const deletes = (sandbox: Sandbox) => sandbox.requests.filter(({ method }) => method === 'DELETE')

const toast = (page: Page) => page.getByRole('region', { name: 'Pending deletions' })

const refuse = (message: string) => ({ kind: 'answer', status: 400, body: { message } }) as const

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `Replica ${index + 10}`)

test('one click holds a deletion: paused, resumed, taken back from a field, and nothing was sent', async ({
  connect,
  sandbox
}) => {
  const { page, desk, replicas } = await connect('Amara Osei', 'Kenji Watanabe')
  const [amara] = replicas
  await desk.deleteSoftly('Amara Osei')
  await expect(toast(page)).toContainText('Deleting Amara Osei in')
  await expect(
    page.getByText('Deleting Amara Osei in 10 seconds. You can undo until then.')
  ).toHaveCount(1)
  await expect(desk.asset(amara?.id ?? '')).toContainText('Deleting soon')
  await toast(page).getByRole('button', { name: 'Pause' }).click()
  await expect(toast(page)).toContainText('Deletion of Amara Osei paused')
  await toast(page).getByRole('button', { name: 'Resume' }).click()
  await expect(toast(page)).toContainText('Deleting Amara Osei in')
  await desk.field('Search').focus()
  await page.keyboard.press('Control+z')
  await expect(toast(page)).toHaveCount(0)
  await expect(desk.asset(amara?.id ?? '')).toContainText('Ready')
  await desk.goTo('History')
  await desk.expectHistory('Amara Osei', 'undone before it was sent')
  expect(deletes(sandbox)).toEqual([])
})

test('by keyboard alone: Delete holds it, and at the end of the hold it is sent once', async ({
  connect,
  sandbox
}) => {
  const { page, desk, replicas } = await connect('Amara Osei', 'Kenji Watanabe')
  const [amara] = replicas
  await desk.hold(5)
  await desk.asset(amara?.id ?? '').focus()
  await page.keyboard.press('Delete')
  await expect(toast(page)).toContainText('Deleting Amara Osei in')
  expect(deletes(sandbox)).toEqual([])
  await expect(page.getByText('Amara Osei deleted')).toBeVisible()
  await expect(desk.asset(amara?.id ?? '')).toHaveCount(0)
  expect(deletes(sandbox)).toHaveLength(1)
})

test('many at once: one undo for all; then progress, pause, cancel the rest and retry the failed', async ({
  connect,
  sandbox
}) => {
  const { page, desk } = await connect(...names(12))
  const selection = page.getByRole('region', { name: 'Selection' })
  const chooseAll = async () => {
    await page.getByRole('main').getByRole('gridcell').first().focus()
    await page.keyboard.press('Control+a')
    await expect(selection).toContainText('12 replicas selected')
  }

  await test.step('one undo takes all of them back', async () => {
    await chooseAll()
    await selection.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(toast(page)).toContainText('Deleting 12 replicas in')
    await page.keyboard.press('Control+z')
    await expect(page.getByText('Deletion of 12 replicas undone')).toBeVisible()
    expect(deletes(sandbox)).toEqual([])
  })

  sandbox.faults.add({ match: { method: 'DELETE' }, effect: refuse('In use'), times: 1 })
  sandbox.faults.add({ match: { method: 'DELETE' }, effect: { kind: 'delay', ms: 1_500 } })
  await desk.hold(0)
  const sheet = await test.step('pause stops it between two requests', async () => {
    await chooseAll()
    await selection.getByRole('button', { name: 'Delete', exact: true }).click()
    const region = await desk.openDeletions()
    const card = region.getByRole('article', { name: '12 replicas' }).first()
    await expect(card.getByRole('progressbar')).toBeVisible()
    await card.getByRole('button', { name: 'Pause' }).click()
    await expect(card).toContainText('Paused')
    return card
  })

  await test.step('cancel says how many went', async () => {
    await sheet.getByRole('button', { name: 'Cancel remaining' }).click()
    await expect(sheet).toContainText(
      /\d+ deleted \(confirmed by Tavus\) · 1 not deleted · \d+ not sent/
    )
    await sheet.getByRole('button', { name: 'Show items' }).click()
    await expect(sheet.getByRole('listitem').filter({ hasText: 'In use' })).toHaveCount(1)
  })

  await test.step('only what failed is tried again', async () => {
    sandbox.faults.clear()
    const before = deletes(sandbox).length
    await sheet.getByRole('button', { name: 'Retry failed' }).click()
    await expect(sheet.getByRole('button', { name: 'Retry failed' })).toHaveCount(0)
    await expect(sheet).not.toContainText('not deleted')
    await expect.poll(() => deletes(sandbox).length).toBe(before + 1)
    await sheet.getByRole('button', { name: 'Dismiss' }).click()
    await expect(sheet).toHaveCount(0)
  })
})

test('a permanent deletion is scheduled, seen, and canceled; nothing is sent', async ({
  connect,
  sandbox
}) => {
  const { page, desk } = await connect('Amara Osei')
  await desk.openActions('Amara Osei', 'Delete permanently…')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('This can’t be undone, not even by Tavus.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Schedule…' }).click()
  const submit = dialog.getByRole('button', { name: 'Schedule deletion' })
  await desk.field('Type the name to confirm').fill('Amara Osei')
  await expect(submit).toBeEnabled()
  const field = dialog.getByLabel('Delete at')
  const offered = await field.inputValue()
  await field.fill('2020-01-01T10:00')
  await expect(submit).toBeDisabled()
  await expect(dialog).toContainText('between 1 and 30 days')
  await field.fill(offered)
  await submit.click()
  await expect(dialog).toHaveCount(0)
  const sheet = await desk.openDeletions()
  await expect(sheet).toContainText('Scheduled for')
  await sheet.getByRole('button', { name: 'Cancel remaining' }).click()
  await expect(page.getByText('Deletion of Amara Osei undone')).toBeVisible()
  await expect(sheet).toContainText('Nothing in progress')
  await page.keyboard.press('Escape')
  await desk.goTo('History')
  await desk.openOperation('Amara Osei', 'undone before it was sent')
  await desk.expectHistory('Amara Osei', 'scheduled for')
  expect(deletes(sandbox)).toEqual([])
})

test('what is pinned stays, by every way, until it is unpinned', async ({ connect, sandbox }) => {
  const { page, desk, replicas } = await connect('Amara Osei', 'Kenji Watanabe')
  const [amara] = replicas
  await desk.openActions('Amara Osei', 'Pin')
  await desk.asset(amara?.id ?? '').click()
  await expect(page.getByRole('complementary')).toContainText('Pinned')

  await desk.deleteSoftly('Amara Osei')
  await expect(page.getByText('Amara Osei was not deleted')).toBeVisible()
  await expect(page.getByText('Pinned. Unpin it first to delete it.')).toBeVisible()

  await desk.openActions('Amara Osei', 'Delete permanently…')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Pinned. Unpin it first')
  await expect(desk.field('Type the name to confirm')).toBeDisabled()
  await dialog.getByRole('button', { name: 'Unpin' }).click()
  await expect(desk.field('Type the name to confirm')).toBeEnabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(deletes(sandbox)).toEqual([])
})

test('many for ever: the number is typed, not a name', async ({ connect, sandbox }) => {
  const { page, desk } = await connect('Amara Osei', 'Kenji Watanabe')
  await page.getByRole('main').getByRole('gridcell').first().focus()
  await page.keyboard.press('Control+a')
  await desk.button('Delete permanently…').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Delete 2 replicas permanently')
  const submit = dialog.getByRole('button', { name: 'Delete permanently', exact: true })
  await desk.field('Type 2 to confirm').fill('1')
  await expect(submit).toBeDisabled()
  await desk.field('Type 2 to confirm').fill('2')
  await submit.click()
  await expect(desk.deletions).toContainText('2 deleted (confirmed by Tavus)')
  expect(deletes(sandbox).map(({ query }) => query['hard'])).toEqual(['true', 'true'])
})

test('a held deletion outlives a crash and waits for the person', async ({
  connect,
  launch,
  sandbox
}) => {
  const { desk, page, crash, replicas } = await connect('Amara Osei', 'Kenji Watanabe')
  const [amara] = replicas
  await desk.hold(60)
  await desk.deleteSoftly('Amara Osei')
  await expect(toast(page)).toContainText('Deleting Amara Osei in')
  await crash()

  const later = await launch()
  const laterDesk = new Desk(later.page)
  await expect(toast(later.page)).toContainText('Deletion of Amara Osei paused when the app closed')
  const sheet = await laterDesk.openDeletions()
  await expect(sheet).toContainText('Paused when the app closed. Resume or undo.')
  await later.page.keyboard.press('Escape')
  await later.page.keyboard.press('Control+z')
  await expect(toast(later.page)).toHaveCount(0)
  await expect(laterDesk.asset(amara?.id ?? '')).toContainText('Ready')
  expect(deletes(sandbox)).toEqual([])
})

test.describe('a whole likeness', () => {
  test.use({ sandboxOptions: { seedData: 'sample' } })

  test('is planned, erased, refused in one place, tried again and proven', async ({
    launch,
    sandbox
  }) => {
    const { app, page } = await launch()
    const desk = new Desk(page)
    await desk.addAccount(studioNorth(sandbox.origin))
    await desk.goTo('Replicas')
    const face = sandbox.state.replicas.find((replica) => replica.face === 'adaeze')
    if (face === undefined) throw new Error('No face')
    await expect(desk.asset(face.id)).toBeVisible()
    const dialog = page.getByRole('dialog')

    await test.step('the plan names what goes and what stays', async () => {
      await desk.openActions(face.name, 'Erase likeness…')
      await expect(dialog.getByRole('button', { name: /^\d+ videos?$/ })).toBeVisible()
      await expect(dialog.getByRole('button', { name: /^\d+ conversations?$/ })).toBeVisible()
      await expect(dialog.getByLabel(/^What to do with: PAL/)).toHaveValue('keep')
    })

    await test.step('one step is taken out and put back', async () => {
      await dialog.getByRole('button', { name: /^\d+ videos?$/ }).click()
      const count = await dialog.getByLabel(/^Type \d+ to confirm$/).count()
      expect(count).toBe(1)
      await dialog
        .getByRole('button', { name: /^Exclude / })
        .first()
        .click()
      await dialog.getByRole('button', { name: /^Include / }).click()
      await expect(dialog.getByRole('button', { name: /^Include / })).toHaveCount(0)
    })

    sandbox.faults.add({
      match: { method: 'DELETE', path: '/v2/videos/' },
      effect: refuse('The video is being published'),
      times: 1
    })
    const confirm = async () => {
      const field = dialog.getByLabel(/^Type \d+ to confirm$|^Type the name to confirm$/)
      const label = await dialog
        .locator('label')
        .filter({ hasText: /^Type / })
        .textContent()
      const number = /\d+/.exec(label ?? '')?.[0]
      await field.fill(number ?? (await nameInDialog(page)))
      await dialog.getByRole('button', { name: /^(Erase likeness|Delete permanently)$/ }).click()
      await expect(dialog).toHaveCount(0)
    }

    await test.step('one video is refused, so the face stays for now', async () => {
      await confirm()
      const sheet = desk.deletions
      await expect(sheet.getByRole('button', { name: 'Retry failed' })).toBeVisible()
      await expect(sheet).toContainText('1 not deleted · 1 not sent')
      await expect(sheet).toContainText('The video is being published')
      await sheet.getByRole('button', { name: 'Show items' }).click()
      await expect(sheet).toContainText('Spring newsletter greeting')
      expect(sandbox.state.replicas.some(({ id }) => id === face.id)).toBe(true)
    })

    await test.step('tried again with a new confirmation, everything goes', async () => {
      const sheet = desk.deletions
      await sheet.getByRole('button', { name: 'Retry failed' }).click()
      await confirm()
      await expect.poll(() => sandbox.state.replicas.some(({ id }) => id === face.id)).toBe(false)
    })

    await test.step('the receipt is saved and found in order', async () => {
      const path = join(mkdtempSync(join(tmpdir(), 'receipt-')), 'receipt.json')
      await app.evaluate(({ dialog: system }, filePath) => {
        system.showSaveDialog = async () => ({ canceled: false, filePath })
        system.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
      }, path)
      const sheet = desk.deletions
      await sheet.getByRole('button', { name: 'Save receipt…' }).first().click()
      await page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }).click()
      await expect(page.getByText('Receipt saved')).toBeVisible()
      expect(readFileSync(path, 'utf8')).toContain(face.id)
      await page.keyboard.press('Escape')
      await desk.goTo('Settings')
      await desk.button('Verify a receipt…').click()
      await expect(dialog).toContainText('Receipt is valid')
      await expect(dialog).toContainText('The key of this installation')
    })
  })
})

/** What the dialog asks to be typed where only one step is left. */
const nameInDialog = async (page: Page): Promise<string> => {
  const heading = await page.getByRole('dialog').getByRole('heading').first().textContent()
  return (heading ?? '')
    .replace(/^Delete | permanently$/g, '')
    .replace(/^Erase the likeness of /, '')
}
