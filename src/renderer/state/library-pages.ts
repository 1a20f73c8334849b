import type { AssetStatus } from '../../shared/catalogue/asset-statuses.ts'
import { unfinishedStatuses } from '../../shared/catalogue/asset-statuses.ts'
import { type AssetKind, kinds } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { Asset, AssetPage, AssetQuery, AssetRef } from '../../shared/domain/asset.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { assertNever } from '../../shared/result.ts'
import { isSameAsset } from './asset-key.ts'

/**
 * Rows asked for at once: a screenful. Three times as many took main three times as long after each letter of a search.
 */
export const pageSize = 64

/** `deleted`: what is in no listing any more, whoever deleted it; it stays to be found, with its receipts. */
export type StatusGroup = 'all' | 'ready' | 'training' | 'failed' | 'deleted'
export type Age = 'any' | 'today' | 'week' | 'month' | 'year'
export type LibrarySort = AssetQuery['sort']

export interface LibraryFilter {
  readonly kind: AssetKind
  readonly search: string
  readonly origin: 'own' | 'stock'
  readonly group: StatusGroup
  /** Empty: any model. */
  readonly models: readonly string[]
  readonly age: Age
  readonly accountId: AccountId | null
  /** Only what was made with this replica, or the versions of this model; null: of any. */
  readonly parent: Pick<Asset, 'ref' | 'name'> | null
  /** Only what is tied to this person; null: anybody's and nobody's. */
  readonly personId: PersonId | null
  /** Only what has this tag; null: any. */
  readonly tag: string | null
  readonly sort: LibrarySort
}

export const firstFilter: LibraryFilter = {
  kind: 'replica',
  search: '',
  origin: 'own',
  group: 'all',
  models: [],
  age: 'any',
  accountId: null,
  parent: null,
  personId: null,
  tag: null,
  sort: 'created-desc'
}

/** Nothing is narrowed any more; what is looked at, and in which order, stays. */
export const cleared = ({ kind, origin, sort }: LibraryFilter): LibraryFilter => ({
  ...firstFilter,
  kind,
  origin,
  sort
})

export const isNarrowed = (filter: LibraryFilter): boolean =>
  filter.group !== 'all' ||
  filter.search !== '' ||
  filter.accountId !== null ||
  filter.parent !== null ||
  filter.personId !== null ||
  filter.tag !== null ||
  filter.models.length > 0 ||
  filter.age !== 'any'

/** Nobody tells when a model was made, so models are told apart by their names. */
export const firstSort = (kind: AssetKind): LibrarySort =>
  kind === 'model' ? 'name-asc' : firstFilter.sort

/** The same things looked at among replicas and among videos: what the other kind does not know is let go. */
export const forKind = (
  filter: LibraryFilter,
  kind: AssetKind,
  sort: LibrarySort = firstSort(kind)
): LibraryFilter => ({
  ...firstFilter,
  kind,
  accountId: filter.accountId,
  personId: filter.personId,
  tag: filter.tag,
  sort
})

/** What is held of a listing that may be far longer than what is held. Keys are offsets. */
export interface LibraryPages {
  /** Another number, another listing: the screen starts at its top. */
  readonly listing: number
  readonly total: number
  readonly pages: ReadonlyMap<number, readonly Asset[]>
}

const statusesOf = (group: StatusGroup): AssetStatus[] | null => {
  switch (group) {
    case 'all':
    case 'deleted':
      return null
    case 'ready':
      return ['ready']
    case 'training':
      return [...unfinishedStatuses]
    case 'failed':
      return ['failed']
    default:
      return assertNever(group)
  }
}

const dayMs = 86_400_000

/** From when on something counts as of this age; today starts at midnight, the others are whole days back. */
export const createdSince = (age: Age, nowMs: number): string | null => {
  const startOfToday = new Date(nowMs).setHours(0, 0, 0, 0)
  switch (age) {
    case 'any':
      return null
    case 'today':
      return new Date(startOfToday).toISOString()
    case 'week':
      return new Date(startOfToday - 6 * dayMs).toISOString()
    case 'month':
      return new Date(startOfToday - 29 * dayMs).toISOString()
    case 'year':
      return new Date(startOfToday - 364 * dayMs).toISOString()
    default:
      return assertNever(age)
  }
}

export const queryOf = (filter: LibraryFilter, offset: number, nowMs: number): AssetQuery => ({
  kind: filter.kind,
  accountId: filter.accountId,
  origin: kinds[filter.kind].hasStock ? filter.origin : 'all',
  statuses: statusesOf(filter.group),
  models: filter.models.length === 0 ? null : [...filter.models],
  createdSinceAt: createdSince(filter.age, nowMs),
  presence: filter.group === 'deleted' ? 'gone' : 'listed',
  parentId: filter.parent?.ref.id ?? null,
  personId: filter.personId,
  tag: filter.tag,
  search: filter.search,
  sort: filter.sort,
  offset,
  limit: pageSize
})

