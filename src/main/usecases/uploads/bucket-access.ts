import type { HistoryEventType } from '../../../shared/catalogue/history-events.ts'
import type { BucketId } from '../../../shared/domain/bucket.ts'
import type { HistoryBody, NewHistoryEvent } from '../../../shared/domain/history.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { BucketClient, OpenBucket } from '../../ports/bucket-client.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store, UploadRecord } from '../../ports/store.ts'
import { appEvent } from '../history-event.ts'
import type { KeyRing } from '../key-ring.ts'
import { retried } from './retried.ts'

export interface BucketAccessDeps {
  readonly store: Pick<Store, 'read'>
  readonly keyRing: Pick<KeyRing, 'connectBucket'>
  readonly openBucket: OpenBucket
  readonly clock: Clock
  readonly random: () => number
  /** The app ends. */
  readonly stopping: AbortSignal
}

/** For requests that are never broken off, because their effect could not be known then. */
export const never: AbortSignal = new AbortController().signal

/** The way to the buckets that connections name, and what the history keeps of a file there. */
export const createBucketAccess = (deps: BucketAccessDeps) => {
  const { store } = deps

  const open = async (bucketId: BucketId): Promise<Result<BucketClient>> => {
    const bucket = store.read.bucket(bucketId)
    if (bucket === null) return fail({ kind: 'not-found' })
    return deps.openBucket(deps.keyRing.connectBucket(bucket))
  }

  /** With a client that is closed again, and its secret forgotten. */
  const withBucket = async <T>(
    bucketId: BucketId,
    work: (client: BucketClient) => Promise<Result<T>>
  ): Promise<Result<T>> => {
    const client = await open(bucketId)
    if (!client.ok) return client
    try {
      return await work(client.value)
    } finally {
      client.value.close()
    }
  }

  const again = <T>(ask: () => Promise<Result<T>>): Promise<Result<T>> =>
    retried(deps, deps.stopping, ask)

  /** What the history keeps of a file in a bucket: no path, and nothing of a link. */
  const fileEvent = (
    type: HistoryEventType,
    { fileName, sizeBytes, bucketId }: UploadRecord,
    more: HistoryBody = {}
  ): NewHistoryEvent => {
    const bucket = store.read.bucket(bucketId)
    return appEvent(type, {
      file: fileName,
      bytes: sizeBytes,
      bucket: bucket?.name ?? '',
      host: bucket === null ? null : new URL(bucket.endpoint).host,
      ...more
    })
  }

  return { open, withBucket, again, fileEvent }
}
export type BucketAccess = ReturnType<typeof createBucketAccess>
