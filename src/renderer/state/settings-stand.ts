import type { Settings, SettingsPatch } from '../../shared/domain/settings.ts'

interface Change {
  readonly patch: SettingsPatch
}

const merged = (base: Settings, patch: SettingsPatch): Settings =>
  ({ ...base, ...patch }) as Settings

/**
 * The settings as main holds them, with the changes on top that it has not answered yet: so an answer to an older change
 * never undoes a newer one on the screen.
 */
export const createSettingsStand = (first: Settings) => {
  let held = first
  let open: readonly Change[] = []
  return {
    shown: (): Settings => open.reduce((base, { patch }) => merged(base, patch), held),
    begin: (patch: SettingsPatch): Change => {
      const change = { patch }
      open = [...open, change]
      return change
    },
    /** `answer` null: it was not saved. Main answers in the order of asking. */
    end: (change: Change, answer: Settings | null): void => {
      open = open.filter((other) => other !== change)
      if (answer !== null) held = answer
    },
    note: (settings: Settings): void => {
      held = settings
    }
  }
}