/** A listing that starts anew with its first page. */
export const startWith = (page: AssetPage, listing: number): LibraryPages => ({
  listing,
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
  return { ...held, total: page.total, pages }
}

/** What was read anew takes the place of everything that is held; of what could not be read, the old pages stay. */
export const withOnly = (
  held: LibraryPages,
  offsets: readonly number[],
  read: ReadonlyMap<number, AssetPage>
): LibraryPages => ({
  ...held,
  total: [...read.values()].at(-1)?.total ?? held.total,
  pages: new Map(
    offsets.flatMap((offset) => {
      const rows = read.get(offset)?.rows ?? held.pages.get(offset)
      return rows === undefined ? [] : [[offset, rows] as const]
    })
  )
})

/** Pages held at most; those farthest from what is looked at go first. */
const mostPages = 190

/** Lets go of what is far away, so that a walk through everything does not keep everything. */
export const keepNear = (held: LibraryPages, offset: number): LibraryPages => {
  if (held.pages.size <= mostPages) return held
  const near = [...held.pages]
    .sort(([a], [b]) => Math.abs(a - offset) - Math.abs(b - offset))
    .slice(0, mostPages)
  return { ...held, pages: new Map(near) }
}

export const rowAt = (held: LibraryPages, index: number): Asset | null => {
  const start = Math.floor(index / pageSize) * pageSize
  return held.pages.get(start)?.[index - start] ?? null
}

/** Rows beyond the edges of the screen that are asked for ahead. */
const aheadRows = 32

/**
 * Offsets of the pages to ask for next, what is on the screen first, then what is about to come. `isHeld` says what is
 * there or on its way.
 */
export const offsetsToAsk = (
  { first, last }: { readonly first: number; readonly last: number },
  total: number,
  isHeld: (offset: number) => boolean
): readonly number[] => {
  const end = Math.max(0, total - 1)
  const inView = offsetsFor(first, Math.min(last, end))
  const around = offsetsFor(Math.max(0, first - aheadRows), Math.min(last + aheadRows, end))
  return [...new Set([...inView, ...around])].filter((offset) => !isHeld(offset))
}

/** Offsets of the pages that hold the rows `first` to `last`. */
export const offsetsFor = (first: number, last: number): readonly number[] => {
  const offsets: number[] = []
  const from = Math.max(0, Math.floor(first / pageSize) * pageSize)
  for (let start = from; start <= last; start += pageSize) offsets.push(start)
  return offsets
}

/** Where in the listing an asset stands, as far as what is held tells; null: not among it. */
export const placeAmong = (
  pages: ReadonlyMap<number, readonly Asset[]>,
  wanted: AssetRef
): number | null => {
  for (const [start, rows] of pages) {
    const at = rows.findIndex(
      ({ ref }) =>
        ref.id === wanted.id && ref.accountId === wanted.accountId && ref.kind === wanted.kind
    )
    if (at >= 0) return start + at
  }
  return null
}

export const findHeld = (held: LibraryPages, ref: AssetRef): Asset | null => {
  const place = placeAmong(held.pages, ref)
  return place === null ? null : rowAt(held, place)
}

/** An asset, and where it stands in the listing. */
export interface Placed {
  readonly asset: Asset
  readonly index: number
}

/** What stood from one place to another and left the listing since; another listing has nothing to do with it. */
export const placedNoMore = (
  before: LibraryPages,
  now: LibraryPages,
  first: number,
  last: number
): readonly Placed[] => {
  if (before.listing !== now.listing || now.total >= before.total) return []
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step).flatMap(
    (index) => {
      const asset = rowAt(before, index)
      return asset === null || placeAmong(now.pages, asset.ref) !== null ? [] : [{ asset, index }]
    }
  )
}

/** A place in the listing: of an asset, wherever it moves to, or of whatever turns out to stand there. */
export interface Spot {
  readonly ref: AssetRef | null
  /** Where it stood when it was last seen. */
  readonly index: number
}

/** Where a spot is now: an asset that is not among what is held counts as where it was. */
export const placeOfSpot = (held: LibraryPages, { ref, index }: Spot): number => {
  if (ref === null) return index
  const there = rowAt(held, index)
  if (there !== null && isSameAsset(there.ref, ref)) return index
  return placeAmong(held.pages, ref) ?? index
}

/** An asset that has left the listing leaves its place behind, for the keyboard to go on from. */
export const followed = (spot: Spot, place: number | null): Spot =>
  place === null ? { ref: null, index: spot.index } : { ref: spot.ref, index: place }

/** Puts a newer version of an asset in the place of the one that is held. */
export const replaceAsset = (held: LibraryPages, asset: Asset): LibraryPages => ({
  ...held,
  pages: new Map(
    [...held.pages].map(([start, rows]) => [
      start,
      rows.map((row) => (isSameAsset(row.ref, asset.ref) ? asset : row))
    ])
  )
})
