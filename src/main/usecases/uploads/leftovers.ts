import type { BucketId } from '../../../shared/domain/bucket.ts'
import type { UploadId } from '../../../shared/domain/local-video.ts'
import type { Leftovers } from '../../../shared/domain/upload.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store, UploadRecord } from '../../ports/store.ts'
import { newId } from '../new-id.ts'
import { type BucketAccess, never } from './bucket-access.ts'
import { fileUseOver } from './file-use.ts'

/** Unfinished uploads of others may still be going on, on another computer for example. */
const oldUnfinishedMs = 24 * 60 * 60_000
/** As many as the window is ever told of. */
const mostLeft = 200

/** Whether an object is named as uploads name them: other programs may use the same bucket. */
const isOwnKey = (prefix: string, objectKey: string): boolean =>
  objectKey.startsWith(prefix) && /^[0-9a-f]{16}-/.test(objectKey.slice(prefix.length))

export interface LeftoverDeps {
  readonly store: Store
  readonly clock: Clock
  readonly access: BucketAccess
  /** The app ends. */
  readonly stopping: AbortSignal
  /** Whether a draft that can be sent, or whose answer is not known, has it. */
  readonly isOfDraft: (record: UploadRecord) => boolean
}

/** What lies in buckets and is of no use any more: found when asked for, and removed one press at a time. */
export const createLeftovers = (deps: LeftoverDeps) => {
  const { store, clock, isOfDraft } = deps
  const { withBucket, again, fileEvent } = deps.access
  /** Ids that the window knows unfinished uploads by. */
  const unfinishedIds = new Map<
    string,
    { readonly objectKey: string; readonly multipartId: string }
  >()

  /** Files in a bucket that no draft needs any more. */
  const leftFiles = (bucketId: BucketId): Leftovers['files'] =>
    store.read.uploads().flatMap((record) => {
      if (record.bucketId !== bucketId || record.state !== 'done') return []
      const over = fileUseOver(store.read, record, isOfDraft(record), Date.parse(clock.nowAt()))
      if (over === null) return []
      const { id: uploadId, fileName, sizeBytes, doneAt, begunAt } = record
      return [{ uploadId, fileName, sizeBytes, doneAt: doneAt ?? begunAt, ...over }]
    })

  /** What lies in a bucket and is of no use any more. Network. */
  const leftovers = async (bucketId: BucketId): Promise<Result<Leftovers>> => {
    const bucket = store.read.bucket(bucketId)
    if (bucket === null) return fail({ kind: 'not-found' })
    const listed = await withBucket(bucketId, (client) =>
      again(() => client.listUnfinished(bucket.prefix, deps.stopping))
    )
    if (!listed.ok) return listed
    const ours = new Set(store.read.uploads().map(({ multipartId }) => multipartId))
    const before = Date.parse(clock.nowAt()) - oldUnfinishedMs
    const unfinished = (listed.value ?? [])
      .filter(({ objectKey }) => isOwnKey(bucket.prefix, objectKey))
      .filter(({ multipartId, begunAt }) => !ours.has(multipartId) && Date.parse(begunAt) < before)
      .slice(0, mostLeft)
      .map((upload) => {
        const id = newId('upl')
        unfinishedIds.set(id, upload)
        return { id, name: upload.objectKey.split('/').at(-1) ?? '', begunAt: upload.begunAt }
      })
    return ok({ files: leftFiles(bucketId).slice(0, mostLeft), unfinished })
  }

  /** Takes a file out of the bucket that no draft needs any more. */
  const removeFile = async (id: UploadId): Promise<Result<Record<never, never>>> => {
    const record = store.read.upload(id)
    if (record === null) return fail({ kind: 'not-found' })
    const { bucketId, objectKey } = record
    if (!leftFiles(bucketId).some(({ uploadId }) => uploadId === id)) {
      return fail({ kind: 'not-found' })
    }
    const removed = await withBucket(bucketId, (client) =>
      again(() => client.remove(objectKey, never))
    )
    if (!removed.ok) return removed
    const event = fileEvent('video-removed', record)
    const stored = store.transaction((write) => {
      write.removeUpload(id)
      write.append(event)
    })
    return stored.ok ? ok({}) : stored
  }

  const removeUnfinished = async (
    bucketId: BucketId,
    ids: readonly string[]
  ): Promise<Result<Record<never, never>>> =>
    withBucket(bucketId, async (client) => {
      for (const id of ids) {
        const upload = unfinishedIds.get(id)
        if (upload === undefined) return fail({ kind: 'not-found' })
        const aborted = await again(() => client.abort(upload, never))
        if (!aborted.ok) return aborted
        unfinishedIds.delete(id)
      }
      return ok({})
    })

  return { leftovers, removeFile, removeUnfinished }
}
