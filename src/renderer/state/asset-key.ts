import type { AssetRef } from '../../shared/domain/asset.ts'

/** One text for one asset, to compare and to index by. */
export const assetKey = (ref: AssetRef): string => `${ref.accountId}/${ref.kind}/${ref.id}`

export const isSameAsset = (a: AssetRef | null, b: AssetRef | null): boolean =>
  a !== null && b !== null && assetKey(a) === assetKey(b)
