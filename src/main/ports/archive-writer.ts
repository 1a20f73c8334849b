import type { Archive } from '../../shared/domain/archive.ts'
import type { Result } from '../../shared/result.ts'

/** A file to fetch for an archive. */
export interface ArchiveDownload {
  /** What it is called there, without an extension: `thumbnail`, `video`. */
  readonly stem: string
  /** Whole and secret; null: nobody told where it is, which becomes a gap. */
  readonly url: string | null
  /** The account's own address, if that is on this computer. */
  readonly allowLoopbackOrigin: string | null
}

/** One thing to save. */
export interface ArchiveItem {
  /** For its folder's name; made safe by the writer. */
  readonly label: string
  /** Plain facts, redacted. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly downloads: readonly ArchiveDownload[]
}

/** Writes what a plan would remove into a folder of the person's choice. */
export interface ArchiveWriter {
  /**
   * Makes a new folder inside `parent`, saves the items one after another, each file with its SHA-256, and a manifest
   * of them all; everything is read back. What cannot be fetched becomes a gap. `itemAt` is asked for each item just
   * before it is saved, as its links may not last. `storage-failed`: the folder or the manifest could not be written.
   * `canceled`: the signal was aborted; no half file is left.
   */
  write(
    parent: string,
    label: string,
    about: Readonly<Record<string, unknown>>,
    count: number,
    itemAt: (index: number) => Promise<ArchiveItem>,
    signal: AbortSignal
  ): Promise<Result<Archive>>
}
