import type { HistoryEvent, HistoryPage } from '../../shared/domain/history.ts'

/** What is held of the history: newest first, without gaps. */
export interface HistoryRows {
  readonly rows: readonly HistoryEvent[]
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
}

export const startHistory = (page: HistoryPage): HistoryRows => ({
  rows: page.rows,
  hasMore: page.hasMore,
  isLoadingMore: false
})

export const withOlder = (held: HistoryRows, page: HistoryPage): HistoryRows => {
  const last = held.rows.at(-1)?.seq ?? Number.POSITIVE_INFINITY
  return {
    rows: [...held.rows, ...page.rows.filter((row) => row.seq < last)],
    hasMore: page.hasMore,
    isLoadingMore: false
  }
}

/** Puts newer records on top. If they do not reach what is held, what is held is given up: no gap may be hidden. */
export const withNewest = (held: HistoryRows, page: HistoryPage): HistoryRows => {
  const top = held.rows[0]?.seq ?? 0
  const reaches = !page.hasMore || page.rows.some((row) => row.seq <= top)
  if (!reaches) return startHistory(page)
  const newer = page.rows.filter((row) => row.seq > top)
  return newer.length === 0 ? held : { ...held, rows: [...newer, ...held.rows] }
}

export type TimelineItem =
  | { readonly kind: 'day'; readonly dayKey: string; readonly at: string }
  | { readonly kind: 'event'; readonly event: HistoryEvent }

/** The day on the person's own calendar, as a key to group by. */
const localDay = (at: string): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

export const timelineOf = (rows: readonly HistoryEvent[]): readonly TimelineItem[] => {
  const items: TimelineItem[] = []
  let day = ''
  for (const event of rows) {
    const dayKey = localDay(event.at)
    if (dayKey !== day) items.push({ kind: 'day', dayKey: `${dayKey}/${event.seq}`, at: event.at })
    day = dayKey
    items.push({ kind: 'event', event })
  }
  return items
}
