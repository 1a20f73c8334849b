import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A keychain for one test alone. On Linux a real Secret Service on a bus of its own; elsewhere the system's. */
export interface Keyring {
  /** What the app's process must be given to find it. */
  readonly env: Readonly<Record<string, string>>
  lock(): Promise<void>
  /** Opens it again with the password; the service starts anew for it, with what it held. */
  unlock(): Promise<void>
  /** Puts something else in the place of one of the app's entries. */
  spoil(entry: string): Promise<void>
  /** Takes one of the app's entries away. */
  forget(entry: string): Promise<void>
  /** Names of the app's entries that hold accounts' keys. */
  accountEntries(): Promise<readonly string[]>
  /** Leaves every call without an answer until `resume`. */
  pause(): void
  resume(): void
  /** Ends the service in mid-air. */
  kill(): void
  stop(): void
}

/** One call to the keychain under the app's name, in a process that finds the keychain of this environment. */
const callKeytar = async (env: NodeJS.ProcessEnv, call: string, ...words: string[]) => {
  const script = `require('keytar')[process.argv[1]]('app.replica-desk', ...process.argv.slice(2))`
  await run(process.execPath, ['-e', script, call, ...words], { env, cwd: import.meta.dirname })
}

const accountEntries = async (env: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  const script = `require('keytar').findCredentials('app.replica-desk').then((found) =>
    console.log(JSON.stringify(found.map(({ account }) => account))))`
  const { stdout } = await run(process.execPath, ['-e', script], { env, cwd: import.meta.dirname })
  const names: readonly string[] = JSON.parse(stdout)
  return names.filter((name) => name.startsWith('acc_'))
}

/** What is seen and done behind the app's back. */
const meddling = (
  env: NodeJS.ProcessEnv
): Pick<Keyring, 'spoil' | 'forget' | 'accountEntries'> => ({
  accountEntries: () => accountEntries(env),
  spoil: (entry) => callKeytar(env, 'setPassword', entry, 'not a key'),
  forget: (entry) => callKeytar(env, 'deletePassword', entry)
})

const systemKeyring: Keyring = {
  ...meddling(process.env),
  env: {},
  lock: async () => undefined,
  unlock: async () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  kill: () => undefined,
  stop: () => undefined
}

const firstLine = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('The bus has no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('The bus told no address')
}

const hasSecrets = async (env: NodeJS.ProcessEnv): Promise<boolean> => {
  const { stdout } = await run(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets'
    ],
    { env }
  )
  return stdout.includes('true')
}

const awaitSecrets = async (env: NodeJS.ProcessEnv, triesLeft: number): Promise<void> => {
  if (await hasSecrets(env)) return
  if (triesLeft === 0) throw new Error('gnome-keyring did not come up')
  await awaitSecrets(env, triesLeft - 1)
}

const startBus = async (home: string) => {
  const runtime = join(home, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  const base = { ...process.env, HOME: home, XDG_RUNTIME_DIR: runtime }
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: base,
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const address = await firstLine(bus)
  const env = { HOME: home, XDG_RUNTIME_DIR: runtime, DBUS_SESSION_BUS_ADDRESS: address }
  return { bus, env }
}

const startService = async (env: NodeJS.ProcessEnv): Promise<ChildProcess> => {
  const service = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    { env, stdio: ['pipe', 'ignore', 'ignore'] }
  )
  service.stdin?.end('test')
  await awaitSecrets(env, 200)
  return service
}

/** A bus with an unlocked gnome-keyring, or (`isMissing`) a bus on which nobody keeps secrets. */
export const startKeyring = async (isMissing = false): Promise<Keyring> => {
  if (process.platform !== 'linux') return systemKeyring
  const home = mkdtempSync(join(tmpdir(), 'keyring-'))
  const { bus, env } = await startBus(home)
  const whole = { ...process.env, ...env }
  const clear = () => {
    bus.kill('SIGKILL')
    rmSync(home, { recursive: true, force: true })
  }
  if (isMissing) {
    // An address nobody listens at: otherwise the bus would start the service by itself.
    const nobody = { ...env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    return { ...systemKeyring, env: nobody, stop: clear }
  }
  let service = await startService(whole)
  return {
    ...meddling(whole),
    env,
    unlock: async () => {
      const ended = once(service, 'exit')
      service.kill('SIGKILL')
      await ended
      service = await startService(whole)
    },
    lock: async () => {
      await run(
        'dbus-send',
        [
          '--session',
          '--print-reply',
          '--dest=org.freedesktop.secrets',
          '/org/freedesktop/secrets',
          'org.freedesktop.Secret.Service.Lock',
          'array:objpath:/org/freedesktop/secrets/collection/login'
        ],
        { env: whole }
      )
    },
    pause: () => service.kill('SIGSTOP'),
    resume: () => service.kill('SIGCONT'),
    kill: () => service.kill('SIGKILL'),
    stop: () => {
      service.kill('SIGKILL')
      clear()
    }
  }
}
