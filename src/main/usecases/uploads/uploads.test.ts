import { createHash, randomBytes } from 'node:crypto'
import {
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failingLog, unwrap, writingBy } from '../../../../test/main/desks/desk.ts'
import { createMoodySecrets } from '../../../../test/main/secrets/moody-secrets.ts'
import { account, accountId, asset, refOf } from '../../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../../test/main/storage/temporary-store.ts'
import { type S3Options, type S3Sandbox, startS3 } from '../../../sandbox/s3.ts'
import { historyEventTypes } from '../../../shared/catalogue/history-events.ts'
import type { BucketId } from '../../../shared/domain/bucket.ts'
import type { DraftId } from '../../../shared/domain/draft.ts'
import type { UploadId } from '../../../shared/domain/local-video.ts'
import type { Upload } from '../../../shared/domain/upload.ts'
import { fail } from '../../../shared/result.ts'
import { createOpenBucket } from '../../buckets/open-bucket.ts'
import { systemClock } from '../../clock.ts'
import type { Clock } from '../../ports/clock.ts'
import type { BucketRecord, Operation, Store, StoreWrites } from '../../ports/store.ts'
import { type Buckets, createBuckets } from '../buckets.ts'
import { createDrafts, type Drafts } from '../drafts.ts'
import { createKeyRing, type KeyRing } from '../key-ring.ts'
import { createSupervisor } from '../supervisor.ts'
import { createUploads, type Uploads } from './uploads.ts'

const openBucket = createOpenBucket(async () => 'DIRECT')

const mebibyte = 1024 * 1024
const part = 8 * mebibyte

/** Waits a thousandth as long, so that a test need not sit through retries. */
const hurried: Clock = {
  ...systemClock,
  wait: (durationMs, signal) => systemClock.wait(durationMs / 1000, signal)
}

let folder: string
let store: Store
let s3: S3Sandbox
let keyRing: KeyRing
let buckets: Buckets
let drafts: Drafts
let uploads: Uploads
let stopping: AbortController
let told: Upload[]
/** How long the computer slept, of which the monotonic clock knows nothing. */
let sleptMs: number
const secrets = createMoodySecrets()

/** The parts of the app that send, as a start makes them on the same folder and keychain. */
const start = (): void => {
  stopping = new AbortController()
  told = []
  const supervisor = createSupervisor({
    clock: hurried,
    log: failingLog,
    onBackground: () => undefined
  })
  keyRing = createKeyRing({
    store,
    secrets,
    clock: hurried,
    supervisor,
    fingerprintSalt: 'salt',
    onKeychain: () => undefined,
    onLeft: () => undefined
  })
  drafts = createDrafts({
    store,
    clock: hurried,
    trustedNowAt: (url) => uploads.storageNowAt(url) ?? hurried.nowAt(),
    emit: () => undefined,
    canTrain: () => true,
    onVideos: (id) => uploads.sync(id)
  })
  uploads = createUploads({
    store,
    keyRing,
    openBucket,
    drafts,
    clock: hurried,
    elapsedMs: () => hurried.monotonicMs() + sleptMs,
    random: () => 0.5,
    emit: (name, payload) => {
      if (name === 'upload:changed') told.push(payload as unknown as Upload)
    },
    supervisor,
    stopping: stopping.signal
  })
  buckets = createBuckets({
    store,
    keyRing,
    clock: hurried,
    emit: () => undefined,
    openBucket,
    onRemoving: uploads.forBucketRemoved,
    stopping: stopping.signal
  })
  drafts.restore()
}

/** Ends it as quitting does, and starts it again. */
const restart = async (): Promise<void> => {
  stopping.abort()
  await uploads.settled()
  start()
  await uploads.begin()
}

const serve = async (options: S3Options = {}): Promise<BucketId> => {
  s3 = await startS3(options)
  const saved = await buckets.save({
    id: null,
    name: 'Studio bucket',
    endpoint: s3.origin,
    region: s3.region,
    bucket: s3.bucket,
    prefix: 'replica-desk',
    isPathStyle: true,
    accessKeyId: s3.accessKeyId,
    secretKey: s3.secretKey,
    keyStorage: 'keychain'
  })
  return unwrap(saved).id
}

beforeEach(() => {
  sleptMs = 0
  folder = temporaryFolder()
  store = openIn(temporaryFolder())
  store.transaction((write) =>
    write.putAccount(account({ apiAddress: 'http://127.0.0.1:9', isReadOnly: false }))
  )
  start()
})
afterEach(async () => {
  stopping.abort()
  await uploads.settled()
  await s3.close()
})

const fileOf = (sizeBytes: number, name = 'Adaeze Nwosu.mp4'): string => {
  const path = join(folder, name)
  writeFileSync(path, randomBytes(sizeBytes))
  return path
}

const draftOf = (path: string): DraftId => {
  const { size } = statSync(path)
  const file = { path, fileName: 'Adaeze Nwosu.mp4', sizeBytes: size }
  const added = unwrap(drafts.addVideos([file], null)).added[0]
  if (added === undefined) throw new Error('No draft')
  return added.id
}

const begin = async (path: string, bucketId: BucketId): Promise<Upload> =>
  unwrap(await uploads.start(draftOf(path), 'trainVideoUrl', bucketId))

const now = (id: UploadId): Upload | undefined => uploads.list().find((one) => one.id === id)

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await systemClock.wait(5, new AbortController().signal)
}

const ended = async (id: UploadId): Promise<Upload> => {
  await uploads.settled()
  const upload = now(id)
  if (upload === undefined) throw new Error('It is gone')
  return upload
}

