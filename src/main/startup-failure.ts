import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { app, dialog, shell } from 'electron'
import { wholeCatalogs } from '../shared/messages/catalogs.ts'
import { t } from '../shared/messages/messages.ts'
import { speakChosen } from '../shared/messages/speak-chosen.ts'
import { redactError } from '../shared/redact.ts'
import { readSystemLanguages } from './language.ts'
import { openLog } from './log.ts'
import { type FolderProblem, findFolderProblem, otherHolder } from './storage/data-folder.ts'
import { peekSettings } from './storage/settings-peek.ts'
import { newId } from './usecases/new-id.ts'

interface Words {
  readonly message: string
  readonly detail: string
}

const folderWords = (problem: FolderProblem): Words => ({
  message: t(`trouble.${problem}.title`),
  detail: t(`trouble.${problem}.detail`)
})

const holderWords = (host: string): Words => ({
  message: t('trouble.held.title'),
  detail: t('trouble.held.detail', { host })
})

/** Why the lock of the one instance could not be taken; null: another instance runs here, and comes to the front. */
const lockWords = (folder: string): (() => Words) | null => {
  const problem = findFolderProblem(folder)
  if (problem !== null) return () => folderWords(problem)
  const host = otherHolder(folder)
  return host === null ? null : () => holderWords(host)
}

/** Shows a box of the system, which needs no window and no file, and ends the app with an error code. */
const showAndExit = async (
  words: () => Words,
  folder: string,
  cleanUp: () => void = () => undefined
): Promise<void> => {
  // A second start must not be taken for a wish to see the window that there is not.
  app.releaseSingleInstanceLock()
  try {
    await app.whenReady()
    await speakChosen(peekSettings(folder).language, readSystemLanguages(), wholeCatalogs)
    const { message, detail } = words()
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message,
      detail: [detail, t('dialog.dataFolder', { folder })].join('\n\n'),
      buttons: [t('dialog.openDataFolder'), t('dialog.quit')],
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
    const problem = findFolderProblem(folder) ?? 'not-writable'
    await showAndExit(() => folderWords(problem), folder, lendFolder())
    return
  }
  const words = lockWords(folder)
  if (words === null) app.quit()
  else await showAndExit(words, folder)
}

const logged = (folder: string, error: unknown): string => {
  try {
    return openLog(folder, () => newId('run')).bug(error)
  } catch {
    return t('trouble.notLogged') // The box says what happened all the same.
  }
}

let isFailing = false

/** The app could not be put together: says so, whatever the reason. Several errors may come of one. */
export const endFailedStart = async (error: unknown): Promise<void> => {
  if (isFailing) return
  isFailing = true
  const folder = app.getPath('userData')
  const reference = logged(folder, error)
  const problem = findFolderProblem(folder)
  const words = (): Words =>
    problem === null ? failedWords(reference, firstLine(error)) : folderWords(problem)
  await showAndExit(words, folder)
}

const failedWords = (reference: string, error: string): Words => ({
  message: t('trouble.failed.title'),
  detail: [t('trouble.failed.detail'), t('trouble.failed.error', { reference, error })].join('\n\n')
})

const firstLine = (error: unknown): string => redactError(error).split('\n')[0]?.slice(0, 300) ?? ''
