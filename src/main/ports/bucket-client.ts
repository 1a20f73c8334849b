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
