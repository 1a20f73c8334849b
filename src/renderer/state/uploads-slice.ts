import type { VideoField } from '../../shared/catalogue/draft-fields.ts'
import { mostVideosAtOnce } from '../../shared/catalogue/limits.ts'
import type { Bucket, BucketId, BucketInput } from '../../shared/domain/bucket.ts'
import type { DraftId } from '../../shared/domain/draft.ts'
import type { UploadId } from '../../shared/domain/local-video.ts'
import type { Leftovers, Upload } from '../../shared/domain/upload.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import type { LeftFile, RefusedFile } from './notice.ts'

export interface AddedVideos {
  readonly addedIds: readonly DraftId[]
  readonly refused: readonly RefusedFile[]
}

export interface UploadsSlice {
  /** Null: not asked for yet. */
  readonly buckets: readonly Bucket[] | null
  readonly uploads: ReadonlyMap<UploadId, Upload>
  readonly testingBuckets: ReadonlySet<BucketId>
  /** `bucketId` null: a new one. */
  readonly bucketForm: { readonly bucketId: BucketId | null } | null
  readonly leftovers: ReadonlyMap<BucketId, Leftovers>
  /** Asks main for buckets and uploads, once; later changes come as events. */
  readonly loadBuckets: () => Promise<void>
  readonly noteBuckets: (buckets: readonly Bucket[]) => void
  readonly noteUpload: (upload: Upload) => void
  readonly openBucketForm: (bucketId: BucketId | null) => void
  readonly closeBucketForm: () => void
  /** Saves, and tests what was saved. */
  /** Tries a connection before it is stored. */
  readonly tryBucket: (input: BucketInput) => Promise<Result<unknown>>
  readonly saveBucket: (input: BucketInput) => Promise<Result<Bucket>>
  readonly testBucket: (bucketId: BucketId) => Promise<void>
  readonly removeBucket: (bucketId: BucketId) => Promise<void>
  readonly chooseVideoFile: (draftId: DraftId, field: VideoField) => Promise<void>
  /** Makes a draft of each that can be taken; answers which, and why the others were not. */
  readonly addVideoFiles: (files: readonly File[]) => Promise<AddedVideos>
  readonly startUpload: (draftId: DraftId, field: VideoField, bucketId: BucketId) => Promise<void>
  readonly turnUpload: (uploadId: UploadId, turn: 'pause' | 'resume' | 'cancel') => Promise<void>
  readonly findLeftovers: (bucketId: BucketId) => Promise<void>
  readonly removeLeftFile: (bucketId: BucketId, uploadId: UploadId) => Promise<void>
  /** What the person is asked about. */
  readonly fileToRemove: LeftFile | null
  readonly askToRemove: (file: LeftFile | null) => void
  readonly removeTrainingFile: (file: LeftFile) => Promise<void>
  readonly removeUnfinished: (bucketId: BucketId) => Promise<void>
}

const without = <T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> =>
  new Set([...set].filter((held) => held !== item))

