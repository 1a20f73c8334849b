import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryEvent, HistoryLine } from '../../../shared/domain/history.ts'
import { historyTone } from '../../../shared/history-outcome.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assertNever } from '../../../shared/result.ts'
import { type HistoryRows, type TimelineItem, timelineOf } from '../../state/history-rows.ts'
import { useApp } from '../../state/use-app.ts'
import { eventSubject, eventText } from '../../text/history-words.ts'
import { checksText, lineSubject, lineText, moreText, thingCount } from '../../text/line-words.ts'
import { clockTime, dayHeading, exactTime } from '../../text/time-words.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { LineFace } from '../../ui/line-face.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useContextMenu } from '../../ui/use-context-menu.tsx'
import { useNow } from '../../ui/use-now.ts'
import { walkRecords } from '../../ui/walk-records.ts'
import { useRecordMenu } from './record-menu.ts'
import classes from './timeline.module.css'

const heights = { day: 40, line: 48, record: 36, more: 36 } as const

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

interface AcknowledgeProps {
  readonly line: HistoryLine
  readonly subject: string
  readonly isTabStop: boolean
}

/** Beside the line that it is about: a button cannot stand in another. */
const Acknowledge = ({ line, subject, isTabStop }: AcknowledgeProps) => {
  const acknowledge = useApp((state) => state.acknowledgeChanges)
  return (
    <IconButton
      label={t('history.acknowledgeOne', { name: subject })}
      className={classes['acknowledge'] ?? ''}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => void acknowledge(line.id)}
    >
      <IconCheck size={16} />
    </IconButton>
  )
}

interface LineProps extends RowProps {
  readonly line: HistoryLine
  readonly isOpen: boolean
}

/** An operation opens to its records; a single record opens beside the list. */
const LineRow = ({ line, isOpen, itemKey, isTabStop, onFocus }: LineProps) => {
  const { head } = line
  const isSingle = line.count === 1
  const isSelected = useApp((state) => state.selectedOwner === itemKey)
  const selectRecord = useApp((state) => state.selectRecord)
  const toggleLine = useApp((state) => state.toggleLine)
  /** An operation opens to its records, and beside the list to the story of what it is about. */
  const press = () => {
    if (!isSingle) void toggleLine(line)
    const isStory = isSingle || thingCount(line) === 1 || line.batchId !== null
    if (isSelected || (isOpen && !isSingle)) selectRecord(null)
    else if (isStory) selectRecord(head.seq, itemKey)
  }
  const subject = lineSubject(line)
  const checks = checksText(line)
  const { onContextMenu, menu } = useContextMenu(
    subject,
    useRecordMenu(head, thingCount(line) === 1, line.batchId)
  )
  return (
    <>
      <button
        type="button"
        className={classes['record']}
        {...(isSingle ? { 'aria-pressed': isSelected } : { 'aria-expanded': isOpen })}
        data-record
        data-selected={isSelected}
        data-new={line.isNew}
        data-key={itemKey}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={press}
        onContextMenu={onContextMenu}
      >
        <Time at={head.at} />
        <LineFace line={line} />
        {line.isNew && <span className={classes['new']} role="img" aria-label={t('history.new')} />}
        <span className={classes['sentence']}>
          <bdi className={classes['subject']} title={subject}>
            {subject}
          </bdi>
          {line.isSample && <SampleBadge label={t('nav.sample')} />}
          <StateMark tone={line.outcome} text={lineText(line)} />
        </span>
        <span className={classes['checks']} data-warning={line.onlineCount > 0}>
          {checks}
        </span>
        <span className={classes['account']} title={line.accountName ?? undefined}>
          {line.computer === null
            ? line.accountName !== subject && line.accountName
            : t('history.fromComputer', { computer: line.computer })}
        </span>
        <span className={classes['chevron']}>
          {!isSingle && <IconChevronRight size={16} aria-hidden="true" />}
        </span>
      </button>
      {line.isNew && <Acknowledge line={line} subject={subject} isTabStop={isTabStop} />}
      {menu}
    </>
  )
}

const RecordRow = ({
  event,
  itemKey,
  isTabStop,
  onFocus
}: RowProps & { readonly event: HistoryEvent }) => {
  const isSelected = useApp((state) => state.selectedOwner === itemKey)
  const selectRecord = useApp((state) => state.selectRecord)
  const { onContextMenu, menu } = useContextMenu(
    eventSubject(event),
    useRecordMenu(event, true, null)
  )
  return (
    <>
      <button
        type="button"
        className={classes['record']}
        aria-pressed={isSelected}
        onContextMenu={onContextMenu}
        data-record
        data-key={itemKey}
        data-inside
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={() => (isSelected ? selectRecord(null) : selectRecord(event.seq, itemKey))}
      >
        <Time at={event.at} />
        <span className={classes['sentence']}>
          <bdi className={classes['subject']} title={eventSubject(event)}>
            {eventSubject(event)}
          </bdi>
          <StateMark tone={historyTone(event)} text={eventText(event)} />
        </span>
      </button>
      {menu}
    </>
  )
}

interface MoreProps extends RowProps {
  readonly line: HistoryLine
  readonly leftCount: number
}

const MoreRow = ({ line, leftCount, itemKey, isTabStop, onFocus }: MoreProps) => {
  const loadMoreOfLine = useApp((state) => state.loadMoreOfLine)
  return (
    <button
      type="button"
      className={classes['record']}
      data-record
      data-key={itemKey}
      data-inside
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => void loadMoreOfLine(line)}
    >
      <span className={classes['moreText']}>{moreText(leftCount)}</span>
    </button>
  )
}

const Item = ({ item, ...row }: RowProps & { readonly item: TimelineItem }) => {
  switch (item.kind) {
    case 'day':
      return <Day at={item.at} />
    case 'line':
      return <LineRow line={item.line} isOpen={item.isOpen} {...row} />
    case 'record':
      return <RecordRow event={item.event} {...row} />
    case 'more':
      return <MoreRow line={item.line} leftCount={item.leftCount} {...row} />
    default:
      return assertNever(item)
  }
}

/** The number of each line and record among them, without the days; a day has that of the one before it. */
const placesOf = (items: readonly { readonly kind: string }[]): readonly number[] => {
  let place = 0
  return items.map(({ kind }) => {
    if (kind !== 'day') place += 1
    return place
  })
}

export const Timeline = ({ history }: { readonly history: HistoryRows }) => {
  const scroller = useRef<HTMLDivElement>(null)
  const loadOlderHistory = useApp((state) => state.loadOlderHistory)
  const openLines = useApp((state) => state.openLines)
  const items = useMemo(() => timelineOf(history, openLines), [history, openLines])
  const places = useMemo(() => placesOf(items), [items])
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
    estimateSize: (index) => heights[items[index]?.kind ?? 'line'],
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
    <div ref={scroller} className={classes['scroller']} data-scroller data-results>
      <ol
        className={classes['items']}
        style={{ height: rows.getTotalSize() }}
        aria-label={t('history.label')}
        tabIndex={-1}
        data-rows
        onKeyDown={walkRecords}
      >
        {inView.map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          return (
            <li
              key={row.key}
              {...(item.kind === 'day'
                ? {}
                : {
                    'aria-posinset': places[row.index],
                    'aria-setsize': history.hasMore ? -1 : places.at(-1)
                  })}
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
