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
