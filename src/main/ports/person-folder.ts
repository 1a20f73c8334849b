import type { Archive, ArchivedFile } from '../../shared/domain/archive.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import type { ConsentNote } from '../../shared/domain/consent-note.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { Note } from '../../shared/domain/note.ts'
import type { Person } from '../../shared/domain/person.ts'
import type { Result } from '../../shared/result.ts'
import type { ArchiveDownload } from './archive-writer.ts'

type Gaps = Archive['gaps']

/** One thing of the person. */
export interface FolderItem {
  /** The same in every run, and of no other item. */
  readonly key: string
  /** For its folder's name; made safe by the writer. */
  readonly label: string
}

/** What there is of it now. */
export interface FolderContent {
  /** Plain facts, redacted. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly downloads: readonly ArchiveDownload[]
  /** Texts that are no file anywhere; their names as in the folder. */
  readonly texts: readonly FolderPage[]
  /** What else could not be had, and why. */
  readonly gaps: Gaps
  /** Why nobody could say where its pictures and films are; null: they were told. */
  readonly missing: Gaps[number]['reason'] | null
}

/** What was saved of an item. Names are paths inside the folder, with `/`. */
export interface FolderSaved {
  readonly key: string
  readonly files: readonly ArchivedFile[]
  readonly gaps: Gaps
}

/** A file that is made of what was saved, such as the index. */
export interface FolderPage {
  /** Plain ASCII, without a folder. */
  readonly name: string
  readonly text: string
}

export interface FolderOrder {
  /** Where the folder is to stand, or one that was begun before, or where such a one stands. */
  readonly parent: string
  /** For the folder's name. */
  readonly label: string
  /** A folder that was begun is gone on with if it is of the same owner. */
  readonly owner: string
  readonly items: readonly FolderItem[]
  /** Asked just before an item is saved, as links may not last. */
  readonly contentOf: (item: FolderItem, signal: AbortSignal) => Promise<FolderContent>
  readonly pagesOf: (saved: readonly FolderSaved[]) => readonly FolderPage[]
  /** Items that are through, and bytes in the folder, those of an earlier run too. */
  readonly onProgress: (done: number, sizeBytes: number) => void
}

export interface FolderWritten {
  /** The folder itself. */
  readonly path: string
  readonly folderName: string
  /** How many files its list of sums has. */
  readonly files: number
  readonly sizeBytes: number
  readonly gaps: Gaps
  /** Of the file SHA256SUMS. */
  readonly sumsSha256: string
}

/** Writes everything of a person into one folder, and goes on where an earlier run was ended. */
export interface PersonFolderWriter {
  /**
   * Saves the items one after another, then the pages, then SHA256SUMS; each file is read back. What cannot be fetched
   * becomes a gap. A file that an earlier run saved and whose sum is right is not fetched again. `storage-failed` and
   * `canceled` (the signal was aborted) leave what is there, to go on with; until `finish` it counts as begun.
   */
  write(order: FolderOrder, signal: AbortSignal): Promise<Result<FolderWritten>>
  /** Nothing is left to be done in the folder. */
  finish(path: string): Promise<void>
}

/** What the index of a folder tells. */
export interface PersonPageFacts {
  readonly person: Pick<Person, 'name' | 'consent' | 'note'>
  readonly savedAt: string
  readonly items: readonly {
    readonly asset: Asset
    readonly accountName: string
    readonly providerName: string
    readonly saved: FolderSaved
    /** What was written down about it. */
    readonly note: Note
  }[]
  readonly notes: readonly ConsentNote[]
  /** Oldest first. */
  readonly history: readonly HistoryEvent[]
}
