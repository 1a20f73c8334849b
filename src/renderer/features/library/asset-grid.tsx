import { type ReactNode, useMemo, useRef } from 'react'
import { columnsOf, type LibraryColumn } from '../../../shared/catalogue/columns.ts'
import { kinds } from '../../../shared/catalogue/kinds.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { LibraryPages } from '../../state/library-pages.ts'
import { useApp } from '../../state/use-app.ts'
import { expectedSize, useWidth } from '../../ui/use-width.ts'
import cellClasses from './asset-cell.module.css'
import { columnTemplate, fittingColumns } from './asset-columns.ts'
import classes from './asset-grid.module.css'
import { AssetRows, type GridDesk } from './asset-rows.tsx'
import { ListHead } from './list-head.tsx'
import { useNotedLook } from './use-noted-look.ts'

interface Props {
  readonly pages: LibraryPages
  readonly view: 'grid' | 'list'
  readonly menuKey: string | null
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
  readonly onRename: (asset: Asset) => void
}

const listPadding = 10

/** What the rows need of the store, asked for here: rows that only scroll by must not ask it again. */
const useDesk = (): GridDesk => ({
  accounts: useApp((state) => state.accounts),
  deleting: useApp((state) => state.deleting),
  selected: useApp((state) => state.selected),
  select: useApp((state) => state.select),
  deleteSoftly: useApp((state) => state.deleteSoftly),
  deleteChosen: useApp((state) => state.deleteChosen),
  showRange: useApp((state) => state.showRange),
  marked: useApp((state) => state.marked),
  mark: useApp((state) => state.mark),
  kind: useApp((state) => state.filter.kind),
  chosen: useApp((state) => state.chosen),
  toggleChosen: useApp((state) => state.toggleChosen),
  chooseTo: useApp((state) => state.chooseTo),
  spotOfTyped: useApp((state) => state.spotOfTyped),
  isMixed: useApp(
    ({ accounts, filter }) =>
      filter.accountId === null && accounts.some(({ isSample }) => !isSample)
  ),
  isSeveral: useApp(
    ({ accounts, filter }) =>
      filter.accountId === null &&
      accounts.filter(({ provider }) => provider === kinds[filter.kind].provider).length > 1
  ),
  sync: useApp((state) => state.sync),
  renaming: useApp((state) => state.renaming)
})

/** Tens of thousands of replicas; only those in view are drawn, and only their pages are asked for. */
export const AssetGrid = (props: Props) => {
  const { view } = props
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller, expectedSize().width)
  const desk = useDesk()
  useNotedLook(scroller, view, width, props.pages.total)
  const layout = useApp((state) => state.settings.libraryColumns)
  const { kind } = desk
  const columns = useMemo(() => {
    const chosenColumns: readonly LibraryColumn[] = columnsOf(kind).filter((column) =>
      layout.shown.includes(column)
    )
    return fittingColumns(chosenColumns, layout.widths, width - listPadding * 2)
  }, [kind, layout, width])
  const head: ReactNode =
    view === 'list' ? (
      <ListHead className={cellClasses['head']} columns={columns} grid={grid} />
    ) : null
  return (
    <div ref={scroller} className={classes['scroller']} data-view={view} data-scroller data-results>
      <AssetRows
        {...props}
        scroller={scroller}
        grid={grid}
        width={width}
        desk={desk}
        columns={columns}
        template={columnTemplate(columns, layout.widths)}
        head={head}
      />
    </div>
  )
}
