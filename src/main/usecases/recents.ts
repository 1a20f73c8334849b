import { targetKey } from '../../shared/catalogue/keys.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'

/** As many as a menu shows without being one to search in. */
const mostRecent = 8

/** An asset that was opened, as it is called now. */
export interface RecentAsset {
  readonly ref: AssetRef
  readonly name: string
}

export interface RecentsDeps {
  readonly asset: (ref: AssetRef) => Pick<Asset, 'name' | 'presence'> | null
  /** Told when others are listed, or in another order. */
  readonly onChanged: () => void
}

/** What was opened last in this run, newest first. In memory alone, so that no name outlives its erasure. */
export const createRecents = ({ asset, onChanged }: RecentsDeps) => {
  let refs: readonly AssetRef[] = []
  let told = '[]'

  /** Those that are still listed, by the names that they have now. */
  const list = (): readonly RecentAsset[] =>
    refs.flatMap((ref) => {
      const known = asset(ref)
      return known === null || known.presence !== 'listed' ? [] : [{ ref, name: known.name }]
    })

  /** The library may have changed: a name that is erased leaves the menu with it. */
  const review = (): void => {
    const text = JSON.stringify(list())
    if (text === told) return
    told = text
    onChanged()
  }

  return {
    list,
    review,
    note: (ref: AssetRef): void => {
      refs = [ref, ...refs.filter((known) => targetKey(known) !== targetKey(ref))].slice(
        0,
        mostRecent
      )
      review()
    }
  }
}
export type Recents = ReturnType<typeof createRecents>
