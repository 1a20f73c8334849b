import { type AssetKind, assetKinds } from './kinds.ts'

interface ColumnFacts {
  /** Kinds whose listings can have it. */
  readonly kinds: readonly AssetKind[]
  readonly isShownAtFirst: boolean
  /** In CSS pixels. */
  readonly minPx: number
  /** Share of the room that is left. */
  readonly share: number
  /** The least important goes first where there is no room. */
  readonly importance: number
}

/** Columns of the list that can be shown or not, in the order in which they stand; the name always is there. */
export const columns = {
  id: {
    kinds: assetKinds,
    isShownAtFirst: true,
    minPx: 96,
    share: 1,
    importance: 6
  },
  status: {
    kinds: assetKinds,
    isShownAtFirst: true,
    minPx: 120,
    share: 1.3,
    importance: 8
  },
  progress: {
    kinds: ['replica', 'video'],
    isShownAtFirst: true,
    minPx: 76,
    share: 0.7,
    importance: 1
  },
  model: { kinds: ['replica'], isShownAtFirst: true, minPx: 84, share: 0.8, importance: 3 },
  type: {
    kinds: ['replica', 'voice', 'persona'],
    isShownAtFirst: true,
    minPx: 56,
    share: 0.3,
    importance: 2
  },
  face: { kinds: ['persona'], isShownAtFirst: true, minPx: 100, share: 1, importance: 8 },
  voice: { kinds: ['persona'], isShownAtFirst: true, minPx: 100, share: 1, importance: 7 },
  versions: { kinds: ['model'], isShownAtFirst: true, minPx: 68, share: 0.3, importance: 5 },
  runs: { kinds: ['model'], isShownAtFirst: true, minPx: 68, share: 0.3, importance: 4 },
  latest: { kinds: ['model'], isShownAtFirst: true, minPx: 108, share: 0.6, importance: 3 },
  'found-in': { kinds: ['model'], isShownAtFirst: true, minPx: 110, share: 0.9, importance: 2 },
  'of-model': { kinds: ['version'], isShownAtFirst: true, minPx: 130, share: 1.2, importance: 4 },
  'used-by': { kinds: ['version'], isShownAtFirst: true, minPx: 120, share: 1, importance: 8 },
  account: {
    kinds: assetKinds,
    isShownAtFirst: false,
    minPx: 90,
    share: 0.8,
    importance: 4
  },
  'made-with': {
    kinds: ['video', 'conversation'],
    isShownAtFirst: true,
    minPx: 100,
    share: 1,
    importance: 5
  },
  created: {
    kinds: ['replica', 'video', 'voice', 'persona', 'conversation', 'version'],
    isShownAtFirst: true,
    minPx: 92,
    share: 0.5,
    importance: 7
  },
  updated: {
    kinds: ['replica', 'video'],
    isShownAtFirst: false,
    minPx: 92,
    share: 0.5,
    importance: 0
  }
} as const satisfies Readonly<Record<string, ColumnFacts>>

export type LibraryColumn = keyof typeof columns
export type ListColumn = 'name' | LibraryColumn

export const columnNames = Object.keys(columns) as readonly LibraryColumn[]

export const columnsShownAtFirst = columnNames.filter((name) => columns[name].isShownAtFirst)

/** Columns that an index of the library is kept for; their orders have names of their own. */
const indexed = ['status', 'created'] as const
type IndexedColumn = (typeof indexed)[number]

export type SortedColumn = Exclude<LibraryColumn, IndexedColumn>
export type ColumnSort = `${SortedColumn}-${'asc' | 'desc'}`

export const sortedColumns = columnNames.filter(
  (name): name is SortedColumn => !indexed.some((one) => one === name)
)

/** Orders by a column that has no index, both ways. */
export const columnSorts: readonly ColumnSort[] = sortedColumns.flatMap((column) => [
  `${column}-asc` as const,
  `${column}-desc` as const
])

/** Columns that a listing of a kind can have, in the order in which they stand. */
export const columnsOf = (kind: AssetKind): readonly LibraryColumn[] =>
  columnNames.filter((name) => columns[name].kinds.some((one) => one === kind))

/** How a column is laid out. */
export const shapeOf = (column: ListColumn): Pick<ColumnFacts, 'minPx' | 'share' | 'importance'> =>
  column === 'name' ? { minPx: 140, share: 2.2, importance: 9 } : columns[column]
