import type { Asset, AssetRef } from '../../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Emit } from '../../ports/emit.ts'
import type { AccountRecord, Store } from '../../ports/store.ts'
import { assetEvent } from '../history-event.ts'

export interface PinDeps {
  readonly store: Store
  readonly clock: Clock
  readonly emit: Emit
}

/** Protects assets from every deletion, or lifts that. Plans and their later checks look at it, whatever the route. */
export const createPins = ({ store, clock, emit }: PinDeps) => {
  const setPinned = (
    refs: readonly AssetRef[],
    isPinned: boolean
  ): Result<{ changed: AssetRef[] }> => {
    const changed: { readonly account: AccountRecord; readonly asset: Asset }[] = []
    for (const ref of refs) {
      const account = store.read.account(ref.accountId)
      const asset = store.read.asset(ref)
      if (account === null || asset === null) return fail({ kind: 'not-found' })
      if (asset.isPinned !== isPinned) changed.push({ account, asset })
    }
    if (changed.length === 0) return ok({ changed: [] })
    const noted = store.transaction((write) => {
      for (const { account, asset } of changed) {
        write.setPinned(asset.ref, isPinned ? clock.nowAt() : null)
        const about = { ...asset.ref, name: asset.name }
        write.append(assetEvent(isPinned ? 'asset-pinned' : 'asset-unpinned', account, about, {}))
      }
      return null
    })
    if (!noted.ok) return noted
    for (const accountId of new Set(changed.map(({ account }) => account.id))) {
      emit('library:changed', { accountId })
    }
    return ok({ changed: changed.map(({ asset }) => asset.ref) })
  }
  return { setPinned }
}
