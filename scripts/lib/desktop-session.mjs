import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { runtimeEnvironment } from './electron-runtime.mjs'
import { projectRoot } from './project.mjs'
import { runAttached } from './run-command.mjs'

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
 * Runs a Node script in a desktop session of its own, on Linux: home folder, D-Bus session, unlocked keyring and, if
 * there is no screen, as many virtual ones as are asked for. Other systems have all that and are left alone. Answers
 * the exit code.
 */
export async function runInDesktopSession(args, runtime, { env = {}, displayCount = 1 } = {}) {
  const ours = { ...runtimeEnvironment(runtime), ...env }
  if (process.platform !== 'linux') {
    return runScript(process.execPath, args, { ...process.env, ...ours })
  }
  const folder = mkdtempSync(join(tmpdir(), 'replica-desk-session-'))
  const wanted = hasDisplay() ? 0 : displayCount
  const displays = await Promise.all(Array.from({ length: wanted }, () => startVirtualDisplay()))
  const session = {
    ...sessionEnvironment(process.env, folder, displays[0]),
    [displaysVariable]: JSON.stringify(displays.map((display) => display.env)),
    ...ours
  }
  mkdirSync(session.HOME, { mode: 0o700 })
  mkdirSync(session.XDG_RUNTIME_DIR, { mode: 0o700 })
  const inSession = ['--', 'sh', '-c', unlockKeyring, 'sh', process.execPath, ...args]
  try {
    return await runScript('dbus-run-session', inSession, session)
  } finally {
    for (const display of displays) display.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function runScript(command, args, env) {
  const { code } = await runAttached(command, args, { cwd: projectRoot, env })
  return code ?? 1
}
