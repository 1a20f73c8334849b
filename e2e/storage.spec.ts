import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'

test('a damaged database is set aside and kept, and the app says so', async ({
  launch,
  userData
}) => {
  const first = await launch()
  await expect(new Desk(first.page).button('Add account').first()).toBeVisible()
  await first.quit()
  writeFileSync(join(userData, 'library.sqlite'), 'This is no database. '.repeat(1000))
  for (const name of readdirSync(userData).filter((file) => /-(wal|shm)$/.test(file))) {
    writeFileSync(join(userData, name), '')
  }

  const { page } = await launch()
  await expect(page.getByText('The database was damaged')).toBeVisible()
  await expect(new Desk(page).button('Add account').first()).toBeVisible()
  expect(readdirSync(userData).filter((file) => file.startsWith('library.damaged-'))).not.toEqual(
    []
  )
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
  await expect(second.page.getByText('Made by a newer version')).toBeVisible()
  await expect(later.asset(replicas[0]?.id ?? '')).toBeVisible()
  sandbox.forgetRequests()
  await later.goTo('History')
  await later.expectHistory('Amara Osei', 'first seen')
  expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([])
})
