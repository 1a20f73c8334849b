import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { Slice } from './app-state.ts'
import { isSameAsset } from './asset-key.ts'
import {
  type Chosen,
  mostChosen,
  nothingChosen,
  rangeOf,
  toggled,
  withAll,
  withoutAll
} from './library-choice.ts'
import type { Spot } from './library-pages.ts'

export interface LibraryChoiceSlice {
  readonly chosen: Chosen
  /** Where the next range starts: what was chosen last. */
  readonly choiceAnchor: Spot | null
  readonly toggleChosen: (ref: AssetRef, index: number) => void
  /** Everything between what was chosen last, or `from`, and this; what an earlier range chose too much goes. */
  readonly chooseTo: (to: Spot, from: Spot) => Promise<void>
  /** All that match the filters, as many as can be worked on together. */
  readonly chooseAll: () => Promise<void>
  readonly clearChosen: () => void
  readonly deleteChosen: () => Promise<void>
}

/** What is gone can be looked at, and nothing else. */
const isListed = ({ presence }: Asset): boolean => presence === 'listed'

/** Tries to read a range whose ends do not move meanwhile. */
const mostTries = 3

export const createLibraryChoiceSlice = (): Slice<LibraryChoiceSlice> => (set, get) => {
  /** What the range that is being drawn has added, so that drawing it back takes it away again. */
  let drawn: readonly AssetRef[] = []
  let drawing = 0

  /** What has left the listing counts as where it was. */
  const found = async ({ ref, index }: Spot): Promise<Spot> => {
    const place = ref === null ? null : await get().placeOf(ref)
    return place === null ? { ref: null, index } : { ref, index: place }
  }

  /** Rows from one spot to another, both by what stands there; null if they do not come to rest. */
  const rowsFromTo = async (from: Spot, to: Spot): Promise<readonly Asset[] | null> => {
    for (let left = mostTries; left > 0; left -= 1) {
      const ends = [await found(from), await found(to)] as const
      const { first, last } = rangeOf(ends[0].index, ends[1].index)
      const rows = await get().rowsBetween(first, last)
      const hasMoved = ({ ref, index }: Spot): boolean =>
        ref !== null &&
        index >= first &&
        index <= last &&
        !isSameAsset(rows[index - first]?.ref ?? null, ref)
      if (!ends.some(hasMoved)) return rows
    }
    return null
  }

  return {
    chosen: nothingChosen,
    choiceAnchor: null,
    toggleChosen: (ref, index) => {
      drawing += 1
      drawn = []
      set((state) => ({ chosen: toggled(state.chosen, ref), choiceAnchor: { ref, index } }))
    },
    chooseTo: async (to, from) => {
      drawing += 1
      const mine = drawing
      const anchor = get().chosen.size === 0 ? from : (get().choiceAnchor ?? from)
      const rows = await rowsFromTo(anchor, to)
      if (mine !== drawing || rows === null) return
      const refs = rows.filter(isListed).map(({ ref }) => ref)
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
          rows.filter(isListed).map(({ ref }) => ref)
        ),
        choiceAnchor: null
      })
    },
    clearChosen: () => {
      drawing += 1
      drawn = []
      if (get().chosen.size > 0) set({ chosen: nothingChosen, choiceAnchor: null })
    },
    deleteChosen: async () => {
      const refs = [...get().chosen.values()]
      get().clearChosen()
      await get().deleteMany(refs)
    }
  }
}
