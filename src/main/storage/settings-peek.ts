import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isLanguage } from '../../shared/catalogue/languages.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { WindowState } from '../ports/settings-store.ts'

/** What the first window needs to know. */
export interface SettingsPeek {
  readonly theme: Settings['theme']
  readonly language: Settings['language']
  windowState(displayKey: string): WindowState | null
}

const themes: readonly Settings['theme'][] = ['system', 'light', 'dark']
const largestPixel = 100_000

export const settingsFile = (folder: string): string => join(folder, 'settings.json')

/**
 * Reads what the window opens with, and loads no library for it. Changes and repairs nothing: whatever is wrong
 * with the file, the defaults are answered, and `openSettings` sees to it later.
 */
export const peekSettings = (folder: string): SettingsPeek => {
  const content = readContent(settingsFile(folder))
  const theme = themes.find((known) => known === content['theme']) ?? 'system'
  const windows = windowStates(content['windows'])
  const language = content['language']
  return {
    theme,
    language: typeof language === 'string' && isLanguage(language) ? language : 'system',
    windowState: (displayKey) => windows.get(displayKey) ?? null
  }
}

const readContent = (file: string): Readonly<Record<string, unknown>> => {
  try {
    if (!statSync(file).isFile()) return {}
    return asRecord(JSON.parse(readFileSync(file, 'utf8'))) ?? {}
  } catch {
    return {} // Missing or unreadable: `openSettings` tells of it.
  }
}

export const asRecord = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null

/** A place that makes no sense is left out; it is worth no complaint. */
export const windowStates = (value: unknown): ReadonlyMap<string, WindowState> => {
  const states = new Map<string, WindowState>()
  for (const [displayKey, candidate] of Object.entries(asRecord(value) ?? {})) {
    const state = toWindowState(candidate)
    if (state !== null) states.set(displayKey, state)
  }
  return states
}

const toWindowState = (value: unknown): WindowState | null => {
  const { x, y, width, height, isMaximized } = asRecord(value) ?? {}
  if (!isPixel(x) || !isPixel(y) || !isPixel(width) || !isPixel(height)) return null
  if (typeof isMaximized !== 'boolean' || width < 1 || height < 1) return null
  return { x, y, width, height, isMaximized }
}

const isPixel = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= largestPixel
