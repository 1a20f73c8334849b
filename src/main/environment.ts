import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { type Installation, readInstallation } from './rules/installation.ts'

/** What the app knows of the place it runs in; settled once, before anything else. */
export interface Environment {
  readonly version: string
  /** Of the app, of what it runs on, and of the system. */
  readonly versions: Readonly<Record<string, string>>
  readonly platform: 'linux' | 'mac' | 'windows'
  /** Database, settings, logs and cached pictures live below it. */
  readonly dataFolder: string
  readonly rendererFolder: string
  readonly preloadFile: string
  readonly keychainFile: string
  readonly sandboxFile: string
  /** Icons, and the pictures and clips of the sample data. */
  readonly resourcesFolder: string
  /** How this copy of the app was put on the computer, as far as it can be replaced by itself. */
  readonly installation: Installation
  /** A feed and its key (PEM, in Base64) to try updates with, which only an app that is not packaged takes. */
  readonly updateTrial: { readonly feed: string; readonly publicKey: string } | null
  readonly iconFile: string
  /** The program and what it is given, by which the system starts the app again. */
  readonly startCommand: readonly string[]
  /** The app itself has to tell the system that it opens its links; elsewhere its package does. */
  readonly registersLinks: boolean
  /** Where a Linux desktop finds what it starts at login (specifications.freedesktop.org/autostart-spec). */
  readonly autostartFolder: string
  /** The window is not shown before it is asked for: the app was started at login. */
  readonly isHiddenStart: boolean
}

const platforms: Partial<Record<NodeJS.Platform, Environment['platform']>> = {
  darwin: 'mac',
  win32: 'windows'
}

const readUpdateTrial = (): Environment['updateTrial'] => {
  const feed = app.commandLine.getSwitchValue('update-feed')
  const publicKey = app.commandLine.getSwitchValue('update-key')
  if (app.isPackaged || feed === '') return null
  return { feed, publicKey: Buffer.from(publicKey, 'base64').toString('utf8') }
}

/** Run from its sources, the app is the person's to renew. */
const installationOf = (mayBeReplaced: boolean): Installation =>
  mayBeReplaced
    ? readInstallation(process.platform, process.env, process.execPath)
    : { kind: 'other' }

/** Given to the app when the system starts it at login. */
export const hiddenSwitch = '--hidden'

export const isHiddenStart = (argv: readonly string[]): boolean => argv.includes(hiddenSwitch)

/** An AppImage runs from a place that is gone with it; its file is what can be started again. */
const startCommand = (): readonly string[] => {
  if (!app.isPackaged) return [process.execPath, app.getAppPath()]
  const installation = installationOf(true)
  return [installation.kind === 'app-image' ? installation.file : process.execPath]
}

/** Reads the surroundings. The only reader of `app.getPath`, `process.platform` and the build's layout. */
export const readEnvironment = (): Environment => {
  const output = join(import.meta.dirname, '..')
  const updateTrial = readUpdateTrial()
  const resources = app.isPackaged
    ? join(process.resourcesPath, 'resources')
    : join(output, '..', 'resources')
  return Object.freeze({
    version: app.getVersion(),
    versions: {
      app: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      node: process.versions.node,
      system: `${process.platform} ${process.getSystemVersion()} ${process.arch}`
    },
    platform: platforms[process.platform] ?? 'linux',
    dataFolder: app.getPath('userData'),
    rendererFolder: join(output, 'renderer'),
    preloadFile: join(output, 'preload', 'index.cjs'),
    keychainFile: join(output, 'main', 'keychain.js'),
    sandboxFile: join(output, 'main', 'sandbox.js'),
    resourcesFolder: resources,
    installation: installationOf(app.isPackaged || updateTrial !== null),
    updateTrial,
    iconFile: join(resources, 'icon.png'),
    startCommand: startCommand(),
    registersLinks: app.isPackaged && process.platform === 'win32',
    autostartFolder: join(
      process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'),
      'autostart'
    ),
    isHiddenStart: isHiddenStart(process.argv)
  })
}
