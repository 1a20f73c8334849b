import { uploadGoesOn } from '../../shared/catalogue/upload-states.ts'
import type { Batch } from '../../shared/domain/batch.ts'
import type { UploadId } from '../../shared/domain/local-video.ts'
import type { Upload } from '../../shared/domain/upload.ts'
import { deletionKind } from './agenda.ts'

/** Whether the person paused what the app does on its own. Lasts until it is resumed or the app ends. */
export const createPaused = () => {
  let isPaused = false
  const listeners: (() => void)[] = []
  return {
    is: (): boolean => isPaused,
    set: (next: boolean): void => {
      if (next === isPaused) return
      isPaused = next
      for (const listener of listeners) listener()
    },
    /** Called back after each change. */
    onChanged: (listener: () => void): void => {
      listeners.push(listener)
    }
  }
}
export type Paused = ReturnType<typeof createPaused>

/** Work that, where it comes due in a pause, is begun with the resuming. */
export const heedPause = (
  paused: Paused,
  work: () => Promise<void>,
  begin: (work: () => Promise<void>) => void
): (() => Promise<void>) => {
  let isDue = false
  paused.onChanged(() => {
    if (paused.is() || !isDue) return
    isDue = false
    begin(work)
  })
  return async () => {
    if (paused.is()) isDue = true
    else await work()
  }
}

type Going = Pick<Batch, 'id' | 'state' | 'heldUntilAt' | 'waitsFor'>

/** To be paused by itself: a schedule that comes due, and a full disk that has room again, heed the pause as they are. */
const isGoing = (batch: Going): boolean => {
  const kind = deletionKind(batch)
  return (kind === 'held' || kind === 'deletion') && batch.waitsFor !== 'storage'
}

export interface PausingDeps {
  readonly paused: Paused
  readonly outbox: {
    list(): readonly Going[]
    pause(batchId: string): unknown
    resume(batchId: string): unknown
    /** Compares the calendar again. */
    wake(): void
  }
  readonly uploads: {
    list(): readonly Pick<Upload, 'id' | 'state'>[]
    pause(id: UploadId): Promise<unknown>
    resume(id: UploadId): Promise<unknown>
  }
}

/**
 * Pauses and resumes what is being sent. What was paused one by one before stays so when everything is resumed. A
 * schedule that came due meanwhile begins with the resuming, and its plan is checked as ever.
 */
export const createPausing = ({ paused, outbox, uploads }: PausingDeps) => {
  let batchIds: readonly string[] = []
  let uploadIds: readonly UploadId[] = []

  const pause = async (): Promise<void> => {
    if (paused.is()) return
    paused.set(true)
    batchIds = outbox
      .list()
      .filter(isGoing)
      .map(({ id }) => id)
    for (const id of batchIds) outbox.pause(id)
    uploadIds = uploads
      .list()
      .filter(uploadGoesOn)
      .map(({ id }) => id)
    for (const id of uploadIds) await uploads.pause(id)
  }

  const resume = async (): Promise<void> => {
    if (!paused.is()) return
    paused.set(false)
    outbox.wake()
    for (const id of batchIds) outbox.resume(id)
    batchIds = []
    for (const id of uploadIds) await uploads.resume(id)
    uploadIds = []
  }

  return { pause, resume }
}
export type Pausing = ReturnType<typeof createPausing>
