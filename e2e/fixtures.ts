import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  _electron,
  test as base,
  type ElectronApplication,
  expect,
  type Page
} from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import type { ReplicateOptions } from '../test/sandbox/faulty-replicate.ts'
import { type ReplicateSandbox, startReplicateSandbox } from '../test/sandbox/faulty-replicate.ts'
import type { SandboxOptions } from '../test/sandbox/faulty-sandbox.ts'
import { type Sandbox, startSandbox } from '../test/sandbox/faulty-sandbox.ts'
import { ownDisplays } from './displays.ts'
import { type Keyring, startKeyring } from './keyring.ts'
import { Desk } from './pages/desk.ts'

const projectRoot = join(import.meta.dirname, '..')
const sampleMedia = join(projectRoot, 'resources', 'sample')

/** The key that the sandbox takes; long and odd, so that a search for it cannot hit anything else. */
export const sandboxKey = 'canary4key7b1f9e03d5a2486c8e7f'

/** A started app with its one window. */
export interface RunningApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** Ends the main process at once, as a crash or a power cut would. */
  crash(): Promise<void>
  /** Closes it as a person would. */
  quit(): Promise<void>
}

/** A started app that shows the library of its one account, at the sandbox. */
export interface ConnectedApp extends RunningApp {
  readonly desk: Desk
  /** The replicas that were asked for, as the sandbox has them. */
  readonly replicas: readonly ReturnType<typeof makeReplica>[]
}

interface Options {
  readonly sandboxOptions: SandboxOptions
  readonly replicateOptions: ReplicateOptions
  readonly isKeyringMissing: boolean
  /** A program that starts Electron with what it is given; null: Electron itself. */
  readonly launcher: string | null
  /** Put behind the app's own at every start. */
  readonly launchSwitches: readonly string[]
}

interface Fixtures {
  readonly keyring: Keyring
  readonly sandbox: Sandbox
  readonly replicate: ReplicateSandbox
  readonly userData: string
  /** Starts the built app on this test's folder and keychain; again after a crash or quit. */
  readonly launch: (more?: readonly string[]) => Promise<RunningApp>
  /** Puts replicas of these names into the sandbox, starts the app, adds the account and opens the library. */
  readonly connect: (...names: readonly string[]) => Promise<ConnectedApp>
}

/** The screen that this test has for itself. */
export const display = (): Readonly<Record<string, string>> =>
  ownDisplays()[test.info().parallelIndex] ?? {}

/** A test reads the window in English, whatever this computer speaks; one that does not says `--lang` again. */
const inEnglish = ['--lang=en-US']

/** Stores and hosts that the tests' links name: nobody is asked, so that a test is the same with and without a network. */
const withoutStores = [
  '--host-rules=MAP *.amazonaws.com ~NOTFOUND,MAP *.example ~NOTFOUND,MAP *.example.com ~NOTFOUND'
]

/** A packaged app to test in place of the built one; it needs not be told where it lies. */
const packagedApp = process.env['REPLICA_DESK_APP'] ?? null
const appFolder = packagedApp === null ? [projectRoot] : []

const rootSwitches = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** How often a busy main is asked the same. */
const mostAsked = 6

/**
 * Asks main again when V8 collected the promise that the debugger waited on, which happens to a busy main, also several
 * times in a row, and says nothing of the app. What tests ask main for can be asked for again.
 */
const askAgain = (app: ElectronApplication): void => {
  const evaluate = app.evaluate.bind(app)
  const again = async (...asked: Parameters<typeof evaluate>): Promise<unknown> => {
    for (let asking = 1; ; asking += 1) {
      try {
        return await evaluate(...asked)
      } catch (error) {
        const isCollected = String(error).includes('promise was garbage collected')
        if (!isCollected || asking === mostAsked) throw error
      }
    }
  }
  app.evaluate = again as typeof app.evaluate
}

/**
 * Whether Electron ended before it was ready, as Electron for Linux does by SIGSEGV about once in a thousand starts
 * (electron/electron#45278). Until then the app has run nothing native: what it does wrong, it does a second time too.
 */
const endedBeforeReady = (error: unknown): boolean =>
  String(error).includes('Process failed to launch') &&
  !String(error).includes('DevTools listening')

