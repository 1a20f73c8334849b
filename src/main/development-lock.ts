import { setTimeout as wait } from 'node:timers/promises'
import { app } from 'electron'

const tries = 100
const pauseMs = 100

/** A restart after an edit begins while the app before it still ends, so its lock is asked for more than once. */
export const waitForLock = async (left = tries): Promise<boolean> => {
  if (app.requestSingleInstanceLock()) return true
  if (left === 0) return false
  await wait(pauseMs)
  return waitForLock(left - 1)
}
