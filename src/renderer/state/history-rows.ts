import { isAssetKind } from '../../shared/catalogue/kinds.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryEvent, HistoryLine, HistoryTimeline } from '../../shared/domain/history.ts'

/** What is held of the timeline: newest first, without gaps. */
export interface HistoryRows {
  readonly lines: readonly HistoryLine[]
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
}

export const startHistory = (page: HistoryTimeline): HistoryRows => ({
  ...page,
  isLoadingMore: false
})

type Held = Pick<HistoryRows, 'lines'>

const placeOf = (line: HistoryLine | undefined): number => line?.place ?? Number.NEGATIVE_INFINITY

/** Where the page below what is held begins; null if nothing is held. */
export const oldestHead = ({ lines }: Held): number | null => lines.at(-1)?.place ?? null

const without = (lines: readonly HistoryLine[], known: readonly HistoryLine[]) => {
  const ids = new Set(known.map(({ id }) => id))
  return lines.filter(({ id }) => !ids.has(id))
}

export const withOlder = (held: HistoryRows, page: HistoryTimeline): HistoryRows => ({
  lines: [...held.lines, ...without(page.lines, held.lines)],
  hasMore: page.hasMore,
  isLoadingMore: false
})

/**
 * Puts the newest lines on top; one that something was added to leaves its old place. If they do not reach what is held,
 * what is held is given up: no gap may be hidden.
 */
export const withNewest = (held: HistoryRows, page: HistoryTimeline): HistoryRows => {
  const reach = placeOf(page.lines.at(-1))
  if (!page.hasMore || reach > placeOf(held.lines[0])) return startHistory(page)
  const below = without(held.lines, page.lines).filter((line) => placeOf(line) < reach)
  return { ...held, lines: [...page.lines, ...below] }
}

/** The asset that a record is about, as the library keeps it; null for what is not kept there. */
export const assetRefOf = ({ accountId, assetKind, assetId }: HistoryEvent): AssetRef | null =>
  accountId === null || assetId === null || assetKind === null || !isAssetKind(assetKind)
    ? null
    : // Main refuses what is no id.
      { accountId, kind: assetKind, id: assetId as AssetRef['id'] }

/** What is held of the records of an open operation, newest first, by its id. */
export type OpenLines = ReadonlyMap<number, readonly HistoryEvent[]>

export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | LineItem
  | RecordItem
  | MoreItem

interface LineItem {
  readonly kind: 'line'
  readonly key: string
  readonly line: HistoryLine
  readonly isOpen: boolean
}

/** One of the records of an open operation. */
interface RecordItem {
  readonly kind: 'record'
  readonly key: string
  readonly event: HistoryEvent
}

/** Stands below what is shown of an open operation while there are more records in it. */
interface MoreItem {
  readonly kind: 'more'
  readonly key: string
  readonly line: HistoryLine
  readonly leftCount: number
}

export const recordKey = (seq: number, isInside: boolean): string =>
  `${isInside ? 'inside' : 'record'}-${seq}`

const itemsOf = (
  line: HistoryLine,
  held: readonly HistoryEvent[] | undefined
): readonly (LineItem | RecordItem | MoreItem)[] => {
  const isOpen = held !== undefined
  // By its first record: newer ones that join it leave it the same.
  const head: LineItem = { kind: 'line', key: recordKey(line.id, false), line, isOpen }
  if (!isOpen) return [head]
  const records = held.map(
    (event): RecordItem => ({ kind: 'record', key: recordKey(event.seq, true), event })
  )
  const leftCount = line.count - held.length
  const more: MoreItem = { kind: 'more', key: `more-${line.id}`, line, leftCount }
  return leftCount > 0 ? [head, ...records, more] : [head, ...records]
}

/** The day on the person's own calendar, as a key to group by. */
const localDay = (at: string): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

export const timelineOf = ({ lines }: Held, open: OpenLines): readonly TimelineItem[] => {
  const items: TimelineItem[] = []
  let day = ''
  for (const line of lines) {
    const { at } = line.head
    const dayKey = localDay(at)
    if (dayKey !== day) items.push({ kind: 'day', key: `${dayKey}/${line.id}`, at })
    day = dayKey
    items.push(...itemsOf(line, open.get(line.id)))
  }
  return items
}
