import { join } from 'node:path'
import { app } from 'electron'

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
  readonly iconFile: string
}

const platforms: Partial<Record<NodeJS.Platform, Environment['platform']>> = {
  darwin: 'mac',
  win32: 'windows'
}

/** Reads the surroundings. The only reader of `app.getPath`, `process.platform` and the build's layout. */
export const readEnvironment = (): Environment => {
  const output = join(import.meta.dirname, '..')
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
    iconFile: join(resources, 'icon.png')
  })
}
