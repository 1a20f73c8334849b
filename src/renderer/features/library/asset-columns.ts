import type { AssetKind } from '../../../shared/catalogue/kinds.ts'
import type { LibraryColumn, Settings } from '../../../shared/domain/settings.ts'
import type { LibrarySort } from '../../state/library-pages.ts'

export const gridGap = 14
const cardMinWidth = 148
const posterRatio = 0.76
const captionHeight = 72
export const listRowHeight = 44

export interface GridShape {
  readonly columns: number
  readonly rowHeight: number
  readonly posterHeight: number
}

/** How many faces stand side by side, and how high a row of them is. All in CSS pixels. */
export const gridShape = (width: number): GridShape => {
  const columns = Math.max(1, Math.floor((width + gridGap) / (cardMinWidth + gridGap)))
  const cardWidth = (width - gridGap * (columns - 1)) / columns
  const posterHeight = Math.round(cardWidth * posterRatio)
  return { columns, posterHeight, rowHeight: posterHeight + captionHeight + gridGap }
}

export const listShape: GridShape = { columns: 1, posterHeight: 32, rowHeight: listRowHeight }

/** Where a key takes the one that is marked, or null if the key is not for moving. */
export const movedIndex = (
  key: string,
  index: number,
  total: number,
  columns: number,
  rowsPerPage: number
): number | null => {
  const last = total - 1
  const within = (next: number): number => Math.min(Math.max(next, 0), last)
  switch (key) {
    case 'ArrowRight':
      return columns === 1 ? null : within(index + 1)
    case 'ArrowLeft':
      return columns === 1 ? null : within(index - 1)
    case 'ArrowDown':
      return within(index + columns)
    case 'ArrowUp':
      return index - columns < 0 ? index : index - columns
    case 'Home':
      return 0
    case 'End':
      return last
    case 'PageDown':
      return within(index + columns * rowsPerPage)
    case 'PageUp':
      return within(index - columns * rowsPerPage)
    default:
      return null
  }
}

/** What a click on a column's head sorts by next. */
export const nextSort = (column: 'name' | 'created' | 'status', now: LibrarySort): LibrarySort => {
  switch (column) {
    case 'name':
      return now === 'name-asc' ? 'name-desc' : 'name-asc'
    case 'created':
      return now === 'created-desc' ? 'created-asc' : 'created-desc'
    case 'status':
      return 'status'
  }
}

export type ListColumn = 'name' | LibraryColumn

interface ColumnShape {
  readonly minPx: number
  /** Share of the room that is left. */
  readonly share: number
  /** The least important goes first where there is no room. */
  readonly importance: number
}

const shapes: Readonly<Record<ListColumn, ColumnShape>> = {
  name: { minPx: 140, share: 2.2, importance: 9 },
  status: { minPx: 120, share: 1.3, importance: 8 },
  created: { minPx: 92, share: 0.5, importance: 7 },
  id: { minPx: 96, share: 1, importance: 6 },
  'made-with': { minPx: 100, share: 1, importance: 5 },
  account: { minPx: 90, share: 0.8, importance: 4 },
  model: { minPx: 84, share: 0.8, importance: 3 },
  type: { minPx: 56, share: 0.3, importance: 2 },
  progress: { minPx: 76, share: 0.7, importance: 1 },
  versions: { minPx: 68, share: 0.3, importance: 5 },
  runs: { minPx: 68, share: 0.3, importance: 4 },
  latest: { minPx: 108, share: 0.6, importance: 3 },
  'found-in': { minPx: 110, share: 0.9, importance: 2 },
  'of-model': { minPx: 130, share: 1.2, importance: 4 },
  'used-by': { minPx: 120, share: 1, importance: 8 },
  updated: { minPx: 92, share: 0.5, importance: 0 }
}

const columns: Readonly<Record<AssetKind, readonly LibraryColumn[]>> = {
  replica: ['id', 'status', 'progress', 'model', 'type', 'account', 'created', 'updated'],
  video: ['id', 'status', 'progress', 'account', 'made-with', 'created', 'updated'],
  model: ['id', 'status', 'versions', 'runs', 'latest', 'found-in', 'account'],
  version: ['id', 'status', 'of-model', 'used-by', 'account', 'created']
}

/** Columns that a listing of this kind can have, in the order in which they stand. */
export const columnsOf = (kind: AssetKind): readonly LibraryColumn[] => columns[kind]

const facePx = 66
const buttonsPx = 64
const columnGap = 12
const linePadding = 16

type Widths = Settings['libraryColumns']['widths']

const leastWidth = (columns: readonly ListColumn[], widths: Widths): number =>
  columns.reduce(
    (sum, column) => sum + (widths[column] ?? shapes[column].minPx) + columnGap,
    facePx + buttonsPx + columnGap + linePadding
  )

/** The chosen columns that have room beside the name, in their order. */
export const fittingColumns = (
  chosen: readonly LibraryColumn[],
  widths: Widths,
  availablePx: number
): readonly ListColumn[] => {
  let columns: readonly ListColumn[] = ['name', ...chosen]
  while (columns.length > 1 && leastWidth(columns, widths) > availablePx) {
    const least = columns.reduce((a, b) => (shapes[a].importance < shapes[b].importance ? a : b))
    columns = columns.filter((column) => column !== least)
  }
  return columns
}

/** Value of `grid-template-columns`: the face, the columns, the buttons. */
export const columnTemplate = (columns: readonly ListColumn[], widths: Widths): string => {
  const tracks = columns.map((column) => {
    const width = widths[column]
    const { minPx, share } = shapes[column]
    return width === undefined ? `minmax(${minPx}px, ${share}fr)` : `${width}px`
  })
  return [`${facePx}px`, ...tracks, `${buttonsPx}px`].join(' ')
}

export const narrowestColumnPx = 48
export const widestColumnPx = 800

export const boundedWidth = (px: number): number =>
  Math.round(Math.min(Math.max(px, narrowestColumnPx), widestColumnPx))
