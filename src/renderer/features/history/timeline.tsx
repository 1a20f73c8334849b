import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { HistoryEvent } from '../../../shared/domain/history.ts'
import { type HistoryRows, type TimelineItem, timelineOf } from '../../state/history-rows.ts'
import { useApp } from '../../state/use-app.ts'
import { eventSubject, eventText, eventTone } from '../../text/history-words.ts'
import { clockTime, dayHeading, exactTime } from '../../text/time-words.ts'
import { words } from '../../text/words.ts'
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
  readonly event: HistoryEvent
  /** The list is one stop for Tab; the arrow keys go on from there. */
  readonly isTabStop: boolean
  readonly onFocus: () => void
}

const RecordRow = ({ event, isTabStop, onFocus }: RowProps) => {
  const isSelected = useApp((state) => state.selectedSeq === event.seq)
  const selectRecord = useApp((state) => state.selectRecord)
  return (
    <button
      type="button"
      className={classes['record']}
      aria-pressed={isSelected}
      data-record
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => selectRecord(isSelected ? null : event.seq)}
    >
      <time dateTime={event.at} title={exactTime(event.at)} className={classes['time']}>
        {clockTime(event.at)}
      </time>
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

const keySteps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8
}

/** Keys walk over the records, which are ordinary buttons. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const step = keySteps[event.key]
  if (step === undefined) return
  const records = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-record]')]
  const at = records.indexOf(document.activeElement as HTMLElement)
  const next = records[Math.min(Math.max(at + step, 0), records.length - 1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

const keyOf = (item: TimelineItem): string =>
  item.kind === 'day' ? item.dayKey : String(item.event.seq)

export const Timeline = ({ history }: { readonly history: HistoryRows }) => {
  const scroller = useRef<HTMLDivElement>(null)
  const loadOlderHistory = useApp((state) => state.loadOlderHistory)
  const items = useMemo(() => timelineOf(history.rows), [history.rows])
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'day' ? dayHeight : recordHeight),
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
    overscan: 10
  })
  const [lastFocused, setLastFocused] = useState<number | null>(null)
  const inView = rows.getVirtualItems()
  const seqsInView = inView.flatMap(({ index }) => {
    const item = items[index]
    return item?.kind === 'event' ? [item.event.seq] : []
  })
  const tabStop = seqsInView.find((seq) => seq === lastFocused) ?? seqsInView[0]
  const last = inView.at(-1)?.index ?? 0
  useEffect(() => {
    if (history.hasMore && last >= items.length - itemsAhead) void loadOlderHistory()
  }, [last, items.length, history.hasMore, loadOlderHistory])

  return (
    <div ref={scroller} className={classes['scroller']}>
      <ol
        className={classes['items']}
        style={{ height: rows.getTotalSize() }}
        aria-label={words.history.label}
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
              {item.kind === 'day' ? (
                <Day at={item.at} />
              ) : (
                <RecordRow
                  event={item.event}
                  isTabStop={item.event.seq === tabStop}
                  onFocus={() => setLastFocused(item.event.seq)}
                />
              )}
            </li>
          )
        })}
      </ol>
      <p className={classes['end']}>{history.hasMore ? words.history.more : words.history.end}</p>
    </div>
  )
}
