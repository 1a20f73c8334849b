import type { Overdue } from '../../shared/domain/keeping.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

export interface KeepingSlice {
  /** What is older than the person chose; null: not counted yet. */
  readonly overdue: Overdue | null
  readonly loadOverdue: () => Promise<void>
  readonly removeOldPictures: () => Promise<void>
  /** A reminder led to what is older; it stands in the middle of Settings. */
  readonly isKeepingWanted: boolean
  readonly showKeeping: () => void
  readonly leaveKeeping: () => void
}

export const createKeepingSlice =
  (bridge: Bridge): Slice<KeepingSlice> =>
  (set, get) => ({
    overdue: null,
    isKeepingWanted: false,
    showKeeping: () => {
      get().go('settings')
      set({ isKeepingWanted: true, overdue: null })
      void get().loadOverdue()
    },
    leaveKeeping: () => set({ isKeepingWanted: false }),
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
