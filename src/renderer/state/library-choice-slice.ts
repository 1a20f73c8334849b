import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Slice } from './app-state.ts'
import {
  type Chosen,
  mostChosen,
  nothingChosen,
  rangeOf,
  toggled,
  withAll,
  withoutAll
} from './library-choice.ts'

export interface LibraryChoiceSlice {
  readonly chosen: Chosen
  /** Where the next range starts: the row that was chosen last. */
  readonly choiceAnchor: number
  readonly toggleChosen: (ref: AssetRef, index: number) => void
  /** Everything between the row chosen last, or `from`, and this one; what an earlier range chose too much goes. */
  readonly chooseTo: (index: number, from: number) => Promise<void>
  /** All that match the filters, as many as can be worked on together. */
  readonly chooseAll: () => Promise<void>
  readonly clearChosen: () => void
  readonly deleteChosen: () => Promise<void>
}

export const createLibraryChoiceSlice = (): Slice<LibraryChoiceSlice> => (set, get) => {
  /** What the range that is being drawn has added, so that drawing it back takes it away again. */
  let drawn: readonly AssetRef[] = []
  let drawing = 0

  return {
    chosen: nothingChosen,
    choiceAnchor: 0,
    toggleChosen: (ref, index) => {
      drawing += 1
      drawn = []
      set((state) => ({ chosen: toggled(state.chosen, ref), choiceAnchor: index }))
    },
    chooseTo: async (index, from) => {
      drawing += 1
      const mine = drawing
      const anchor = get().chosen.size === 0 ? from : get().choiceAnchor
      const { first, last } = rangeOf(anchor, index)
      const rows = await get().rowsBetween(first, last)
      if (mine !== drawing) return
      const refs = rows.map(({ ref }) => ref)
      set((state) => ({
        chosen: withAll(withoutAll(state.chosen, drawn), refs),
        choiceAnchor: anchor
      }))
      drawn = refs
    },
    chooseAll: async () => {
      const { library } = get()
      if (library.kind !== 'ready' || library.value.total === 0) return
      drawing += 1
      const mine = drawing
      const rows = await get().rowsBetween(0, Math.min(library.value.total, mostChosen) - 1)
      if (mine !== drawing) return
      drawn = []
      set({
        chosen: withAll(
          nothingChosen,
          rows.map(({ ref }) => ref)
        ),
        choiceAnchor: 0
      })
    },
    clearChosen: () => {
      drawing += 1
      drawn = []
      if (get().chosen.size > 0) set({ chosen: nothingChosen, choiceAnchor: 0 })
    },
    deleteChosen: async () => {
      const refs = [...get().chosen.values()]
      get().clearChosen()
      await get().deleteMany(refs)
    }
  }
}
