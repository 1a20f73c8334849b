import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import type { ArchivedFile } from '../../shared/domain/archive.ts'

const diskCodes = [
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EIO',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'ENAMETOOLONG'
]

/** The disk refused; anything else on the way is the sender's or the network's doing. */
export const isDiskTrouble = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && diskCodes.includes(String(error.code))

const fingerprint = async (path: string): Promise<{ sizeBytes: number; sha256: string }> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { sizeBytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

export const partialOf = (path: string): string => `${path}.partial`

/**
 * Fills a file under a passing name, hands it over to be named, and reads it back. Null if what stands there then is
 * not what was written. Whatever goes wrong, no half file stays.
 */
export const saveFile = async (
  path: string,
  fill: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
  nameFor: (partial: string) => Promise<string> = async () => path
): Promise<(Omit<ArchivedFile, 'name'> & { readonly path: string }) | null> => {
  const partial = partialOf(path)
  const hash = createHash('sha256')
  let file: FileHandle | null = null
  try {
    file = await open(partial, 'wx', 0o600)
    const opened = file
    await fill(async (bytes) => {
      hash.update(bytes)
      await opened.writeFile(bytes)
    })
    await file.sync()
    await file.close()
    file = null
    const final = await nameFor(partial)
    await rename(partial, final)
    const sha256 = hash.digest('hex')
    const read = await fingerprint(final)
    if (read.sha256 === sha256) return { ...read, path: final }
    await rm(final, { force: true })
    return null
  } finally {
    await file?.close()
    await rm(partial, { force: true })
  }
}
