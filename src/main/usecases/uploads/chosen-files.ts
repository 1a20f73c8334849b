import { basename } from 'node:path'
import type { RefusedVideo } from '../../../shared/domain/local-video.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { ChosenFile } from '../draft-files.ts'
import type { AddedDrafts } from '../drafts.ts'
import { readFileFacts } from './local-file.ts'
import { isTrouble } from './retried.ts'

/** A file as it lies at a path now. `bucket-failed`: it is not there, or no file that can be read. */
export const chosenFile = async (path: string): Promise<Result<ChosenFile>> => {
  const facts = await readFileFacts(path)
  return facts.ok ? ok({ path, fileName: basename(path), sizeBytes: facts.value.sizeBytes }) : facts
}

/**
 * Makes drafts of the files that can be taken, and says of each other one why it was not: one bad file among many keeps
 * none of them out. An empty path is that of something that lies nowhere on the disk.
 */
export const addChosenFiles = async (
  paths: readonly string[],
  addVideos: (files: readonly ChosenFile[]) => Result<AddedDrafts>
): Promise<Result<{ readonly added: AddedDrafts['added']; readonly refused: RefusedVideo[] }>> => {
  const taken: { readonly index: number; readonly file: ChosenFile }[] = []
  const refused: RefusedVideo[] = []
  for (const [index, path] of paths.entries()) {
    const file = await chosenFile(path)
    if (file.ok) taken.push({ index, file: file.value })
    else {
      const isMissing = path !== '' && isTrouble(file.error, 'file-missing')
      refused.push({ index, why: isMissing ? 'missing' : 'unreadable' })
    }
  }
  if (taken.length === 0) return ok({ added: [], refused })
  const drafts = addVideos(taken.map(({ file }) => file))
  if (!drafts.ok) return drafts
  const { added, leftOut } = drafts.value
  const noRoom = taken.slice(taken.length - leftOut)
  return ok({
    added,
    refused: [...refused, ...noRoom.map(({ index }) => ({ index, why: 'no-room' as const }))]
  })
}
