import type { Overdue } from '../../shared/domain/keeping.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

export interface KeepingSlice {
  /** What is older than the person chose; null: not counted yet. */
  readonly overdue: Overdue | null
  readonly loadOverdue: () => Promise<void>
  readonly removeOldPictures: () => Promise<void>
}

export const createKeepingSlice =
  (bridge: Bridge): Slice<KeepingSlice> =>
  (set, get) => ({
    overdue: null,
    loadOverdue: async () => {
      const answer = await bridge.keepingCount({})
      if (answer.ok) set({ overdue: answer.value })
    },
    removeOldPictures: async () => {
      const answer = await bridge.keepingRemovePictures({})
      if (!answer.ok) get().tellFailure('remove-pictures', answer.error)
      await get().loadOverdue()
    }
  })
