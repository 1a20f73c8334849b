import type { AccountId } from '../../shared/domain/account.ts'
import type {
  Asset,
  AssetPage,
  AssetQuery,
  AssetRef,
  AssetStatus
} from '../../shared/domain/asset.ts'
import { assertNever } from '../../shared/result.ts'
import { isSameAsset } from './asset-key.ts'

/** Rows asked for at once. */
export const pageSize = 200

export type StatusGroup = 'all' | 'ready' | 'training' | 'failed'
export type LibrarySort = AssetQuery['sort']

export interface LibraryFilter {
  readonly search: string
  readonly origin: 'own' | 'stock'
  readonly group: StatusGroup
  readonly accountId: AccountId | null
  readonly sort: LibrarySort
}

export const firstFilter: LibraryFilter = {
  search: '',
  origin: 'own',
  group: 'all',
  accountId: null,
  sort: 'created-desc'
}

/** What is held of a listing that may be far longer than what is held. Keys are offsets. */
export interface LibraryPages {
  readonly total: number
  readonly pages: ReadonlyMap<number, readonly Asset[]>
}

const statusesOf = (group: StatusGroup): AssetStatus[] | null => {
  switch (group) {
    case 'all':
      return null
    case 'ready':
      return ['ready']
    case 'training':
      return ['training', 'preview', 'other']
    case 'failed':
      return ['failed']
    default:
      return assertNever(group)
  }
}

export const queryOf = (filter: LibraryFilter, offset: number): AssetQuery => ({
  kind: 'replica',
  accountId: filter.accountId,
  origin: filter.origin,
  statuses: statusesOf(filter.group),
  models: null,
  createdSinceAt: null,
  presence: 'listed',
  search: filter.search,
  sort: filter.sort,
  offset,
  limit: pageSize
})

/** A listing that starts anew with its first page. */
export const startWith = (page: AssetPage): LibraryPages => ({
  total: page.total,
  pages: new Map([[0, page.rows]])
})

/** Puts a page in; pages beyond the end of a listing that became shorter go. */
export const withPage = (held: LibraryPages, offset: number, page: AssetPage): LibraryPages => {
  const pages = new Map(held.pages)
  pages.set(offset, page.rows)
  for (const start of pages.keys()) {
    if (start >= page.total && start !== 0) pages.delete(start)
  }
  return { total: page.total, pages }
}

export const rowAt = (held: LibraryPages, index: number): Asset | null => {
  const start = Math.floor(index / pageSize) * pageSize
  return held.pages.get(start)?.[index - start] ?? null
}

/** Offsets of the pages that hold the rows `first` to `last`. */
export const offsetsFor = (first: number, last: number): readonly number[] => {
  const offsets: number[] = []
  const from = Math.max(0, Math.floor(first / pageSize) * pageSize)
  for (let start = from; start <= last; start += pageSize) offsets.push(start)
  return offsets
}

export const findHeld = (held: LibraryPages, ref: AssetRef): Asset | null => {
  for (const rows of held.pages.values()) {
    const found = rows.find((asset) => isSameAsset(asset.ref, ref))
    if (found !== undefined) return found
  }
  return null
}

/** Puts a newer version of an asset in the place of the one that is held. */
export const replaceAsset = (held: LibraryPages, asset: Asset): LibraryPages => ({
  total: held.total,
  pages: new Map(
    [...held.pages].map(([start, rows]) => [
      start,
      rows.map((row) => (isSameAsset(row.ref, asset.ref) ? asset : row))
    ])
  )
})
