import { existsSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { diskReason, errorCode } from '../files/disk-reason.ts'

/** Why nothing can be kept in the data folder. */
export type FolderProblem = 'not-writable' | 'disk-full' | 'not-a-folder'

const problemOf = (error: unknown): FolderProblem => {
  if (diskReason(error) === 'disk-full') return 'disk-full'
  return ['ENOTDIR', 'EEXIST'].includes(errorCode(error)) ? 'not-a-folder' : 'not-writable'
}

/** Not `recursive`: where a parent takes no folders for a reason it does not tell (`/proc`), Node tries for ever. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** Makes the folder if it is missing and tries to write in it; rights alone do not tell (a mount, a quota, an ACL). */
export const findFolderProblem = (folder: string): FolderProblem | null => {
  const probe = join(folder, `.write-probe-${process.pid}`)
  try {
    makeFolder(folder)
    writeFileSync(probe, '', { mode: 0o600 })
    rmSync(probe)
    return null
  } catch (error) {
    return problemOf(error)
  }
}

/** The computer that holds the folder, going by Chromium's lock `host-pid`; null if it is this one or nobody. */
export const otherHolder = (folder: string): string | null => {
  try {
    const host = /^(.+)-\d+$/.exec(readlinkSync(join(folder, 'SingletonLock')))?.[1]
    return host === undefined || host === hostname() ? null : host
  } catch {
    return null // No lock, or a system that has none of this kind.
  }
}