const sha = (body: Buffer): string => createHash('sha256').update(body).digest('hex')
/** What is in the bucket is the file, byte for byte, and nothing else is there. */
const expectStored = (path: string): void => {
  expect([...s3.objects].map(([key]) => key)).toEqual([
    expect.stringMatching(/^replica-desk\/[0-9a-f]{16}-Adaeze-Nwosu\.mp4$/)
  ])
  expect([...s3.objects.values()].map(({ body }) => sha(body))).toEqual([sha(readFileSync(path))])
  expect(s3.multiparts.size).toBe(0)
}

const expectNothingThere = (): void => {
  expect(s3.multiparts.size).toBe(0)
  expect(s3.objects.size).toBe(0)
}

const sentParts = (): readonly (number | null)[] =>
  s3.requests.filter(({ action }) => action === 'UploadPart').map(({ partNumber }) => partNumber)

describe('a file that is sent', () => {
  it.each([1, part - 1, part, part + 1, 3 * part, 3 * part + 12_345])(
    'of %d bytes arrives byte for byte, and its link opens it',
    async (sizeBytes) => {
      const bucketId = await serve()
      const path = fileOf(sizeBytes)
      const { id, draftId } = await begin(path, bucketId)
      expect(await ended(id)).toMatchObject({ state: 'done', sentBytes: sizeBytes, error: null })
      expectStored(path)
      expect(sentParts()).toHaveLength(Math.ceil(sizeBytes / part))
      const link = drafts.videos(draftId)?.trainVideoUrl?.source
      const url = link?.kind === 'link' ? link.url : ''
      expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('604800')
      const answer = await fetch(url, { headers: { range: 'bytes=0-0' } })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([206, 'video/mp4'])
    }
  )

  it('of no bytes is not begun', async () => {
    const bucketId = await serve()
    const draftId = draftOf(fileOf(0))
    expect(await uploads.start(draftId, 'trainVideoUrl', bucketId)).toEqual({
      ok: false,
      error: { kind: 'bucket-failed', trouble: 'file-empty' }
    })
    expect(s3.requests).toEqual([])
  })

  it('is told of by the byte, and never beyond its size', async () => {
    const bucketId = await serve()
    const { id } = await begin(fileOf(4 * part), bucketId)
    await ended(id)
    const sent = told.filter(({ state }) => state === 'sending').map(({ sentBytes }) => sentBytes)
    expect(sent.some((bytes) => bytes % part !== 0)).toBe(true)
    expect(Math.max(...sent)).toBeLessThanOrEqual(4 * part)
  })

  it('is sent once, however often it is asked for', async () => {
    const bucketId = await serve()
    const draftId = draftOf(fileOf(2 * part))
    const asked = await Promise.all(
      [1, 2, 3].map(() => uploads.start(draftId, 'trainVideoUrl', bucketId))
    )
    await uploads.settled()
    await uploads.start(draftId, 'trainVideoUrl', bucketId)
    expect(new Set(asked.map((answer) => unwrap(answer).id)).size).toBe(1)
    expect(sentParts()).toHaveLength(2)
  })

  it('waits for the one before it', async () => {
    const bucketId = await serve()
    const first = await begin(fileOf(3 * part, 'a.mp4'), bucketId)
    const second = await begin(fileOf(part, 'b.mp4'), bucketId)
    expect(now(second.id)?.state).toBe('waiting')
    expect(uploads.isUnderWay()).toBe(true)
    await uploads.settled()
    expect(uploads.isUnderWay()).toBe(false)
    expect([now(first.id)?.state, now(second.id)?.state]).toEqual(['done', 'done'])
    const actions = s3.requests.map(({ action }) => action)
    expect(actions.lastIndexOf('CreateMultipartUpload')).toBeGreaterThan(
      actions.indexOf('CompleteMultipartUpload')
    )
  })

  it('is compared byte by byte where the ETags say nothing', async () => {
    const bucketId = await serve({ hasOpaqueEtags: true })
    const path = fileOf(2 * part + 5)
    const { id } = await begin(path, bucketId)
    expect((await ended(id)).state).toBe('done')
    expect(s3.requests.filter(({ action }) => action === 'GetObject')).toHaveLength(3)
  })

  it.each([true, false])(
    'is refused and removed if it arrived damaged (opaque ETags: %s)',
    async (hasOpaqueEtags) => {
      const bucketId = await serve({
        hasOpaqueEtags,
        fault: ({ action, before }) =>
          action === 'UploadPart' && before === 1 ? { kind: 'damage' } : null
      })
      const { id } = await begin(fileOf(2 * part), bucketId)
      expect(await ended(id)).toMatchObject({
        state: 'failed',
        error: { kind: 'bucket-failed', trouble: 'not-verified' }
      })
      expectNothingThere()
      s3.setFault(null)
      unwrap(await uploads.resume(id))
      expect((await ended(id)).state).toBe('done')
    }
  )
})

