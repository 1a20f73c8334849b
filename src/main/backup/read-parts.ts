import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { BackupPart } from './backup-format.ts'

/** Thrown for what is no backup of ours, or not what its own list says. */
export class BackupDamagedError extends Error {
  override readonly name = 'BackupDamagedError'
}

/** A backup is never longer than this says, whatever its own numbers claim. */
const mostBytes = 64 * 1024 ** 3
const mostEntries = 200_010

const isLink = ({ externalFileAttributes }: Entry): boolean =>
  ((externalFileAttributes >>> 16) & 0o170000) === 0o120000

/** The parts by their names. Throws for a file that is no ZIP, for links, and for names that stand there twice. */
export const entriesOf = async (zip: ZipFile): Promise<ReadonlyMap<string, Entry>> => {
  const entries = new Map<string, Entry>()
  let bytes = 0
  try {
    for await (const entry of zip.eachEntry()) {
      bytes += entry.uncompressedSize
      const isWrong = entries.has(entry.fileName) || isLink(entry) || entry.isEncrypted()
      if (isWrong || bytes > mostBytes || entries.size >= mostEntries) {
        throw new BackupDamagedError('The list of parts is none of ours')
      }
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    throw asDamaged(error)
  }
  return entries
}

/** Opens a ZIP file; `BackupDamagedError` if it is none. What the file system says is thrown as it is. */
export const openZip = async (path: string): Promise<ZipFile> => {
  try {
    // What a part's own size claims is held against what comes out of it.
    return await yauzl.openPromise(path, { validateEntrySizes: true, autoClose: false })
  } catch (error) {
    throw asDamaged(error)
  }
}

/** The library tells what is wrong with a file in sentences alone; calls of the file system have a code. */
export const asDamaged = (error: unknown): unknown =>
  error instanceof Error && ('syscall' in error || error.name === 'AbortError')
    ? error
    : new BackupDamagedError('The file is not a whole ZIP')

/** Reads a part to its end, piece by piece, and holds it against its size and sum. */
export const readPart = async (
  zip: ZipFile,
  entry: Entry | undefined,
  { name, sizeBytes, sha256 }: BackupPart,
  onPiece: (piece: Buffer) => void | Promise<void>
): Promise<void> => {
  if (entry === undefined || entry.uncompressedSize !== sizeBytes) {
    throw new BackupDamagedError(`${name} is missing or has another size`)
  }
  const hash = createHash('sha256')
  for await (const piece of piecesOf(zip, entry)) {
    hash.update(piece)
    await onPiece(piece)
  }
  if (hash.digest('hex') !== sha256) throw new BackupDamagedError(`${name} has another sum`)
}

/** What is wrong with the pieces is told apart from what their reader throws. */
async function* piecesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let stream: Readable | null = null
  try {
    stream = await zip.openReadStreamPromise(entry)
    const pieces = stream[Symbol.asyncIterator]()
    for (;;) {
      const next: IteratorResult<Buffer> = await pieces.next()
      if (next.done === true) return
      yield next.value
    }
  } catch (error) {
    throw asDamaged(error)
  } finally {
    stream?.destroy()
  }
}

/** A short part as a whole; throws if it is longer than it may be. */
export const readShort = async (
  zip: ZipFile,
  entry: Entry | undefined,
  mostShortBytes: number
): Promise<Buffer> => {
  if (entry === undefined || entry.uncompressedSize > mostShortBytes) {
    throw new BackupDamagedError('A part is missing or too long')
  }
  const pieces: Buffer[] = []
  for await (const piece of piecesOf(zip, entry)) pieces.push(piece)
  return Buffer.concat(pieces)
}
