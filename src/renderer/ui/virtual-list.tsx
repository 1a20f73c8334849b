import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './virtual-list.module.css'

interface Props {
  readonly label: string
  readonly count: number
  /** CSS pixels of a row that has not been measured yet. */
  readonly rowHeight: number
  readonly keyOf: (index: number) => string
  readonly children: (index: number) => ReactNode
  /** Told which rows are in view, so that they can be asked for. */
  readonly onShow?: (first: number, last: number) => void
}

/** Thousands of rows, of which only those in view are drawn; rows may have several lines. */
export const VirtualList = ({ label, count, rowHeight, keyOf, children, onShow }: Props) => {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 6
  })
  const inView = rows.getVirtualItems()
  const first = inView[0]?.index ?? 0
  const last = inView.at(-1)?.index ?? 0
  useEffect(() => onShow?.(first, last), [first, last, onShow])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={scroller} className={classes['scroller']} tabIndex={0} aria-label={label}>
      <ul className={classes['rows']} style={{ height: rows.getTotalSize() }}>
        {inView.map((row) => (
          <li
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            aria-setsize={count}
            aria-posinset={row.index + 1}
            className={classes['row']}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {children(row.index)}
          </li>
        ))}
      </ul>
    </section>
  )
}
