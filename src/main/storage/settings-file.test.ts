import { execFileSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { listeningLog } from '../../../test/main/storage/records.ts'
import { temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import { peekSettings } from './settings-peek.ts'

let openIn: (folder: string) => SettingsStore

beforeAll(async () => {
  // Outside Electron its package answers with the place of the executable, and looks for nothing when told one.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= 'none'
  const { openSettings } = await import('./settings-file.ts')
  openIn = (folder) => openSettings({ folder, log: listeningLog() })
})

const fileIn = (folder: string): string => join(folder, 'settings.json')
const place = { x: -100, y: 20, width: 1200, height: 800, isMaximized: false }

describe('settings', () => {
  it('are the defaults at first, and looking at them writes nothing', () => {
    const folder = temporaryFolder()
    const settings = openIn(folder)
    expect(settings.get()).toEqual(defaultSettings)
    expect(settings.health()).toBe('ok')
    expect(readdirSync(folder)).toEqual([])
  })

  it('come back after a restart, with the place of the window', async () => {
    const folder = temporaryFolder()
    const first = openIn(folder)
    const dark = { ...defaultSettings, theme: 'dark' as const }
    expect(await first.update({ theme: 'dark' })).toEqual({ ok: true, value: dark })
    await first.saveWindowState('1920x1080+0+0', place)
    await first.saveWindowState('__proto__', place)

    const second = openIn(folder)
    expect(second.get()).toEqual(dark)
    expect(second.windowState('1920x1080+0+0')).toEqual(place)
    expect(second.windowState('__proto__')).toEqual(place)
    expect(second.windowState('another')).toBeNull()
    expect(second.health()).toBe('ok')
    expect(peekSettings(folder).theme).toBe('dark')
    expect(peekSettings(folder).windowState('1920x1080+0+0')).toEqual(place)
  })

  it('give up no more than a view that cannot be read; one of an earlier version narrows nothing more', () => {
    const folder = temporaryFolder()
    const views = [
      { id: 'one', name: 'Failures', filter: { outcome: 'bad', shade: 'of another version' } },
      { id: 'two', name: 'Unreadable', filter: { outcome: 'purple' } },
      'no view at all'
    ]
    writeFileSync(fileIn(folder), JSON.stringify({ theme: 'dark', historyViews: views }))
    const settings = openIn(folder)
    expect(settings.health()).toBe('ok')
    expect(settings.get()).toEqual({
      ...defaultSettings,
      theme: 'dark',
      historyViews: [{ id: 'one', name: 'Failures', filter: { ...unfiltered, outcome: 'bad' } }]
    })
  })

  it('remember the last eight arrangements of displays', async () => {
    const folder = temporaryFolder()
    const settings = openIn(folder)
    for (let index = 0; index < 10; index += 1) await settings.saveWindowState(`d${index}`, place)
    expect(settings.windowState('d1')).toBeNull()
    expect(openIn(folder).windowState('d2')).toEqual(place)
  })

  it.skipIf(process.platform === 'win32')('can be read by their owner alone', async () => {
    const folder = temporaryFolder()
    await openIn(folder).update({ theme: 'dark' })
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600)
  })
})

describe('a settings file that says less or more', () => {
  it.each([
    ['nothing', '{}'],
    ['only a prototype', '{"__proto__":{"theme":"dark"}}'],
    ['unknown things', '{"later":true,"theme":"system"}'],
    ['a window at no place', '{"windows":{"a":{"x":1e99,"y":0,"width":-1,"height":1}}}'],
    ['windows of the wrong type', '{"windows":[1,2]}'],
    ['the folder of another computer', '{"exportFolder":"\\\\\\\\host\\\\share"}']
  ])('%s: defaults for the rest', async (_what, text) => {
    const folder = temporaryFolder()
    writeFileSync(fileIn(folder), text)
    const settings = openIn(folder)
    expect(settings.get()).toEqual(defaultSettings)
    expect(settings.windowState('a')).toBeNull()
    expect(settings.health()).toBe('ok')
    expect(await settings.update({ libraryView: 'list' })).toMatchObject({ ok: true })
    expect(openIn(folder).get().libraryView).toBe('list')
  })
})

describe('a settings file that cannot be read', () => {
  const damages: readonly [string, (file: string) => void][] = [
    ['of 0 bytes', (file) => writeFileSync(file, '')],
    ['a list', (file) => writeFileSync(file, '[]')],
    ['null', (file) => writeFileSync(file, 'null')],
    ['a number', (file) => writeFileSync(file, '7')],
    ['half of it', (file) => writeFileSync(file, '{"theme":"da')],
    ['a wrong type', (file) => writeFileSync(file, '{"theme":7}')],
    ['an unknown choice', (file) => writeFileSync(file, '{"theme":"purple"}')],
    ['zeros', (file) => writeFileSync(file, Buffer.alloc(200))],
    ['a tail of zeros', (file) => writeFileSync(file, `{"theme":"dark"}${'\0'.repeat(100)}`)],
    ['far too long', (file) => writeFileSync(file, `{"a":"${'x'.repeat(1_000_000)}"}`)],
    ['a folder', (file) => mkdirSync(file)],
    ['a link to another file', (file) => symlinkSync('/etc/hostname', file)]
  ]

  it.each(damages)('%s: set aside, and the last good one is back', async (_what, damage) => {
    const folder = temporaryFolder()
    await openIn(folder).update({ theme: 'dark' })
    openIn(folder)
    rmSync(fileIn(folder))
    damage(fileIn(folder))
    expect(peekSettings(folder).windowState('a')).toBeNull()
    const settings = openIn(folder)
    expect(settings.health()).toBe('restored')
    expect(settings.get().theme).toBe('dark')
    expect(readdirSync(folder)).toContain('settings.damaged-1.json')
    expect(openIn(folder).health()).toBe('ok')
  })

  it.each(damages)('%s: set aside, and the defaults without a good one', async (_what, damage) => {
    const folder = temporaryFolder()
    damage(fileIn(folder))
    const settings = openIn(folder)
    expect(settings.health()).toBe('reset')
    expect(settings.get()).toEqual(defaultSettings)
    expect(readdirSync(folder)).toContain('settings.damaged-1.json')
    expect(await settings.update({ theme: 'light' })).toMatchObject({ ok: true })
    expect(openIn(folder).get().theme).toBe('light')
  })

  it('does not become the last good one', async () => {
    const folder = temporaryFolder()
    await openIn(folder).update({ theme: 'dark' })
    openIn(folder)
    const good = readFileSync(join(folder, 'settings.last-good.json'), 'utf8')
    writeFileSync(fileIn(folder), '{"theme":7}')
    openIn(folder)
    expect(readFileSync(join(folder, 'settings.last-good.json'), 'utf8')).toBe(good)
  })
})

describe.skipIf(process.platform === 'win32')('settings that are a link', () => {
  /** A folder of the person's own, with the settings in it, and the app's folder with a link to them. */
  const linked = (text: string | null): { folder: string; target: string } => {
    const folder = temporaryFolder()
    const target = join(temporaryFolder(), 'desk-settings.json')
    if (text !== null) writeFileSync(target, text)
    symlinkSync(target, fileIn(folder))
    return { folder, target }
  }

  it('are read through it and written to what it leads to', async () => {
    const { folder, target } = linked('{"theme":"dark"}')
    const settings = openIn(folder)
    expect(settings.health()).toBe('ok')
    expect(settings.get().theme).toBe('dark')
    expect(peekSettings(folder).theme).toBe('dark')
    expect(await settings.update({ theme: 'light' })).toMatchObject({ ok: true })
    expect(lstatSync(fileIn(folder)).isSymbolicLink()).toBe(true)
    expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ theme: 'light' })
    expect(openIn(folder).get().theme).toBe('light')
    expect(readdirSync(folder).sort()).toEqual(['settings.json', 'settings.last-good.json'])
  })

  it('through another link too', async () => {
    const { folder, target } = linked('{"theme":"dark"}')
    const outer = temporaryFolder()
    symlinkSync(fileIn(folder), fileIn(outer))
    expect(await openIn(outer).update({ theme: 'light' })).toMatchObject({ ok: true })
    expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ theme: 'light' })
  })

  it('are made where the link leads if there is nothing yet', async () => {
    const { folder, target } = linked(null)
    const settings = openIn(folder)
    expect(settings.health()).toBe('ok')
    expect(await settings.update({ theme: 'dark' })).toMatchObject({ ok: true })
    expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ theme: 'dark' })
  })

  it('that are damaged leave what the link leads to as it is', () => {
    const { folder, target } = linked('{"theme":"da')
    expect(openIn(folder).health()).toBe('reset')
    expect(readFileSync(target, 'utf8')).toBe('{"theme":"da')
  })

  it('that lead in a ring are set aside', () => {
    const folder = temporaryFolder()
    symlinkSync(fileIn(folder), fileIn(folder))
    expect(openIn(folder).health()).toBe('reset')
  })
})

