import { draftFields, type VideoField } from '../../../shared/catalogue/draft-fields.ts'
import type { Draft } from '../../../shared/domain/draft.ts'

/** More than a table shows at a time, so that no row pushes another's out; each takes about a megabyte. */
const most = 60

const frames = new Map<string, ImageBitmap>()
const listeners = new Set<() => void>()

/** What a frame is of: this draft's link or file, until another takes its place. */
export const frameKey = (draft: Draft, field: VideoField): string => {
  const link = draft[draftFields[field].view]
  const file = draft.files[field]
  const source = link?.sha256 ?? `${file?.fileName} ${file?.sizeBytes}`
  return `${draft.id} ${field} ${source}`
}

/** Frames of videos, in memory only; the oldest go first. */
export const keptFrames = {
  get: (key: string): ImageBitmap | null => frames.get(key) ?? null,
  put: (key: string, frame: ImageBitmap): void => {
    frames.set(key, frame)
    const [oldest] = frames.keys()
    if (frames.size > most && oldest !== undefined) {
      frames.get(oldest)?.close()
      frames.delete(oldest)
    }
    for (const listener of listeners) listener()
  },
  /** For `useSyncExternalStore`. */
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
}
