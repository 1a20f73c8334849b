import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'

const patienceMs = 60_000
const pollMs = 100

/** Asks again until there is an answer. */
const until = async <T>(what: string, ask: () => Promise<T | null> | T | null): Promise<T> => {
  const giveUpAt = Date.now() + patienceMs
  while (Date.now() < giveUpAt) {
    const answer = await ask()
    if (answer !== null) return answer
    await delay(pollMs)
  }
  throw new Error(`${what} did not come about`)
}

/** One process of a running app, as the system knows it. */
export interface SeenProcess {
  readonly pid: number
  /** With spaces between its words, as processes that Chromium forks have it. */
  readonly command: string
  readonly uid: number
  /** 2: under a filter of system calls, as Chromium's sandbox puts it. */
  readonly seccomp: number
}

/** An installed app that a person without rights has started. */
export interface InstalledApp {
  readonly page: Page
  processes(): readonly SeenProcess[]
  /** Closes the window; answers the exit code. */
  quit(): Promise<number | null>
}

const numberIn = (status: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN)

const readProcess = (pid: string): SeenProcess | null => {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return {
      pid: Number(pid),
      command,
      uid: numberIn(status, 'Uid'),
      seccomp: numberIn(status, 'Seccomp')
    }
  } catch {
    // It has ended since it was listed.
    return null
  }
}

/** A person's account on this machine, with a bus and an unlocked keyring, and without any rights. */
export class PlainDesktop {
  readonly home: string
  readonly uid: number
  readonly #name: string
  readonly #env: Readonly<Record<string, string>>
  readonly #session: ChildProcess

  private constructor(name: string, env: Readonly<Record<string, string>>, session: ChildProcess) {
    this.#name = name
    this.#env = env
    this.#session = session
    this.home = env['HOME'] ?? ''
    this.uid = Number(execFileSync('id', ['-u', name], { encoding: 'utf8' }))
  }

  /** Makes the account and opens its session on this screen. */
  static async open(name: string, screen: Readonly<Record<string, string>>): Promise<PlainDesktop> {
    execFileSync('useradd', ['--create-home', '--shell', '/bin/sh', name])
    const home = `/home/${name}`
    const run = join(home, 'run')
    execFileSync('install', ['-d', '-o', name, '-g', name, '-m', '700', run])
    const authority = join(home, 'authority')
    copyFileSync(screen['XAUTHORITY'] ?? '', authority)
    execFileSync('chown', [name, authority])
    const env = {
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      LANG: 'C.UTF-8',
      HOME: home,
      XDG_RUNTIME_DIR: run,
      DISPLAY: screen['DISPLAY'] ?? '',
      XAUTHORITY: authority
    }
    const unlock =
      'printf test | gnome-keyring-daemon --unlock --components=secrets > /dev/null' +
      ' && echo "$DBUS_SESSION_BUS_ADDRESS" && exec sleep infinity'
    const session = spawn(
      'runuser',
      ['-u', name, '--', 'dbus-run-session', '--', 'sh', '-c', unlock],
      { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] }
    )
    const lines = createInterface({ input: session.stdout as NodeJS.ReadableStream })
    const [address] = (await once(lines, 'line')) as [string]
    return new PlainDesktop(name, { ...env, DBUS_SESSION_BUS_ADDRESS: address }, session)
  }

  /** Runs a command as this person. */
  run(command: string, ...args: readonly string[]): string {
    return execFileSync('runuser', ['-u', this.#name, '--', command, ...args], {
      cwd: this.home,
      env: this.#env,
      encoding: 'utf8'
    })
  }

  /** Whether this person may make the namespaces that Chromium's sandbox is built on. */
  hasNamespaces(): boolean {
    try {
      this.run('unshare', '--user', '--map-root-user', 'true')
      return true
    } catch {
      return false
    }
  }

  /** The class of the app's window, as window managers read it to find its icon. */
  windowClass(title: string): string | null {
    const tree = this.run('xwininfo', '-root', '-tree')
    const line = tree.split('\n').find((each) => each.includes(`"${title}": (`))
    return /\("[^"]*" "([^"]*)"\)/.exec(line ?? '')?.[1] ?? null
  }

  /** Starts the app as from its entry in the menu; the one switch lets the test see the page. */
  async start(executable: string): Promise<InstalledApp> {
    const portFile = join(this.home, '.config', 'Replica Desk', 'DevToolsActivePort')
    rmSync(portFile, { force: true })
    const child = spawn(
      'runuser',
      ['-u', this.#name, '--', executable, '--remote-debugging-port=0', '--lang=en-US'],
      { cwd: this.home, env: this.#env, stdio: ['ignore', 'inherit', 'inherit'] }
    )
    const ended = once(child, 'exit') as Promise<[number | null]>
    const port = await until('The port of the page', () => {
      if (child.exitCode !== null) throw new Error(`The app ended with ${child.exitCode}`)
      return existsSync(portFile) ? (readFileSync(portFile, 'utf8').split('\n')[0] ?? null) : null
    })
    const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    const page = await until('The window', () => browser.contexts()[0]?.pages()[0] ?? null)
    return {
      page,
      processes: () => this.#ownProcesses(),
      quit: async () => {
        await page.close()
        const [code] = await ended
        return code
      }
    }
  }

  #ownProcesses(): readonly SeenProcess[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(readProcess)
      .filter((seen) => seen !== null)
      .filter(({ uid }) => uid === this.uid)
  }

  /** Ends the session and takes the account away with everything in it. */
  close(): void {
    this.#session.kill('SIGKILL')
    for (const { pid } of this.#ownProcesses()) process.kill(pid, 'SIGKILL')
    execFileSync('userdel', ['--remove', '--force', this.#name], { stdio: 'ignore' })
  }
}
