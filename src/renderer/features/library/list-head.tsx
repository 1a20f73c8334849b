import { IconChevronDown } from '@tabler/icons-react'
import type { LibrarySort } from '../../state/library-pages.ts'
import { useApp } from '../../state/use-app.ts'
import { words } from '../../text/words.ts'
import { nextSort } from './asset-columns.ts'
import classes from './list-head.module.css'

type Column = keyof typeof words.library.columns
type Sortable = 'name' | 'created' | 'status'

const isSortable = (column: Column): column is Sortable =>
  column === 'name' || column === 'created' || column === 'status'

const direction = (column: Column, sort: LibrarySort): 'ascending' | 'descending' | null => {
  if (column === 'status' && sort === 'status') return 'ascending'
  if (!sort.startsWith(column)) return null
  return sort.endsWith('asc') ? 'ascending' : 'descending'
}

interface HeadProps {
  readonly className: string | undefined
  readonly optional: Readonly<Record<string, string>>
}

const places: readonly { readonly column: Column; readonly place: string | null }[] = [
  { column: 'name', place: null },
  { column: 'id', place: 'lineId' },
  { column: 'status', place: null },
  { column: 'progress', place: 'optional' },
  { column: 'model', place: 'optional' },
  { column: 'type', place: 'optional' },
  { column: 'created', place: 'created' }
]

export const ListHead = ({ className, optional }: HeadProps) => {
  const sort = useApp((state) => state.filter.sort)
  const changeFilter = useApp((state) => state.changeFilter)
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
    <div role="rowgroup" className={classes['head']}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div role="row" aria-rowindex={1} className={className}>
        <span role="presentation" />
        {places.map(({ column, place }) => (
          // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
          // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
          <div
            key={column}
            role="columnheader"
            className={place === null ? undefined : optional[place]}
            aria-sort={direction(column, sort) ?? undefined}
          >
            {isSortable(column) ? (
              <button
                type="button"
                className={classes['sort']}
                onClick={() => changeFilter({ sort: nextSort(column, sort) })}
              >
                {words.library.columns[column]}
                {direction(column, sort) !== null && (
                  <IconChevronDown
                    size={13}
                    aria-hidden="true"
                    className={classes['arrow']}
                    data-direction={direction(column, sort)}
                  />
                )}
              </button>
            ) : (
              words.library.columns[column]
            )}
          </div>
        ))}
        <span role="presentation" />
      </div>
    </div>
  )
}
