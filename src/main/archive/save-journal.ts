import { type FileHandle, lstat, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchivedFile } from '../../shared/domain/archive.ts'
import { errorCode } from '../files/disk-reason.ts'
import { syncFolder } from '../files/save-file.ts'
import { safeName } from './safe-name.ts'

/** Stands in a folder until everything is in it, and says what is. */
const journalName = 'unfinished.jsonl'
const format = 'replica-desk-unfinished'
const mostBytes = 64 * 1024 * 1024
const mostFolders = 2_000

/** What an earlier run saved of an item. */
export interface Begun {
  readonly folder: string
  /** By their names in that folder. */
  readonly files: Map<string, ArchivedFile>
  /** Nothing of it was missing. */
  isWhole: boolean
}

export interface SaveJournal {
  readonly begun: ReadonlyMap<string, Begun>
  /** Noted on the disk before it counts. */
  noteFolder(key: string, folder: string): Promise<void>
  noteFile(key: string, file: ArchivedFile): Promise<void>
  noteWhole(key: string): Promise<void>
  close(): Promise<void>
}

type Line = Readonly<Record<string, unknown>>

const lineOf = (text: string): Line => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Line) : {}
  } catch {
    // What was being written when the app ended.
    return {}
  }
}

const textAt = (line: Line, name: string): string => {
  const value = line[name]
  return typeof value === 'string' ? value : ''
}

const isPlainFolder = (folder: string): boolean => folder !== '' && safeName(folder) === folder

const fileOf = (line: Line): ArchivedFile | null => {
  const { name, sizeBytes, sha256 } = line
  const isNamed = typeof name === 'string' && /^[a-z]{1,20}(?:-\d{1,4})?\.[a-z0-9]{2,5}$/.test(name)
  if (!isNamed || typeof sizeBytes !== 'number' || typeof sha256 !== 'string') return null
  return { name, sizeBytes, sha256 }
}

/** The folder may have been anywhere meanwhile: only names that this app gives are taken from it. */
const readLines = (lines: readonly string[]): Map<string, Begun> => {
  const begun = new Map<string, Begun>()
  for (const text of lines) {
    const line = lineOf(text)
    const key = textAt(line, 'key')
    const folder = textAt(line, 'folder')
    const file = fileOf(line)
    const item = begun.get(key)
    if (item === undefined) {
      if (isPlainFolder(folder)) begun.set(key, { folder, files: new Map(), isWhole: false })
    } else if (file !== null) item.files.set(file.name, file)
    else if (line['isWhole'] === true) item.isWhole = true
  }
  return begun
}

const textOf = async (folder: string): Promise<string | null> => {
  const path = join(folder, journalName)
  try {
    const about = await lstat(path)
    return about.isFile() && about.size <= mostBytes ? await readFile(path, 'utf8') : null
  } catch (error) {
    if (errorCode(error) === '') throw error
    return null
  }
}

const isOf = (owner: string, text: string | null): boolean => {
  const head = lineOf((text ?? '').split('\n', 1)[0] ?? '')
  return head['format'] === format && head['version'] === 1 && head['owner'] === owner
}

/** A folder that was begun for the owner: the one given, or one in it. Null: there is none. */
export const findBegun = async (parent: string, owner: string): Promise<string | null> => {
  const inside = await readdir(parent, { withFileTypes: true })
  const folders = inside.filter((entry) => entry.isDirectory()).slice(0, mostFolders)
  for (const folder of [parent, ...folders.map(({ name }) => join(parent, name))]) {
    if (isOf(owner, await textOf(folder))) return folder
  }
  return null
}

/** Opens the journal of a folder, new or begun. */
export const openJournal = async (folder: string, owner: string): Promise<SaveJournal> => {
  const text = await textOf(folder)
  const file: FileHandle = await open(join(folder, journalName), 'a', 0o600)
  const append = async (line: Line): Promise<void> => {
    await file.appendFile(`${JSON.stringify(line)}\n`)
    await file.datasync()
  }
  if (!isOf(owner, text)) {
    await append({ format, version: 1, owner })
    await syncFolder(folder)
  } else if (text?.endsWith('\n') === false) await file.appendFile('\n')
  return {
    begun: readLines((text ?? '').split('\n')),
    noteFolder: (key, name) => append({ key, folder: name }),
    noteFile: (key, saved) => append({ key, ...saved }),
    noteWhole: (key) => append({ key, isWhole: true }),
    close: () => file.close()
  }
}

export const removeJournal = async (folder: string): Promise<void> => {
  await rm(join(folder, journalName), { force: true })
  await syncFolder(folder)
}
