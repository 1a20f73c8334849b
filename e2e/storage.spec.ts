import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { systemClock } from '../src/main/clock.ts'
import { openStore } from '../src/main/storage/sqlite-store.ts'
import { type RunningApp, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'

const silentLog = { info: () => undefined, warn: () => undefined, bug: () => '' }

const filesOf = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(folder).filter((name) => pattern.test(name))

/** What the app does once a day, half a minute after a start at the earliest. */
const makeBackup = async (folder: string): Promise<void> => {
  const store = openStore({ folder, clock: systemClock, runId: 'run_upkeep', log: silentLog })
  await store.maintain(new AbortController().signal)
  store.close()
}

/** A byte that is no UTF-8 in each text that holds a word. */
const spoilText = (file: string, word: string): void => {
  const bytes = readFileSync(file)
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at + 1)) bytes[at] = 0xff
  writeFileSync(file, bytes)
}

const remove = (folder: string, pattern: RegExp): void => {
  for (const name of filesOf(folder, pattern)) rmSync(join(folder, name))
}

test('a damaged, lost or cut database is told in words, kept, and comes back from its backup', async ({
  connect,
  launch,
  userData
}) => {
  test.setTimeout(180_000)
  const { quit, replicas } = await connect('Amara Osei')
  await quit()
  await makeBackup(userData)
  let running: RunningApp | null = null

  const expectRestored = async (title: string, button: string): Promise<void> => {
    running = await launch()
    const desk = new Desk(running.page)
    await expect(running.page.getByText(title)).toBeVisible()
    await expect(
      running.page.getByRole('heading', { name: 'Your library couldn’t be opened' })
    ).toBeVisible()
    await expect(desk.button('Add account').first()).toBeVisible()
    await desk.button(button).click()
    await expect(desk.asset(replicas[0]?.id ?? '')).toBeVisible()
    await expect(running.page.getByText(title)).toBeHidden()
    await desk.goTo('Accounts')
    await expect(running.page.getByText('Studio North').first()).toBeVisible()
    await desk.goTo('History')
    await desk.expectHistory('Amara Osei', 'added to library')
  }

  spoilText(join(userData, 'library.sqlite'), 'Studio North')
  await expectRestored('The database is damaged', 'Restore backup')
  expect(filesOf(userData, /^library\.damaged-.*\.sqlite$/)).toHaveLength(1)

  // The restored database has its records in the log alone until it is closed.
  await (running as RunningApp | null)?.crash()
  remove(userData, /^library\.sqlite-(wal|shm)$/)
  await expectRestored('The database lost its latest changes', 'Restore library')

  await (running as RunningApp | null)?.quit()
  remove(userData, /^library\.sqlite/)
  await expectRestored('The database is missing', 'Restore library')
})

test('damaged settings are set aside, and the app starts with its defaults', async ({
  launch,
  userData
}) => {
  writeFileSync(join(userData, 'settings.json'), '{"theme": "dar')
  const { page } = await launch()
  await expect(page.getByText('The settings were damaged')).toBeVisible()
  await expect(new Desk(page).button('Add account').first()).toBeVisible()
})

test('a database of a newer version can be read, and nothing is sent', async ({
  connect,
  launch,
  sandbox,
  userData
}) => {
  const { quit, replicas } = await connect('Amara Osei')
  await quit()
  const { default: Database } = await import('libsql')
  const database = new Database(join(userData, 'library.sqlite'))
  database.exec('PRAGMA user_version = 999')
  database.close()

  const second = await launch()
  const later = new Desk(second.page)
  await expect(second.page.getByText('Created by a newer version')).toBeVisible()
  await expect(later.asset(replicas[0]?.id ?? '')).toBeVisible()
  sandbox.forgetRequests()
  await later.goTo('History')
  await later.expectHistory('Amara Osei', 'added to library')
  expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([])
})
