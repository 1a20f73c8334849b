import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a person would see of a notification. */
export interface ShownNotification {
  readonly title: string
  readonly body: string
}

/** A real notification service (dunst) on a test's bus. */
export interface NotificationService {
  /** Everything it was asked to show so far, oldest first. */
  shown(): readonly ShownNotification[]
  /** Clicks the only one that is on the screen, which goes with it. */
  click(): Promise<void>
  /** Leaves every call without an answer from now on. */
  pause(): void
  stop(): void
}

const neverFades = ['low', 'normal', 'critical']
  .map((urgency) => `[urgency_${urgency}]\ntimeout = 0\n`)
  .join('')

const isThere = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  const bus = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
  const ask = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.Notifications']
  const args = ['--session', '--print-reply', ...bus, ...ask]
  return (await run('dbus-send', args, { env })).stdout.includes('true')
}

const awaitService = async (env: NodeJS.ProcessEnv, triesLeft: number): Promise<void> => {
  if (await isThere(env)) return
  if (triesLeft === 0) throw new Error('dunst did not come up')
  await awaitService(env, triesLeft - 1)
}

/** One block that `dunst -print` writes for each notification. */
const block = /\n\tsummary: '(.*)'\n\tbody: '([\s\S]*?)'\n\ticon: /g

/** Starts dunst on the bus of `busEnv`; it draws on the display of this process. */
export const startNotificationService = async (
  busEnv: Readonly<Record<string, string>>
): Promise<NotificationService> => {
  const env = { ...process.env, ...busEnv }
  const folder = mkdtempSync(join(tmpdir(), 'notifications-'))
  const settings = join(folder, 'dunstrc')
  writeFileSync(settings, neverFades)
  const service = spawn('dunst', ['-conf', settings, '-print'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore']
  })
  let printed = ''
  service.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  await awaitService(env, 200)
  return {
    shown: () => [...printed.matchAll(block)].map(([, title = '', body = '']) => ({ title, body })),
    click: async () => {
      await run('dunstctl', ['action', '0'], { env })
      await run('dunstctl', ['close-all'], { env })
    },
    pause: () => service.kill('SIGSTOP'),
    stop: () => {
      service.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** A service that the bus starts when it is first called, and that then never comes up. */
export const offerSilentService = async (
  busEnv: Readonly<Record<string, string>>
): Promise<void> => {
  const folder = join(busEnv['XDG_RUNTIME_DIR'] ?? '', 'dbus-1', 'services')
  mkdirSync(folder, { recursive: true })
  const lines = ['[D-BUS Service]', 'Name=org.freedesktop.Notifications', 'Exec=/bin/sleep 600', '']
  writeFileSync(join(folder, 'org.freedesktop.Notifications.service'), lines.join('\n'))
  const bus = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
  const args = ['--session', '--print-reply', ...bus, 'org.freedesktop.DBus.ReloadConfig']
  await run('dbus-send', args, { env: { ...process.env, ...busEnv } })
}
