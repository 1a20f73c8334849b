import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  Suspense,
  type SyntheticEvent,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState
} from 'react'
import type { ListColumn } from '../../../shared/catalogue/columns.ts'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import { type AssetKind, kinds } from '../../../shared/catalogue/kinds.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { AppState } from '../../state/app-state.ts'
import { isSameAsset } from '../../state/asset-key.ts'
import {
  findHeld,
  type LibraryPages,
  placeOfSpot,
  rowAt,
  type Spot
} from '../../state/library-pages.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { kindsTitle } from '../../text/kind-words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { isDialogOpen } from '../../ui/keyboard.ts'
import { KeysHeld, preloaded } from '../../ui/preloaded.tsx'
import { createScrollRest, type ScrollRest } from '../../ui/scroll-rest.ts'
import { expectedSize } from '../../ui/use-width.ts'
import { AssetCard, AssetLine, type CellHandlers, type CellProps } from './asset-cell.tsx'
import { type GridShape, gridGap, gridShape, listShape, movedIndex } from './asset-columns.ts'
import classes from './asset-grid.module.css'
import { LeavingCards } from './leaving-cards.tsx'
import { useRowFocus } from './row-focus.ts'
import { createSteadyRange } from './steady-range.ts'
import { createTypeAhead } from './type-ahead.ts'

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
  | 'marked'
  | 'mark'
  | 'chosen'
  | 'toggleChosen'
  | 'chooseTo'
  | 'spotOfTyped'
  | 'sync'
  | 'renaming'
> & {
  readonly kind: AssetKind
  readonly isMixed: boolean
  readonly isSeveral: boolean
}

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

export const Preview = preloaded(async () => (await import('./preview-dialog.tsx')).PreviewDialog)

const sidePadding = 18

/** Lines are cheap to draw ahead, rows of cards are not. */
const overscan = { grid: 1, list: 6 }

/** Without a name of its own a row of cards would be called by all the names in it. */
const rowAttributes = (index: number) => ({
  role: 'row',
  'aria-rowindex': index + 1,
  'aria-label': t('library.rowNumbered', { position: index + 1 })
})

/** Where the first and the last of the rows stand that are drawn side by side; the marked one may be far from them. */
const reachOf = (indexes: readonly number[]): { readonly from: number; readonly to: number } => {
  const isApart = (a: number | undefined, b: number | undefined): boolean =>
    a !== undefined && b !== undefined && b - a > 1
  const from = isApart(indexes[0], indexes[1]) ? indexes[1] : indexes[0]
  const to = isApart(indexes.at(-2), indexes.at(-1)) ? indexes.at(-2) : indexes.at(-1)
  return { from: from ?? 0, to: to ?? 0 }
}

/** Has the faces wait for the typing. On its own: the rows are drawn anew for the answer to a letter, not for the letter. */
const StirredBySearch = ({ rest }: { readonly rest: ScrollRest }) => {
  const search = useApp((state) => state.filter.search)
  const searched = useRef(search)
  useLayoutEffect(() => {
    if (searched.current !== search) rest.stir()
    searched.current = search
  }, [rest, search])
  return null
}

/** Keys that do something to the asset they are pressed on. */
const deedKeys: ReadonlySet<string> = new Set(['Enter', ' ', 'Delete', 'F2'])

