import type { ForgetPreview, ForgetTarget } from '../../shared/domain/forgetting.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

/** What the person is asked before a name is forgotten. */
export interface AskedToForget {
  readonly target: ForgetTarget
  readonly preview: ForgetPreview
}

export interface ForgettingSlice {
  readonly askedToForget: AskedToForget | null
  readonly askToForget: (target: ForgetTarget) => Promise<void>
  readonly closeForgetting: () => void
  readonly forgetNames: () => Promise<void>
}

export const createForgettingSlice =
  (bridge: Bridge): Slice<ForgettingSlice> =>
  (set, get) => ({
    askedToForget: null,
    askToForget: async (target) => {
      const answer = await bridge.namesPreview(target)
      if (answer.ok) set({ askedToForget: { target, preview: answer.value } })
      else get().tellFailure('forget', answer.error)
    },
    closeForgetting: () => set({ askedToForget: null }),
    forgetNames: async () => {
      const asked = get().askedToForget
      if (asked === null) return
      const answer = await bridge.namesForget({
        target: asked.target,
        records: asked.preview.records
      })
      set({ askedToForget: null })
      if (!answer.ok) {
        get().tellFailure('forget', answer.error)
        return
      }
      // Notices from before may name it, too.
      set({ notices: [] })
      get().tell({ kind: 'names-forgotten', ...answer.value })
      await Promise.all([get().loadHistory(), get().reloadDetail(), get().reloadPersonAssets()])
    }
  })