export const createUploadsSlice =
  (bridge: Bridge): Slice<UploadsSlice> =>
  (set, get) => ({
    buckets: null,
    uploads: new Map(),
    testingBuckets: new Set(),
    bucketForm: null,
    leftovers: new Map(),
    loadBuckets: async () => {
      if (get().buckets !== null) return
      const [buckets, uploads] = await Promise.all([bridge.bucketList({}), bridge.uploadList({})])
      if (buckets.ok) set({ buckets: buckets.value })
      if (uploads.ok) set({ uploads: new Map(uploads.value.map((upload) => [upload.id, upload])) })
    },
    noteBuckets: (buckets) => set({ buckets }),
    noteUpload: (upload) =>
      set((state) => ({ uploads: new Map(state.uploads).set(upload.id, upload) })),
    openBucketForm: (bucketId) => set({ bucketForm: { bucketId } }),
    closeBucketForm: () => set({ bucketForm: null }),
    tryBucket: (input) => bridge.bucketTry(input),
    saveBucket: async (input) => {
      const answer = await bridge.bucketSave(input)
      if (answer.ok) void get().testBucket(answer.value.id)
      return answer
    },
    testBucket: async (bucketId) => {
      set((state) => ({ testingBuckets: new Set(state.testingBuckets).add(bucketId) }))
      const answer = await bridge.bucketTest({ bucketId })
      set((state) => ({ testingBuckets: without(state.testingBuckets, bucketId) }))
      if (!answer.ok) get().tellFailure('test-bucket', answer.error)
    },
    removeBucket: async (bucketId) => {
      const answer = await bridge.bucketRemove({ bucketId })
      if (!answer.ok) get().tellFailure('remove-bucket', answer.error)
    },
    chooseVideoFile: async (draftId, field) => {
      // The draft itself comes as an event.
      const answer = await bridge.draftChooseVideoFile({ draftId, field })
      if (!answer.ok) get().tellFailure('choose-file', answer.error)
    },
    addVideoFiles: async (files) => {
      const { accountId } = get().filter
      const addedIds: DraftId[] = []
      const refused: RefusedFile[] = []
      for (let first = 0; first < files.length; first += mostVideosAtOnce) {
        const some = files.slice(first, first + mostVideosAtOnce)
        const answer = await bridge.draftAddVideoFiles({ files: some, accountId })
        if (!answer.ok) {
          get().tellFailure('add-drafts', answer.error)
          const rest = files.slice(first)
          refused.push(...rest.map(({ name }): RefusedFile => ({ name, reason: 'not-stored' })))
          break
        }
        addedIds.push(...answer.value.added.map(({ id }) => id))
        refused.push(
          ...answer.value.refused.map(
            ({ index, why }): RefusedFile => ({ name: some[index]?.name ?? '', reason: why })
          )
        )
      }
      return { addedIds, refused }
    },
    startUpload: async (draftId, field, bucketId) => {
      const answer = await bridge.uploadStart({ draftId, field, bucketId })
      if (answer.ok) get().noteUpload(answer.value)
      else get().tellFailure('upload', answer.error)
    },
    turnUpload: async (uploadId, turn) => {
      const turns = {
        pause: bridge.uploadPause,
        resume: bridge.uploadResume,
        cancel: bridge.uploadCancel
      }
      const answer = await turns[turn]({ uploadId })
      if (answer.ok) get().noteUpload(answer.value)
      else get().tellFailure('upload', answer.error)
    },
    findLeftovers: async (bucketId) => {
      const answer = await bridge.uploadLeftovers({ bucketId })
      if (answer.ok) {
        set((state) => ({ leftovers: new Map(state.leftovers).set(bucketId, answer.value) }))
      } else get().tellFailure('find-leftovers', answer.error)
    },
    removeLeftFile: async (bucketId, uploadId) => {
      const answer = await bridge.uploadRemoveFile({ uploadId })
      if (!answer.ok) get().tellFailure('remove-leftover', answer.error)
      await get().findLeftovers(bucketId)
    },
    fileToRemove: null,
    askToRemove: (fileToRemove) => set({ fileToRemove }),
    removeTrainingFile: async ({ uploadId, fileName }) => {
      const answer = await bridge.uploadRemoveFile({ uploadId })
      if (!answer.ok) {
        get().tellFailure('remove-leftover', answer.error)
        return
      }
      // Lists that were asked for before still have it.
      set({ leftovers: new Map() })
      get().tell({ kind: 'file-removed', fileName })
    },
    removeUnfinished: async (bucketId) => {
      const ids =
        get()
          .leftovers.get(bucketId)
          ?.unfinished.map(({ id }) => id) ?? []
      if (ids.length === 0) return
      const answer = await bridge.uploadRemoveUnfinished({ bucketId, ids })
      if (!answer.ok) get().tellFailure('remove-leftover', answer.error)
      await get().findLeftovers(bucketId)
    }
  })
