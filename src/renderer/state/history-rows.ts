import { bundleCount } from '../../shared/catalogue/history-events.ts'
import type { HistoryBundle, HistoryEvent, HistoryTimeline } from '../../shared/domain/history.ts'

/** What is held of the history: newest first, without gaps. */
export interface HistoryRows {
  readonly rows: readonly HistoryEvent[]
  /** Neighbours of one kind that are shown as one, by the number of the newest, which is among the rows. */
  readonly bundles: ReadonlyMap<number, HistoryBundle>
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
}

const bundlesBySeq = (bundles: readonly HistoryBundle[]): ReadonlyMap<number, HistoryBundle> =>
  new Map(bundles.map((bundle) => [bundle.newestSeq, bundle]))

export const startHistory = (page: HistoryTimeline): HistoryRows => ({
  rows: page.rows,
  bundles: bundlesBySeq(page.bundles),
  hasMore: page.hasMore,
  isLoadingMore: false
})

type Reach = Pick<HistoryRows, 'rows' | 'bundles'>

/** The number of the oldest record that is held, be it as one of many; null if nothing is. */
export const oldestSeq = ({ rows, bundles }: Reach): number | null => {
  const last = rows.at(-1)
  return last === undefined ? null : (bundles.get(last.seq)?.oldestSeq ?? last.seq)
}

export const withOlder = (held: HistoryRows, page: HistoryTimeline): HistoryRows => {
  const last = oldestSeq(held) ?? Number.POSITIVE_INFINITY
  return {
    rows: [...held.rows, ...page.rows.filter((row) => row.seq < last)],
    bundles: new Map([...held.bundles, ...bundlesBySeq(page.bundles)]),
    hasMore: page.hasMore,
    isLoadingMore: false
  }
}

/**
 * Puts newer records on top. If they do not reach what is held, or end within what is held as one, what is held is
 * given up: no gap may be hidden.
 */
export const withNewest = (held: HistoryRows, page: HistoryTimeline): HistoryRows => {
  const top = held.rows[0]?.seq ?? 0
  if (page.rows[0]?.seq === top) return held
  const newest = startHistory(page)
  const reach = oldestSeq(newest) ?? 0
  const isCutting = [...held.bundles.values()].some(
    (bundle) => bundle.newestSeq >= reach && bundle.oldestSeq < reach
  )
  if (!page.hasMore || reach > top || isCutting) return newest
  return {
    ...held,
    rows: [...page.rows, ...held.rows.filter((row) => row.seq < reach)],
    bundles: new Map([...held.bundles, ...newest.bundles])
  }
}

/** What is held of the records behind an open bundle, newest first. */
export type OpenBundles = ReadonlyMap<number, readonly HistoryEvent[]>

export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | RecordItem
  | BundleItem
  | MoreItem

interface RecordItem {
  readonly kind: 'event'
  readonly key: string
  readonly event: HistoryEvent
  /** True for one of the records behind an open bundle. */
  readonly isInside: boolean
}

interface BundleItem {
  readonly kind: 'bundle'
  readonly key: string
  /** The newest of its records. */
  readonly event: HistoryEvent
  readonly bundle: HistoryBundle
  readonly isOpen: boolean
}

/** Stands below what is shown of an open bundle while there are more records behind it. */
interface MoreItem {
  readonly kind: 'more'
  readonly key: string
  readonly bundle: HistoryBundle
  readonly leftCount: number
}

export const recordKey = (seq: number, isInside: boolean): string =>
  `${isInside ? 'inside' : 'record'}-${seq}`

const recordItem = (event: HistoryEvent, isInside: boolean): RecordItem => ({
  kind: 'event',
  key: recordKey(event.seq, isInside),
  event,
  isInside
})

const bundleItems = (
  event: HistoryEvent,
  bundle: HistoryBundle,
  held: readonly HistoryEvent[] | undefined
): readonly (BundleItem | RecordItem | MoreItem)[] => {
  const isOpen = held !== undefined
  // By its oldest record, whose line it takes over: newer ones that join it leave it the same.
  const key = recordKey(bundle.oldestSeq, false)
  const head: BundleItem = { kind: 'bundle', key, event, bundle, isOpen }
  if (!isOpen) return [head]
  const leftCount = bundleCount(bundle) - held.length
  const more: MoreItem = { kind: 'more', key: `more-${event.seq}`, bundle, leftCount }
  const records = held.map((record) => recordItem(record, true))
  return leftCount > 0 ? [head, ...records, more] : [head, ...records]
}

/** The day on the person's own calendar, as a key to group by. */
const localDay = (at: string): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

export const timelineOf = (
  { rows, bundles }: Reach,
  open: OpenBundles
): readonly TimelineItem[] => {
  const shown = rows.flatMap((event) => {
    const bundle = bundles.get(event.seq)
    return bundle === undefined
      ? [recordItem(event, false)]
      : bundleItems(event, bundle, open.get(event.seq))
  })
  const items: TimelineItem[] = []
  let day = ''
  for (const item of shown) {
    if (item.kind !== 'more') {
      const { at, seq } = item.event
      const dayKey = localDay(at)
      if (dayKey !== day) items.push({ kind: 'day', key: `${dayKey}/${seq}`, at })
      day = dayKey
    }
    items.push(item)
  }
  return items
}
