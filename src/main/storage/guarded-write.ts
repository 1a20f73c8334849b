import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './database-files.ts'

/** The file on the disk is not what was written; what stood there before is gone only if the rename went through. */
export class WriteNotWholeError extends Error {
  override readonly name = 'WriteNotWholeError'
}

/**
 * Replaces a small file whole or not at all (security G1): another name, its full length, on disk, then renamed, and
 * read back. Throws what the file system throws; the old file then still stands.
 */
export const writeGuarded = (file: string, text: string): void => {
  const bytes = Buffer.from(text, 'utf8')
  const coming = `${file}.tmp`
  rmSync(coming, { force: true })
  try {
    writeWhole(coming, bytes)
  } catch (error) {
    rmSync(coming, { force: true })
    throw error
  }
  renameSync(coming, file)
  syncFolder(dirname(file))
  if (!readFileSync(file).equals(bytes)) throw new WriteNotWholeError('The file reads differently')
}

const writeWhole = (file: string, bytes: Buffer): void => {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeFileSync(handle, bytes)
    fsyncSync(handle)
    if (fstatSync(handle).size !== bytes.length) {
      throw new WriteNotWholeError('The file is shorter than what was written')
    }
  } finally {
    closeSync(handle)
  }
}
