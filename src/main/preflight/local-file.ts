import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { ByteSource } from './byte-source.ts'
import type { Spent } from './range-reader.ts'
import { ReadFault } from './read-fault.ts'

/** At a time: a damaged file may claim gigabytes, which would have to be held in memory. */
const mostReadBytes = 32 * 1024 * 1024
/** Altogether; the library looks at every fragment of a recording. */
const mostBytes = 512 * 1024 * 1024

/** Opens a file on this computer and reads parts of it. Throws a `ReadFault`. */
export const withFile = async <T>(
  path: string,
  spent: Spent,
  read: (file: ByteSource) => Promise<T>
): Promise<T> => {
  const handle = await openFile(path)
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw new ReadFault('file-unreadable')
    return await read(sourceOf(handle, stats.size, spent))
  } finally {
    await handle.close()
  }
}

const openFile = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'r')
  } catch (error) {
    const isMissing = (error as { readonly code?: string }).code === 'ENOENT'
    throw new ReadFault(isMissing ? 'file-missing' : 'file-unreadable')
  }
}

const sourceOf = (handle: FileHandle, sizeBytes: number, spent: Spent): ByteSource => ({
  sizeBytes,
  isSizeKnown: true,
  has: () => true,
  read: async (start, end) => {
    const isTooMuch = end - start > mostReadBytes || spent.bytes + end - start > mostBytes
    if (isTooMuch) throw new ReadFault('too-much-to-read')
    const bytes = new Uint8Array(end - start)
    spent.requests += 1
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle
        .read(bytes, at, bytes.length - at, start + at)
        .catch(() => ({ bytesRead: 0 }))
      // Shorter than it was a moment ago, or a disk that went away.
      if (bytesRead === 0) throw new ReadFault('file-unreadable')
      at += bytesRead
    }
    spent.bytes += bytes.length
    return bytes
  }
})