describe('a save that fails', () => {
  it('is told, and the old settings stay in force and on disk', async () => {
    const folder = temporaryFolder()
    const settings = openIn(folder)
    await settings.update({ theme: 'dark' })
    const before = readFileSync(fileIn(folder))
    mkdirSync(`${fileIn(folder)}.tmp`)
    expect(await settings.update({ theme: 'light' })).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'other' }
    })
    expect(settings.health()).toBe('not-saved')
    expect(settings.get().theme).toBe('dark')
    expect(readFileSync(fileIn(folder))).toEqual(before)
    rmSync(`${fileIn(folder)}.tmp`, { recursive: true })
    expect(await settings.update({ theme: 'light' })).toMatchObject({ ok: true })
    expect(settings.health()).toBe('ok')
  })

  it.skipIf(process.platform === 'win32')('for want of room leaves the old file whole', () => {
    const folder = temporaryFolder()
    const writer = new URL('../../../test/main/storage/settings-writer.ts', import.meta.url)
      .pathname
    const limited = ['-c', 'ulimit -f 2; exec "$@"', 'sh', process.execPath, '--import', 'tsx']
    const said = execFileSync('sh', [...limited, writer, folder], { encoding: 'utf8' })
    const { stored, kept, health, after } = JSON.parse(said) as Record<string, unknown>
    expect(health).toBe('not-saved')
    expect(kept).toBe(stored)
    expect(after).toMatchObject({ ok: true })
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('in a folder that is a file is told from the start', async () => {
    const folder = join(temporaryFolder(), 'data')
    writeFileSync(folder, 'in the way')
    const settings = openIn(folder)
    expect(settings.health()).toBe('not-saved')
    expect(settings.get()).toEqual(defaultSettings)
    expect(await settings.update({ theme: 'dark' })).toMatchObject({ ok: false })
    expect(peekSettings(folder).theme).toBe('system')
  })
})
