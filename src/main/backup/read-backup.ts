import { createWriteStream } from 'node:fs'
import { mkdir, open, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry, ZipFile } from 'yauzl'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { diskReason } from '../files/disk-reason.ts'
import type { BackupReader, UnpackedBackup } from '../ports/backup-file.ts'
import { type Manifest, manifestSchema, parts, pictureIn } from './backup-format.ts'
import { BackupDamagedError, entriesOf, openZip, readPart, readShort } from './read-parts.ts'

const mostManifestBytes = 64 * 1024 ** 2
const mostSettingsBytes = 1024 ** 2
/** What a database shrinks to at best; more than that is made to fill a disk. */
const mostGrowth = 250
const alwaysBytes = 64 * 1024 ** 2

const refused = (why: Extract<AppError, { kind: 'backup-refused' }>['why']) =>
  fail({ kind: 'backup-refused', why })

class NewerFormatError extends Error {
  override readonly name = 'NewerFormatError'
}

const readManifest = (bytes: Buffer): Manifest => {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new BackupDamagedError('The list of parts does not parse')
  }
  const read = manifestSchema.safeParse(value)
  if (read.success) return read.data
  if (isNewer(value)) throw new NewerFormatError()
  throw new BackupDamagedError('The list of parts is none of ours')
}

const isNewer = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || !('version' in value)) return false
  return typeof value.version === 'number' && value.version > 1
}

const fixedParts: ReadonlySet<string> = new Set([parts.words, parts.database, parts.settings])

/** Only names that the app itself gives: none of them leads anywhere. */
const refuseStrangeParts = (entries: ReadonlyMap<string, Entry>, manifest: Manifest): void => {
  const named = new Set(manifest.parts.map(({ name }) => name))
  const isOurs = (name: string): boolean => fixedParts.has(name) || pictureIn(name) !== null
  const isWhole =
    named.size === manifest.parts.length &&
    entries.size === named.size + 1 &&
    [...fixedParts].every((name) => named.has(name)) &&
    [...named].every((name) => isOurs(name) && entries.has(name))
  if (!isWhole) throw new BackupDamagedError('The parts are not those that are listed')
}

const refuseBomb = async (path: string, bytes: number): Promise<void> => {
  const { size } = await stat(path)
  if (bytes > alwaysBytes + mostGrowth * size)
    throw new BackupDamagedError('It unpacks to too much')
}

const hasRoom = async (folder: string, bytes: number): Promise<boolean> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize > bytes
}

const placeOf = (folder: string, name: string): string | null => {
  if (name === parts.database) return join(folder, parts.database)
  const picture = pictureIn(name)
  return picture === null ? null : join(folder, 'pictures', picture)
}

const unpackTo = async (
  zip: ZipFile,
  entry: Entry | undefined,
  part: Manifest['parts'][number],
  place: string | null,
  onPiece: (bytes: number) => void
): Promise<void> => {
  if (place === null) return readPart(zip, entry, part, ({ length }) => onPiece(length))
  const file = createWriteStream(place, { flags: 'wx', mode: 0o600 })
  const closed = new Promise<void>((resolve, refuse) => {
    file.on('close', resolve)
    file.on('error', refuse)
  })
  closed.catch(() => undefined) // Met again below.
  try {
    await readPart(zip, entry, part, async (piece) => {
      onPiece(piece.length)
      if (!file.write(piece)) {
        await Promise.race([
          new Promise<void>((resolve) => file.once('drain', () => resolve())),
          closed
        ])
      }
    })
  } finally {
    file.end()
    await closed
  }
}

const unpack = async (
  zip: ZipFile,
  ...[path, folder, onProgress, signal]: Parameters<BackupReader['unpack']>
): Promise<Result<UnpackedBackup>> => {
  const entries = await entriesOf(zip)
  const listed = entries.get(parts.manifest)
  if (listed === undefined) return refused('not-one')
  const manifest = readManifest(await readShort(zip, listed, mostManifestBytes))
  refuseStrangeParts(entries, manifest)
  const all = manifest.parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  await refuseBomb(path, all)
  if (!(await hasRoom(join(folder, '..'), all))) {
    return fail({ kind: 'storage-failed', reason: 'disk-full' })
  }
  await mkdir(join(folder, 'pictures'), { recursive: true, mode: 0o700 })
  let done = 0
  for (const part of manifest.parts) {
    await unpackTo(zip, entries.get(part.name), part, placeOf(folder, part.name), (bytes) => {
      signal.throwIfAborted()
      done += bytes
      onProgress(done, all)
    })
  }
  const settings = await readShort(zip, entries.get(parts.settings), mostSettingsBytes)
  await writeFile(join(folder, parts.settings), settings, { mode: 0o600 })
  return ok({ facts: manifest.facts })
}

/** One that was cut off still begins as it did. */
const beginsAsZip = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1') === 'PK\x03\x04'
  } finally {
    await file.close()
  }
}

/** Reads backups, and trusts nothing in them: not their names, not their sizes, not what they say of themselves. */
export const createBackupReader = (): BackupReader => ({
  unpack: async (path, folder, onProgress, signal) => {
    let zip: ZipFile | null = null
    try {
      await rm(folder, { recursive: true, force: true })
      zip = await openZip(path)
      const unpacked = await unpack(zip, path, folder, onProgress, signal)
      if (!unpacked.ok) await rm(folder, { recursive: true, force: true })
      return unpacked
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      if (signal.aborted) return fail({ kind: 'canceled' })
      if (error instanceof NewerFormatError) return refused('newer-version')
      if (error instanceof BackupDamagedError) {
        return refused((await beginsAsZip(path)) ? 'damaged' : 'not-one')
      }
      const reason = diskReason(error)
      if (reason === null) throw error
      return fail({ kind: 'storage-failed', reason })
    } finally {
      zip?.close()
    }
  }
})
