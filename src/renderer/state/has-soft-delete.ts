import type { AssetRef } from '../../shared/domain/asset.ts'

/** Replicate deletes for good or not at all. */
export const hasSoftDelete = ({ kind }: Pick<AssetRef, 'kind'>): boolean =>
  kind === 'replica' || kind === 'video'
