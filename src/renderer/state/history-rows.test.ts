import { describe, expect, it } from 'vitest'
import { testLine } from '../../../test/renderer/history-lines.ts'
import type { HistoryEvent, HistoryLine, HistoryTimeline } from '../../shared/domain/history.ts'
import {
  oldestHead,
  startHistory,
  type TimelineItem,
  timelineOf,
  withNewest,
  withOlder
} from './history-rows.ts'

const record = (seq: number, at = '2026-11-21T12:00:00.000Z'): HistoryEvent => ({
  type: 'asset-first-seen',
  operationId: null,
  accountId: null,
  accountName: null,
  assetKind: null,
  assetId: null,
  assetName: null,
  body: {},
  seq,
  at,
  monotonicMs: 0,
  runId: 'run',
  prevHash: '0'.repeat(64),
  hash: '1'.repeat(64)
})

/** `[9, 3]`: an operation of the records 3 to 9. */
type Reach = number | readonly [newest: number, oldest: number]

const line = (reach: Reach): HistoryLine => {
  const [newest, oldest] = typeof reach === 'number' ? [reach, reach] : reach
  return testLine(record(newest), { id: oldest, count: newest - oldest + 1 })
}

const page = (reaches: readonly Reach[], hasMore: boolean): HistoryTimeline => ({
  lines: reaches.map(line),
  hasMore
})

const headsOf = ({ lines }: { readonly lines: readonly HistoryLine[] }) =>
  lines.map(({ head }) => head.seq)

describe('the lines of the timeline', () => {
  it('puts older ones below, none of them twice', () => {
    const held = startHistory(page([9, 8, 7], true))
    expect(headsOf(withOlder(held, page([7, 6, 5], false)))).toEqual([9, 8, 7, 6, 5])
    expect(oldestHead(held)).toBe(7)
    expect(oldestHead(startHistory(page([], false)))).toBeNull()
  })

  it('puts newer ones on top, none of them twice', () => {
    const held = startHistory(page([9, 8, 3], false))
    expect(headsOf(withNewest(held, page([11, 10, 9, 8], true)))).toEqual([11, 10, 9, 8, 3])
  })

  it('gives up what is held rather than hide a gap', () => {
    const far = withNewest(startHistory(page([9, 8], false)), page([500, 499], true))
    expect(headsOf(far)).toEqual([500, 499])
    expect(far.hasMore).toBe(true)
  })

  it('moves an operation up that something was added to', () => {
    const held = startHistory(page([30, [20, 12], 11, 10], true))
    const newest = page([[31, 12], 30, 11], true)
    expect(headsOf(withNewest(held, newest))).toEqual([31, 30, 11, 10])
  })

  const day = (date: number) => new Date(2026, 10, date, 12).toISOString()
  const kinds = (items: readonly TimelineItem[]) =>
    items.map((item) => {
      if (item.kind === 'line') return `line ${item.line.head.seq}`
      return item.kind === 'record' ? `record ${item.event.seq}` : item.kind
    })

  it('begins each day of the calendar with its heading', () => {
    const at = (seq: number, date: number) => testLine(record(seq, day(date)))
    const lines = [at(3, 21), at(2, 21), at(1, 20)]
    const items = timelineOf({ lines }, new Map())
    expect(kinds(items)).toEqual(['day', 'line 3', 'line 2', 'day', 'line 1'])
  })

  it('shows an operation as one, and opened with what is held of it and what is left', () => {
    const held = startHistory(page([[9, 3], 2], false))
    expect(kinds(timelineOf(held, new Map()))).toEqual(['day', 'line 9', 'line 2'])
    const some = timelineOf(held, new Map([[3, [record(9), record(8)]]]))
    expect(kinds(some)).toEqual(['day', 'line 9', 'record 9', 'record 8', 'more', 'line 2'])
    expect(some.find((item) => item.kind === 'more')).toMatchObject({ leftCount: 5 })
    expect(new Set(some.map(({ key }) => key)).size).toBe(some.length)
  })
})