type LaunchOptions = Parameters<typeof _electron.launch>[0]

/** Starts Electron, and once more when it ended before it was ready; the output says so. */
const startElectron = async (options: LaunchOptions): Promise<ElectronApplication> => {
  try {
    return await _electron.launch(options)
  } catch (error) {
    if (!endedBeforeReady(error)) throw error
    console.warn('Electron ended before it was ready, and is started once more.')
    return _electron.launch(options)
  }
}

const launchApp = async (
  userData: string,
  keyring: Keyring,
  launcher: string | null,
  more: readonly string[]
): Promise<RunningApp> => {
  const executable = launcher ?? packagedApp
  const app = await startElectron({
    ...(executable === null ? {} : { executablePath: executable }),
    args: [
      ...appFolder,
      `--user-data-dir=${userData}`,
      ...rootSwitches,
      ...inEnglish,
      ...withoutStores,
      ...more
    ],
    env: { ...(process.env as Record<string, string>), ...display(), ...keyring.env }
  })
  askAgain(app)
  // Nobody is there to be asked: a test that wants to be puts its own answer here.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
  const page = await app.firstWindow()
  return {
    app,
    page,
    crash: async () => {
      const closed = app.waitForEvent('close')
      app.process().kill('SIGKILL')
      await closed
    },
    quit: () => app.close()
  }
}

/** Adds the one account as the form would, which other tests fill in; see `keys.spec.ts`. */
const saveAccount = async (page: Page, apiAddress: string): Promise<void> => {
  const isSaved = await page.evaluate(
    async ([address, apiKey]) => {
      const { app } = window as unknown as { app: Bridge }
      const answer = await app.accountSave({
        id: null,
        provider: 'tavus',
        name: 'Studio North',
        color: 'indigo',
        isReadOnly: false,
        keyStorage: 'keychain',
        apiAddress: address,
        apiKey
      })
      return answer.ok
    },
    [apiAddress, sandboxKey] as const
  )
  expect(isSaved).toBe(true)
}

export const test = base.extend<Options & Fixtures>({
  sandboxOptions: [{ seedData: 'empty' }, { option: true }],
  replicateOptions: [{ seedData: 'empty' }, { option: true }],
  isKeyringMissing: [false, { option: true }],
  launcher: [null, { option: true }],
  launchSwitches: [[], { option: true }],
  keyring: async ({ isKeyringMissing }, use) => {
    const keyring = await startKeyring(isKeyringMissing)
    await use(keyring)
    keyring.stop()
  },
  sandbox: async ({ sandboxOptions }, use) => {
    const mediaDir = sampleMedia
    const sandbox = await startSandbox({ apiKeys: [sandboxKey], mediaDir, ...sandboxOptions })
    await use(sandbox)
    await sandbox.close()
  },
  replicate: async ({ replicateOptions }, use) => {
    const replicate = await startReplicateSandbox({ mediaDir: sampleMedia, ...replicateOptions })
    await use(replicate)
    await replicate.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
  userData: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'replica-desk-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  launch: async ({ userData, keyring, launcher, launchSwitches }, use) => {
    const running: RunningApp[] = []
    const unsaid: string[] = []
    await use(async (more = []) => {
      const started = await launchApp(userData, keyring, launcher, [...launchSwitches, ...more])
      started.page.on('pageerror', ({ message }) => {
        if (message.includes('No message is there')) unsaid.push(message)
      })
      running.push(started)
      return started
    })
    for (const { app } of running) await app.close().catch(() => undefined)
    expect(unsaid).toEqual([])
  },
  connect: async ({ launch, sandbox }, use) => {
    await use(async (...names) => {
      const replicas = names.map((name) => makeReplica(name, sandbox.clock.now()))
      for (const replica of replicas) sandbox.state.addReplica(replica)
      const started = await launch()
      const desk = new Desk(started.page)
      await saveAccount(started.page, sandbox.origin)
      await desk.goTo('Replicas')
      await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')
      for (const { id } of replicas) await expect(desk.asset(id)).toBeVisible()
      return { ...started, desk, replicas }
    })
  }
})
