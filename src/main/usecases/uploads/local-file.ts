import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { BucketTrouble } from '../../../shared/catalogue/bucket-troubles.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { FileRange } from '../../ports/bucket-client.ts'

/** What tells a file from what it was before. */
export interface FileFacts {
  readonly sizeBytes: number
  readonly modifiedMs: number
}

const troubled = (error: unknown): BucketTrouble =>
  error instanceof Error && Reflect.get(error, 'code') === 'ENOENT'
    ? 'file-missing'
    : 'file-unreadable'

/** `bucket-failed`: it is not there, or no file that can be read. */
export const readFileFacts = async (path: string): Promise<Result<FileFacts>> => {
  try {
    const found = await stat(path)
    if (!found.isFile()) return fail({ kind: 'bucket-failed', trouble: 'file-unreadable' })
    return ok({ sizeBytes: found.size, modifiedMs: found.mtimeMs })
  } catch (error) {
    return fail({ kind: 'bucket-failed', trouble: troubled(error) })
  }
}

/** MD5 in hex of a range of a file. */
export const hashFileRange = async (
  { path, start, length }: FileRange,
  signal: AbortSignal
): Promise<Result<string>> => {
  const hash = createHash('md5')
  try {
    await pipeline(createReadStream(path, { start, end: start + length - 1 }), hash, { signal })
    return ok(hash.digest('hex'))
  } catch (error) {
    if (signal.aborted) return fail({ kind: 'canceled' })
    return fail({ kind: 'bucket-failed', trouble: troubled(error) })
  }
}
