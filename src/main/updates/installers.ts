import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, renameSync } from 'node:fs'
import { chmod, copyFile, open, realpath, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Clock } from '../ports/clock.ts'
import type { Attempt, LastStep } from '../ports/update-source.ts'
import { after } from '../rules/after.ts'
import { diskTrouble } from './disk-trouble.ts'

/** Makes a verified file ready; what it answers is the last step (see `UpdateSource.prepare`). */
export type Install = (file: string) => Promise<Attempt<LastStep>>

const notInstalled = { ok: false, trouble: 'not-installed' } as const

/** What an AppImage's own start puts into the environment, of the file that it was started from. */
const ofAppImage = ['APPDIR', 'APPIMAGE', 'ARGV0', 'OWD']

/** Starts a program that outlives this one. This one is left to end as always. */
const startAlone = (file: string, args: readonly string[]): false => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ofAppImage.includes(name))
  )
  spawn(file, args, { detached: true, stdio: 'ignore', env })
    .on('error', () => undefined)
    .unref()
  return false
}

/**
 * One file that runs takes the place of another: copied beside it first, then renamed over it, so that whatever happens
 * one of the two is there whole. The running app keeps the file that it was started from.
 */
export const replaceAppImage =
  (appImage: string): Install =>
  async (file) => {
    try {
      const place = await realpath(appImage)
      const beside = join(dirname(place), `.${process.pid}.update`)
      try {
        await copyFile(file, beside)
        await chmod(beside, 0o755)
        const copy = await open(beside)
        await copy.sync().finally(() => copy.close())
      } catch (error) {
        await rm(beside, { force: true }).catch(() => undefined)
        throw error
      }
      return {
        ok: true,
        value: () => {
          renameSync(beside, place)
          return startAlone(place, [])
        }
      }
    } catch (error) {
      return diskTrouble(error)
    }
  }

/** The installer waits for this app to end, installs for the person alone, and starts the new version. */
export const runNsisInstaller = (): Install => async (file) => ({
  ok: true,
  value: () => startAlone(file, ['--updated', '--force-run'])
})

/** The part of Electron's `autoUpdater` that is used here. */
export interface NativeUpdater {
  setFeedURL(options: { readonly url: string; readonly headers: Record<string, string> }): void
  checkForUpdates(): void
  quitAndInstall(): void
  once(event: 'update-downloaded' | 'error', listener: () => void): unknown
}

const longestStagingMs = 5 * 60_000

/**
 * Squirrel takes a file from a web server alone: one on this computer, for this file, with a password, until it has it.
 * It checks the new app's code signature against this one's before it says that it is ready.
 */
export const handToSquirrel =
  (native: NativeUpdater, clock: Pick<Clock, 'wait'>): Install =>
  async (file) => {
    const over = new AbortController()
    const { server, url, authorization } = await serveOnce(file)
    try {
      const isReady = await new Promise<boolean>((resolve) => {
        native.once('update-downloaded', () => resolve(true))
        native.once('error', () => resolve(false))
        after(clock, longestStagingMs, over.signal, () => resolve(false))
        native.setFeedURL({ url, headers: { Authorization: authorization } })
        native.checkForUpdates()
      })
      return isReady ? { ok: true, value: () => leaveTo(native) } : notInstalled
    } finally {
      over.abort()
      server.close()
      server.closeAllConnections()
    }
  }

/** Squirrel closes the windows, and starts the new version once this one has ended. */
const leaveTo = (native: NativeUpdater): true => {
  native.quitAndInstall()
  return true
}

const serveOnce = async (file: string) => {
  const authorization = `Basic ${Buffer.from(`update:${randomBytes(32).toString('hex')}`).toString('base64')}`
  const path = `/${randomBytes(32).toString('hex')}.zip`
  const server: Server = createServer((request, response) => {
    if (request.url === '/' && request.headers.authorization === authorization) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ url: `${url()}${path.slice(1)}` }))
    } else if (request.url === path) {
      response.setHeader('content-type', 'application/zip')
      createReadStream(file)
        .on('error', () => response.destroy())
        .pipe(response)
    } else response.writeHead(404).end()
  })
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: url(), authorization }
}
