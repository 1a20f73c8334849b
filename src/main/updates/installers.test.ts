import { EventEmitter, once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import { handToSquirrel, replaceAppImage, runNsisInstaller } from './installers.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A program that writes what it was given, and of which AppImage it believes to be. */
const program = (name: string, note: string): string => {
  const file = join(folder, name)
  const script = `#!/bin/sh\nprintf '%s' "$* ${'$'}{APPIMAGE-none}" > '${join(folder, note)}.part'\n`
  writeFileSync(file, `${script}mv '${join(folder, note)}.part' '${join(folder, note)}'\n`, {
    mode: 0o755
  })
  return file
}

const writtenIn = async (note: string): Promise<string> => {
  while (!existsSync(join(folder, note))) await wait(10)
  return readFileSync(join(folder, note), 'utf8')
}

const stepOf = async (attempt: ReturnType<ReturnType<typeof replaceAppImage>>) => {
  const prepared = await attempt
  if (!prepared.ok) throw new Error(prepared.trouble)
  return prepared.value
}

// Scripts stand for programs here, which Windows does not start.
describe.skipIf(process.platform === 'win32')('on Linux and Windows', () => {
  it('a new AppImage takes the place of the old one in the last step, and is started', async () => {
    const old = program('app.AppImage', 'old-ran')
    const link = join(folder, 'link.AppImage')
    symlinkSync(old, link)
    const before = readFileSync(old)
    const fresh = program('downloaded', 'new-ran')
    process.env['APPIMAGE'] = link
    try {
      const step = await stepOf(replaceAppImage(link)(fresh))
      expect(readFileSync(old).equals(before)).toBe(true)
      expect(step()).toBe(false)
      expect(await writtenIn('new-ran')).toBe(' none')
    } finally {
      delete process.env['APPIMAGE']
    }
    expect(readFileSync(old).equals(readFileSync(fresh))).toBe(true)
    expect(statSync(old).mode & 0o777).toBe(0o755)
    expect(readdirSync(folder).sort()).toEqual([
      'app.AppImage',
      'downloaded',
      'link.AppImage',
      'new-ran'
    ])
  })

  it('an AppImage that is no longer there, or whose copy fails, leaves everything as it was', async () => {
    const gone = replaceAppImage(join(folder, 'nowhere', 'app.AppImage'))
    expect(await gone(program('new', 'ran'))).toEqual({ ok: false, trouble: 'no-access' })
    const old = program('app.AppImage', 'ran')
    const failing = replaceAppImage(old)(join(folder, 'missing'))
    expect(await failing).toEqual({ ok: false, trouble: 'no-access' })
    expect(readdirSync(folder).sort()).toEqual(['app.AppImage', 'new'])
  })

  it('the installer is told that it updates, and to start the app', async () => {
    const step = await stepOf(runNsisInstaller()(program('setup', 'installed')))
    expect(step()).toBe(false)
    expect(await writtenIn('installed')).toBe('--updated --force-run none')
  })
})

/** Asks as Squirrel does, and says what a test wants it to say. */
class Squirrel extends EventEmitter {
  url = ''
  headers: Record<string, string> = {}
  hasQuit = false
  says: 'update-downloaded' | 'error' | null = 'update-downloaded'
  got = ''
  stranger = 0

  setFeedURL(options: { url: string; headers: Record<string, string> }): void {
    this.url = options.url
    this.headers = options.headers
  }

  checkForUpdates(): void {
    void this.#fetch().then(() => this.says !== null && this.emit(this.says))
  }

  quitAndInstall(): void {
    this.hasQuit = true
  }

  async #fetch(): Promise<void> {
    this.stranger = (await fetch(this.url)).status
    const { url } = (await (await fetch(this.url, { headers: this.headers })).json()) as {
      url: string
    }
    this.got = await (await fetch(url)).text()
    this.emit('asked')
  }
}

describe('on a Mac', () => {
  it('Squirrel gets the file from this computer, with a password, and the last step is its own', async () => {
    const squirrel = new Squirrel()
    const file = join(folder, 'app.zip')
    writeFileSync(file, 'the new app')
    const step = await stepOf(handToSquirrel(squirrel, createManualClock())(file))
    expect([squirrel.got, squirrel.stranger, squirrel.hasQuit]).toEqual(['the new app', 404, false])
    expect(step()).toBe(true)
    expect(squirrel.hasQuit).toBe(true)
    await expect(fetch(squirrel.url, { headers: squirrel.headers })).rejects.toThrow()
  })

  it('what Squirrel does not take, or never answers to, is not installed', async () => {
    const file = join(folder, 'app.zip')
    writeFileSync(file, 'the new app')
    const refusing = new Squirrel()
    refusing.says = 'error'
    const notInstalled = { ok: false, trouble: 'not-installed' }
    expect(await handToSquirrel(refusing, createManualClock())(file)).toEqual(notInstalled)
    const silent = new Squirrel()
    silent.says = null
    const clock = createManualClock()
    const asked = once(silent, 'asked')
    const handed = handToSquirrel(silent, clock)(file)
    await asked
    clock.advance(5 * 60_000)
    expect(await handed).toEqual(notInstalled)
  })
})
