import { type LibraryColumn, type ListColumn, shapeOf } from '../../../shared/catalogue/columns.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { LibrarySort } from '../../state/library-pages.ts'

export const gridGap = 14
const cardMinWidth = 148
const posterRatio = 0.76
const captionHeight = 64
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

/** Of these the largest and the newest are looked for. */
const downFirst: ReadonlySet<ListColumn> = new Set([
  'created',
  'updated',
  'progress',
  'runs',
  'versions',
  'used-by'
])

/** What a click on a column's head sorts by next. */
export const nextSort = (column: ListColumn, now: LibrarySort): LibrarySort => {
  if (column === 'status') return now === 'status' ? 'status-desc' : 'status'
  const up: LibrarySort = `${column}-asc`
  const down: LibrarySort = `${column}-desc`
  const [first, second] = downFirst.has(column) ? [down, up] : [up, down]
  return now === first ? second : first
}

/** The column that a listing is sorted by. */
export const sortedColumnOf = (sort: LibrarySort): ListColumn =>
  sort.replace(/-(?:asc|desc)$/, '') as ListColumn

/** Which way a listing is sorted by a column; null: by another one. */
export const sortDirection = (
  column: ListColumn,
  sort: LibrarySort
): 'ascending' | 'descending' | null => {
  if (sortedColumnOf(sort) !== column) return null
  return sort.endsWith('-desc') ? 'descending' : 'ascending'
}

const facePx = 66
const buttonsPx = 64
const columnGap = 12
const linePadding = 16

type Widths = Settings['libraryColumns']['widths']

const leastWidth = (columns: readonly ListColumn[], widths: Widths): number =>
  columns.reduce(
    (sum, column) => sum + (widths[column] ?? shapeOf(column).minPx) + columnGap,
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
    const least = columns.reduce((a, b) => (shapeOf(a).importance < shapeOf(b).importance ? a : b))
    columns = columns.filter((column) => column !== least)
  }
  return columns
}

/** Value of `grid-template-columns`: the face, the columns, the buttons. */
export const columnTemplate = (columns: readonly ListColumn[], widths: Widths): string => {
  const tracks = columns.map((column) => {
    const width = widths[column]
    const { minPx, share } = shapeOf(column)
    return width === undefined ? `minmax(${minPx}px, ${share}fr)` : `${width}px`
  })
  return [`${facePx}px`, ...tracks, `${buttonsPx}px`].join(' ')
}

export const narrowestColumnPx = 48
export const widestColumnPx = 800

export const boundedWidth = (px: number): number =>
  Math.round(Math.min(Math.max(px, narrowestColumnPx), widestColumnPx))