describe('what goes wrong on the way', () => {
  it.each<[string, NonNullable<S3Options['fault']>]>([
    [
      'connections that end within a part',
      ({ action, before }) =>
        action === 'UploadPart' && before < 12 ? { kind: 'reset', afterBytes: 3 * mebibyte } : null
    ],
    [
      'a storage that is busy',
      ({ action, before }) =>
        action !== 'Other' && before < 4 ? { kind: 'answer', status: 503, code: 'SlowDown' } : null
    ],
    [
      'faults of the server',
      ({ before }) => (before < 2 ? { kind: 'answer', status: 500, code: 'InternalError' } : null)
    ],
    [
      'a lost answer to the completion',
      ({ action, before }) =>
        action === 'CompleteMultipartUpload' && before === 0 ? { kind: 'lost-answer' } : null
    ]
  ])('%s is overcome', async (_what, fault) => {
    const bucketId = await serve({ fault })
    const path = fileOf(4 * part + 99)
    const { id } = await begin(path, bucketId)
    expect(await ended(id)).toMatchObject({ state: 'done', sentBytes: 4 * part + 99 })
    expectStored(path)
  })

  it('a lost answer to the beginning leaves no upload that nobody knows', async () => {
    const bucketId = await serve({
      fault: ({ action, before }) =>
        action === 'CreateMultipartUpload' && before < 8 ? { kind: 'lost-answer' } : null
    })
    const path = fileOf(part)
    const { id } = await begin(path, bucketId)
    expect((await ended(id)).state).toBe('failed')
    expect(s3.multiparts.size).toBe(8)
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
    expectStored(path)
  })

  it('a disk that is full is met once, and again only when asked', async () => {
    const opened = store
    let isFull = true
    let refused = 0
    const putUpload =
      (write: StoreWrites): StoreWrites['putUpload'] =>
      (record) => {
        if (isFull && refused < 50 && record.state === 'sending') throw new Error('Full')
        write.putUpload(record)
      }
    store = writingBy(opened, (work) => {
      try {
        return opened.transaction((write) =>
          work(Object.assign(Object.create(write), { putUpload: putUpload(write) }))
        )
      } catch {
        refused += 1
        return fail({ kind: 'storage-failed', reason: 'disk-full' })
      }
    })
    start()
    const bucketId = await serve()
    const path = fileOf(part)
    const { id } = await begin(path, bucketId)
    expect((await ended(id)).state).toBe('waiting')
    expect(refused).toBe(1)
    uploads.wake()
    await uploads.settled()
    expect(refused).toBe(2)
    isFull = false
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
    expectStored(path)
  })

  it('a key that is revoked midway ends it, and it goes on with another', async () => {
    const bucketId = await serve()
    s3.setFault(({ action, before }) => {
      if (action === 'UploadPart' && before === 2) s3.revoke()
      return null
    })
    const path = fileOf(6 * part)
    const { id } = await begin(path, bucketId)
    expect(await ended(id)).toMatchObject({
      state: 'failed',
      error: { kind: 'bucket-failed', trouble: 'wrong-secret' }
    })
    s3.setFault(null)
    const before = sentParts().length
    const record = store.read.bucket(bucketId)
    if (record === null) throw new Error('Not stored')
    unwrap(await buckets.save({ ...record, secretKey: s3.secretKey, keyStorage: 'keychain' }))
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
    expect(sentParts().length - before).toBeLessThan(6)
    expectStored(path)
  })

  it.each<[number, string, string]>([
    [403, 'AccessDenied', 'denied'],
    [404, 'NoSuchBucket', 'no-bucket'],
    [301, 'PermanentRedirect', 'wrong-region'],
    [403, 'InvalidAccessKeyId', 'wrong-key']
  ])('%d %s ends it at once', async (status, code, trouble) => {
    const bucketId = await serve({
      fault: ({ action, before }) =>
        action === 'UploadPart' && before === 1 ? { kind: 'answer', status, code } : null
    })
    const { id } = await begin(fileOf(4 * part), bucketId)
    expect((await ended(id)).error).toEqual({ kind: 'bucket-failed', trouble })
    expect(sentParts().length).toBeLessThanOrEqual(4)
  })

  it('the wrong region is told', async () => {
    const bucketId = await serve()
    const record = store.read.bucket(bucketId)
    if (record === null) throw new Error('Not stored')
    unwrap(
      await buckets.save({
        ...record,
        region: 'us-west-2',
        secretKey: null,
        keyStorage: 'keychain'
      })
    )
    const { id } = await begin(fileOf(part), bucketId)
    expect((await ended(id)).error).toMatchObject({ trouble: 'wrong-region' })
  })

  it.each([-3, 26])(
    'a clock that is %d hours off is signed for with the time of the server',
    async (hours) => {
      const bucketId = await serve({ clockOffsetMs: hours * 3_600_000 })
      const path = fileOf(2 * part)
      const { id, draftId } = await begin(path, bucketId)
      expect((await ended(id)).state).toBe('done')
      expectStored(path)
      const source = drafts.videos(draftId)?.trainVideoUrl?.source
      expect((await fetch(source?.kind === 'link' ? source.url : '')).status).toBe(200)
    }
  )

  it.each([-3, 26])(
    'a link that is made anew with a clock that is %d hours off is good there, and says whose clock counts',
    async (hours) => {
      const bucketId = await serve({ clockOffsetMs: hours * 3_600_000 })
      const { id, draftId } = await begin(fileOf(part), bucketId)
      await ended(id)
      await restart()
      const source = drafts.videos(draftId)?.trainVideoUrl?.source
      expect((await fetch(source?.kind === 'link' ? source.url : '')).status).toBe(200)
      const view = unwrap(drafts.get(draftId)).trainVideo
      expect(view?.findings.filter(({ level }) => level === 'error')).toEqual([])
      expect(view?.findings.map(({ code }) => code)).toContain('server-clock')
      const linked = recorded().findLast(({ type }) => type === 'video-link-made')?.body
      expect(Date.parse(String(linked?.['untilAt'])) / 1000).toBeCloseTo(
        Date.parse(view?.validUntilAt ?? '') / 1000,
        -1
      )
    }
  )

  it('a file that is changed while it is sent is noticed, and nothing of it stays', async () => {
    const bucketId = await serve()
    const path = fileOf(4 * part)
    s3.setFault(({ action, before }) => {
      if (action === 'UploadPart' && before === 1) utimesSync(path, 1, 1)
      return null
    })
    const { id } = await begin(path, bucketId)
    expect((await ended(id)).error).toMatchObject({ trouble: 'file-changed' })
    expectNothingThere()
    s3.setFault(null)
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
    expectStored(path)
  })

  it('a file that becomes shorter ends it', async () => {
    const bucketId = await serve()
    const path = fileOf(4 * part)
    s3.setFault(({ action, before }) => {
      if (action === 'UploadPart' && before === 0) truncateSync(path, part)
      return null
    })
    const { id } = await begin(path, bucketId)
    expect((await ended(id)).state).toBe('failed')
    expect(s3.objects.size).toBe(0)
  })

  it('a file that is gone is told, and found again', async () => {
    const bucketId = await serve()
    const path = fileOf(2 * part)
    const { id, draftId } = await begin(path, bucketId)
    unwrap(await uploads.pause(id))
    renameSync(path, `${path}.away`)
    expect(await uploads.resume(id)).toMatchObject({ error: { trouble: 'file-missing' } })
    await restart()
    expect(unwrap(drafts.get(draftId)).files.trainVideoUrl?.isMissing).toBe(true)
    renameSync(`${path}.away`, path)
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
  })
})

