import type { AssetQuery } from './asset.ts'

/** A query that narrows nothing but what is still listed; a listing is asked for with a kind and what else it wants. */
export const anyListed = {
  accountId: null,
  origin: 'all',
  statuses: null,
  models: null,
  createdSinceAt: null,
  presence: 'listed',
  parentId: null,
  personId: null,
  tag: null,
  search: '',
  sort: 'created-desc',
  offset: 0
} as const satisfies Omit<AssetQuery, 'kind' | 'limit'>
