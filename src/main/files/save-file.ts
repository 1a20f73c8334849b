import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { diskReason } from './disk-reason.ts'

type Fill = (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>

interface Naming {
  /** The name, once the content is known; the path given if this is left out. */
  readonly nameFor?: (partial: string) => Promise<string>
  /** Whether what stands on the disk is what was meant, besides being what was written. */
  readonly isWhole?: (partial: string) => Promise<boolean>
}

export interface SavedFile {
  readonly path: string
  readonly sizeBytes: number
  /** In hexadecimal digits. */
  readonly sha256: string
}

/** The hash of a file, read piece by piece; SHA-256 in hexadecimal digits unless another is named. */
export const hashOf = async (
  path: string,
  algorithm: 'sha256' | 'sha512' = 'sha256',
  encoding: 'hex' | 'base64' = 'hex'
): Promise<string> => {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest(encoding)
}

/** A new name is on the disk once its folder is. Windows opens no folder and keeps its own journal of names. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const opened = await open(folder)
  await opened.sync().finally(() => opened.close())
}

const fillNew = async (path: string, fill: Fill): Promise<string> => {
  await rm(path, { force: true })
  const file: FileHandle = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    await fill(async (bytes) => {
      hash.update(bytes)
      await file.writeFile(bytes)
    })
    await file.sync()
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}

/**
 * Fills a file under a passing name, reads it back from the disk, and only then gives it its name (security X2). Null
 * if what stands on the disk is not what was written. Throws what the file system or `fill` throws. Whatever goes
 * wrong, no half file stays and a file that had the name before is as it was.
 */
export const saveFile = async (
  path: string,
  fill: Fill,
  { nameFor = async () => path, isWhole = async () => true }: Naming = {}
): Promise<SavedFile | null> => {
  const partial = `${path}.${process.pid}.partial`
  try {
    const sha256 = await fillNew(partial, fill)
    if ((await hashOf(partial)) !== sha256 || !(await isWhole(partial))) return null
    const { size } = await stat(partial)
    const final = await nameFor(partial)
    await rename(partial, final)
    await syncFolder(dirname(final))
    return { path: final, sizeBytes: size, sha256 }
  } finally {
    await rm(partial, { force: true }).catch(() => undefined)
  }
}

/** Saves bytes or a text (as UTF-8) whole or not at all. `storage-failed`. */
export const saveWhole = async (
  path: string,
  content: Uint8Array | string
): Promise<Result<null>> => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  try {
    const saved = await saveFile(path, (write) => write(bytes))
    return saved === null ? fail({ kind: 'storage-failed', reason: 'other' }) : ok(null)
  } catch (error) {
    const reason = diskReason(error)
    if (reason === null) throw error
    return fail({ kind: 'storage-failed', reason })
  }
}