describe('a key that may not list unfinished uploads', () => {
  it('sends all the same, and cancels', async () => {
    const bucketId = await serve({
      fault: ({ action }) =>
        action === 'ListMultipartUploads'
          ? { kind: 'answer', status: 403, code: 'AccessDenied' }
          : null
    })
    const path = fileOf(part, 'a.mp4')
    const first = await begin(path, bucketId)
    expect((await ended(first.id)).state).toBe('done')
    expectStored(path)
    const sent = sentParts().length
    const second = await begin(fileOf(8 * part, 'b.mp4'), bucketId)
    await until(() => sentParts().length > sent)
    unwrap(await uploads.cancel(second.id))
    await uploads.settled()
    expect(store.read.upload(second.id)).toBeNull()
    expect(s3.multiparts.size).toBe(0)
  })
})

describe('going on', () => {
  const pausedAfter = async (parts: number, bucketId: BucketId, path: string) => {
    const { id, draftId } = await begin(path, bucketId)
    await until(() => [...s3.multiparts.values()].some((one) => one.parts.size >= parts))
    unwrap(await uploads.pause(id))
    return { id, draftId }
  }

  it('after a pause sends what is not there yet', async () => {
    const bucketId = await serve({ partsPerPage: 2 })
    const path = fileOf(8 * part)
    const { id } = await pausedAfter(4, bucketId, path)
    expect(now(id)?.state).toBe('paused')
    const kept = [...([...s3.multiparts.values()][0]?.parts.keys() ?? [])]
    expect(kept.length).toBeGreaterThan(0)
    const before = sentParts().length
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
    // A part that was on its way when it was paused may have arrived whole after `kept` was looked at.
    const resent = sentParts().slice(before)
    expect(resent.filter((number) => number !== null && kept.includes(number))).toEqual([])
    expect(resent.length).toBeLessThanOrEqual(8 - kept.length)
    expectStored(path)
  })

  it('after a restart happens without a word, and the link is made anew', async () => {
    const bucketId = await serve()
    const path = fileOf(8 * part)
    const { id, draftId } = await begin(path, bucketId)
    await until(() => [...s3.multiparts.values()].some((one) => one.parts.size >= 2))
    await restart()
    expect((await ended(id)).state).toBe('done')
    expectStored(path)
    expect(s3.requests.filter(({ action }) => action === 'CreateMultipartUpload')).toHaveLength(1)
    await restart()
    const source = drafts.videos(draftId)?.trainVideoUrl?.source
    expect((await fetch(source?.kind === 'link' ? source.url : '')).status).toBe(200)
    expect(unwrap(drafts.get(draftId)).needsLinkAgain).toEqual([])
  })

  const linkOf = (draftId: DraftId): string => {
    const source = drafts.videos(draftId)?.trainVideoUrl?.source
    return source?.kind === 'link' ? source.url : ''
  }
  const linksMade = (): number => recorded().filter(({ type }) => type === 'video-link-made').length

  it('a link is made anew after a day, and that a computer slept counts', async () => {
    const bucketId = await serve()
    const { id, draftId } = await begin(fileOf(part), bucketId)
    await ended(id)
    unwrap(await uploads.refreshLinks(draftId))
    expect(linksMade()).toBe(1)
    sleptMs = 25 * 3_600_000
    uploads.wake()
    await until(() => linksMade() === 2)
    await uploads.keepLinksFresh()
    expect(linksMade()).toBe(2)
    sleptMs *= 2
    unwrap(await uploads.refreshLinks(draftId))
    expect(linksMade()).toBe(3)
    expect((await fetch(linkOf(draftId))).status).toBe(200)
  })

  it.each([0, 5])(
    'a link to what is no longer in the bucket is not made, and the file can be sent again (clock %d hours off)',
    async (hours) => {
      const bucketId = await serve({ clockOffsetMs: hours * 3_600_000 })
      const path = fileOf(part)
      const { id, draftId } = await begin(path, bucketId)
      await ended(id)
      const [record] = store.read.uploads()
      const connection = store.read.bucket(bucketId)
      if (record === undefined || connection === null) throw new Error('Not stored')
      const client = unwrap(await openBucket(keyRing.connectBucket(connection)))
      const remove = () => client.remove(record.objectKey, new AbortController().signal)
      // The first may be refused for its time; what follows is signed with the server's.
      if (!(await remove()).ok) unwrap(await remove())
      client.close()
      sleptMs = 25 * 3_600_000
      expect(await uploads.refreshLinks(draftId)).toMatchObject({
        error: { trouble: 'object-gone' }
      })
      expect(linkOf(draftId)).toBe('')
      expect(now(id)).toMatchObject({ state: 'failed', sentBytes: 0 })
      unwrap(await uploads.resume(id))
      expect((await ended(id)).state).toBe('done')
      expectStored(path)
      expect((await fetch(linkOf(draftId))).status).toBe(200)
    }
  )

  it.each<[string, (path: string) => void]>([
    ['its content', (path) => writeFileSync(path, randomBytes(part + 7))],
    ['its time alone', (path) => utimesSync(path, 1, 1)]
  ])(
    'a file that was changed after its upload is noticed before its draft is sent (%s)',
    async (_what, changeFile) => {
      const bucketId = await serve()
      const path = fileOf(part)
      const { id, draftId } = await begin(path, bucketId)
      await ended(id)
      unwrap(drafts.begin(draftId))
      changeFile(path)
      unwrap(await uploads.refreshLinks(draftId))
      expect(drafts.readyToSend(draftId)).toMatchObject({
        error: {
          issues: expect.arrayContaining([
            { field: 'trainVideoUrl', code: 'file-changed', said: null }
          ])
        }
      })
      drafts.apply(draftId, { kind: 'not-sent', error: { kind: 'outcome-unknown' } })
      expect(unwrap(drafts.get(draftId)).files.trainVideoUrl).toMatchObject({
        isChanged: true,
        uploadId: null,
        sizeBytes: statSync(path).size
      })
      await restart()
      expect(unwrap(drafts.get(draftId)).files.trainVideoUrl?.isChanged).toBe(true)
      const again = unwrap(await uploads.start(draftId, 'trainVideoUrl', bucketId))
      expect(unwrap(drafts.get(draftId)).files.trainVideoUrl?.isChanged).toBe(false)
      expect((await ended(again.id)).state).toBe('done')
      expect([...s3.objects.values()].map(({ body }) => sha(body))).toContain(
        sha(readFileSync(path))
      )
      expect(unwrap(await uploads.leftovers(bucketId)).files).toMatchObject([
        { uploadId: id, why: 'unused' }
      ])
    }
  )

  it('a file that is gone after its upload is not needed', async () => {
    const bucketId = await serve()
    const path = fileOf(part)
    const { id, draftId } = await begin(path, bucketId)
    await ended(id)
    rmSync(path)
    await restart()
    expect((await fetch(linkOf(draftId))).status).toBe(200)
  })

  it('a link is made where storage does not answer now', async () => {
    const bucketId = await serve()
    const { id, draftId } = await begin(fileOf(part), bucketId)
    await ended(id)
    s3.setFault(() => ({ kind: 'answer', status: 503, code: 'SlowDown' }))
    await restart()
    s3.setFault(null)
    expect((await fetch(linkOf(draftId))).status).toBe(200)
  })

  it('a pause holds while it completes', async () => {
    let pausing: Promise<unknown> | null = null
    const bucketId = await serve()
    const path = fileOf(2 * part)
    const { id } = await begin(path, bucketId)
    s3.setFault(({ action }) => {
      if (action === 'CompleteMultipartUpload') pausing ??= uploads.pause(id)
      return null
    })
    await until(() => pausing !== null)
    await pausing
    expect(now(id)?.state).toBe('paused')
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
    expectStored(path)
  })

  it('a pause holds over a restart', async () => {
    const bucketId = await serve()
    const { id } = await pausedAfter(4, bucketId, fileOf(8 * part))
    await restart()
    expect(now(id)?.state).toBe('paused')
    expect(now(id)?.sentBytes).toBeGreaterThan(0)
  })

  it('begins anew where storage forgot it', async () => {
    const bucketId = await serve()
    const path = fileOf(6 * part)
    const { id } = await pausedAfter(2, bucketId, path)
    for (const multipartId of s3.multiparts.keys()) s3.forget(multipartId)
    unwrap(await uploads.resume(id))
    expect(await ended(id)).toMatchObject({ state: 'done', hasStartedOver: true })
    expectStored(path)
  })

  it('begins anew where storage forgets it while it is sent', async () => {
    const bucketId = await serve()
    s3.setFault(({ action, before }) => {
      if (action === 'UploadPart' && before === 3) {
        for (const multipartId of s3.multiparts.keys()) s3.forget(multipartId)
      }
      return null
    })
    const path = fileOf(6 * part)
    const { id } = await begin(path, bucketId)
    expect(await ended(id)).toMatchObject({ state: 'done', hasStartedOver: true })
    expectStored(path)
  })

  it('begins anew where storage does not tell what arrived', async () => {
    const bucketId = await serve({
      fault: ({ action }) =>
        action === 'ListParts' ? { kind: 'answer', status: 405, code: 'MethodNotAllowed' } : null
    })
    const path = fileOf(6 * part)
    const { id } = await pausedAfter(2, bucketId, path)
    unwrap(await uploads.resume(id))
    expect(await ended(id)).toMatchObject({ state: 'done', hasStartedOver: true })
    expectStored(path)
  })

  it('with a file that was changed meanwhile begins anew with it', async () => {
    const bucketId = await serve()
    const path = fileOf(6 * part)
    const { id } = await pausedAfter(2, bucketId, path)
    writeFileSync(path, randomBytes(5 * part))
    unwrap(await uploads.resume(id))
    expect((await ended(id)).error).toMatchObject({ trouble: 'file-changed' })
    expectNothingThere()
    unwrap(await uploads.resume(id))
    expect(await ended(id)).toMatchObject({ state: 'done', sizeBytes: 5 * part })
    expectStored(path)
  })
})

