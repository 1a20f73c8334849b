import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync
} from 'node:fs'
import { join } from 'node:path'
import { diskReason, errorCode } from '../files/disk-reason.ts'

export interface DatabasePlace {
  readonly folder: string
  readonly file: string
  readonly backups: string
}

export const placeIn = (folder: string): DatabasePlace => ({
  folder,
  file: join(folder, 'library.sqlite'),
  backups: join(folder, 'backups')
})

/** The files that belong to one database. A log left beside another database would be taken for its own. */
const companions = ['', '-wal', '-shm', '-journal'] as const

const magic = 'SQLite format 3\0'
const headerBytes = 100
const applicationIdOffset = 68

export const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  setRights(folder, 0o700)
}

const setRights = (path: string, rights: number): void => {
  if ((lstatSync(path).mode & 0o777) === rights) return
  try {
    chmodSync(path, rights)
  } catch (error) {
    // Some disks know no rights, and some folders are lent by another user: both can still be written.
    if (diskReason(error) === null) throw error
  }
}

export const makePrivateFile = (file: string): void => {
  closeSync(openSync(file, 'wx', 0o600))
}

/** SQLite gives the log and the shared memory the rights of the database itself. */
export const makePrivate = (file: string): void => {
  for (const companion of companions) {
    if (exists(`${file}${companion}`)) setRights(`${file}${companion}`, 0o600)
  }
}

export const canWrite = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false // The only question was whether it can be written.
  }
}

export const exists = (path: string): boolean => {
  try {
    lstatSync(path)
    return true
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return false
    throw error
  }
}

/**
 * What lies in the database's place. Nothing is followed or opened that is not a plain file: a link may lead
 * anywhere, and a pipe would never answer. A database of ours is never empty, because it is built under another name.
 */
export const lookAt = (file: string): 'missing' | 'plausible' | 'not-a-database' => {
  if (!exists(file)) return 'missing'
  const found = lstatSync(file)
  if (!found.isFile() || found.size < headerBytes) return 'not-a-database'
  return readHeader(file).toString('latin1', 0, magic.length) === magic
    ? 'plausible'
    : 'not-a-database'
}

/** The mark that each database gets when it is made; read from the file itself, past any log. */
export const readLineage = (file: string): number =>
  readHeader(file).readInt32BE(applicationIdOffset)

/** Only while no connection is open: closing any handle would drop SQLite's locks on the file. */
export const readHeader = (file: string): Buffer => {
  const header = Buffer.alloc(headerBytes)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, header, 0, headerBytes, 0)
  } finally {
    closeSync(handle)
  }
  return header
}

/** Gives the database and its companions another name and answers it. Nothing is ever taken away. */
export const moveAside = (
  place: DatabasePlace,
  why: 'damaged' | 'replaced',
  stamp: string
): string => {
  const name = freeName(place.folder, `library.${why}-${stamp}`)
  for (const companion of companions) {
    const from = `${place.file}${companion}`
    if (exists(from)) renameSync(from, join(place.folder, `${name}${companion}`))
  }
  syncFolder(place.folder)
  return name
}

const freeName = (folder: string, wanted: string): string => {
  for (let count = 1; ; count += 1) {
    const name = `${wanted}${count === 1 ? '' : `-${count}`}.sqlite`
    if (companions.every((companion) => !exists(join(folder, `${name}${companion}`)))) return name
  }
}

export const newestSetAside = (folder: string): string | null =>
  readdirSync(folder)
    .filter((name) => /^library\.damaged-.*\.sqlite$/.test(name))
    .sort()
    .at(-1) ?? null

export const removeDatabase = (file: string): void => {
  for (const companion of companions) rmSync(`${file}${companion}`, { force: true })
}

export const syncFile = (file: string): void => {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** SHA-256 of a file in hexadecimal digits, read in pieces. */
export const digestOf = (file: string): string => {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(1024 * 1024)
  const handle = openSync(file, 'r')
  try {
    for (;;) {
      const length = readSync(handle, piece)
      if (length === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, length))
    }
  } finally {
    closeSync(handle)
  }
}

/** Makes a rename durable. Windows has no such call and keeps its own journal of names. */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A time as part of a file name that every system takes. */
export const stampOf = (at: string): string => at.replaceAll(':', '-')
