import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { app, dialog, shell } from 'electron'
import { redactError } from '../shared/redact.ts'
import { openLog } from './log.ts'
import { type FolderTrouble, folderTrouble, otherHolder } from './storage/data-folder.ts'
import { newId } from './usecases/new-id.ts'

interface Words {
  readonly message: string
  readonly detail: string
}

const keeps = 'Your library, history and settings are kept in this folder.'

const folderWords: Readonly<Record<FolderTrouble, Words>> = {
  'not-writable': {
    message: 'Replica Desk cannot write to its data folder',
    detail: `${keeps} Allow your user account to write to it, then start Replica Desk again.`
  },
  'disk-full': {
    message: 'The disk of the data folder is full',
    detail: `${keeps} Free some space on its disk, then start Replica Desk again.`
  },
  'not-a-folder': {
    message: 'A file is in the place of the data folder',
    detail: `${keeps} Move the file away, then start Replica Desk again.`
  }
}

const holderWords = (host: string): Words => ({
  message: 'The data folder is in use on another computer',
  detail: `It was opened on “${host}”. Quit Replica Desk there. If it does not run there any more, delete the file SingletonLock in this folder, then start Replica Desk again.`
})

/** Why the lock of the one instance could not be taken; null: another instance runs here, and comes to the front. */
const lockWords = (folder: string): Words | null => {
  const trouble = folderTrouble(folder)
  if (trouble !== null) return folderWords[trouble]
  const host = otherHolder(folder)
  return host === null ? null : holderWords(host)
}

/** Shows a box of the system, which needs no window and no file, and ends the app with an error code. */
const tellAndExit = async (
  { message, detail }: Words,
  folder: string,
  cleanUp: () => void = () => undefined
): Promise<void> => {
  // A second start must not be taken for a wish to see the window that there is not.
  app.releaseSingleInstanceLock()
  try {
    await app.whenReady()
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message,
      detail: `${detail}\n\nData folder:\n${folder}`,
      buttons: ['Open data folder', 'Quit'],
      defaultId: 1,
      cancelId: 1,
      noLink: true
    })
    if (response === 0) await shell.openPath(folder)
  } finally {
    cleanUp()
    app.exit(1)
  }
}

/** Electron throws where the folder cannot be made. */
const givenFolder = (): string | null => {
  try {
    return app.getPath('userData')
  } catch {
    return null // What it should have been is told by `wantedFolder`.
  }
}

/** The folder that was asked for, whether or not it could be had. */
const wantedFolder = (): string => {
  const asked = app.commandLine.getSwitchValue('user-data-dir')
  if (asked !== '') return resolve(asked)
  const home = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
  return givenFolder() ?? join(home, app.getName())
}

const isSamePlace = (one: string, other: string): boolean => {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return false // One of them is not there.
  }
}

/**
 * False if the data folder could not be had at all. Chromium then takes another one without a word, where library and
 * history would seem to be lost, or ends the process.
 */
export const hasDataFolder = (): boolean => {
  const given = givenFolder()
  const wanted = wantedFolder()
  return given !== null && (given === wanted || isSamePlace(given, wanted))
}

/** Chromium needs a folder even for a box. Answers what takes it away again. */
const lendFolder = (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'replica-desk-box-'))
  app.setPath('userData', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

/** The data folder or its lock was not to be had: ends quietly if another instance runs, or says what is wrong. */
export const endWithoutLock = async (): Promise<void> => {
  const folder = wantedFolder()
  if (!hasDataFolder()) {
    const words = folderWords[folderTrouble(folder) ?? 'not-writable']
    await tellAndExit(words, folder, lendFolder())
    return
  }
  const words = lockWords(folder)
  if (words === null) app.quit()
  else await tellAndExit(words, folder)
}

const logged = (folder: string, error: unknown): string => {
  try {
    return openLog(folder, () => newId('run')).bug(error)
  } catch {
    return 'not logged' // The box says what happened all the same.
  }
}

let isFailing = false

/** The app could not be put together: says so, whatever the reason. Several errors may come of one. */
export const endFailedStart = async (error: unknown): Promise<void> => {
  if (isFailing) return
  isFailing = true
  const folder = app.getPath('userData')
  const reference = logged(folder, error)
  const trouble = folderTrouble(folder)
  const words = trouble === null ? null : folderWords[trouble]
  await tellAndExit(
    words ?? {
      message: 'Replica Desk could not start',
      detail: `Nothing was sent or deleted. Start it again; if that does not help, restore the data folder from a copy or report this error.\n\nError ${reference}: ${firstLine(error)}`
    },
    folder
  )
}

const firstLine = (error: unknown): string => redactError(error).split('\n')[0]?.slice(0, 300) ?? ''
