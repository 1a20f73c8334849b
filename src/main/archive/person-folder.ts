import { lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ArchivedFile } from '../../shared/domain/archive.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { diskReason, errorCode } from '../files/disk-reason.ts'
import { hashOf, saveFile } from '../files/save-file.ts'
import type {
  FolderItem,
  FolderOrder,
  FolderSaved,
  FolderWritten,
  PersonFolderWriter
} from '../ports/person-folder.ts'
import { createFetch, type DownloadDeps } from './download.ts'
import { makeFolder } from './make-folder.ts'
import { safeName } from './safe-name.ts'
import {
  type Begun,
  findBegun,
  openJournal,
  removeJournal,
  type SaveJournal
} from './save-journal.ts'

const sumsName = 'SHA256SUMS'

/** What stands on the disk is not what was written. */
class NotKeptError extends Error {
  override readonly name = 'NotKeptError'
}

const saveText = async (folder: string, name: string, text: string): Promise<ArchivedFile> => {
  const saved = await saveFile(join(folder, name), (write) => write(Buffer.from(text)))
  if (saved === null) throw new NotKeptError()
  return { name, sizeBytes: saved.sizeBytes, sha256: saved.sha256 }
}

/** A folder of its own; a link in its place would lead elsewhere. */
const enterFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !(await lstat(path)).isDirectory()) throw error
  }
}

const isUnchanged = async (path: string, { sizeBytes, sha256 }: ArchivedFile): Promise<boolean> => {
  try {
    const about = await lstat(path)
    return about.isFile() && about.size === sizeBytes && (await hashOf(path)) === sha256
  } catch (error) {
    if (errorCode(error) === '') throw error
    return false
  }
}

/** Half files of a run that was killed. */
const removePartials = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (/\.\d+\.partial$/.test(name)) await rm(join(folder, name), { force: true })
  }
}

const sizeOf = (files: Iterable<ArchivedFile>): number =>
  [...files].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

const within =
  (folder: string) =>
  (file: ArchivedFile): ArchivedFile => ({ ...file, name: `${folder}/${file.name}` })

/** A folder's name that nothing else has, whatever the file system makes of capitals. */
const newFolderFor = (item: FolderItem, index: number, taken: Set<string>): string => {
  for (let number = index + 1; ; number += 1) {
    const name = safeName(`${String(number).padStart(4, '0')} ${item.label}`)
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

/** What one run works on. */
interface Run {
  readonly root: string
  readonly order: FolderOrder
  readonly journal: SaveJournal
  readonly signal: AbortSignal
  /** Names of folders, in small letters. */
  readonly taken: Set<string>
}

/** Builds the writer of folders with everything of a person. */
export const createPersonFolderWriter = (deps: DownloadDeps): PersonFolderWriter => {
  const fetchFile = createFetch(deps)

  const keptOf = async (path: string, known: Begun | undefined) => {
    const kept = new Map<string, ArchivedFile>()
    for (const [name, file] of known?.files ?? []) {
      if (await isUnchanged(join(path, name), file)) kept.set(name, file)
      else await rm(join(path, name), { force: true })
    }
    return kept
  }

  const saveItem = async (
    { root, order, journal, signal, taken }: Run,
    index: number,
    sizeBefore: number
  ): Promise<FolderSaved | null> => {
    const item = order.items[index]
    if (item === undefined) throw new Error('The folder has no such item')
    const known = journal.begun.get(item.key)
    const folder = known?.folder ?? newFolderFor(item, index, taken)
    const path = join(root, folder)
    await enterFolder(path)
    await removePartials(path)
    const kept = await keptOf(path, known)
    const asSaved = (gaps: FolderSaved['gaps']): FolderSaved => ({
      key: item.key,
      files: [...kept.values()].map(within(folder)),
      gaps
    })
    if (known?.isWhole === true && kept.size === known.files.size) return asSaved([])
    if (known === undefined) await journal.noteFolder(item.key, folder)

    const content = await order.contentOf(item, signal)
    if (signal.aborted) return null
    const keep = async (file: ArchivedFile): Promise<void> => {
      await journal.noteFile(item.key, file)
      kept.set(file.name, file)
    }
    await keep(
      await saveText(path, 'metadata.json', `${JSON.stringify(content.metadata, null, 2)}\n`)
    )
    for (const { name, text } of content.texts) await keep(await saveText(path, name, text))
    const gaps: FolderSaved['gaps'] = [
      ...(content.missing === null ? [] : [{ name: 'files', reason: content.missing }]),
      ...content.gaps
    ].map(({ name, reason }) => ({ name: `${folder}/${name}`, reason }))
    for (const wanted of content.downloads) {
      if ([...kept.keys()].some((name) => name.startsWith(`${wanted.stem}.`))) continue
      const onBytes = (bytes: number) =>
        order.onProgress(index, sizeBefore + sizeOf(kept.values()) + bytes)
      const got = await fetchFile(wanted, join(path, wanted.stem), signal, onBytes)
      // What came to its end all the same need not be fetched again.
      if (typeof got !== 'string') await keep({ ...got, name: basename(got.name) })
      if (signal.aborted) return null
      if (typeof got === 'string') gaps.push({ name: `${folder}/${wanted.stem}`, reason: got })
    }
    if (gaps.length === 0) await journal.noteWhole(item.key)
    return asSaved(gaps)
  }

  /** What does not belong to the person any more is not handed over. */
  const removeOthers = async ({ root, order: { items }, journal }: Run): Promise<void> => {
    const wanted = new Set(items.map(({ key }) => key))
    for (const [key, { folder }] of journal.begun) {
      if (!wanted.has(key)) await rm(join(root, folder), { recursive: true, force: true })
    }
  }

  const saveAll = async (run: Run): Promise<Result<FolderWritten>> => {
    const { root, order, signal } = run
    await removeOthers(run)
    const saved: FolderSaved[] = []
    let sizeBytes = 0
    for (const index of order.items.keys()) {
      order.onProgress(index, sizeBytes)
      const item = signal.aborted ? null : await saveItem(run, index, sizeBytes)
      if (item === null) return fail({ kind: 'canceled' })
      saved.push(item)
      sizeBytes += sizeOf(item.files)
    }
    order.onProgress(order.items.length, sizeBytes)
    const pages: ArchivedFile[] = []
    for (const { name, text } of order.pagesOf(saved)) pages.push(await saveText(root, name, text))
    const files = [...pages, ...saved.flatMap((item) => item.files)]
    const lines = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    const sums = await saveText(root, sumsName, lines.join(''))
    return ok({
      path: root,
      folderName: basename(root),
      files: files.length,
      sizeBytes: sizeOf(files),
      gaps: saved.flatMap(({ gaps }) => gaps),
      sumsSha256: sums.sha256
    })
  }

  const write = async (order: FolderOrder, signal: AbortSignal): Promise<Result<FolderWritten>> => {
    const { parent, owner } = order
    const label = safeName(order.label) || 'Replica Desk'
    const root = (await findBegun(parent, owner)) ?? (await makeFolder(parent, label))
    const journal = await openJournal(root, owner)
    const taken = new Set([...journal.begun.values()].map(({ folder }) => folder.toLowerCase()))
    return saveAll({ root, order, journal, signal, taken }).finally(() => journal.close())
  }

  return {
    write: async (order, signal) => {
      try {
        return await write(order, signal)
      } catch (error) {
        const reason = error instanceof NotKeptError ? 'other' : diskReason(error)
        if (reason === null) throw error
        return fail({ kind: 'storage-failed', reason })
      }
    },
    finish: removeJournal
  }
}
