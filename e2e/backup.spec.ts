import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { seedOldRecord } from '../test/main/old-record.ts'
import { sandboxKey, test } from './fixtures.ts'
import { historyIn } from './pages/batches.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder } from './sweep.ts'

const saveTo = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)

const choose = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, path)

const backUp = async (page: Page) => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('back up')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Back up' })
  await dialog.getByRole('button', { name: 'Choose where to save…' }).click()
  await expect(dialog.getByText(/^Saved as /)).toBeVisible({ timeout: 60_000 })
  return dialog
}

/** Reads the backup as far as what it would bring. */
const lookInto = async (page: Page) => {
  const desk = new Desk(page)
  await desk.goTo('Settings')
  await desk.button('Restore…').click()
  const dialog = page.getByRole('dialog', { name: 'Restore' })
  await dialog.getByRole('button', { name: 'Choose backup…' }).click()
  await expect(dialog.getByText(/^Saved on /)).toBeVisible({ timeout: 60_000 })
  return dialog
}

/** Ties everything that is listed to one person, so that more than accounts and assets comes along. */
const addPerson = (page: Page, name: string) =>
  page.evaluate(async (personName) => {
    const { app } = window as unknown as { app: Bridge }
    const saved = await app.personSave({
      id: null,
      name: personName,
      nameRule: personName,
      consent: { note: 'For product films', agreedOn: '2026-11-01', untilOn: null }
    })
    if (!saved.ok) throw new Error(saved.error.kind)
  }, name)

const picturesIn = (data: string): readonly string[] =>
  existsSync(join(data, 'thumbnails'))
    ? readdirSync(join(data, 'thumbnails')).filter((name) => /^[0-9a-f]{32}\.[a-z0-9]+$/.test(name))
    : []

const headsOf = async (page: Page) =>
  (await historyIn(page)).map(({ hash, type }) => ({ hash, type }))

test('everything but keys goes to another computer as one file, and nothing is sent by it', async ({
  connect,
  launch,
  sandbox,
  userData
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'))
  const file = join(folder, 'all.replicadesk')
  seedOldRecord(userData)
  const first = await connect('Ana Østberg', 'Bo')
  await expect.poll(() => picturesIn(userData).length).toBeGreaterThan(0)
  await addPerson(first.page, 'Ana Østberg')
  await saveTo(first.app, file)

  await test.step('what is older than it is to be kept is told of, in the inbox too, and stays', async () => {
    const { page, desk } = first
    await desk.goTo('Settings')
    await desk.field('Lines of the history').selectOption('1 year')
    const old = page.getByText('Older lines of the history: 1')
    await expect(old).toBeVisible()
    await expect(page.getByText('Remind you of what is older than you want to keep')).toBeVisible()
    await desk.goTo('Inbox')
    await page
      .locator('[data-record]', {
        hasText: '1 line of the history is older than you want to keep'
      })
      .click()
    await expect(page.getByRole('heading', { name: 'How long to keep' })).toBeFocused()
    await expect(old).toBeVisible()
    expect((await historyIn(page)).map(({ at }) => at.slice(0, 4))).toContain('2020')
    await desk.field('Lines of the history').selectOption('Keep everything')
    await expect(old).toHaveCount(0)
  })

  await test.step('it is saved from the palette, and Settings says so', async () => {
    const dialog = await backUp(first.page)
    await expect(dialog).toContainText('Saved as all.replicadesk')
    await expect(dialog).toContainText('Library items: 2, people: 1')
    expect(readdirSync(folder)).toEqual(['all.replicadesk'])
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog).toHaveCount(0)
    await first.desk.goTo('Settings')
    await first.desk.button('Back up…').click()
    await expect(first.page.getByRole('dialog', { name: 'Back up' })).toContainText('Saved as')
    await first.page.keyboard.press('Escape')
    expect(sweepFolder(folder, [sandboxKey])).toEqual([])
  })
  const there = (await headsOf(first.page)).filter(({ type }) => type !== 'backup-saved')
  await first.quit()
  const asked = sandbox.requests.length

  const otherData = mkdtempSync(join(tmpdir(), 'replica-desk-other-'))
  const second = await launch([`--user-data-dir=${otherData}`])
  await choose(second.app, file)
  await test.step('what it brings is shown before anything happens', async () => {
    const dialog = await lookInto(second.page)
    await expect(dialog).toContainText('Accounts, without their keys: Studio North')
    await expect(dialog).toContainText('Library items: 2')
    await expect(dialog).toContainText('People: Ana Østberg')
    expect(await headsOf(second.page)).toEqual([])
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
    await expect(dialog.getByText('Restored', { exact: true })).toBeVisible({ timeout: 60_000 })
    await dialog.getByRole('button', { name: 'Enter keys' }).click()
    await expect(second.page.getByText('Studio North').first()).toBeVisible()
  })

  await test.step('library, people, pictures and history are the same', async () => {
    const { page } = second
    const desk = new Desk(page)
    await desk.goTo('Replicas')
    for (const { id } of first.replicas) await expect(desk.asset(id)).toBeVisible()
    await desk.goTo('People')
    await expect(page.getByRole('button', { name: 'Ana Østberg' })).toBeVisible()
    const pictures = picturesIn(otherData)
    expect(pictures.length).toBeGreaterThan(0)
    for (const name of pictures) {
      const [mine, theirs] = [otherData, userData].map((data) =>
        readFileSync(join(data, 'thumbnails', name))
      )
      expect(mine?.equals(theirs ?? Buffer.alloc(0)), name).toBe(true)
    }
    const here = await headsOf(page)
    expect(here).toEqual(expect.arrayContaining(there))
    await desk.goTo('History')
    const timeline = page.getByRole('list', { name: 'Timeline' })
    await expect(timeline.getByText(/^Computer [0-9a-f]{8}$/).first()).toBeVisible()
  })

  await test.step('both chains verify', async () => {
    await new Desk(second.page).button('Verify integrity').click()
    await expect(
      second.page.getByText(/Records of computer [0-9a-f]{8}: \d+, all intact\./)
    ).toBeVisible()
  })

  await test.step('the same file once more brings nothing', async () => {
    const dialog = await lookInto(second.page)
    await expect(dialog).toContainText('Everything in this backup is here already.')
    await expect(dialog).toContainText('Known already, so not added again: Studio North')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
  })
  expect(sandbox.requests.slice(asked)).toEqual([])
  await second.quit()
  for (const made of [folder, otherData]) rmSync(made, { recursive: true, force: true })
})
