import type { VideoField } from '../../shared/catalogue/draft-fields.ts'
import type { DraftId } from '../../shared/domain/draft.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

export interface VideosSlice {
  /** Has a draft's video checked anew; the draft changes as the check goes on. */
  readonly checkVideo: (draftId: DraftId, field: VideoField) => Promise<void>
  /** Begins to make a file of a local video that Tavus takes, after asking where to. */
  readonly fitVideo: (draftId: DraftId, field: VideoField) => Promise<void>
  readonly cancelFit: (draftId: DraftId, field: VideoField) => Promise<void>
  /** Under which `media://` ID a draft's video plays; null: it has none. */
  readonly previewVideo: (draftId: DraftId, field: VideoField) => Promise<string | null>
}

export const createVideosSlice =
  (bridge: Bridge): Slice<VideosSlice> =>
  (_set, get) => ({
    checkVideo: async (draftId, field) => {
      const answer = await bridge.videoCheck({ draftId, field })
      if (answer.ok) get().noteDrafts({ changed: [answer.value] })
      else get().tellFailure('update-draft', answer.error)
    },
    fitVideo: async (draftId, field) => {
      const answer = await bridge.videoFit({ draftId, field })
      if (answer.ok) get().noteDrafts({ changed: [answer.value] })
      else get().tellFailure('update-draft', answer.error)
    },
    cancelFit: async (draftId, field) => {
      await bridge.videoCancelFit({ draftId, field })
    },
    previewVideo: async (draftId, field) => {
      const answer = await bridge.videoPreview({ draftId, field })
      return answer.ok ? answer.value.mediaId : null
    }
  })
