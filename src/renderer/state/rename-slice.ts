import type { AssetRef } from '../../shared/domain/asset.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Slice } from './app-state.ts'

/** A name that is being edited where it stands; kept here, as the row may be drawn anew meanwhile. */
export interface Renaming {
  readonly ref: AssetRef
  readonly place: 'row' | 'pane'
  readonly typed: string
  readonly error: AppError | null
  readonly isSaving: boolean
}

export interface RenameSlice {
  readonly renaming: Renaming | null
  readonly startRename: (ref: AssetRef, name: string, place: Renaming['place']) => void
  readonly typeName: (typed: string) => void
  readonly refuseName: (error: AppError) => void
  readonly endRename: () => void
  /** Renames, and answers whether it was done; what was refused stays to be edited. */
  readonly saveName: () => Promise<boolean>
}

export const createRenameSlice = (): Slice<RenameSlice> => (set, get) => {
  const change = (part: Partial<Renaming>): void =>
    set(({ renaming }) => ({ renaming: renaming === null ? null : { ...renaming, ...part } }))
  return {
    renaming: null,
    startRename: (ref, typed, place) =>
      set({ renaming: { ref, place, typed, error: null, isSaving: false } }),
    typeName: (typed) => change({ typed }),
    refuseName: (error) => change({ error, isSaving: false }),
    endRename: () => set({ renaming: null }),
    saveName: async () => {
      const { renaming } = get()
      if (renaming === null || renaming.isSaving) return false
      change({ isSaving: true })
      const answer = await get().renameAsset(renaming.ref, renaming.typed.trim())
      // Another name may be edited by now.
      if (get().renaming?.ref !== renaming.ref) return answer.ok
      if (answer.ok) get().endRename()
      else get().refuseName(answer.error)
      return answer.ok
    }
  }
}
