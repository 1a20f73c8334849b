import type { BackupFacts } from '../../shared/domain/backup.ts'
import type { Result } from '../../shared/result.ts'

/** A copy of the database without keys, in a file that whoever asked for it takes away. */
export interface PortableCopy {
  readonly file: string
  readonly facts: Omit<BackupFacts, 'appVersion' | 'madeAt'>
}

/** A picture or clip that is kept on this computer. */
export interface KeptFile {
  /** 32 hexadecimal digits and an ending. */
  readonly name: string
  readonly path: string
}

export interface BackupContent {
  readonly database: string
  readonly settings: string
  /** What the file holds, in the person's language. */
  readonly words: string
  readonly pictures: readonly KeptFile[]
}

export type BackupStep = 'writing' | 'checking'

/** Writes a backup under a passing name, reads it back, and only then gives it its name. */
export interface BackupWriter {
  /**
   * Bytes of all parts are told as they go through each step. Pictures that are gone by the time they are read are left
   * out; the facts that come back count those that are in it. `canceled`, `storage-failed`: no file is left.
   */
  write(
    path: string,
    facts: BackupFacts,
    content: BackupContent,
    onProgress: (step: BackupStep, done: number, all: number) => void,
    signal: AbortSignal
  ): Promise<Result<{ readonly facts: BackupFacts; readonly sizeBytes: number }>>
}

/** What a backup would bring here. Nothing that is here already is counted. */
export interface BackupLook {
  readonly accounts: readonly { readonly name: string; readonly isKnown: boolean }[]
  readonly assets: number
  /** Names of people who are not here, or cannot be told to be. */
  readonly persons: readonly string[]
  readonly consentNotes: number
  /** Notes and tags of assets and people. */
  readonly notes: number
  readonly drafts: number
  readonly deletions: number
  /** Of these, those that were open on the other computer and arrive as ended. */
  readonly openDeletions: number
  readonly records: number
}

/** How much came in, or is newer now. */
export interface TakenIn {
  readonly accounts: number
  readonly assets: number
  readonly persons: number
  readonly consentNotes: number
  /** Notes and tags of assets and people. */
  readonly notes: number
  readonly drafts: number
  readonly deletions: number
  readonly records: number
  /** How far the other computer's own history had come; null: it was empty. */
  readonly end: { readonly seq: number; readonly hash: string } | null
}

export interface UnpackedBackup {
  readonly facts: BackupFacts
}

/** Unpacks a backup. Every part is held against its size and sum on the way. */
export interface BackupReader {
  /**
   * Fills a folder with `library.sqlite`, `settings.json` and `pictures`. `backup-refused`, `canceled`, `storage-failed`: the
   * folder is not there.
   */
  unpack(
    path: string,
    folder: string,
    onProgress: (done: number, all: number) => void,
    signal: AbortSignal
  ): Promise<Result<UnpackedBackup>>
}
