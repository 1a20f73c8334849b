import type { VideoField } from '../../../shared/catalogue/draft-fields.ts'
import type { DraftId } from '../../../shared/domain/draft.ts'
import type { UploadId } from '../../../shared/domain/local-video.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { BucketClient } from '../../ports/bucket-client.ts'
import type { Store, UploadRecord } from '../../ports/store.ts'
import type { BucketAccess } from './bucket-access.ts'
import { linkSeconds } from './file-use.ts'
import { readFileFacts } from './local-file.ts'
import { retried } from './retried.ts'
import type { UploadDeps } from './uploads.ts'

/** A link younger than this is good enough to be sent. */
const freshLinkMs = 24 * 60 * 60_000
/** A link is made without an answer rather than waited for longer. */
const longestLookMs = 10_000

export interface UploadLinkDeps
  extends Pick<UploadDeps, 'drafts' | 'clock' | 'elapsedMs' | 'random' | 'stopping'> {
  readonly store: Store
  readonly access: BucketAccess
  /** The upload of a field's file, if there is one. */
  readonly known: (draftId: DraftId, field: VideoField) => UploadRecord | null
  /** Changes an upload as it is stored by now, and tells. */
  readonly change: (id: UploadId, patch: Partial<UploadRecord>) => Result<UploadRecord>
}

/** Links to uploaded files: made by the clock of the storage service, and young whenever they are sent. */
export const createUploadLinks = (deps: UploadLinkDeps) => {
  const { store, drafts, known, change } = deps
  const { withBucket, fileEvent } = deps.access
  /** When links were made, by the elapsed time. */
  const linkedMs = new Map<UploadId, number>()
  /** What the clocks of storage services said, by the origins of their links, with the elapsed time at which. */
  const storageTimes = new Map<string, { readonly timeMs: number; readonly elapsedMs: number }>()

  const makeLink = async (client: BucketClient, record: UploadRecord): Promise<Result<null>> => {
    const link = await client.linkTo(record.objectKey, linkSeconds)
    if (!link.ok) return link
    // On record before anybody can be given it.
    const signedMs = Date.parse(client.serverNowAt())
    const untilAt = new Date(signedMs + linkSeconds * 1000).toISOString()
    const event = fileEvent('video-link-made', record, { untilAt })
    const noted = store.transaction((write) => {
      write.append(event)
      return null
    })
    if (!noted.ok) return noted
    linkedMs.set(record.id, deps.elapsedMs())
    storageTimes.set(new URL(link.value).origin, { timeMs: signedMs, elapsedMs: deps.elapsedMs() })
    drafts.setUploadedLink(record.draftId, record.field, link.value)
    return ok(null)
  }

  /** The object as storage has it, asked for in a moment; what it answers tells the time there as well. */
  const lookAt = (client: BucketClient, { objectKey }: UploadRecord) => {
    const signal = AbortSignal.any([AbortSignal.timeout(longestLookMs), deps.stopping])
    return retried(deps, signal, () => client.head(objectKey, signal))
  }

  /**
   * A link in the place of an old one. Where storage cannot be asked, it is made all the same: it may be there again by the
   * time that somebody uses it. What is gone from the bucket has to be uploaded again.
   */
  const remakeLink = async (client: BucketClient, record: UploadRecord): Promise<Result<null>> => {
    const head = await lookAt(client, record)
    if (!head.ok || head.value?.sizeBytes === record.sizeBytes) return makeLink(client, record)
    const error = { kind: 'bucket-failed', trouble: 'object-gone' } as const
    drafts.setUploadedLink(record.draftId, record.field, '')
    const nothing = { state: 'failed', error, sentBytes: 0, doneAt: null } as const
    const changed = change(record.id, nothing)
    return changed.ok ? fail(error) : changed
  }

  /** Whether a file is the one that was uploaded. What is gone from this computer is so still in the bucket. */
  const isAsUploaded = async (record: UploadRecord): Promise<boolean> => {
    const facts = await readFileFacts(record.filePath)
    if (!facts.ok) return true
    const { sizeBytes, modifiedMs } = facts.value
    if (sizeBytes === record.sizeBytes && modifiedMs === record.fileModifiedMs) return true
    drafts.setChanged(record.draftId, record.field, sizeBytes)
    return false
  }

  /**
   * Links of a draft's uploaded files, made anew unless they are young: seven days begin with what is sent. A file that
   * was changed since gets none, as the bucket holds another one.
   */
  const refreshLinks = async (draftId: DraftId): Promise<Result<null>> => {
    for (const record of store.read.uploads()) {
      const madeMs = linkedMs.get(record.id) ?? Number.NEGATIVE_INFINITY
      const isYoung = deps.elapsedMs() - madeMs < freshLinkMs
      if (record.draftId !== draftId || record.state !== 'done') continue
      if (known(draftId, record.field)?.id !== record.id) continue
      if (!(await isAsUploaded(record)) || isYoung) continue
      const made = await withBucket(record.bucketId, (client) => remakeLink(client, record))
      if (!made.ok) return made
    }
    return ok(null)
  }

  /** Links of all drafts that can be sent: however long the app stays open, none runs out while its draft waits. */
  const keepLinksFresh = async (): Promise<void> => {
    for (const id of new Set(store.read.uploads().map(({ draftId }) => draftId))) {
      const draft = drafts.get(id)
      if (draft.ok && draft.value.state === 'editing') await refreshLinks(id)
    }
  }

  /** The time by the clock of the storage service that a link leads to; null: it did not tell. */
  const storageNowAt = (url: string): string | null => {
    const reading = URL.canParse(url) ? storageTimes.get(new URL(url).origin) : undefined
    return reading === undefined
      ? null
      : new Date(reading.timeMs + deps.elapsedMs() - reading.elapsedMs).toISOString()
  }

  return { makeLink, refreshLinks, keepLinksFresh, storageNowAt }
}