describe('cancel', () => {
  it.each<[string, number]>([
    ['while it begins', 0],
    ['while it sends', 3]
  ])('%s leaves nothing behind', async (_when, parts) => {
    const bucketId = await serve()
    const path = fileOf(8 * part)
    const { id, draftId } = await begin(path, bucketId)
    await until(
      () =>
        s3.requests.some(({ action }) => action === 'CreateMultipartUpload') &&
        sentParts().length >= parts
    )
    unwrap(await uploads.cancel(id))
    await uploads.settled()
    expectNothingThere()
    expect(now(id)).toBeUndefined()
    expect(store.read.upload(id)).toBeNull()
    expect(unwrap(drafts.get(draftId)).files.trainVideoUrl?.uploadId).toBeNull()
    const lists = s3.requests.map(({ action }) => action)
    expect(lists).toContain('ListMultipartUploads')
    expect(lists.lastIndexOf('ListParts')).toBeGreaterThan(
      lists.lastIndexOf('AbortMultipartUpload')
    )
  })

  it('holds against a resume that still looks at the file', async () => {
    const bucketId = await serve()
    const { id } = await begin(fileOf(4 * part), bucketId)
    await until(() => sentParts().length > 0)
    unwrap(await uploads.pause(id))
    const before = told.length
    const resuming = uploads.resume(id)
    const canceling = uploads.cancel(id)
    await Promise.all([resuming, canceling])
    await uploads.settled()
    expect(told.slice(before).map(({ state }) => state)).not.toContain('waiting')
    expect(store.read.upload(id)).toBeNull()
    expectNothingThere()
  })

  it('while it completes leaves nothing behind', async () => {
    let canceling: Promise<unknown> | null = null
    const bucketId = await serve()
    const { id } = await begin(fileOf(2 * part), bucketId)
    s3.setFault(({ action }) => {
      if (action === 'CompleteMultipartUpload') canceling ??= uploads.cancel(id)
      return null
    })
    await until(() => canceling !== null)
    await canceling
    await uploads.settled()
    expectNothingThere()
  })

  it('comes with the draft, and with another file in its place', async () => {
    const bucketId = await serve()
    const first = await begin(fileOf(8 * part), bucketId)
    await until(() => sentParts().length > 1)
    unwrap(drafts.discard([first.draftId]))
    await until(() => store.read.upload(first.id) === null)
    expectNothingThere()
    const second = await begin(fileOf(8 * part), bucketId)
    unwrap(drafts.update(second.draftId, { trainVideoUrl: 'https://cdn.example/video.mp4' }))
    await until(() => store.read.upload(second.id) === null)
    expectNothingThere()
  })

  it('is finished by the next start where the bucket could not be reached', async () => {
    const bucketId = await serve()
    const { id } = await begin(fileOf(6 * part), bucketId)
    await until(() => sentParts().length > 1)
    s3.setFault(() => ({ kind: 'answer', status: 503, code: 'SlowDown' }))
    unwrap(await uploads.cancel(id))
    await uploads.settled()
    expect(s3.multiparts.size).toBe(1)
    s3.setFault(null)
    await restart()
    await uploads.settled()
    expectNothingThere()
    expect(store.read.upload(id)).toBeNull()
  })
})

