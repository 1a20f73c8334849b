import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDisplay, startVirtualDisplay } from './display.mjs'

/** What would lead a child process back to the session, keychain and files of whoever runs us. */
const inherited = [
  'DBUS_SESSION_BUS_ADDRESS',
  'GNOME_KEYRING_CONTROL',
  'SSH_AUTH_SOCK',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME'
]

/** The keyring needs a password to be unlocked with; it guards nothing, the keyring is thrown away. */
const unlockKeyring = `printf test | gnome-keyring-daemon --unlock --components=secrets > /dev/null && exec "$@"`

/** The command that runs another one in a D-Bus session of its own, with an unlocked keyring in it. */
export function inKeyringSession(command, args) {
  return {
    command: 'dbus-run-session',
    args: ['--', 'sh', '-c', unlockKeyring, 'sh', command, ...args]
  }
}

export function sessionEnvironment(env, folder, display) {
  const kept = Object.entries(env).filter(([name]) => !inherited.includes(name))
  const home = join(folder, 'home')
  const runtimeDirectory = join(folder, 'run')
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_RUNTIME_DIR: runtimeDirectory,
    ...display?.env
  }
}

/**
 * Where those who work side by side find a screen for themselves, as a list of environments. Windows of two on one
 * screen would take the focus from each other.
 */
const displaysVariable = 'REPLICA_DESK_DISPLAYS'

/**
 * Gives `work` a desktop session of its own, on Linux: home folder, D-Bus session, unlocked keyring
 * and, if there is no screen, as many virtual ones as are asked for. It gets `(command, args) => {command, args, options}`
 * to wrap what is to run there. Other systems have all that and are left alone.
 */
export async function withDesktopSession(work, displayCount = 1) {
  if (process.platform !== 'linux') {
    return work((command, args) => ({ command, args, env: process.env }))
  }
  const folder = mkdtempSync(join(tmpdir(), 'replica-desk-session-'))
  const wanted = hasDisplay() ? 0 : displayCount
  const displays = await Promise.all(Array.from({ length: wanted }, () => startVirtualDisplay()))
  const env = {
    ...sessionEnvironment(process.env, folder, displays[0]),
    [displaysVariable]: JSON.stringify(displays.map((display) => display.env))
  }
  mkdirSync(env.HOME, { mode: 0o700 })
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 })
  try {
    return await work((command, args) => ({ ...inKeyringSession(command, args), env }))
  } finally {
    for (const display of displays) display.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
