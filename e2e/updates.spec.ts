import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { feedText } from '../scripts/package/feeds.mjs'
import { systemClock } from '../src/main/clock.ts'
import { openStore } from '../src/main/storage/sqlite-store.ts'
import { test as base } from './fixtures.ts'
import { Desk } from './pages/desk.ts'

/** The release server, and the AppImage that the app believes to run from. */
interface Releases {
  readonly switches: readonly string[]
  /** What was asked for, in order. */
  readonly asked: string[]
  /** The next answers' feed: what it says besides the usual, and who signs it. */
  serve(more?: object, key?: KeyObject): void
  /** Sends whoever asks to another address. */
  redirect(): void
  readonly appImage: string
  readonly newApp: Buffer
  /** Written by the new version when it starts. */
  readonly note: string
}

const silentLog = { info: () => undefined, warn: () => undefined, bug: () => '' }
const keys = generateKeyPairSync('ed25519')
const target = `linux-${process.arch}`
const feedPath = `/latest-${target}.signed`
const filePath = '/2.0.0/replica-desk.AppImage'
const electron = createRequire(import.meta.url)('electron') as unknown as string

const startReleases = async (folder: string) => {
  const asked: string[] = []
  const note = join(folder, 'started')
  const script = `#!/bin/sh\nprintf %s "$*" > '${note}.part'\nmv '${note}.part' '${note}'\n`
  const newApp = Buffer.from(`${script}exit 0\n${'#'.repeat(500_000)}\n`)
  const appImage = join(folder, 'replica-desk.AppImage')
  writeFileSync(appImage, 'the version that runs', { mode: 0o755 })
  let feed: string | null = null
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === filePath) response.end(newApp)
    else if (feed === null) response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
    else response.end(feed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const sha512 = createHash('sha512').update(newApp).digest('base64')
  const serve = (more = {}, key = keys.privateKey): void => {
    const file = { path: filePath.slice(1), sizeBytes: newApp.length, sha512 }
    const releasedAt = '2026-12-01T00:00:00.000Z'
    feed = feedText({ target, version: '2.0.0', releasedAt, file, ...more }, key)
  }
  const redirect = (): void => {
    feed = null
  }
  const switches = [
    `--update-feed=http://127.0.0.1:${port}/`,
    `--update-key=${Buffer.from(pem).toString('base64')}`
  ]
  return { releases: { switches, asked, serve, redirect, appImage, newApp, note }, server }
}

const test = base.extend<{ releases: Releases }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
  releases: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'releases-'))
    const { releases, server } = await startReleases(folder)
    const mounted = { APPDIR: dirname(electron), APPIMAGE: releases.appImage }
    Object.assign(process.env, mounted)
    await use(releases)
    for (const name of Object.keys(mounted)) delete process.env[name]
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  },
  launchSwitches: async ({ releases }, use) => use(releases.switches)
})

const stand = (page: Page) => page.getByRole('main').locator('p[role="status"]')

/** As the first start of the version after an update finds the library. */
const pretendUpdated = (folder: string): void => {
  const store = openStore({ folder, clock: systemClock, runId: 'run_updates', log: silentLog })
  store.transaction((write) => {
    write.putMeta('update.version', '0.0.1')
    write.putMeta('update.installing', '')
  })
  store.close()
}

test('a new version is verified, downloaded, held back by a deletion, and takes the old one’s place at a restart', async ({
  releases,
  connect,
  launch,
  userData
}) => {
  test.setTimeout(180_000)
  const { app, page, desk } = await connect('Amara Osei')
  const check = async (): Promise<void> => {
    await desk.goTo('Settings')
    await desk.button('Check now').click()
  }
  expect(releases.asked).toEqual([])

  await app.evaluate(({ Menu, shell }) => {
    shell.openExternal = async (address) => {
      Object.assign(globalThis, { opened: address })
    }
    Menu.getApplicationMenu()?.getMenuItemById('check-for-updates')?.click()
  })
  await expect(stand(page)).toBeInViewport()
  await expect(stand(page)).toContainText('points to another address')
  await desk.button('Open release page').click()
  await expect
    .poll(() => app.evaluate(() => Reflect.get(globalThis, 'opened')))
    .toMatch(/^http:\/\/127\.0\.0\.1:\d+\/releases$/)
  releases.serve({}, generateKeyPairSync('ed25519').privateKey)
  await check()
  await expect(stand(page)).toContainText('isn’t signed with the release key')
  releases.serve({ version: '0.0.9' })
  await check()
  await expect(stand(page)).toContainText('You have the newest version.')
  expect(new Set(releases.asked)).toEqual(new Set([feedPath]))

  releases.serve()
  await desk.goTo('Replicas')
  await desk.deleteSoftly('Amara Osei')
  releases.asked.length = 0
  await check()
  await expect(page.getByText('A deletion isn’t finished.')).toBeVisible()
  expect(releases.asked).toEqual([])
  await desk.button('Undo').click()
  await desk.button('Close').last().click()

  await check()
  await expect(stand(page)).toContainText('Version 2.0.0 is downloaded and verified.')
  expect(releases.asked).toEqual([feedPath, filePath])
  await expect(page.getByText('Version 2.0.0 is ready')).toBeVisible()
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([])
  expect(readFileSync(releases.appImage, 'utf8')).toBe('the version that runs')

  const closed = app.waitForEvent('close')
  await desk.button('Restart to update').first().click()
  await closed
  await expect.poll(() => existsSync(releases.note)).toBe(true)
  expect(readFileSync(releases.appImage).equals(releases.newApp)).toBe(true)

  pretendUpdated(userData)
  const updated = await launch()
  await updated.page.getByRole('button', { name: 'What’s new' }).click()
  const dialog = updated.page.getByRole('dialog', { name: 'What’s new' })
  await expect(dialog.getByRole('listitem').first()).toBeVisible()
  expect(
    (await new AxeBuilder({ page: updated.page }).setLegacyMode(true).analyze()).violations
  ).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toBeHidden()
  await new Desk(updated.page).goTo('Settings')
  await expect(stand(updated.page)).toHaveText('Not checked yet.')
})