/** The rows in view, and the keys that move among them. It is drawn anew with every step of the scrolling. */
export const AssetRows = (props: Props) => {
  const { pages, view, menuKey, onMenu, onRename, scroller, grid, width, columns } = props
  const { accounts, deleting, selected, select, deleteSoftly, deleteChosen } = props.desk
  const { showRange, kind, chosen, toggleChosen, chooseTo, isMixed, isSeveral, sync, renaming } =
    props.desk
  const isGrid = view === 'grid'
  const shape: GridShape = isGrid ? gridShape(Math.max(0, width - sidePadding * 2)) : listShape
  const rowCount = Math.ceil(pages.total / shape.columns)

  const accountById = useMemo(() => new Map(accounts.map((item) => [item.id, item])), [accounts])

  const { marked, mark } = props.desk
  const [rest] = useState(createScrollRest)
  const markedNow = useMemo(() => {
    const index = marked === null ? 0 : placeOfSpot(pages, marked)
    return Math.min(index, Math.max(0, pages.total - 1))
  }, [pages, marked])
  const markedRow = Math.floor(markedNow / shape.columns)
  // The page of what is marked may be let go of while it is scrolled past.
  const lastMarkedAsset = useRef<Asset | null>(null)
  const markedRef = marked?.ref ?? null
  const markedAsset = useMemo(() => {
    const held = markedRef === null ? null : findHeld(pages, markedRef)
    if (held !== null) lastMarkedAsset.current = held
    const last = lastMarkedAsset.current
    return held ?? (isSameAsset(last?.ref ?? null, markedRef) ? last : null)
  }, [pages, markedRef])
  const assetAt = (index: number): Asset | null =>
    rowAt(pages, index) ?? (index === markedNow ? markedAsset : null)
  const assetOf = (key: string | null, index: number): Asset | null => {
    const isIt = (asset: Asset | null): boolean => asset !== null && targetKey(asset.ref) === key
    const near = assetAt(index)
    if (isIt(near)) return near
    return isIt(markedAsset) ? markedAsset : null
  }
  const focus = useRowFocus(grid, markedNow, (key, index) => {
    const asset = assetOf(key, index)
    if (asset !== null) mark({ ref: asset.ref, index })
  })

  const [steady] = useState(() => createSteadyRange(overscan.list))
  // What is marked stays drawn wherever one scrolls to: the focus cannot be with what is not there.
  const withMarked = useCallback(
    (range: Range): number[] => {
      const indexes = isGrid ? defaultRangeExtractor(range) : steady.extract(range)
      const isThere = indexes.includes(markedRow) || markedRow >= range.count
      return isThere ? indexes : [...indexes, markedRow].sort((x, y) => x - y)
    },
    [isGrid, steady, markedRow]
  )
  const rows = useVirtualizer({
    rangeExtractor: withMarked,
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.rowHeight,
    overscan: overscan[view],
    initialRect: expectedSize()
  })
  // Another listing starts at its top; its rows take over the elements of those before. Where it stands there already it is
  // left alone: the page would be laid out for that before the rest of it is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another listing starts anew
  useLayoutEffect(() => {
    const isAtTop = (rows.scrollOffset ?? 0) === 0
    if (!isAtTop && scroller.current !== null) scroller.current.scrollTop = 0
  }, [pages.listing])
  useLayoutEffect(() => rest.note(rows.isScrolling), [rest, rows.isScrolling])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes depend on the shape, not on the virtualizer
  useLayoutEffect(() => rows.measure(), [shape.rowHeight, shape.columns])

  // What has the focus and was in sight stays in sight when it moves.
  const stoodAt = useRef({ ref: markedRef, row: markedRow })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of its row moves it
  useLayoutEffect(() => {
    const { ref, row } = stoodAt.current
    stoodAt.current = { ref: markedRef, row: markedRow }
    if (!focus.isHere() || !isSameAsset(ref, markedRef)) return
    const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {}
    const top = row * shape.rowHeight - scrollTop
    const wasInSight = top + shape.rowHeight > 0 && top < clientHeight
    if (wasInSight) rows.scrollToIndex(markedRow, { align: 'auto' })
  }, [markedRow, markedRef, shape.columns])

  const inView = rows.getVirtualItems()
  const slots = isGrid
    ? null
    : steady.slotsFor(
        inView.map(({ index }) => {
          const asset = assetAt(index)
          return { index, key: asset === null ? null : targetKey(asset.ref) }
        })
      )
  const slotOf = (index: number): number => slots?.get(index) ?? index
  // Elements that change their order are laid out anew, so lines keep it until the scrolling has come to rest.
  const inOrder =
    isGrid || !rows.isScrolling
      ? inView
      : inView.toSorted((a, b) => slotOf(a.index) - slotOf(b.index))
  const reach = reachOf(inView.map(({ index }) => index))
  const first = reach.from * shape.columns
  const last = Math.min((reach.to + 1) * shape.columns, pages.total) - 1
  // biome-ignore lint/correctness/useExhaustiveDependencies: new pages may have holes, so they are looked at again
  useLayoutEffect(() => showRange(first, Math.max(first, last)), [first, last, pages, showRange])

  const [isPreviewing, setIsPreviewing] = useState(false)
  const act = (event: KeyboardEvent<HTMLElement>, asset: Asset): void => {
    const isGone = asset.presence === 'gone'
    const isBlocked = isGone || isOutOfReach(sync, asset.ref.accountId)
    const spot = { ref: asset.ref, index: markedNow }
    switch (event.key) {
      case 'Enter':
        select(asset.ref)
        return
      case ' ':
        if (event.shiftKey) void chooseTo(spot, spot)
        else if (!(event.ctrlKey || event.metaKey)) setIsPreviewing(true)
        else if (!isGone) toggleChosen(asset.ref, markedNow)
        return
      case 'Delete':
        if (chosen.size > 0) void deleteChosen()
        else void deleteSoftly(asset)
        return
      case 'F2':
        if (!isBlocked && kinds[asset.ref.kind].canBeRenamed) onRename(asset)
        return
      default:
        copyText(asset.ref.id)
    }
  }

  const preview = (index: number): void => {
    if (index < 0 || index >= pages.total) return
    mark({ ref: rowAt(pages, index)?.ref ?? null, index })
    rows.scrollToIndex(Math.floor(index / shape.columns), { align: 'auto' })
  }

  const goTo = (index: number, ref = rowAt(pages, index)?.ref ?? null): void => {
    focus.want()
    mark({ ref, index })
    rows.scrollToIndex(Math.floor(index / shape.columns), { align: 'auto' })
  }

  const move = (event: KeyboardEvent<HTMLElement>, isOnGrid: boolean): void => {
    const height = scroller.current?.clientHeight ?? 0
    const perPage = Math.max(1, Math.floor(height / shape.rowHeight) - 1)
    const next = movedIndex(event.key, markedNow, pages.total, shape.columns, perPage)
    if (next === null) return
    event.preventDefault()
    const isEnd = event.key === 'Home' || event.key === 'End'
    // Beside what is gone comes first what took its place.
    if (isOnGrid && !isEnd) goTo(markedNow)
    else {
      const from = { ref: markedRef, index: markedNow }
      const to = { ref: rowAt(pages, next)?.ref ?? null, index: next }
      if (event.shiftKey) void chooseTo(to, from)
      goTo(next)
    }
  }

  const { spotOfTyped } = props.desk
  const [ahead] = useState(createTypeAhead)
  const typeAhead = (event: KeyboardEvent<HTMLElement>): void => {
    const typed = ahead.add(event.key, event.timeStamp)
    void spotOfTyped(typed.text, typed.isFirst ? markedNow + 1 : markedNow).then((spot) => {
      if (ahead.settle(typed) && spot !== null) goTo(spot.index, spot.ref)
    })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // What a key has just opened takes the focus a moment later; the next keys are meant for it.
    if (isDialogOpen()) return
    const isOnItsWay = focus.isOnItsWay() || ahead.isPending()
    const isOnGrid = focus.isOnGrid(event.target) && !isOnItsWay
    const key = focus.keyOf(event.target)
    if (key === null && !focus.isOnGrid(event.target)) return
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey
    if (!hasModifier && ahead.takes(event.key, event.timeStamp)) {
      event.preventDefault()
      typeAhead(event)
      return
    }
    const isCopy = event.key === 'c' && (event.ctrlKey || event.metaKey)
    if (deedKeys.has(event.key) || isCopy) {
      event.preventDefault()
      const asset = isOnItsWay ? null : assetOf(key, markedNow)
      // A key that is held down was meant for the first one; a key on what is gone only shows what is there now.
      if (asset !== null) {
        if (!event.repeat) act(event, asset)
      } else if (isOnGrid && !event.repeat && !isCopy) goTo(markedNow)
      return
    }
    if (!hasModifier) move(event, isOnGrid)
  }

  /** What was pressed and what is let go must be the same: the rows may have moved in between. */
  const pressed = useRef<{ readonly key: string | null; readonly isPointer: boolean } | null>(null)
  const keyUnder = ({ target }: SyntheticEvent): string | null =>
    target instanceof Element
      ? (target.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? null)
      : null
  const onClickCapture = (event: MouseEvent<HTMLElement>) => {
    const press = pressed.current
    pressed.current = null
    if (press === null || press.isPointer !== event.detail > 0) return
    if (press.key === keyUnder(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  // A press marks what is under it before it becomes a click; a range starts where one was before.
  const pressedFrom = useRef<Spot | null>(null)
  const lastMarked = useRef<Spot>({ ref: markedRef, index: markedNow })
  useLayoutEffect(() => {
    lastMarked.current = { ref: markedRef, index: markedNow }
  })

  const handlers = useMemo<CellHandlers>(
    () => ({
      rest,
      onChoose: (asset, index, choice) => {
        const spot = { ref: asset.ref, index }
        if (choice === 'range') void chooseTo(spot, pressedFrom.current ?? lastMarked.current)
        else if (asset.presence === 'listed') toggleChosen(asset.ref, index)
        pressedFrom.current = null
        mark(spot)
      },
      onSelect: (asset, index) => {
        mark({ ref: asset.ref, index })
        select(asset.ref)
      },
      onDelete: (asset) => void deleteSoftly(asset),
      onMenu: (asset, index, at) => {
        mark({ ref: asset.ref, index })
        onMenu(asset, at)
      }
    }),
    [rest, select, deleteSoftly, onMenu, chooseTo, toggleChosen, mark]
  )

  const cellProps = (asset: Asset, index: number): CellProps => ({
    asset,
    index,
    account: accountById.get(asset.ref.accountId) ?? null,
    isDeleting: deleting.has(targetKey(asset.ref)),
    isSelected: isSameAsset(selected, asset.ref),
    isChosen: chosen.has(targetKey(asset.ref)),
    isMixed,
    isSeveral,
    isMarked: index === markedNow,
    isMenuOpen: menuKey === targetKey(asset.ref),
    isRenaming: renaming?.place === 'row' && isSameAsset(renaming.ref, asset.ref),
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
      const asset = assetAt(index)
      return asset === null ? (
        // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
        // biome-ignore lint/a11y/useFocusableInteractive: there is nothing in it yet to focus
        <div key={index} role="gridcell" className={classes['hole']} aria-busy="true" />
      ) : (
        <AssetCard
          key={targetKey(asset.ref)}
          {...cellProps(asset, index)}
          posterHeight={shape.posterHeight}
        />
      )
    })

  // What is not there yet leaves the words of the row before it out of sight: to take them away would cost a frame.
  const drawn = useRef(new Map<number, ReactNode>())
  const line = (index: number): ReactNode => {
    const asset = assetAt(index)
    const slot = slotOf(index)
    if (asset !== null) {
      drawn.current.set(slot, <AssetLine {...cellProps(asset, index)} columns={columns} />)
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
    <>
      <StirredBySearch rest={rest} />
      <Suspense fallback={<KeysHeld />}>
        {isPreviewing && (
          <Preview.View
            asset={assetAt(markedNow)}
            position={markedNow + 1}
            total={pages.total}
            columns={shape.columns}
            onMove={(steps) => preview(markedNow + steps)}
            onClose={() => {
              setIsPreviewing(false)
              goTo(markedNow)
            }}
          />
        )}
      </Suspense>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
      <div
        ref={grid}
        role="grid"
        aria-label={kindsTitle(kind)}
        aria-multiselectable
        data-choosing={chosen.size > 0}
        data-listing={pages.listing}
        style={{ '--rd-columns': props.template } as CSSProperties}
        aria-rowcount={isGrid ? rowCount : pages.total + 1}
        aria-colcount={isGrid ? shape.columns : columns.length + 2}
        className={classes['grid']}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        onPointerDownCapture={(event) => {
          pressed.current = { key: keyUnder(event), isPointer: true }
          pressedFrom.current = lastMarked.current
        }}
        onKeyDownCapture={(event) => {
          const isButton = event.target instanceof Element && event.target.matches('button, input')
          if (event.key === ' ' && isButton) {
            pressed.current = { key: keyUnder(event), isPointer: false }
          }
          pressedFrom.current = null
        }}
        onClickCapture={onClickCapture}
      >
        {props.head}
        {/* biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do */}
        <div role="rowgroup" className={classes['rows']} style={{ height: rows.getTotalSize() }}>
          {width > 0 && inOrder.map(({ index }) => (isGrid ? rowOfCards(index) : line(index)))}
          {width > 0 && isGrid && (
            <LeavingCards
              pages={pages}
              shape={shape}
              first={first}
              // One row more: the last one may be no longer drawn.
              last={last + shape.columns}
              colorOf={({ ref }) =>
                isSeveral ? (accountById.get(ref.accountId)?.color ?? 'gray') : null
              }
            />
          )}
        </div>
      </div>
    </>
  )
}
