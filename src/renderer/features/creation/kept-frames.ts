/** More than a person has on the screen while they work on drafts; each takes about a megabyte. */
const most = 30

const frames = new Map<string, ImageBitmap>()

/** Frames of videos, in memory only; the oldest go first. */
export const keptFrames = {
  get: (mediaId: string): ImageBitmap | null => frames.get(mediaId) ?? null,
  put: (mediaId: string, frame: ImageBitmap): void => {
    frames.set(mediaId, frame)
    const [oldest] = frames.keys()
    if (frames.size <= most || oldest === undefined) return
    frames.get(oldest)?.close()
    frames.delete(oldest)
  }
}
