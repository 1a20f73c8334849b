import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { fail, ok, type Result } from '../shared/result.ts'
import { type Environment, hiddenSwitch } from './environment.ts'
import { autostartEntry, isTurnedOn } from './files/autostart-entry.ts'
import { diskReason } from './files/disk-reason.ts'
import { saveWhole } from './files/save-file.ts'

/** Whether the system starts the app at login, without its window. The system's own note of it is what counts. */
export interface LoginStart {
  isOn(): boolean
  /** `storage-failed`: it is as before. */
  set(isOn: boolean): Promise<Result<null>>
}

const createAutostart = ({ autostartFolder, startCommand }: Environment): LoginStart => {
  const file = join(autostartFolder, 'replica-desk.desktop')
  const isOn = (): boolean => {
    try {
      return isTurnedOn(readFileSync(file, 'utf8'))
    } catch {
      return false // Missing, or not to be read by the desktop either.
    }
  }
  return {
    isOn,
    set: async (wanted) => {
      try {
        if (!wanted) rmSync(file, { force: true })
        else mkdirSync(autostartFolder, { recursive: true })
      } catch (error) {
        const reason = diskReason(error)
        if (reason === null) throw error
        return fail({ kind: 'storage-failed', reason })
      }
      if (!wanted) return ok(null)
      const saved = await saveWhole(file, autostartEntry([...startCommand, hiddenSwitch]))
      return saved.ok ? ok(null) : saved
    }
  }
}

const createLoginItem = ({ startCommand }: Environment): LoginStart => {
  const [path = process.execPath, ...more] = startCommand
  const item = { path, args: [...more, hiddenSwitch] }
  return {
    isOn: () => app.getLoginItemSettings(item).openAtLogin,
    set: async (openAtLogin) => {
      app.setLoginItemSettings({ ...item, openAtLogin })
      return ok(null)
    }
  }
}

export const createLoginStart = (environment: Environment): LoginStart =>
  environment.platform === 'linux' ? createAutostart(environment) : createLoginItem(environment)
