import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState
} from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { LibraryColumn } from '../../../shared/domain/settings.ts'
import { assetKey, isSameAsset } from '../../state/asset-key.ts'
import { type LibraryPages, rowAt } from '../../state/library-pages.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { words } from '../../text/words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { createScrollRest } from '../../ui/scroll-rest.ts'
import cellClasses from './asset-cell.module.css'
import { AssetCard, AssetLine, type CellHandlers, type CellProps } from './asset-cell.tsx'
import {
  columnsOf,
  columnTemplate,
  fittingColumns,
  type GridShape,
  gridShape,
  listShape,
  movedIndex
} from './asset-columns.ts'
import classes from './asset-grid.module.css'
import { ListHead } from './list-head.tsx'

interface Props {
  readonly pages: LibraryPages
  readonly view: 'grid' | 'list'
  readonly menuKey: string | null
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
  readonly onRename: (asset: Asset) => void
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
const listPadding = 10

/** Lines are cheap to draw ahead, rows of cards are not. */
const overscan = { grid: 1, list: 6 }

const madeWithName = (
  { ref, parentId }: Asset,
  names: ReadonlyMap<string, string>
): string | null =>
  parentId === null
    ? null
    : (names.get(assetKey({ accountId: ref.accountId, kind: 'replica', id: parentId })) ?? null)

/** Tens of thousands of replicas; only those in view are drawn, and only their pages are asked for. */
/** Without a name of its own a row of cards would be called by all the names in it. */
const rowAttributes = (index: number) => ({
  role: 'row',
  'aria-rowindex': index + 1,
  'aria-label': words.library.rowNumbered(index + 1)
})

export const AssetGrid = ({ pages, view, menuKey, onMenu, onRename }: Props) => {
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
  const deleteChosen = useApp((state) => state.deleteChosen)
  const showRange = useApp((state) => state.showRange)
  const kind = useApp((state) => state.filter.kind)
  const chosen = useApp((state) => state.chosen)
  const toggleChosen = useApp((state) => state.toggleChosen)
  const chooseTo = useApp((state) => state.chooseTo)
  const isMixed = useApp((state) => state.accounts.length > 1 && state.filter.accountId === null)
  const sync = useApp((state) => state.sync)
  const replicaNames = useApp((state) => state.replicaNames)
  const layout = useApp((state) => state.settings.libraryColumns)
  const columns = useMemo(() => {
    const chosenColumns: readonly LibraryColumn[] = columnsOf(kind).filter((column) =>
      layout.shown.includes(column)
    )
    return fittingColumns(chosenColumns, layout.widths, width - listPadding * 2)
  }, [kind, layout, width])
  const grid = useRef<HTMLDivElement>(null)

  const [marked, setMarked] = useState(0)
  const wantsFocus = useRef(false)
  const hasFocus = useRef(false)
  const [rest] = useState(createScrollRest)
  const markedNow = Math.min(marked, Math.max(0, pages.total - 1))

  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.rowHeight,
    overscan: overscan[view]
  })
  useLayoutEffect(() => rest.note(rows.isScrolling), [rest, rows.isScrolling])
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
  // A line that leaves lends its elements to the one that comes: new words are cheaper than new elements.
  const slots = useRef(1)
  slots.current = Math.max(slots.current, inView.length)
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

  const act = (event: KeyboardEvent<HTMLElement>, asset: Asset): boolean => {
    const isBlocked = isOutOfReach(sync, asset.ref.accountId)
    switch (event.key) {
      case 'Enter':
        select(asset.ref)
        return true
      case ' ':
        if (event.shiftKey) void chooseTo(markedNow, markedNow)
        else toggleChosen(asset.ref, markedNow)
        return true
      case 'Delete':
        if (isBlocked) return true
        if (chosen.size > 0) void deleteChosen()
        else void deleteSoftly(asset)
        return true
      case 'F2':
        if (!isBlocked) onRename(asset)
        return true
      case 'c':
        if (!(event.ctrlKey || event.metaKey)) return false
        copyText(asset.ref.id)
        return true
      default:
        return false
    }
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isOnCell = event.target instanceof HTMLElement && event.target.hasAttribute('data-index')
    if (!isOnCell) return
    const asset = rowAt(pages, markedNow)
    if (asset !== null && act(event, asset)) {
      event.preventDefault()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const height = scroller.current?.clientHeight ?? 0
    const perPage = Math.max(1, Math.floor(height / shape.rowHeight) - 1)
    const next = movedIndex(event.key, markedNow, pages.total, shape.columns, perPage)
    if (next === null) return
    event.preventDefault()
    wantsFocus.current = true
    if (event.shiftKey) void chooseTo(next, markedNow)
    setMarked(next)
    rows.scrollToIndex(Math.floor(next / shape.columns), { align: 'auto' })
  }

  const lastMarked = useRef(0)
  useEffect(() => {
    lastMarked.current = markedNow
  })

  const handlers = useMemo<CellHandlers>(
    () => ({
      rest,
      onChoose: (asset, index, choice) => {
        if (choice === 'range') void chooseTo(index, lastMarked.current)
        else toggleChosen(asset.ref, index)
        setMarked(index)
      },
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
    [rest, select, deleteSoftly, onMenu, chooseTo, toggleChosen]
  )

  const cellProps = (asset: Asset, index: number): CellProps => ({
    asset,
    index,
    account: accountById.get(asset.ref.accountId) ?? null,
    isDeleting: deleting.has(assetKey(asset.ref)),
    isSelected: isSameAsset(selected, asset.ref),
    isChosen: chosen.has(assetKey(asset.ref)),
    isMixed,
    blockedBecause: isOutOfReach(sync, asset.ref.accountId) ? words.library.offlineReason : null,
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
    return asset === null ? null : (
      <AssetLine
        {...cellProps(asset, index)}
        columns={columns}
        madeWithName={madeWithName(asset, replicaNames)}
      />
    )
  }

  return (
    <div ref={scroller} className={classes['scroller']} data-view={view}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
      <div
        ref={grid}
        role="grid"
        aria-label={words.library.titles[kind]}
        aria-multiselectable
        data-choosing={chosen.size > 0}
        style={{ '--rd-columns': columnTemplate(columns, layout.widths) } as CSSProperties}
        aria-rowcount={isGrid ? rowCount : pages.total + 1}
        aria-colcount={isGrid ? shape.columns : columns.length + 2}
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
        {!isGrid && <ListHead className={cellClasses['head']} columns={columns} grid={grid} />}
        {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
        <div role="rowgroup" className={classes['rows']} style={{ height: rows.getTotalSize() }}>
          {width > 0 &&
            inView.map((item) => (
              <div
                key={isGrid ? item.index : item.index % slots.current}
                className={isGrid ? classes['cards'] : classes['line']}
                style={{
                  height: isGrid ? shape.rowHeight - 14 : shape.rowHeight,
                  transform: `translateY(${item.start}px)`,
                  ...(isGrid ? { gridTemplateColumns: `repeat(${shape.columns}, 1fr)` } : {})
                }}
                {...(isGrid ? rowAttributes(item.index) : { role: 'none' })}
              >
                {isGrid ? cards(item.index) : line(item.index)}
              </div>
            ))}
        </div>
      </div>
    </div>
  )
}
