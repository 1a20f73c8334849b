import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState
} from 'react'
import type { Asset, AssetKind } from '../../../shared/domain/asset.ts'
import type { AppState } from '../../state/app-state.ts'
import { assetKey, isSameAsset } from '../../state/asset-key.ts'
import { type LibraryPages, rowAt } from '../../state/library-pages.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import { providerOf } from '../../state/places.ts'
import { words } from '../../text/words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { createScrollRest } from '../../ui/scroll-rest.ts'
import { AssetCard, AssetLine, type CellHandlers, type CellProps } from './asset-cell.tsx'
import {
  type GridShape,
  gridGap,
  gridShape,
  type ListColumn,
  listShape,
  movedIndex
} from './asset-columns.ts'
import classes from './asset-grid.module.css'
import { createSteadyRange } from './steady-range.ts'

/** What the store holds for the rows, and what they ask of it. */
export type GridDesk = Pick<
  AppState,
  | 'accounts'
  | 'deleting'
  | 'selected'
  | 'select'
  | 'deleteSoftly'
  | 'deleteChosen'
  | 'showRange'
  | 'chosen'
  | 'toggleChosen'
  | 'chooseTo'
  | 'sync'
  | 'replicaNames'
> & { readonly kind: AssetKind; readonly isMixed: boolean }

interface Props {
  readonly pages: LibraryPages
  readonly view: 'grid' | 'list'
  readonly menuKey: string | null
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
  readonly onRename: (asset: Asset) => void
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly grid: RefObject<HTMLDivElement | null>
  /** CSS pixels that the scroller leaves; 0 until it is known. */
  readonly width: number
  readonly desk: GridDesk
  readonly columns: readonly ListColumn[]
  /** Value of `grid-template-columns` of a line. */
  readonly template: string
  readonly head: ReactNode
}

const sidePadding = 18

/** Lines are cheap to draw ahead, rows of cards are not. */
const overscan = { grid: 1, list: 6 }

const madeWithName = (
  { ref, parentId }: Asset,
  names: ReadonlyMap<string, string>
): string | null =>
  parentId === null
    ? null
    : (names.get(assetKey({ accountId: ref.accountId, kind: 'replica', id: parentId })) ?? null)

/** Without a name of its own a row of cards would be called by all the names in it. */
const rowAttributes = (index: number) => ({
  role: 'row',
  'aria-rowindex': index + 1,
  'aria-label': words.library.rowNumbered(index + 1)
})

/** The rows in view, and the keys that move among them. It is drawn anew with every step of the scrolling. */
export const AssetRows = (props: Props) => {
  const { pages, view, menuKey, onMenu, onRename, scroller, grid, width, columns } = props
  const { accounts, deleting, selected, select, deleteSoftly, deleteChosen } = props.desk
  const { showRange, kind, chosen, toggleChosen, chooseTo, isMixed, sync } = props.desk
  const isGrid = view === 'grid'
  const shape: GridShape = isGrid ? gridShape(Math.max(0, width - sidePadding * 2)) : listShape
  const rowCount = Math.ceil(pages.total / shape.columns)

  const accountById = useMemo(() => new Map(accounts.map((item) => [item.id, item])), [accounts])

  const [marked, setMarked] = useState(0)
  const wantsFocus = useRef(false)
  const hasFocus = useRef(false)
  const [rest] = useState(createScrollRest)
  const markedNow = Math.min(marked, Math.max(0, pages.total - 1))

  const [steady] = useState(() => createSteadyRange(overscan.list))
  const rows = useVirtualizer({
    rangeExtractor: isGrid ? defaultRangeExtractor : steady.extract,
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.rowHeight,
    overscan: overscan[view]
  })
  // Another listing starts at its top; its rows take over the elements of those before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another listing starts anew
  useLayoutEffect(() => {
    setMarked(0)
    if (scroller.current !== null) scroller.current.scrollTop = 0
  }, [pages.listing])
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
  // Elements that change their order are laid out anew, so lines keep it until the scrolling has come to rest.
  const inOrder =
    isGrid || !rows.isScrolling
      ? inView
      : inView.toSorted((a, b) => steady.slotOf(a.index) - steady.slotOf(b.index))
  const first = (inView[0]?.index ?? 0) * shape.columns
  const last = Math.min(((inView.at(-1)?.index ?? 0) + 1) * shape.columns, pages.total) - 1
  // biome-ignore lint/correctness/useExhaustiveDependencies: new pages may have holes, so they are looked at again
  useLayoutEffect(() => showRange(first, Math.max(first, last)), [first, last, pages, showRange])

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
        if (chosen.size > 0) void deleteChosen()
        else void deleteSoftly(asset)
        return true
      case 'F2':
        if (!isBlocked && providerOf(asset.ref.kind) === 'tavus') onRename(asset)
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
  useLayoutEffect(() => {
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
    isMarked: index === markedNow,
    isMenuOpen: menuKey === assetKey(asset.ref),
    handlers
  })

  const rowOfCards = (row: number): ReactNode => (
    <div
      key={row}
      className={classes['cards']}
      style={{
        height: shape.rowHeight - gridGap,
        top: row * shape.rowHeight,
        gridTemplateColumns: `repeat(${shape.columns}, 1fr)`
      }}
      {...rowAttributes(row)}
    >
      {cards(row)}
    </div>
  )

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

  // What is not there yet leaves the words of the row before it out of sight: to take them away would cost a frame.
  const drawn = useRef(new Map<number, ReactNode>())
  const line = (index: number): ReactNode => {
    const asset = rowAt(pages, index)
    const slot = steady.slotOf(index)
    if (asset !== null) {
      drawn.current.set(
        slot,
        <AssetLine
          {...cellProps(asset, index)}
          columns={columns}
          madeWithName={madeWithName(asset, props.desk.replicaNames)}
        />
      )
    }
    return (
      <div
        key={slot}
        role="none"
        className={classes['line']}
        data-away={asset === null}
        style={{ height: shape.rowHeight, top: index * shape.rowHeight }}
      >
        {drawn.current.get(slot)}
      </div>
    )
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
    <div
      ref={grid}
      role="grid"
      aria-label={words.library.titles[kind]}
      aria-multiselectable
      data-choosing={chosen.size > 0}
      data-listing={pages.listing}
      style={{ '--rd-columns': props.template } as CSSProperties}
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
      {props.head}
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
      <div role="rowgroup" className={classes['rows']} style={{ height: rows.getTotalSize() }}>
        {width > 0 && inOrder.map(({ index }) => (isGrid ? rowOfCards(index) : line(index)))}
      </div>
    </div>
  )
}
