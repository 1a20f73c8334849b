import type { Bucket } from '../../shared/domain/bucket.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/**
 * A bucket as its adapter needs it: where requests go, and the one key they may be signed with, bound when the
 * connection was made. Made by the key ring alone ([0011](../../../docs/adr/0011-connections.md)).
 */
export interface BucketConnection
  extends Pick<Bucket, 'endpoint' | 'region' | 'bucket' | 'isPathStyle' | 'accessKeyId'> {
  /** The secret, if it is the one that was saved for this place and access key id. `account-changed`, `key-damaged`. */
  readonly readSecret: () => Promise<Result<string>>
  /** Whether the connection still has this place and key; asked right before each request. Null: it has. */
  readonly objection: () => AppError | null
}

/** A part as storage has it. `etag` without quotation marks. */
export interface StoredPart {
  readonly number: number
  readonly sizeBytes: number
  readonly etag: string
}

/** A range of a file on this computer. */
export interface FileRange {
  readonly path: string
  readonly start: number
  readonly length: number
}

/** An upload that was begun and neither completed nor aborted. */
export interface UnfinishedUpload {
  readonly objectKey: string
  readonly multipartId: string
  readonly begunAt: string
}

/**
 * What uploads ask of a bucket. One request each, none is repeated here: failures are `bucket-failed` with what is wrong,
 * `canceled`, or the connection's own objection.
 */
export interface BucketClient {
  /** Writes a small object. */
  put(objectKey: string, body: Buffer, signal: AbortSignal): Promise<Result<null>>
  /** Reads a small object. */
  get(objectKey: string, signal: AbortSignal): Promise<Result<Buffer>>
  /** Removes an object; one that is not there counts as removed. */
  remove(objectKey: string, signal: AbortSignal): Promise<Result<null>>
  /** Size in bytes and ETag of an object; null: it is not there. */
  head(
    objectKey: string,
    signal: AbortSignal
  ): Promise<Result<{ readonly sizeBytes: number; readonly etag: string } | null>>
  /** MD5 in hex of a range of an object, read back and not kept. */
  hashRange(
    objectKey: string,
    range: { readonly start: number; readonly length: number },
    signal: AbortSignal
  ): Promise<Result<string>>
  /** Begins a multipart upload and answers its id. */
  begin(objectKey: string, contentType: string, signal: AbortSignal): Promise<Result<string>>
  /**
   * Sends one part from the file, read as it is sent. `onBytes` is told of bytes as they leave. Answers what storage
   * calls it, and the MD5 in hex of what was sent.
   */
  sendPart(
    upload: { readonly objectKey: string; readonly multipartId: string; readonly number: number },
    range: FileRange,
    onBytes: (bytes: number) => void,
    signal: AbortSignal
  ): Promise<Result<{ readonly etag: string; readonly md5: string }>>
  /** The parts that arrived; null: this storage does not tell. `upload-gone`. */
  listParts(
    upload: { readonly objectKey: string; readonly multipartId: string },
    signal: AbortSignal
  ): Promise<Result<readonly StoredPart[] | null>>
  complete(
    upload: { readonly objectKey: string; readonly multipartId: string },
    parts: readonly StoredPart[],
    signal: AbortSignal
  ): Promise<Result<null>>
  /** Takes an unfinished upload away with its parts. One that is not known counts as gone. */
  abort(
    upload: { readonly objectKey: string; readonly multipartId: string },
    signal: AbortSignal
  ): Promise<Result<null>>
  /** Unfinished uploads whose objects' names begin so; null: this storage does not tell. */
  listUnfinished(
    prefix: string,
    signal: AbortSignal
  ): Promise<Result<readonly UnfinishedUpload[] | null>>
  /** A link to read an object with for some seconds, by the server's clock as far as it is known. No request. */
  linkTo(objectKey: string, seconds: number): Promise<Result<string>>
  /** The time by the server's clock, ISO 8601 UTC; this computer's until an answer told that it differs. */
  serverNowAt(): string
  /** Ends the connections; the secret is forgotten. */
  close(): void
}

/** Opens a client for a connection: reads its secret and holds it until `close`. */
export type OpenBucket = (connection: BucketConnection) => Promise<Result<BucketClient>>
