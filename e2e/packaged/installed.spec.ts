import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { makeReplica } from '../../src/sandbox/sample-data.ts'
import { startSandbox } from '../../test/sandbox/faulty-sandbox.ts'
import { ownDisplays } from '../displays.ts'
import { Desk } from '../pages/desk.ts'
import { type InstalledApp, PlainDesktop } from './plain-desktop.ts'

const key = 'installed4key7b1f9e03d5a2486c8e7'
const made = process.env['REPLICA_DESK_PACKAGES'] ?? ''
const download = (ending: string): string => {
  const name = readdirSync(made).find((each) => each.endsWith(ending))
  if (name === undefined) throw new Error(`There is no ${ending} in ${made}`)
  return join(made, name)
}

const apt = (...args: readonly string[]): string =>
  execFileSync('apt-get', [...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  })

const filterOfSystemCalls = 2

/** Every process that shows or reads what comes from outside runs under the sandbox, and nobody switched it off. */
const expectSandboxed = (app: InstalledApp, desktop: PlainDesktop): void => {
  const processes = app.processes()
  expect(processes.map(({ command }) => command).join()).not.toContain('--no-sandbox')
  const renderers = processes.filter(({ command }) => command.includes('--type=renderer'))
  expect(renderers.length).toBeGreaterThan(0)
  for (const { seccomp, uid } of renderers) {
    expect(seccomp).toBe(filterOfSystemCalls)
    expect(uid).toBe(desktop.uid)
  }
}

/** What a person does on the first day: connect, keep the key, delete, quit; and on the second, find it all there. */
const useOnce = async (desktop: PlainDesktop, executable: string): Promise<void> => {
  const sandbox = await startSandbox({ apiKeys: [key], seedData: 'empty' })
  const [amara, kenji] = ['Amara Osei', 'Kenji Watanabe'].map((name) =>
    makeReplica(name, sandbox.clock.now())
  )
  if (amara === undefined || kenji === undefined) throw new Error('No data')
  for (const replica of [amara, kenji]) sandbox.state.addReplica(replica)
  try {
    const first = await desktop.start(executable)
    let desk = new Desk(first.page)
    expectSandboxed(first, desktop)
    expect(desktop.windowClass('Replica Desk')).toBe('Replica Desk')
    await desk.addAccount({ name: 'Studio North', key, address: sandbox.origin })
    await desk.goTo('Replicas')
    for (const { id } of [amara, kenji]) await expect(desk.asset(id)).toBeVisible()
    await desk.hold(0)
    await desk.deleteSoftly('Amara Osei')
    await expect(desk.asset(amara.id)).toHaveCount(0)
    await expect.poll(() => sandbox.state.replicas.map(({ id }) => id)).toEqual([kenji.id])
    expect(await first.quit()).toBe(0)

    const second = await desktop.start(executable)
    desk = new Desk(second.page)
    await desk.goTo('Replicas')
    const before = sandbox.requests.length
    await desk.button('Refresh').click()
    // Whoever asks has the key: the keyring kept it.
    await expect.poll(() => sandbox.requests.length).toBeGreaterThan(before)
    await expect(desk.asset(kenji.id)).toBeVisible()
    await desk.goTo('History')
    await desk.expectHistory('Amara Osei', 'confirmed the deletion')
    expect(await second.quit()).toBe(0)
    expect(readdirSync(join(desktop.home, '.local/share/keyrings'))).toContain('login.keyring')
  } finally {
    await sandbox.close()
  }
}

const test = base.extend<{ desktop: PlainDesktop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
  desktop: async ({}, use) => {
    const desktop = await PlainDesktop.open('plainperson', ownDisplays()[0] ?? {})
    await use(desktop)
    desktop.close()
  }
})

test('the .deb installs with what it needs, works for a person without rights, and leaves nothing', async ({
  desktop
}) => {
  apt('install', '-y', '--no-install-recommends', download('.deb'))
  expect(existsSync('/usr/share/applications/replica-desk.desktop')).toBe(true)
  await useOnce(desktop, '/usr/bin/replica-desk')
  apt('purge', '-y', 'replica-desk')
  const left = [
    '/usr/bin/replica-desk',
    '/usr/lib/replica-desk',
    '/usr/share/doc/replica-desk',
    '/usr/share/applications/replica-desk.desktop',
    '/usr/share/icons/hicolor/scalable/apps/replica-desk.svg'
  ].filter((path) => existsSync(path))
  expect(left).toEqual([])
  // What a person has done is theirs, not the package's.
  expect(existsSync(join(desktop.home, '.config/Replica Desk/library.sqlite'))).toBe(true)
})

test('the .tar.gz works from where it is unpacked', async ({ desktop }) => {
  const folder = join(desktop.home, 'apps')
  mkdirSync(folder)
  execFileSync('tar', ['-xzf', download('.tar.gz'), '-C', folder])
  const [name = ''] = readdirSync(folder)
  const app = join(folder, name)
  execFileSync('chown', ['-R', `${desktop.uid}`, folder])
  // As its README.txt says, where ordinary users have no namespaces.
  if (!desktop.hasNamespaces()) {
    execFileSync('chown', ['root:root', join(app, 'chrome-sandbox')])
    execFileSync('chmod', ['4755', join(app, 'chrome-sandbox')])
  }
  await useOnce(desktop, join(app, 'replica-desk'))
})
