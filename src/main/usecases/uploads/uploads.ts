import type { VideoField } from '../../../shared/catalogue/draft-fields.ts'
import type { HistoryEventType } from '../../../shared/catalogue/history-events.ts'
import { isUploadBeingSent, uploadGoesOn } from '../../../shared/catalogue/upload-states.ts'
import type { BucketId } from '../../../shared/domain/bucket.ts'
import type { Draft, DraftId } from '../../../shared/domain/draft.ts'
import type { NewHistoryEvent } from '../../../shared/domain/history.ts'
import { type UploadId, uploadIdSchema } from '../../../shared/domain/local-video.ts'
import type { Upload } from '../../../shared/domain/upload.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { BucketClient, OpenBucket } from '../../ports/bucket-client.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Emit } from '../../ports/emit.ts'
import type { BucketRecord, Store, UploadRecord } from '../../ports/store.ts'
import type { Supervisor } from '../../ports/supervisor.ts'
import { createThrottle } from '../../rules/throttle.ts'
import type { KeyRing } from '../key-ring.ts'
import { newId } from '../new-id.ts'
import { createBucketAccess, never } from './bucket-access.ts'
import { createLeftovers } from './leftovers.ts'
import { readFileFacts } from './local-file.ts'
import { createProgress, type Progress } from './progress.ts'
import { isTrouble, unlessDenied } from './retried.ts'
import { partBytesFor, sendFile } from './send-file.ts'
import { createUploadLinks } from './upload-links.ts'

/** The part of the drafts that is used here. */
export interface UploadDrafts {
  get(id: DraftId): Result<Draft>
  /** Where a field's file lies; null: it has none. */
  filePath(id: DraftId, field: VideoField): string | null
  /** Every file that a draft's video is to be made of, and where it lies. */
  localFiles(): readonly {
    readonly draftId: DraftId
    readonly field: VideoField
    readonly path: string
  }[]
  setMissing(id: DraftId, field: VideoField, isMissing: boolean): void
  /** The file is another one than what was uploaded of it, and so large now. */
  setChanged(id: DraftId, field: VideoField, sizeBytes: number): void
  /** Ties an upload to a field's file, or unties it. */
  setUpload(id: DraftId, field: VideoField, uploadId: UploadId | null): void
  /** The creation that a draft was sent by; null: it was not sent. */
  operationOf(id: DraftId): string | null
  /** The link to what was uploaded of a field's file becomes the field's link. */
  setUploadedLink(id: DraftId, field: VideoField, url: string): void
}

export interface UploadDeps {
  readonly store: Store
  readonly keyRing: Pick<KeyRing, 'connectBucket'>
  readonly openBucket: OpenBucket
  readonly drafts: UploadDrafts
  readonly clock: Clock
  /** Milliseconds on a clock that nobody sets and that goes on while the computer sleeps. */
  readonly elapsedMs: () => number
  readonly random: () => number
  readonly emit: Emit
  readonly supervisor: Pick<Supervisor, 'start'>
  /** The app ends: what is being sent goes on with the next start. */
  readonly stopping: AbortSignal
}

interface Running {
  readonly id: UploadId
  readonly stop: AbortController
  readonly progress: Progress
  readonly ended: Promise<void>
}

const tellEveryMs = 300
const noteEveryMs = 5_000
/** Long enough to cancel what is under way to a bucket that answers, and short enough to wait for. */
const longestGoodbyeMs = 15_000

const isUnderWay = ({ state }: UploadRecord): boolean => state !== 'done' && state !== 'canceled'

/** What every server takes in a name, so that links to it need no escapes; the end of a name tells the most. */
const safeName = (fileName: string): string =>
  fileName
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(-80) || 'video.mp4'

