import { lstatSync, readFileSync, readlinkSync, renameSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type ElectronStore from 'electron-store'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { Health } from '../../shared/domain/health.ts'
import { historyFilterSchema, historyViewSchema } from '../../shared/domain/history.ts'
import {
  type Settings,
  type SettingsPatch,
  settingsPatchSchema
} from '../../shared/domain/settings.ts'
import type { AppError } from '../../shared/errors.ts'
import { mostViews, unfiltered } from '../../shared/history-filter.ts'
import { isLocalFolder } from '../../shared/local-folder.ts'
import { assertNever, fail, ok, type Result } from '../../shared/result.ts'
import { diskReason } from '../files/disk-reason.ts'
import type { Log } from '../ports/log.ts'
import type { SettingsStore, WindowState } from '../ports/settings-store.ts'
import { exists, makePrivateFolder } from './database-files.ts'
import { WriteNotWholeError, writeGuarded } from './guarded-write.ts'
import { asRecord, settingsFile, windowStates } from './settings-peek.ts'

export interface SettingsOptions {
  /** Made if it is missing. */
  readonly folder: string
  readonly log: Log
}

interface Content {
  readonly settings: Settings
  readonly windows: ReadonlyMap<string, WindowState>
}

type Found =
  | { readonly kind: 'missing' }
  | { readonly kind: 'good'; readonly text: string; readonly content: Content }
  | { readonly kind: 'bad' }

type Store = ElectronStore<Record<string, unknown>>

/** Arrangements of displays that are remembered; the oldest one makes room. */
const keptWindows = 8
/** Far more than settings ever need, and little enough to read before the window. */
const largestBytes = 256 * 1024

const lastGoodFile = (folder: string): string => join(folder, 'settings.last-good.json')

/** Opens the settings, repairing what can be repaired. Never throws for what lies on the disk. */
export const openSettings = (options: SettingsOptions): SettingsStore =>
  new SettingsFile(options, loadContent(options))

class SettingsFile implements SettingsStore {
  readonly #options: SettingsOptions
  readonly #atStart: Health['settings']
  #content: Content
  readonly #listeners: ((settings: Settings) => void)[] = []
  #opening: Promise<Store | null> | null = null
  #isSaveFailed = false

  constructor(options: SettingsOptions, start: Start) {
    this.#options = options
    this.#content = start.content
    this.#atStart = start.health
  }

  async prepare(): Promise<void> {
    await this.#opened()
  }

  get(): Settings {
    return this.#content.settings
  }

  async update(patch: SettingsPatch): Promise<Result<Settings>> {
    const store = await this.#opened()
    const settings = merged(this.#content.settings, patch)
    const failure = this.#save(store, { ...this.#content, settings })
    if (failure !== null) return failure
    for (const listener of this.#listeners) listener(settings)
    return ok(settings)
  }

  onChanged(listener: (settings: Settings) => void): void {
    this.#listeners.push(listener)
  }

  health(): Health['settings'] {
    return this.#isSaveFailed ? 'not-saved' : this.#atStart
  }

  windowState(displayKey: string): WindowState | null {
    return this.#content.windows.get(displayKey) ?? null
  }

  async saveWindowState(displayKey: string, state: WindowState): Promise<void> {
    const store = await this.#opened()
    const others = [...this.#content.windows].filter(([key]) => key !== displayKey)
    const kept = [...others, [displayKey, state] as const].slice(-keptWindows)
    this.#save(store, { ...this.#content, windows: new Map(kept) })
  }

  #opened(): Promise<Store | null> {
    this.#opening ??=
      this.#atStart === 'not-saved' ? Promise.resolve(null) : openElectronStore(this.#options)
    return this.#opening
  }

  #save(store: Store | null, content: Content): ReturnType<typeof fail> | null {
    const reason = writeTo(store, content)
    this.#isSaveFailed = reason !== null
    if (reason !== null) {
      this.#options.log.warn('The settings were not saved', { reason })
      return fail({ kind: 'storage-failed', reason })
    }
    this.#content = content
    return null
  }
}

type StorageReason = Extract<AppError, { kind: 'storage-failed' }>['reason']

const writeTo = (store: Store | null, content: Content): StorageReason | null => {
  if (store === null) return 'no-access'
  try {
    store.store = toRecord(content)
    return null
  } catch (error) {
    return writeReason(error)
  }
}

const writeReason = (error: unknown): StorageReason => {
  const reason = error instanceof WriteNotWholeError ? 'disk-full' : diskReason(error)
  if (reason === null) throw error
  return reason
}

/**
 * electron-store holds the file; the write is ours. The one it comes with reports success and installs a file cut
 * short when the disk fills up (security G1). Loaded when it is needed: with what it brings along it takes a good
 * part of the time in which a window opens.
 */
const openElectronStore = async ({ folder, log }: SettingsOptions): Promise<Store | null> => {
  const { default: ElectronStore } = await import('electron-store')
  try {
    const store: Store = new ElectronStore({
      cwd: folder,
      name: 'settings',
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600
    })
    Object.defineProperty(store, '_write', {
      value: (content: Record<string, unknown>) =>
        writeGuarded(placeBehind(store.path) ?? store.path, toText(content))
    })
    return store
  } catch (error) {
    const reason = writeReason(error)
    log.warn('The settings file cannot be used', { reason })
    return null
  }
}

interface Start {
  readonly content: Content
  readonly health: Health['settings']
}

const nothingStored: Content = { settings: defaultSettings, windows: new Map() }

const loadContent = (options: SettingsOptions): Start => {
  try {
    makePrivateFolder(options.folder)
    const found = readSettings(settingsFile(options.folder))
    switch (found.kind) {
      case 'missing':
        return { content: nothingStored, health: 'ok' }
      case 'good':
        rememberGood(options, found.text)
        return { content: found.content, health: 'ok' }
      case 'bad':
        return repair(options)
      default:
        return assertNever(found)
    }
  } catch (error) {
    options.log.warn('The settings cannot be kept', { reason: writeReason(error) })
    return { content: nothingStored, health: 'not-saved' }
  }
}

/** More than anybody's links lead on; a ring of them has no end. */
const mostLinks = 8

/**
 * Where the file itself lies. People keep their settings in a folder of their own and link to it: the link then stays, and
 * what it leads to is read and written. Null if it leads in a ring.
 */
const placeBehind = (file: string, left = mostLinks): string | null => {
  if (!exists(file) || !lstatSync(file).isSymbolicLink()) return file
  return left === 0 ? null : placeBehind(resolve(dirname(file), readlinkSync(file)), left - 1)
}

const readSettings = (file: string): Found => {
  const place = placeBehind(file)
  if (place === null) return { kind: 'bad' }
  if (!exists(place)) return { kind: 'missing' }
  const found = statSync(place)
  if (!found.isFile() || found.size > largestBytes) return { kind: 'bad' }
  try {
    const text = readFileSync(place, 'utf8')
    const content = parseContent(text)
    return content === null ? { kind: 'bad' } : { kind: 'good', text, content }
  } catch (error) {
    if (error instanceof SyntaxError || diskReason(error) !== null) return { kind: 'bad' }
    throw error
  }
}

/** What is missing gets its default, what is unknown is left out; null if what is there is of the wrong type. */
const parseContent = (text: string): Content | null => {
  const record = asRecord(JSON.parse(text))
  if (record === null) return null
  const known = settingsPatchSchema.strip().safeParse(withReadableViews(withLocalFolder(record)))
  if (!known.success) return null
  return {
    settings: merged(defaultSettings, known.data),
    windows: windowStates(record['windows'])
  }
}

/** A view that another version saved is read as far as this one knows it, and is no reason to give up all other settings. */
const withReadableViews = (record: Readonly<Record<string, unknown>>) => {
  const views = record['historyViews']
  if (!Array.isArray(views)) return record
  const readable = views.flatMap((view: unknown) => {
    const filter = { ...unfiltered, ...asRecord(asRecord(view)?.['filter']) }
    const read = storedView.safeParse({ ...asRecord(view), filter })
    return read.success ? [read.data] : []
  })
  return { ...record, historyViews: readable.slice(0, mostViews) }
}

const storedView = historyViewSchema.extend({ filter: historyFilterSchema.strip() }).strip()

/** Earlier versions took the folder of another computer, which is no reason to give up all other settings. */
const withLocalFolder = (record: Readonly<Record<string, unknown>>) => {
  const folder = record['exportFolder']
  const isOther = typeof folder === 'string' && !isLocalFolder(folder)
  return isOther ? { ...record, exportFolder: null } : record
}

const merged = (base: Settings, patch: SettingsPatch): Settings => {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { ...base, ...(Object.fromEntries(given) as Partial<Settings>) }
}

/** The copy to go back to, renewed only after a start that found good settings (security G2). */
const rememberGood = ({ folder, log }: SettingsOptions, text: string): void => {
  const file = lastGoodFile(folder)
  const known = readSettings(file)
  if (known.kind === 'good' && known.text === text) return
  try {
    writeGuarded(file, text)
  } catch (error) {
    log.warn('The copy of the settings was not renewed', { reason: writeReason(error) })
  }
}

const repair = ({ folder, log }: SettingsOptions): Start => {
  const name = freeName(folder)
  renameSync(settingsFile(folder), join(folder, name))
  log.warn('Settings that could not be read were set aside', { name })
  const lastGood = readSettings(lastGoodFile(folder))
  if (lastGood.kind !== 'good') return { content: nothingStored, health: 'reset' }
  writeGuarded(settingsFile(folder), lastGood.text)
  return { content: lastGood.content, health: 'restored' }
}

const freeName = (folder: string): string => {
  for (let count = 1; ; count += 1) {
    const name = `settings.damaged-${count}.json`
    if (!exists(join(folder, name))) return name
  }
}

const toRecord = ({ settings, windows }: Content): Record<string, unknown> => ({
  ...settings,
  windows: Object.fromEntries(windows)
})

const toText = (content: Record<string, unknown>): string => `${JSON.stringify(content, null, 2)}\n`
