import { targetKey } from '../../shared/catalogue/keys.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'

export const isSameAsset = (a: AssetRef | null, b: AssetRef | null): boolean =>
  a !== null && b !== null && targetKey(a) === targetKey(b)
