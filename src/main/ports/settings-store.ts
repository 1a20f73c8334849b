import type { Health } from '../../shared/domain/health.ts'
import type { Settings, SettingsPatch } from '../../shared/domain/settings.ts'
import type { Result } from '../../shared/result.ts'

/** Comfort settings in a file of their own (security G1-G4). */
export interface SettingsStore {
  get(): Settings
  /** Loads what saving needs, so that a later save is done at once. Looking at the settings needs nothing of it. */
  prepare(): Promise<void>
  /** Saves; `storage-failed` leaves the old ones in force. */
  update(patch: SettingsPatch): Promise<Result<Settings>>
  /** Calls back after each change that was saved. */
  onChanged(listener: (settings: Settings) => void): void
  /** What had to be done to the file at start, or that the last save failed. */
  health(): Health['settings']
  /** The window's last place, per arrangement of displays; validated, null if unknown. */
  windowState(displayKey: string): WindowState | null
  saveWindowState(displayKey: string, state: WindowState): Promise<void>
}

/** Device-independent pixels. */
export interface WindowState {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly isMaximized: boolean
}
