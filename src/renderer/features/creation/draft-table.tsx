import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState
} from 'react'
import { videoFields } from '../../../shared/catalogue/draft-fields.ts'
import type { DraftId } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { DraftCard } from './draft-card.tsx'
import { DraftRow } from './draft-row.tsx'
import classes from './draft-table.module.css'

/** CSS pixels of a closed row. */
const rowHeight = 52
const pageRows = 8

const moves: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + pageRows,
  PageUp: (at) => at - pageRows,
  Home: () => 0,
  End: (_, last) => last
}

/** How far down the list begins in what scrolls. */
const useTop = (list: RefObject<HTMLElement | null>, scroller: HTMLElement) => {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      if (list.current === null) return
      const from = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      setTop(Math.round(from + scroller.scrollTop))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    if (list.current?.parentElement != null) observer.observe(list.current.parentElement)
    return () => observer.disconnect()
  }, [list, scroller])
  return top
}

const isRow = (target: EventTarget): target is HTMLElement =>
  target instanceof HTMLElement && target.matches('[data-key]')

/** The drafts, a line each, of which only those in view are drawn; one is open, with its card below it. */
export const DraftTable = ({ scroller }: { readonly scroller: HTMLElement }) => {
  const drafts = useApp((state) => state.drafts)
  const openId = useApp((state) => state.openDraftId)
  const openDraft = useApp((state) => state.openDraft)
  const discardDrafts = useApp((state) => state.discardDrafts)
  const addedIds = useApp((state) => state.addedDraftIds)
  const loadBuckets = useApp((state) => state.loadBuckets)
  const hasFiles = useApp((state) =>
    state.drafts.some(({ files }) => videoFields.some((field) => files[field] !== null))
  )
  // How their uploads stand comes with the buckets.
  useEffect(() => {
    if (hasFiles) void loadBuckets()
  }, [hasFiles, loadBuckets])
  const list = useRef<HTMLUListElement>(null)
  const scrollMargin = useTop(list, scroller)
  const [focused, setFocused] = useState(0)
  const last = drafts.length - 1
  const stop = Math.min(focused, last)
  const openIndex = drafts.findIndex(({ id }) => id === openId)
  const rows = useVirtualizer({
    count: drafts.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => drafts[index]?.id ?? index,
    scrollMargin,
    overscan: 8,
    // What is open is being filled in, and what has the focus must stay.
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), openIndex, stop])]
          .filter((index) => index >= 0 && index < range.count)
          .sort((a, b) => a - b),
      [openIndex, stop]
    )
  })
  const focusRow = useCallback(
    (index: number) => {
      rows.scrollToIndex(index)
      setFocused(index)
      requestAnimationFrame(() =>
        list.current
          ?.querySelector<HTMLElement>(`[data-index="${index}"] [data-key]`)
          ?.focus({ preventScroll: true })
      )
    },
    [rows]
  )
  // Once for what was added, not whenever rows above it come and go.
  const shown = useRef<readonly DraftId[] | null>(null)
  useEffect(() => {
    const index = drafts.findIndex(({ id }) => id === addedIds[0])
    if (shown.current === addedIds || index === -1) return
    shown.current = addedIds
    rows.scrollToIndex(index, { align: 'start' })
  }, [addedIds, drafts, rows])
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isRow(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
    const move = moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      focusRow(Math.max(0, Math.min(last, move(stop, last))))
    }
    const draft = drafts[stop]
    // What is being sent, or looked for, belongs to its answer, as in its card.
    const isUnderWay = draft?.state === 'creating' || draft?.state === 'unclear'
    if (event.key !== 'Delete' || draft === undefined || isUnderWay) return
    event.preventDefault()
    void discardDrafts([draft.id]).then(() => focusRow(Math.max(0, Math.min(stop, last - 1))))
  }
  const toggle = useCallback(
    (id: DraftId) => openDraft(openId === id ? null : id),
    [openDraft, openId]
  )
  return (
    <section className={classes['table']} aria-label={t('creation.table')}>
      <div className={classes['head']} aria-hidden="true">
        <span>{t('creation.column.name')}</span>
        <span>{t('creation.column.source')}</span>
        <span className={classes['wide']}>{t('creation.account')}</span>
        <span className={classes['wide']}>{t('field.model')}</span>
        <span>{t('creation.column.consent')}</span>
        <span>{t('creation.column.verdict')}</span>
      </div>
      <ul
        ref={list}
        className={classes['rows']}
        style={{ height: rows.getTotalSize() }}
        data-rows
        data-results
        onKeyDown={onKeyDown}
      >
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const draft = drafts[index]
          return draft === undefined ? null : (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              data-draft={draft.id}
              aria-setsize={drafts.length}
              aria-posinset={index + 1}
              className={classes['item']}
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              <DraftRow
                draft={draft}
                index={index}
                isOpen={index === openIndex}
                isStop={index === stop}
                onOpen={toggle}
                onFocus={setFocused}
              />
              {index === openIndex && (
                <div className={classes['open']}>
                  <DraftCard draft={draft} number={index + 1} />
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