/** Local videos on their way into a person's own bucket: one at a time, through restarts, and never twice. */
export const createUploads = (deps: UploadDeps) => {
  const { store, drafts, clock } = deps
  const access = createBucketAccess(deps)
  const { open, withBucket, again, fileEvent } = access
  let running: Running | null = null
  const startedOver = new Set<UploadId>()
  /** Waiting ones that could not be noted as being sent: not tried again before somebody asks, or sleep ends. */
  const blocked = new Set<UploadId>()
  const cleanings = new Map<UploadId, Promise<unknown>>()

  const view = (record: UploadRecord): Upload => {
    const now = running?.id === record.id ? running.progress : null
    const sentBytes = Math.max(0, now?.sentBytes() ?? record.sentBytes)
    const bytesPerSecond = record.state === 'sending' ? (now?.bytesPerSecond() ?? null) : null
    const left = record.sizeBytes - sentBytes
    return {
      id: record.id,
      draftId: record.draftId,
      field: record.field,
      bucketId: record.bucketId,
      fileName: record.fileName,
      sizeBytes: record.sizeBytes,
      sentBytes: record.state === 'done' ? record.sizeBytes : sentBytes,
      bytesPerSecond,
      secondsLeft: bytesPerSecond === null || bytesPerSecond === 0 ? null : left / bytesPerSecond,
      state: record.state,
      hasStartedOver: startedOver.has(record.id),
      error: record.error
    }
  }

  const tell = (id: UploadId): void => {
    const record = store.read.upload(id)
    if (record !== null) deps.emit('upload:changed', view(record))
  }
  const tellSometimes = createThrottle<UploadId>(clock, tellEveryMs, tell)

  const find = (id: UploadId): Result<UploadRecord> => {
    const record = store.read.upload(id)
    return record === null ? fail({ kind: 'not-found' }) : ok(record)
  }

  const put = (record: UploadRecord, event: NewHistoryEvent | null = null): Result<UploadRecord> =>
    store.transaction((write) => {
      write.putUpload(record)
      if (event !== null) write.append(event)
      return record
    })

  /** As it is stored by now, changed and told. */
  const change = (
    id: UploadId,
    patch: Partial<UploadRecord>,
    event: HistoryEventType | null = null
  ): Result<UploadRecord> => {
    const found = find(id)
    if (!found.ok) return found
    const record = { ...found.value, ...patch }
    const changed = put(record, event === null ? null : fileEvent(event, record))
    tell(id)
    return changed
  }

  /** What a run has come to; what was paused or canceled meanwhile stays so. */
  const changeSending: typeof change = (id, patch, event = null) => {
    const found = find(id)
    if (!found.ok) return found
    return isUploadBeingSent(found.value) ? change(id, patch, event) : fail({ kind: 'canceled' })
  }

  /** Takes away whatever lies in the bucket of an upload, and looks that it is gone. */
  const clear = async (
    client: BucketClient,
    { objectKey, multipartId }: UploadRecord
  ): Promise<Result<null>> => {
    const known = multipartId === null ? [] : [{ objectKey, multipartId }]
    const listed = unlessDenied(await again(() => client.listUnfinished(objectKey, never)))
    if (!listed.ok) return listed
    for (const upload of [...known, ...(listed.value ?? [])]) {
      const aborted = await again(() => client.abort(upload, never))
      if (!aborted.ok) return aborted
      const parts = await again(() => client.listParts(upload, never))
      if (parts.ok && parts.value !== null) return fail({ kind: 'outcome-unknown' })
      if (!parts.ok && !isTrouble(parts.error, 'upload-gone')) return parts
    }
    return again(() => client.remove(objectKey, never))
  }

  /** Ends a canceled upload for good; what cannot be taken away now stays on record for the next start. */
  const clean = async (record: UploadRecord): Promise<void> => {
    const cleared = await withBucket(record.bucketId, (client) => clear(client, record))
    const isNothingThere = !cleared.ok && isTrouble(cleared.error, 'no-bucket')
    if (cleared.ok || isNothingThere) store.transaction((write) => write.removeUpload(record.id))
  }

  const cleanSoon = (record: UploadRecord): void => {
    const cleaning = clean(record).finally(() => cleanings.delete(record.id))
    cleanings.set(
      record.id,
      cleaning.catch(() => undefined)
    )
    deps.supervisor.start('uploads', () => cleaning)
  }

  /** Ends a run as its result says. `canceled`: whoever ended it has noted why, or the next start goes on. */
  const note = async (
    client: BucketClient,
    id: UploadId,
    result: Result<null>,
    sentBytes: number
  ): Promise<void> => {
    const now = store.read.upload(id)
    if (now === null) return
    if (result.ok) {
      const whole = {
        state: 'done',
        error: null,
        multipartId: null,
        sentBytes: now.sizeBytes
      } as const
      const done = changeSending(id, { ...whole, doneAt: clock.nowAt() }, 'video-uploaded')
      if (done.ok) await makeLink(client, done.value)
      return
    }
    const { error } = result
    // What went wrong after a pause goes wrong again when it is resumed.
    if (error.kind === 'canceled' || !isUploadBeingSent(now)) {
      change(id, { sentBytes })
      return
    }
    const isUseless = isTrouble(error, 'file-changed') || isTrouble(error, 'not-verified')
    const cleared = isUseless ? await clear(client, now) : null
    changeSending(id, {
      state: 'failed',
      error,
      sentBytes: isUseless ? 0 : sentBytes,
      ...(cleared?.ok === true ? { multipartId: null } : {})
    })
  }

  const send = async (
    client: BucketClient,
    id: UploadId,
    { stop, progress }: Pick<Running, 'stop' | 'progress'>
  ): Promise<Result<null>> => {
    let notedMs = clock.monotonicMs()
    const onBytes = (bytes: number): void => {
      progress.add(bytes)
      tellSometimes(id)
      if (clock.monotonicMs() - notedMs < noteEveryMs) return
      notedMs = clock.monotonicMs()
      const record = store.read.upload(id)
      if (record !== null) put({ ...record, sentBytes: progress.sentBytes() })
    }
    const attempt = (): Promise<Result<null>> => {
      const record = store.read.upload(id)
      if (record === null) return Promise.resolve(fail({ kind: 'not-found' }))
      return sendFile(
        record,
        {
          client,
          clock,
          random: deps.random,
          onBegun: (multipartId) => {
            if (multipartId === null) startedOver.add(id)
            const noted = change(id, { multipartId })
            return noted.ok ? ok(null) : noted
          },
          onKept: (bytes) => progress.add(bytes - progress.sentBytes()),
          onBytes,
          onVerifying: () => {
            changeSending(id, { state: 'verifying' })
          }
        },
        stop.signal
      )
    }
    const first = await attempt()
    if (first.ok || !isTrouble(first.error, 'upload-gone') || stop.signal.aborted) return first
    // Storage forgot it on the way: once more, from the beginning.
    startedOver.add(id)
    change(id, { multipartId: null })
    return attempt()
  }

  const run = async (id: UploadId, parts: Pick<Running, 'stop' | 'progress'>): Promise<void> => {
    // Paused or canceled before it began.
    if (store.read.upload(id)?.state !== 'waiting') return
    blocked.add(id)
    const begun = change(id, { state: 'sending', error: null })
    if (!begun.ok) return
    blocked.delete(id)
    const client = await open(begun.value.bucketId)
    if (!client.ok) {
      changeSending(id, { state: 'failed', error: client.error })
      return
    }
    try {
      const sent = await send(client.value, id, parts)
      await note(client.value, id, sent, parts.progress.sentBytes())
    } finally {
      client.value.close()
    }
  }

  const failedRun = (id: UploadId, error: AppError): void => {
    changeSending(id, { state: 'failed', error })
  }

  /** Begins with the one that waits longest, if none is being sent. */
  const pump = (): void => {
    if (running !== null || deps.stopping.aborted) return
    const next = store.read
      .uploads()
      .find(({ id, state }) => state === 'waiting' && !blocked.has(id))
    if (next === undefined) return
    const stop = new AbortController()
    const onStopping = (): void => stop.abort()
    deps.stopping.addEventListener('abort', onStopping)
    const progress = createProgress(clock.monotonicMs, next.sentBytes)
    const ending = Promise.resolve()
      .then(() => run(next.id, { stop, progress }))
      .finally(() => {
        deps.stopping.removeEventListener('abort', onStopping)
        running = null
        tell(next.id)
        pump()
      })
    running = { id: next.id, stop, progress, ended: ending.catch(() => undefined) }
    deps.supervisor.start('uploads', async () => {
      try {
        await ending
      } catch (error) {
        failedRun(next.id, { kind: 'outcome-unknown' })
        throw error
      }
    })
  }

  const halt = async (id: UploadId): Promise<void> => {
    if (running?.id !== id) return
    running.stop.abort()
    await running.ended
  }

  const queued = (id: UploadId, patch: Partial<UploadRecord>): Result<Upload> => {
    const kept = change(id, { ...patch, state: 'waiting', error: null })
    if (!kept.ok) return kept
    pump()
    return ok(view(kept.value))
  }

  /** The upload of a field's file, if one is under way or done with the file as it was chosen. */
  const known = (draftId: DraftId, field: VideoField): UploadRecord | null => {
    const draft = drafts.get(draftId)
    const uploadId = draft.ok ? (draft.value.files[field]?.uploadId ?? null) : null
    const record = uploadId === null ? null : store.read.upload(uploadId)
    return record?.state === 'canceled' ? null : record
  }

  const draw = (
    bucket: BucketRecord,
    draftId: DraftId,
    field: VideoField,
    file: Pick<UploadRecord, 'filePath' | 'fileName' | 'sizeBytes' | 'fileModifiedMs'>
  ): UploadRecord => {
    const id = uploadIdSchema.parse(newId('upl'))
    return {
      ...file,
      id,
      draftId,
      field,
      bucketId: bucket.id,
      objectKey: `${bucket.prefix}${id.slice(4)}-${safeName(file.fileName)}`,
      multipartId: null,
      partBytes: partBytesFor(file.sizeBytes),
      sentBytes: 0,
      state: 'waiting',
      error: null,
      begunAt: clock.nowAt(),
      doneAt: null,
      usedFor: null,
      askedBy: []
    }
  }

  const start = async (
    draftId: DraftId,
    field: VideoField,
    bucketId: BucketId
  ): Promise<Result<Upload>> => {
    const filePath = drafts.filePath(draftId, field)
    const draft = drafts.get(draftId)
    const bucket = store.read.bucket(bucketId)
    if (!draft.ok) return draft
    const file = draft.value.files[field]
    if (filePath === null || file === null || bucket === null) return fail({ kind: 'not-found' })
    const facts = await readFileFacts(filePath)
    if (!facts.ok) return facts
    if (facts.value.sizeBytes === 0) return fail({ kind: 'bucket-failed', trouble: 'file-empty' })
    // Looked at after the wait: a second press may have been faster.
    const before = known(draftId, field)
    if (before !== null) return before.state === 'done' ? ok(view(before)) : resume(before.id)
    const record = draw(bucket, draftId, field, {
      filePath,
      fileName: file.fileName,
      sizeBytes: facts.value.sizeBytes,
      fileModifiedMs: facts.value.modifiedMs
    })
    const kept = put(record)
    if (!kept.ok) return kept
    drafts.setUpload(draftId, field, record.id)
    tell(record.id)
    blocked.clear()
    pump()
    return ok(view(record))
  }

  const pause = async (id: UploadId): Promise<Result<Upload>> => {
    const found = find(id)
    if (!found.ok) return found
    const { state } = found.value
    if (state !== 'waiting' && state !== 'sending' && state !== 'verifying')
      return ok(view(found.value))
    const paused = change(id, { state: 'paused' })
    if (!paused.ok) return paused
    await halt(id)
    const now = find(id)
    return now.ok ? ok(view(now.value)) : now
  }

  const resume = async (id: UploadId): Promise<Result<Upload>> => {
    const found = find(id)
    if (!found.ok) return found
    const { state, filePath } = found.value
    blocked.clear()
    if (state === 'waiting') pump()
    if (state !== 'paused' && state !== 'failed') return ok(view(found.value))
    const facts = await readFileFacts(filePath)
    if (!facts.ok) return facts
    if (facts.value.sizeBytes === 0) return fail({ kind: 'bucket-failed', trouble: 'file-empty' })
    // It may have been canceled or resumed meanwhile.
    const now = find(id)
    if (!now.ok) return now
    if (now.value.state !== 'paused' && now.value.state !== 'failed') return ok(view(now.value))
    const { multipartId, sizeBytes, partBytes } = now.value
    // With nothing in the bucket the file may have become another one since.
    if (multipartId !== null) return queued(id, {})
    return queued(id, {
      sizeBytes: facts.value.sizeBytes,
      fileModifiedMs: facts.value.modifiedMs,
      partBytes:
        sizeBytes === facts.value.sizeBytes ? partBytes : partBytesFor(facts.value.sizeBytes)
    })
  }

  const cancel = async (id: UploadId): Promise<Result<Upload>> => {
    const found = find(id)
    if (!found.ok) return found
    if (!isUnderWay(found.value)) return ok(view(found.value))
    const canceled = change(id, { state: 'canceled', error: null })
    if (!canceled.ok) return canceled
    await halt(id)
    const now = store.read.upload(id)
    if (now !== null) cleanSoon({ ...now, state: 'canceled' })
    const { draftId, field } = found.value
    const draft = drafts.get(draftId)
    if (draft.ok && draft.value.files[field]?.uploadId === id)
      drafts.setUpload(draftId, field, null)
    return ok(view(canceled.value))
  }

  const { makeLink, refreshLinks, keepLinksFresh, storageNowAt } = createUploadLinks({
    ...deps,
    access,
    known,
    change
  })

  /** A draft's files may be others now, it was sent, or it is gone. */
  const sync = (draftId: DraftId): void => {
    const draft = drafts.get(draftId)
    for (const record of store.read.uploads().filter((upload) => upload.draftId === draftId)) {
      const isOurs = draft.ok && draft.value.files[record.field]?.uploadId === record.id
      if (!isOurs && isUnderWay(record)) {
        deps.supervisor.start('uploads', () => cancel(record.id))
      }
      if (isOurs) noteUse(record, draft.value)
    }
  }

  /** What a file was sent for outlives its draft. */
  const noteUse = (record: UploadRecord, draft: Draft): void => {
    const { accountId, createdId, state } = draft
    const operationId = drafts.operationOf(draft.id)
    const isNew = operationId !== null && !record.askedBy.includes(operationId)
    const isMade = state === 'created' && createdId !== null && accountId !== null
    const usedFor = isMade ? { accountId, assetId: createdId } : record.usedFor
    if (!isNew && usedFor?.assetId === record.usedFor?.assetId) return
    put({ ...record, usedFor, askedBy: isNew ? [...record.askedBy, operationId] : record.askedBy })
  }

  /** Files may be gone since they were chosen. */
  const lookForFiles = async (): Promise<void> => {
    for (const { draftId, field, path } of drafts.localFiles()) {
      const facts = await readFileFacts(path)
      drafts.setMissing(draftId, field, !facts.ok)
    }
  }

  const begin = async (): Promise<void> => {
    for (const record of store.read.uploads()) {
      if (isUploadBeingSent(record)) put({ ...record, state: 'waiting' })
      if (record.state === 'canceled') cleanSoon(record)
      sync(record.draftId)
    }
    pump()
    await lookForFiles()
    await keepLinksFresh()
  }

  /** After sleep: what ended because there was no line. */
  const wake = (): void => {
    blocked.clear()
    for (const record of store.read.uploads()) {
      const { state, error } = record
      if (state !== 'failed' || error === null) continue
      if (isTrouble(error, 'unreachable') || isTrouble(error, 'timed-out')) {
        put({ ...record, state: 'waiting', error: null })
      }
    }
    pump()
    // What was asked before sleep may have run out in it.
    deps.supervisor.start('uploads', keepLinksFresh)
  }

  /** Whether a draft that can be sent, or whose answer is not known, has it. */
  const isOfDraft = ({ id, draftId, field }: UploadRecord): boolean => {
    const draft = drafts.get(draftId)
    return draft.ok && draft.value.state !== 'created' && known(draftId, field)?.id === id
  }

  const { leftovers, removeFile, removeUnfinished } = createLeftovers({
    ...deps,
    access,
    isOfDraft
  })

  /**
   * Before a connection goes: what is under way to it is canceled, as far as the bucket can be reached in a moment. Once
   * the connection is gone nothing more is sent there, whatever still tries.
   */
  const forBucketRemoved = async (bucketId: BucketId): Promise<void> => {
    const ids = store.read.uploads().flatMap((upload) => {
      return upload.bucketId === bucketId && upload.state !== 'done' ? [upload.id] : []
    })
    const ended = new AbortController()
    const canceling = Promise.all(
      ids.map(async (id) => {
        await cancel(id)
        await cleanings.get(id)
      })
    ).finally(() => ended.abort())
    await Promise.race([canceling, clock.wait(longestGoodbyeMs, ended.signal)])
  }

  /** Resolves once nothing is sent or cleared. */
  const settled = async (): Promise<void> => {
    while (running !== null) await running.ended
    await Promise.allSettled([...cleanings.values()])
  }

  return {
    list: (): Upload[] =>
      store.read
        .uploads()
        .filter(({ state }) => state !== 'canceled')
        .map(view),
    /** Whether something is sent, or waits to be. */
    isUnderWay: (): boolean => store.read.uploads().some(uploadGoesOn),
    start,
    pause,
    resume,
    cancel,
    sync,
    refreshLinks,
    begin,
    wake,
    keepLinksFresh,
    storageNowAt,
    leftovers,
    removeFile,
    removeUnfinished,
    forBucketRemoved,
    settled
  }
}
export type Uploads = ReturnType<typeof createUploads>
