import { dirname } from 'node:path'

/** What a dialog of the system asks for: each is used from a folder of its own. */
export type DialogKind = 'save' | 'folder' | 'file' | 'video'

/** Where each dialog was last used in this run; in memory alone. `first`: where one begins that was not used yet. */
export const createLastFolders = (first: string) => {
  const folders = new Map<DialogKind, string>()
  return {
    of: (kind: DialogKind): string => folders.get(kind) ?? first,
    /** `path`: what was chosen. */
    note: (kind: DialogKind, path: string): void => {
      folders.set(kind, dirname(path))
    }
  }
}
export type LastFolders = ReturnType<typeof createLastFolders>