const recorded = () => store.read.historyAfter(0, historyEventTypes, 100)

describe('the history', () => {
  it('keeps what was uploaded, linked and removed, and no signature, secret or path', async () => {
    const bucketId = await serve()
    const { id, draftId } = await begin(fileOf(part), bucketId)
    await ended(id)
    unwrap(drafts.discard([draftId]))
    unwrap(await uploads.removeFile(id))
    const { host } = new URL(s3.origin)
    const file = { file: 'Adaeze Nwosu.mp4', bytes: part, bucket: 'Studio bucket', host }
    expect(recorded().map(({ type, body }) => [type, body])).toEqual([
      ['video-uploaded', file],
      ['video-link-made', { ...file, untilAt: expect.stringMatching(/^\d{4}-.*Z$/) }],
      ['video-removed', file]
    ])
    const kept = JSON.stringify(recorded())
    for (const secret of ['X-Amz', s3.secretKey, s3.accessKeyId, folder, id.slice(4)]) {
      expect(kept).not.toContain(secret)
    }
  })

  it('says nothing of what failed or was canceled', async () => {
    const bucketId = await serve()
    s3.setFault(({ action }) =>
      action === 'UploadPart' ? { kind: 'answer', status: 403, code: 'AccessDenied' } : null
    )
    const { id } = await begin(fileOf(part), bucketId)
    expect((await ended(id)).state).toBe('failed')
    s3.setFault(null)
    unwrap(await uploads.cancel(id))
    await uploads.settled()
    expect(recorded()).toEqual([])
  })
})

