/** For tests: a Secret Service of its own, with its own bus, home and password, that can be locked and hurt. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const login = "['/org/freedesktop/secrets/collection/login']"

/** No service folders: nothing is started on demand, so what was killed stays dead. */
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>`

export interface RealSecretService {
  /** The environment in which a process finds this service and no other. */
  readonly env: NodeJS.ProcessEnv
  lock(): Promise<void>
  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): Promise<void>
  stop(): Promise<void>
}

export interface RealBus {
  readonly env: NodeJS.ProcessEnv
  stop(): Promise<void>
}

/** A session bus with nothing on it. Rejects where dbus-daemon is not installed. */
export const startBus = async (): Promise<RealBus> => {
  const home = await mkdtemp(join(tmpdir(), 'replica-desk-bus-'))
  const config = join(home, 'bus.conf')
  await writeFile(config, busConfig)
  const bus = spawn('dbus-daemon', ['--nofork', '--print-address=1', `--config-file=${config}`], {
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const address = await firstLine(bus)
  return {
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_RUNTIME_DIR: home,
      DBUS_SESSION_BUS_ADDRESS: address
    },
    stop: async () => {
      await end(bus)
      await rm(home, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}

/** An unlocked gnome-keyring on a bus of its own. Rejects where it is not installed. */
export const startSecretService = async (): Promise<RealSecretService> => {
  const bus = await startBus()
  const daemon = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    {
      env: bus.env,
      stdio: ['pipe', 'ignore', 'ignore']
    }
  )
  await once(daemon, 'spawn')
  daemon.stdin?.end('test')
  const gdbus = (...args: string[]) => run('gdbus', args, { env: bus.env })
  await gdbus('wait', '--session', '--timeout', '15', 'org.freedesktop.secrets')
  return {
    env: bus.env,
    lock: async () => {
      const call = 'call --session --dest org.freedesktop.secrets --object-path'.split(' ')
      const method = ['--method', 'org.freedesktop.Secret.Service.Lock', login]
      await gdbus(...call, '/org/freedesktop/secrets', ...method)
    },
    signal: async (name) => {
      if (name === 'SIGKILL') await end(daemon)
      else daemon.kill(name)
    },
    stop: async () => {
      await end(daemon)
      await bus.stop()
    }
  }
}

const firstLine = async (child: ChildProcess): Promise<string> => {
  await once(child, 'spawn')
  const [chunk] = await once(child.stdout ?? child, 'data')
  return String(chunk).trim()
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
