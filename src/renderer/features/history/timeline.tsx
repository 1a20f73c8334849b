import { IconChevronRight } from '@tabler/icons-react'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryBundle, HistoryEvent } from '../../../shared/domain/history.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assertNever } from '../../../shared/result.ts'
import { type HistoryRows, type TimelineItem, timelineOf } from '../../state/history-rows.ts'
import { useApp } from '../../state/use-app.ts'
import { bundleText, moreText } from '../../text/bundle-words.ts'
import { eventSubject, eventText, eventTone } from '../../text/history-words.ts'
import { clockTime, dayHeading, exactTime } from '../../text/time-words.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './timeline.module.css'

const dayHeight = 40
const recordHeight = 40

/** Older records are asked for while there is still this much to scroll. */
const itemsAhead = 30

const Day = ({ at }: { readonly at: string }) => (
  <h2 className={classes['day']}>{dayHeading(at, useNow())}</h2>
)

interface RowProps {
  readonly itemKey: string
  /** The list is one stop for Tab; the arrow keys go on from there. */
  readonly isTabStop: boolean
  readonly onFocus: () => void
}

const Time = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={exactTime(at)} className={classes['time']}>
    {clockTime(at)}
  </time>
)

interface RecordProps extends RowProps {
  readonly event: HistoryEvent
  readonly isInside: boolean
}

const RecordRow = ({ event, isInside, itemKey, isTabStop, onFocus }: RecordProps) => {
  const isSelected = useApp((state) => state.selectedSeq === event.seq)
  const selectRecord = useApp((state) => state.selectRecord)
  return (
    <button
      type="button"
      className={classes['record']}
      aria-pressed={isSelected}
      data-record
      data-key={itemKey}
      data-inside={isInside}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => selectRecord(isSelected ? null : event.seq)}
    >
      <Time at={event.at} />
      <span className={classes['sentence']}>
        <bdi className={classes['subject']} title={eventSubject(event)}>
          {eventSubject(event)}
        </bdi>
        <StateMark tone={eventTone(event)} text={eventText(event)} />
      </span>
      <span className={classes['account']} title={event.accountName ?? undefined}>
        {event.accountName !== eventSubject(event) && event.accountName}
      </span>
    </button>
  )
}

interface BundleProps extends RowProps {
  /** The newest of its records. */
  readonly event: HistoryEvent
  readonly bundle: HistoryBundle
  readonly isOpen: boolean
}

/** Many records that say the same, as one line that opens. */
const BundleRow = ({ event, bundle, isOpen, itemKey, isTabStop, onFocus }: BundleProps) => {
  const toggleBundle = useApp((state) => state.toggleBundle)
  const subject = event.accountName ?? t('history.several')
  return (
    <button
      type="button"
      className={classes['record']}
      aria-expanded={isOpen}
      data-record
      data-key={itemKey}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => void toggleBundle(bundle)}
    >
      <Time at={event.at} />
      <span className={classes['sentence']}>
        <bdi className={classes['subject']} title={subject}>
          {subject}
        </bdi>
        <StateMark tone={eventTone(event)} text={bundleText(event, bundle)} />
      </span>
      <IconChevronRight size={16} aria-hidden="true" className={classes['chevron']} />
    </button>
  )
}

interface MoreProps extends RowProps {
  readonly bundle: HistoryBundle
  readonly leftCount: number
}

const MoreRow = ({ bundle, leftCount, itemKey, isTabStop, onFocus }: MoreProps) => {
  const loadMoreOfBundle = useApp((state) => state.loadMoreOfBundle)
  return (
    <button
      type="button"
      className={classes['record']}
      data-record
      data-key={itemKey}
      data-inside
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => void loadMoreOfBundle(bundle)}
    >
      <span className={classes['moreText']}>{moreText(leftCount)}</span>
    </button>
  )
}

const Item = ({ item, ...row }: RowProps & { readonly item: TimelineItem }) => {
  switch (item.kind) {
    case 'day':
      return <Day at={item.at} />
    case 'event':
      return <RecordRow event={item.event} isInside={item.isInside} {...row} />
    case 'bundle':
      return <BundleRow event={item.event} bundle={item.bundle} isOpen={item.isOpen} {...row} />
    case 'more':
      return <MoreRow bundle={item.bundle} leftCount={item.leftCount} {...row} />
    default:
      return assertNever(item)
  }
}

const keySteps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8
}

/** Keys walk over the records, which are ordinary buttons; from a line that is gone to the one that Tab would reach. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const step = keySteps[event.key]
  if (step === undefined) return
  const records = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-record]')]
  const at = records.indexOf(document.activeElement as HTMLElement)
  const next =
    at < 0
      ? records.find(({ tabIndex }) => tabIndex === 0)
      : records[Math.min(Math.max(at + step, 0), records.length - 1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

export const Timeline = ({ history }: { readonly history: HistoryRows }) => {
  const scroller = useRef<HTMLDivElement>(null)
  const loadOlderHistory = useApp((state) => state.loadOlderHistory)
  const openBundles = useApp((state) => state.openBundles)
  const items = useMemo(() => timelineOf(history, openBundles), [history, openBundles])
  const [lastFocused, setLastFocused] = useState<string | null>(null)
  const focusedIndex = items.findIndex(({ key }) => key === lastFocused)
  // What has the focus stays drawn wherever one scrolls to, or newer records push it.
  const withFocused = useCallback(
    (range: Range): number[] => {
      const indexes = defaultRangeExtractor(range)
      return focusedIndex < 0 || indexes.includes(focusedIndex)
        ? indexes
        : [...indexes, focusedIndex].sort((a, b) => a - b)
    },
    [focusedIndex]
  )
  const rows = useVirtualizer({
    rangeExtractor: withFocused,
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'day' ? dayHeight : recordHeight),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 10
  })
  const inView = rows.getVirtualItems()
  const keysInView = inView.flatMap(({ index }) => {
    const item = items[index]
    return item === undefined || item.kind === 'day' ? [] : [item.key]
  })
  const tabStop = keysInView.find((key) => key === lastFocused) ?? keysInView[0]
  const last = inView.at(-1)?.index ?? 0
  useEffect(() => {
    if (history.hasMore && last >= items.length - itemsAhead) void loadOlderHistory()
  }, [last, items.length, history.hasMore, loadOlderHistory])

  return (
    <div ref={scroller} className={classes['scroller']} data-results>
      <ol
        className={classes['items']}
        style={{ height: rows.getTotalSize() }}
        aria-label={t('history.label')}
        tabIndex={-1}
        data-rows
        onKeyDown={walk}
      >
        {inView.map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          return (
            <li
              key={row.key}
              className={classes['item']}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
            >
              <Item
                item={item}
                itemKey={item.key}
                isTabStop={item.key === tabStop}
                onFocus={() => setLastFocused(item.key)}
              />
            </li>
          )
        })}
      </ol>
      <p className={classes['end']}>{history.hasMore ? t('history.more') : t('history.end')}</p>
    </div>
  )
}
