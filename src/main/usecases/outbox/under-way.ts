import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { Operation, Store } from '../../ports/store.ts'
import { isOverdue } from './batch-rules.ts'

/** Another deletion of the same thing is on its way, or waits for its time or its turn. */
export const isUnderWay = (
  store: Store,
  { accountId, assetKind, assetId }: Pick<Operation, 'accountId' | 'assetKind' | 'assetId'>
): boolean =>
  store.read
    .deletionsOf({ accountId, kind: assetKind, id: assetId as AssetRef['id'] })
    .some(
      ({ state, found }) =>
        isUnsent(state) ||
        state === 'sent' ||
        (state === 'accepted' && !isOverdue({ state, found }))
    )
