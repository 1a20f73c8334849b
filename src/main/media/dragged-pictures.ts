import { copyFile, mkdir, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { MediaCache } from './media-cache.ts'

/**
 * Copies of kept pictures under the names of those they show, for the system to take along. Whoever gets one may read
 * it later, so they stay until the next run.
 */
export const createDraggedPictures = (cache: Pick<MediaCache, 'pictureFile'>, folder: string) => {
  let emptied: Promise<void> | null = null
  const copy = async (posterId: string, fileName: string): Promise<string | null> => {
    const kept = await cache.pictureFile(posterId)
    if (kept === null) return null
    emptied ??= rm(folder, { recursive: true, force: true })
    await emptied
    // Two of the same name must not be each other's picture.
    const own = join(folder, posterId)
    await mkdir(own, { recursive: true, mode: 0o700 })
    const file = join(own, `${fileName}${extname(kept)}`)
    await copyFile(kept, file)
    return file
  }
  return {
    copy,
    remove: (posterId: string): Promise<void> =>
      rm(join(folder, posterId), { recursive: true, force: true })
  }
}
