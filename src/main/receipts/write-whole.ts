import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'

const failureOf = (error: unknown): Result<never> => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    return fail({ kind: 'storage-failed', reason: 'disk-full' })
  }
  const isRefused = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code)
  return fail({ kind: 'storage-failed', reason: isRefused ? 'no-access' : 'other' })
}

const closing = async (file: FileHandle, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } finally {
    await file.close()
  }
}

/** A new name is on the disk once its folder is. Not every system lets a folder be opened. */
const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const folder = await open(dirname(path))
  await closing(folder, () => folder.sync())
}

/**
 * Writes a file under a temporary name, reads it back, and only then gives it its name (security X2). On failure the
 * named file is as it was.
 */
export const writeWhole = async (path: string, content: Buffer): Promise<Result<null>> => {
  const temporary = `${path}.${process.pid}.partial`
  try {
    await rm(temporary, { force: true })
    const file = await open(temporary, 'wx', 0o600)
    await closing(file, async () => {
      await file.writeFile(content)
      await file.sync()
    })
    if (!(await readFile(temporary)).equals(content)) {
      await rm(temporary, { force: true })
      return fail({ kind: 'storage-failed', reason: 'other' })
    }
    await rename(temporary, path)
    await syncFolder(path)
    return ok(null)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    return failureOf(error)
  }
}
