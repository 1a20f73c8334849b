import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState
} from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import { assetKey, isSameAsset } from '../../state/asset-key.ts'
import { type LibraryPages, rowAt } from '../../state/library-pages.ts'
import { useApp } from '../../state/use-app.ts'
import { words } from '../../text/words.ts'
import cellClasses from './asset-cell.module.css'
import { AssetCard, AssetLine, type CellHandlers, type CellProps } from './asset-cell.tsx'
import { type GridShape, gridShape, listShape, movedIndex } from './asset-columns.ts'
import classes from './asset-grid.module.css'
import { ListHead } from './list-head.tsx'

interface Props {
  readonly pages: LibraryPages
  readonly view: 'grid' | 'list'
  readonly menuKey: string | null
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
}

const useWidth = (element: { readonly current: HTMLElement | null }): number => {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    setWidth(target.clientWidth)
    const observer = new ResizeObserver(() => setWidth(target.clientWidth))
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return width
}

const sidePadding = 18

/** Tens of thousands of replicas; only those in view are drawn, and only their pages are asked for. */
export const AssetGrid = ({ pages, view, menuKey, onMenu }: Props) => {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const isGrid = view === 'grid'
  const shape: GridShape = isGrid ? gridShape(Math.max(0, width - sidePadding * 2)) : listShape
  const rowCount = Math.ceil(pages.total / shape.columns)

  const accounts = useApp((state) => state.accounts)
  const accountById = useMemo(() => new Map(accounts.map((item) => [item.id, item])), [accounts])
  const deleting = useApp((state) => state.deleting)
  const selected = useApp((state) => state.selected)
  const select = useApp((state) => state.select)
  const deleteSoftly = useApp((state) => state.deleteSoftly)
  const showRange = useApp((state) => state.showRange)

  const [marked, setMarked] = useState(0)
  const wantsFocus = useRef(false)
  const hasFocus = useRef(false)
  const isScrolling = useRef(false)
  const markedNow = Math.min(marked, Math.max(0, pages.total - 1))

  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.rowHeight,
    overscan: 2
  })
  useLayoutEffect(() => {
    isScrolling.current = rows.isScrolling
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes depend on the shape, not on the virtualizer
  useLayoutEffect(() => rows.measure(), [shape.rowHeight, shape.columns])

  // The detail pane changes how many stand side by side, and cells that move to another row lose the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the columns moves cells
  useLayoutEffect(() => {
    if (!hasFocus.current || document.activeElement !== document.body) return
    wantsFocus.current = true
    rows.scrollToIndex(Math.floor(markedNow / shape.columns), { align: 'auto' })
  }, [shape.columns])

  const inView = rows.getVirtualItems()
  const first = (inView[0]?.index ?? 0) * shape.columns
  const last = Math.min(((inView.at(-1)?.index ?? 0) + 1) * shape.columns, pages.total) - 1
  // biome-ignore lint/correctness/useExhaustiveDependencies: new pages may have holes, so they are looked at again
  useEffect(() => showRange(first, Math.max(first, last)), [first, last, pages, showRange])

  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-index="${markedNow}"]`)
    if (cell === null || cell === undefined) return
    wantsFocus.current = false
    cell.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isOnCell = event.target instanceof HTMLElement && event.target.hasAttribute('data-index')
    if (!isOnCell) return
    const asset = rowAt(pages, markedNow)
    if ((event.key === 'Enter' || event.key === ' ') && asset !== null) {
      event.preventDefault()
      select(asset.ref)
      return
    }
    if (event.key === 'Delete' && asset !== null) {
      event.preventDefault()
      void deleteSoftly(asset)
      return
    }
    const height = scroller.current?.clientHeight ?? 0
    const perPage = Math.max(1, Math.floor(height / shape.rowHeight) - 1)
    const next = movedIndex(event.key, markedNow, pages.total, shape.columns, perPage)
    if (next === null) return
    event.preventDefault()
    wantsFocus.current = true
    setMarked(next)
    rows.scrollToIndex(Math.floor(next / shape.columns), { align: 'auto' })
  }

  const handlers = useMemo<CellHandlers>(
    () => ({
      isHurried: () => isScrolling.current,
      onSelect: (asset, index) => {
        setMarked(index)
        select(asset.ref)
      },
      onDelete: (asset) => void deleteSoftly(asset),
      onMenu: (asset, index, at) => {
        setMarked(index)
        onMenu(asset, at)
      }
    }),
    [select, deleteSoftly, onMenu]
  )

  const cellProps = (asset: Asset, index: number): CellProps => ({
    asset,
    index,
    account: accountById.get(asset.ref.accountId) ?? null,
    isDeleting: deleting.has(assetKey(asset.ref)),
    isSelected: isSameAsset(selected, asset.ref),
    isMarked: index === markedNow,
    isMenuOpen: menuKey === assetKey(asset.ref),
    handlers
  })

  const cards = (row: number): ReactNode =>
    Array.from({ length: shape.columns }, (_, column) => {
      const index = row * shape.columns + column
      if (index >= pages.total) return null
      const asset = rowAt(pages, index)
      return asset === null ? (
        // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
        // biome-ignore lint/a11y/useFocusableInteractive: there is nothing in it yet to focus
        <div key={index} role="gridcell" className={classes['hole']} aria-busy="true" />
      ) : (
        <AssetCard
          key={assetKey(asset.ref)}
          {...cellProps(asset, index)}
          posterHeight={shape.posterHeight}
        />
      )
    })

  const line = (index: number): ReactNode => {
    const asset = rowAt(pages, index)
    return asset === null ? null : <AssetLine {...cellProps(asset, index)} />
  }

  return (
    <div ref={scroller} className={classes['scroller']} data-view={view}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
      <div
        role="grid"
        aria-label={words.library.listLabel}
        aria-rowcount={isGrid ? rowCount : pages.total + 1}
        aria-colcount={isGrid ? shape.columns : 9}
        className={classes['grid']}
        onKeyDown={onKeyDown}
        onFocus={() => {
          hasFocus.current = true
        }}
        onBlur={(event) => {
          // A cell that is taken away leaves the focus nowhere; only going elsewhere ends it.
          const isElsewhere = event.relatedTarget !== null
          if (isElsewhere && !event.currentTarget.contains(event.relatedTarget)) {
            hasFocus.current = false
          }
        }}
      >
        {!isGrid && <ListHead className={cellClasses['head']} optional={cellClasses} />}
        {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
        <div role="rowgroup" className={classes['rows']} style={{ height: rows.getTotalSize() }}>
          {width > 0 &&
            inView.map((item) => (
              <div
                key={item.index}
                className={isGrid ? classes['cards'] : classes['line']}
                style={{
                  height: isGrid ? shape.rowHeight - 14 : shape.rowHeight,
                  transform: `translateY(${item.start}px)`,
                  ...(isGrid ? { gridTemplateColumns: `repeat(${shape.columns}, 1fr)` } : {})
                }}
                {...(isGrid ? { role: 'row', 'aria-rowindex': item.index + 1 } : { role: 'none' })}
              >
                {isGrid ? cards(item.index) : line(item.index)}
              </div>
            ))}
        </div>
      </div>
    </div>
  )
}
