import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import yazl from 'yazl'
import type { BackupFacts } from '../../shared/domain/backup.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { diskReason, errorCode } from '../files/disk-reason.ts'
import { hashOf, saveFile } from '../files/save-file.ts'
import type { BackupContent, BackupWriter, KeptFile } from '../ports/backup-file.ts'
import { type BackupPart, manifestOf, parts, pictureName } from './backup-format.ts'
import { BackupDamagedError, entriesOf, openZip, readPart } from './read-parts.ts'

interface Source {
  readonly part: BackupPart
  readonly content: Buffer | { readonly path: string }
  /** Pictures and films are compressed as they are. */
  readonly compress: boolean
}

const ofText = (name: string, text: string): Source => {
  const content = Buffer.from(text)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { part: { name, sizeBytes: content.length, sha256 }, content, compress: true }
}

const ofFile = async (name: string, path: string, compress: boolean): Promise<Source> => {
  const [{ size }, sha256] = await Promise.all([stat(path), hashOf(path)])
  return { part: { name, sizeBytes: size, sha256 }, content: { path }, compress }
}

/** Null for a picture that made room for others meanwhile. */
const ofPicture = async ({ name, path }: KeptFile): Promise<Source | null> => {
  try {
    return await ofFile(pictureName(name), path, false)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

const sourcesOf = async (
  { database, settings, words, pictures }: BackupContent,
  signal: AbortSignal
): Promise<readonly Source[]> => {
  const found = [
    ofText(parts.words, words),
    ofText(parts.settings, settings),
    await ofFile(parts.database, database, true)
  ]
  for (const picture of pictures) {
    signal.throwIfAborted()
    const source = await ofPicture(picture)
    if (source !== null) found.push(source)
  }
  return found
}

const add = (
  zip: yazl.ZipFile,
  { part, content, compress }: Source,
  onPiece: (bytes: number) => void
): void => {
  if (Buffer.isBuffer(content)) {
    zip.addBuffer(content, part.name, { compress })
    onPiece(content.length)
    return
  }
  zip.addReadStreamLazy(part.name, { compress }, (answer) => {
    const stream = createReadStream(content.path)
    stream.on('data', (piece) => onPiece(piece.length))
    answer(null, stream)
  })
}

/** Adds up the bytes of one step. */
const counting = (tell: (done: number) => void) => {
  let done = 0
  return (bytes: number): void => {
    done += bytes
    tell(done)
  }
}

const isWhole = async (
  path: string,
  all: readonly BackupPart[],
  onPiece: (bytes: number) => void,
  signal: AbortSignal
): Promise<boolean> => {
  const zip = await openZip(path)
  try {
    const entries = await entriesOf(zip)
    for (const part of all) {
      await readPart(zip, entries.get(part.name), part, ({ length }) => {
        signal.throwIfAborted()
        onPiece(length)
      })
    }
    return entries.size === all.length + 1
  } catch (error) {
    if (error instanceof BackupDamagedError) return false
    throw error
  } finally {
    zip.close()
  }
}

/** Writes backups: a ZIP file with a list of its parts, their sizes and their sums. */
export const createBackupWriter = (): BackupWriter => ({
  write: async (path, given, content, onProgress, signal) => {
    try {
      return await write(path, given, content, onProgress, signal)
    } catch (error) {
      if (signal.aborted) return fail({ kind: 'canceled' })
      const reason = diskReason(error)
      if (reason === null) throw error
      return fail({ kind: 'storage-failed', reason })
    }
  }
})

const write = async (
  ...[path, given, content, onProgress, signal]: Parameters<BackupWriter['write']>
): Promise<Result<{ readonly facts: BackupFacts; readonly sizeBytes: number }>> => {
  const sources = await sourcesOf(content, signal)
  const pictures = sources.filter(({ part }) => part.name.startsWith(pictureName(''))).length
  const facts = { ...given, counts: { ...given.counts, pictures } }
  const all = sources.map(({ part }) => part)
  const bytes = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const saved = await saveFile(
    path,
    async (writePiece) => {
      const zip = new yazl.ZipFile()
      const broken = new Promise<never>((_, refuse) => zip.on('error', refuse))
      const told = counting((done) => onProgress('writing', done, bytes))
      zip.addBuffer(Buffer.from(manifestOf(facts, all)), parts.manifest)
      for (const source of sources) add(zip, source, told)
      zip.end()
      const drained = (async () => {
        for await (const piece of zip.outputStream) {
          signal.throwIfAborted()
          await writePiece(piece as Buffer)
        }
      })()
      await Promise.race([drained, broken])
    },
    {
      isWhole: (partial) =>
        isWhole(
          partial,
          all,
          counting((done) => onProgress('checking', done, bytes)),
          signal
        )
    }
  )
  if (saved === null) return fail({ kind: 'storage-failed', reason: 'other' })
  return ok({ facts, sizeBytes: saved.sizeBytes })
}
