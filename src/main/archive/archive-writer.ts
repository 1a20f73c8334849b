import { mkdir, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Archive, ArchivedFile } from '../../shared/domain/archive.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { diskReason } from '../files/disk-reason.ts'
import { saveFile, syncFolder } from '../files/save-file.ts'
import type { ArchiveItem, ArchiveWriter } from '../ports/archive-writer.ts'
import { createDownload, type DownloadDeps } from './download.ts'
import { makeFolder } from './make-folder.ts'
import { safeName } from './safe-name.ts'

const mostGaps = 2_000

const saveText = async (path: string, text: string) =>
  saveFile(path, (write) => write(Buffer.from(text)))

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

interface Saved {
  readonly files: ArchivedFile[]
  readonly gaps: Archive['gaps']
}

/** Builds the writer of last-look archives. */
export const createArchiveWriter = (deps: DownloadDeps): ArchiveWriter => {
  const download = createDownload(deps)

  const saveItem = async (
    root: string,
    index: number,
    item: ArchiveItem,
    saved: Saved,
    signal: AbortSignal
  ): Promise<void> => {
    const nameOf = (path: string): string => relative(root, path).split(sep).join('/')
    const label = `${String(index + 1).padStart(4, '0')} ${safeName(item.label)}`.trim()
    const folder = join(root, label)
    await mkdir(folder, { mode: 0o700 })
    const path = join(folder, 'metadata.json')
    const metadata = await saveText(path, toJson(item.metadata))
    if (metadata === null) saved.gaps.push({ name: nameOf(path), reason: 'disk' })
    else saved.files.push({ name: nameOf(path), ...sizeAndSum(metadata) })
    for (const wanted of item.downloads) {
      if (signal.aborted) return
      const target = join(folder, safeName(wanted.stem))
      const got = await download(wanted, target, signal)
      if (typeof got === 'string') saved.gaps.push({ name: nameOf(target), reason: got })
      else saved.files.push({ ...got, name: nameOf(got.name) })
    }
    await syncFolder(folder)
  }

  const writeInto: (
    root: string,
    ...rest: Parameters<ArchiveWriter['write']>
  ) => Promise<Result<Archive>> = async (root, parent, _label, about, count, itemAt, signal) => {
    const saved: Saved = { files: [], gaps: [] }
    for (let index = 0; index < count && !signal.aborted; index += 1) {
      await saveItem(root, index, await itemAt(index), saved, signal)
    }
    if (signal.aborted) {
      await rm(root, { recursive: true, force: true })
      return fail({ kind: 'canceled' })
    }
    const gaps = saved.gaps.slice(0, mostGaps)
    const manifest = {
      format: 'replica-desk-archive',
      version: 1,
      ...about,
      files: saved.files,
      gaps
    }
    const path = join(root, 'manifest.json')
    const written = await saveText(path, toJson(manifest))
    if (written === null) return fail({ kind: 'storage-failed', reason: 'other' })
    await syncFolder(root)
    const savedAt = deps.clock.nowAt()
    const files = [...saved.files, { name: 'manifest.json', ...sizeAndSum(written) }]
    return ok({ folderName: relative(parent, root), savedAt, files, gaps })
  }

  return {
    write: async (...given) => {
      const [parent, label] = given
      let root: string | null = null
      try {
        root = await makeFolder(parent, safeName(label) || 'Replica Desk archive')
        return await writeInto(root, ...given)
      } catch (error) {
        // Without its manifest it would pass for more than it is; nothing in it is anybody else's.
        if (root !== null) await rm(root, { recursive: true, force: true })
        const reason = diskReason(error)
        if (reason === null) throw error
        return fail({ kind: 'storage-failed', reason })
      }
    }
  }
}

const sizeAndSum = ({ sizeBytes, sha256 }: Omit<ArchivedFile, 'name'>) => ({ sizeBytes, sha256 })