describe('what is left', () => {
  it('of a trained replica is removed, and not before it is trained', async () => {
    const bucketId = await serve()
    const { id, draftId } = await begin(fileOf(part), bucketId)
    await ended(id)
    unwrap(drafts.begin(draftId))
    drafts.apply(draftId, { kind: 'asked', operationId: 'op-1' })
    drafts.apply(draftId, { kind: 'created', createdId: refOf('r1').id })
    expect(store.read.upload(id)?.usedFor).toEqual({ accountId, assetId: 'r1' })
    store.transaction((write) => write.putAsset(asset('r1', { status: 'training' })))
    expect(await uploads.removeFile(id)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    expect(s3.objects.size).toBe(1)
    store.transaction((write) => write.putAsset(asset('r1', { name: 'Adaeze' })))
    expect(unwrap(await uploads.leftovers(bucketId)).files).toMatchObject([
      { uploadId: id, replicaName: 'Adaeze' }
    ])
    unwrap(await uploads.removeFile(id))
    expectNothingThere()
    expect(store.read.upload(id)).toBeNull()
    expect(recorded().at(-1)?.type).toBe('video-removed')
  })

  it('is offered once nobody needs it, and removed when asked', async () => {
    const bucketId = await serve()
    const { id, draftId } = await begin(fileOf(part), bucketId)
    await ended(id)
    expect(unwrap(await uploads.leftovers(bucketId)).files).toEqual([])
    expect(await uploads.removeFile(id)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    unwrap(drafts.discard([draftId]))
    expect(unwrap(await uploads.leftovers(bucketId)).files).toMatchObject([
      { uploadId: id, replicaName: null, sizeBytes: part }
    ])
    unwrap(await uploads.removeFile(id))
    expectNothingThere()
    expect(unwrap(await uploads.leftovers(bucketId)).files).toEqual([])
  })

  const sent = async (operationId: string) => {
    const bucketId = await serve()
    const { id, draftId } = await begin(fileOf(part), bucketId)
    await ended(id)
    unwrap(drafts.begin(draftId))
    drafts.apply(draftId, { kind: 'asked', operationId })
    return { bucketId, id, draftId }
  }

  /** What the creation has come to, as it is kept once its draft is gone. */
  const operation = (
    id: string,
    state: Operation['state'],
    assetId: string | null = null,
    askedAt = new Date().toISOString()
  ): void => {
    const plain = { mode: null, httpStatus: null, error: null, batchId: null, stepId: null }
    const facts = { kind: 'create', assetKind: 'replica', assetName: '', accountId } as const
    const bound = { provider: null, origin: null, keyFingerprint: null }
    const times = { askedAt, sentAt: askedAt, finishedAt: null, attempt: 1, found: null, after: [] }
    store.transaction((write) =>
      write.putOperation({ ...facts, ...plain, ...bound, ...times, id, state, assetId })
    )
  }

  const whyLeft = async (bucketId: BucketId) =>
    unwrap(await uploads.leftovers(bucketId)).files.map(({ why, replicaName }) => [
      why,
      replicaName
    ])

  it.each<[string, Parameters<typeof asset>[1], readonly unknown[]]>([
    ['failed', { status: 'failed', name: 'Adaeze' }, ['failed', 'Adaeze']],
    ['was deleted', { presence: 'gone', name: 'Adaeze' }, ['gone', 'Adaeze']],
    ['is tuned still', { status: 'preview' }, []]
  ])('of a replica that %s is offered by what it came to', async (_what, facts, expected) => {
    const { bucketId, draftId } = await sent('op-1')
    operation('op-1', 'done', 'r1')
    drafts.apply(draftId, { kind: 'created', createdId: refOf('r1').id })
    store.transaction((write) => write.putAsset(asset('r1', facts)))
    expect(await whyLeft(bucketId)).toEqual(expected.length === 0 ? [] : [expected])
  })

  it('of a lost answer is not offered while its link may be used, whatever became of the draft', async () => {
    const { bucketId, id, draftId } = await sent('op-1')
    operation('op-1', 'unclear')
    drafts.apply(draftId, { kind: 'answer-lost', error: { kind: 'outcome-unknown' } })
    drafts.apply(draftId, { kind: 'left-to-person' })
    unwrap(drafts.discard([draftId]))
    expect(await whyLeft(bucketId)).toEqual([])
    expect((await uploads.removeFile(id)).ok).toBe(false)
    await restart()
    expect(await whyLeft(bucketId)).toEqual([])
    operation('op-1', 'unclear', null, new Date(Date.now() - 8 * 86_400_000).toISOString())
    expect(await whyLeft(bucketId)).toEqual([['unknown', null]])
    operation('op-1', 'refused')
    expect(await whyLeft(bucketId)).toEqual([['unused', null]])
    operation('op-1', 'done', 'r1')
    store.transaction((write) => write.putAsset(asset('r1', { status: 'training' })))
    expect(await whyLeft(bucketId)).toEqual([])
    store.transaction((write) => write.putAsset(asset('r1', { name: 'Adaeze' })))
    expect(await whyLeft(bucketId)).toEqual([['trained', 'Adaeze']])
  })

  it('of unfinished uploads is listed after a day, and removed when asked', async () => {
    const bucketId = await serve({ clockOffsetMs: -25 * 3_600_000 })
    s3.setFault(({ action, before }) =>
      action === 'CreateMultipartUpload' && before < 8 ? { kind: 'lost-answer' } : null
    )
    const { id } = await begin(fileOf(part), bucketId)
    await ended(id)
    const { unfinished } = unwrap(await uploads.leftovers(bucketId))
    expect(unfinished.length).toBeGreaterThan(0)
    unwrap(
      await uploads.removeUnfinished(
        bucketId,
        unfinished.map((one) => one.id)
      )
    )
    expect(s3.multiparts.size).toBe(0)
  })
})

describe('other programs in the bucket', () => {
  it('keep their unfinished uploads', async () => {
    const bucketId = await serve({ clockOffsetMs: -25 * 3_600_000 })
    const record = store.read.bucket(bucketId)
    if (record === null) throw new Error('Not stored')
    const client = unwrap(await openBucket(keyRing.connectBucket(record)))
    const { signal } = new AbortController()
    const beginAs = (name: string) => client.begin(`replica-desk/${name}`, 'video/mp4', signal)
    // The first is refused for its time; what follows is signed with the server's.
    await beginAs('refused.mp4')
    for (const name of ['Film.mp4', '0123456789abcdef.mp4', 'a/0123456789abcdef-b.mp4']) {
      unwrap(await beginAs(name))
    }
    unwrap(await beginAs('0123456789abcdef-ours.mp4'))
    client.close()
    const { unfinished } = unwrap(await uploads.leftovers(bucketId))
    expect(unfinished.map(({ name }) => name)).toEqual(['0123456789abcdef-ours.mp4'])
  })
})

describe('the test of a connection', () => {
  it('writes, reads and removes a small object', async () => {
    const bucketId = await serve()
    expect(unwrap(await buckets.test(bucketId)).test).toMatchObject({
      outcome: 'works',
      trouble: null
    })
    expect(s3.requests.map(({ action }) => action)).toEqual([
      'PutObject',
      'GetObject',
      'DeleteObject'
    ])
    expectNothingThere()
  })

  it.each([
    ['PutObject', 'write'],
    ['GetObject', 'read'],
    ['DeleteObject', 'remove']
  ] as const)('says which right is missing: %s', async (denied, right) => {
    const bucketId = await serve({
      fault: ({ action }) =>
        action === denied ? { kind: 'answer', status: 403, code: 'AccessDenied' } : null
    })
    expect(unwrap(await buckets.test(bucketId)).test).toMatchObject({
      outcome: 'failed',
      trouble: 'denied',
      right
    })
  })

  it('tells a secret that is not the bucket\u2019s', async () => {
    const bucketId = await serve()
    s3.revoke()
    expect(unwrap(await buckets.test(bucketId)).test.trouble).toBe('wrong-secret')
  })

  it('tells what cannot be reached, and what is no storage', async () => {
    const bucketId = await serve()
    await s3.close()
    expect(unwrap(await buckets.test(bucketId)).test.trouble).toBe('unreachable')
  })
})

describe('a connection with uploads', () => {
  it('stays where its files are, and may have another name and key', async () => {
    const bucketId = await serve()
    const { id, draftId } = await begin(fileOf(part), bucketId)
    await ended(id)
    const record = store.read.bucket(bucketId)
    if (record === null) throw new Error('Not stored')
    const save = (change: Partial<BucketRecord>) =>
      buckets.save({ ...record, ...change, secretKey: s3.secretKey, keyStorage: 'keychain' })
    const moves = [
      ['endpoint', { endpoint: 'https://other.example' }],
      ['region', { region: 'us-west-2' }],
      ['bucket', { bucket: 'other-videos' }],
      ['bucket', { isPathStyle: false }]
    ] as const
    for (const [field, change] of moves) {
      expect(await save(change)).toEqual({
        ok: false,
        error: { kind: 'invalid-input', issues: [{ field, code: 'has-uploads', said: null }] }
      })
    }
    unwrap(await save({ name: 'Renamed', prefix: 'elsewhere' }))
    unwrap(drafts.discard([draftId]))
    unwrap(await uploads.removeFile(id))
    unwrap(await save({ region: 'us-west-2' }))
  })
})

describe('a connection that is wrong', () => {
  const moved = async (bucketId: BucketId, change: Partial<BucketRecord>) => {
    const record = store.read.bucket(bucketId)
    if (record === null) throw new Error('Not stored')
    return buckets.save({
      ...record,
      ...change,
      secretKey: s3.secretKey,
      keyStorage: 'keychain'
    })
  }

  it('can be corrected after an upload failed for it, which then goes on', async () => {
    const bucketId = await serve()
    unwrap(await moved(bucketId, { region: 'us-west-2' }))
    const path = fileOf(part)
    const { id } = await begin(path, bucketId)
    expect((await ended(id)).error).toMatchObject({ trouble: 'wrong-region' })
    unwrap(await moved(bucketId, { region: s3.region }))
    unwrap(await uploads.resume(id))
    expect((await ended(id)).state).toBe('done')
    expectStored(path)
  })

  it('is not held by a canceled upload to a bucket that is no more', async () => {
    const bucketId = await serve()
    const { id } = await begin(fileOf(4 * part), bucketId)
    await until(() => sentParts().length > 0)
    s3.setFault(() => ({ kind: 'answer', status: 404, code: 'NoSuchBucket' }))
    unwrap(await uploads.cancel(id))
    await uploads.settled()
    expect(store.read.upload(id)).toBeNull()
    unwrap(await moved(bucketId, { bucket: 'new-videos' }))
  })
})

describe('a connection that is removed', () => {
  const second = async (): Promise<BucketId> => {
    const [record] = store.read.buckets()
    if (record === undefined) throw new Error('Not stored')
    const { secretKey } = s3
    const input = { ...record, id: null, secretKey, keyStorage: 'keychain' } as const
    return unwrap(await buckets.save({ ...input, name: 'Second', prefix: 'second' })).id
  }

  it('takes its unfinished uploads along, and waits for no other', async () => {
    const firstId = await serve()
    const secondId = await second()
    const slow = await begin(fileOf(8 * part, 'a.mp4'), firstId)
    const queued = await begin(fileOf(part, 'b.mp4'), secondId)
    await until(() => sentParts().length > 0)
    unwrap(await buckets.remove(secondId))
    expect(now(queued.id)).toBeUndefined()
    expect(now(slow.id)?.state).toBe('sending')
    expect((await ended(slow.id)).state).toBe('done')
  })

  it('does not wait long for a bucket that cannot be reached', async () => {
    const bucketId = await serve()
    const { id } = await begin(fileOf(4 * part), bucketId)
    await until(() => sentParts().length > 0)
    unwrap(await uploads.pause(id))
    let asked = 0
    s3.setFault(() => {
      asked += 1
      return { kind: 'answer', status: 503, code: 'SlowDown' }
    })
    unwrap(await buckets.remove(bucketId))
    expect(store.read.uploads()).toEqual([])
    // It was given up long before the last try, and nothing is sent once the connection is gone but what is on its way.
    const before = asked
    expect(before).toBeLessThan(8)
    await uploads.settled()
    expect(asked).toBeLessThan(8)
  })
})

describe('secrets', () => {
  it('are in no record, no event and no file of the app', async () => {
    const bucketId = await serve()
    const { id } = await begin(fileOf(2 * part), bucketId)
    await ended(id)
    const records = JSON.stringify([
      store.read.uploads(),
      store.read.buckets(),
      store.read.drafts(),
      told,
      drafts.all()
    ])
    expect(records).not.toContain(s3.secretKey)
    expect(records).not.toMatch(/X-Amz-Signature/i)
    rmSync(folder, { recursive: true, force: true })
  })
})
