import { describe, expect, it } from 'vitest'
import type { HistoryBundle, HistoryEvent, HistoryTimeline } from '../../shared/domain/history.ts'
import {
  oldestSeq,
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

const page = (
  seqs: readonly number[],
  hasMore: boolean,
  bundles: readonly HistoryBundle[] = []
): HistoryTimeline => ({ rows: seqs.map((seq) => record(seq)), bundles: [...bundles], hasMore })

const bundle = (newestSeq: number, oldestSeq: number): HistoryBundle => ({
  newestSeq,
  oldestSeq,
  counts: [{ kind: 'replica', count: newestSeq - oldestSeq + 1 }]
})

const seqsOf = (held: { readonly rows: readonly HistoryEvent[] }) => held.rows.map(({ seq }) => seq)

describe('history rows', () => {
  it('puts older records below, none of them twice', () => {
    const held = startHistory(page([9, 8, 7], true))
    expect(seqsOf(withOlder(held, page([7, 6, 5], false)))).toEqual([9, 8, 7, 6, 5])
  })

  it('puts newer records on top, none of them twice', () => {
    const held = startHistory(page([9, 8], false))
    expect(seqsOf(withNewest(held, page([11, 10, 9, 8], false)))).toEqual([11, 10, 9, 8])
    expect(withNewest(held, page([9, 8], false))).toBe(held)
  })

  it('gives up what is held rather than hide a gap', () => {
    const held = startHistory(page([9, 8], false))
    const far = withNewest(held, page([500, 499], true))
    expect(seqsOf(far)).toEqual([500, 499])
    expect(far.hasMore).toBe(true)
  })

  it('goes on below the oldest record of a bundle', () => {
    const held = startHistory(page([900, 40], true, [bundle(900, 41), bundle(40, 12)]))
    expect(oldestSeq(held)).toBe(12)
    expect(seqsOf(withOlder(held, page([40, 11], false)))).toEqual([900, 40, 11])
  })

  it('lets a bundle that has grown take the place of what it was', () => {
    const held = startHistory(page([900, 40, 39], true, [bundle(900, 41)]))
    const grown = withNewest(held, page([950], true, [bundle(950, 41)]))
    expect(seqsOf(grown)).toEqual([950, 40, 39])
    expect(grown.bundles.get(950)?.oldestSeq).toBe(41)
  })

  it('gives up what is held where a newer bundle ends within an older one', () => {
    const held = startHistory(page([900, 40], true, [bundle(900, 41)]))
    expect(seqsOf(withNewest(held, page([950], true, [bundle(950, 100)])))).toEqual([950])
  })

  const day = (date: number) => new Date(2026, 10, date, 12).toISOString()
  const kinds = (items: readonly TimelineItem[]) =>
    items.map((item) => ('event' in item ? `${item.kind} ${item.event.seq}` : item.kind))

  it('begins each day of the calendar with its heading, in the order of the records', () => {
    const rows = [record(3, day(21)), record(2, day(21)), record(1, day(20))]
    expect(kinds(timelineOf({ rows, bundles: new Map() }, new Map()))).toEqual([
      'day',
      'event 3',
      'event 2',
      'day',
      'event 1'
    ])
  })

  it('shows a bundle as one, and opened with what is held of it and what is left', () => {
    const held = startHistory(page([9, 2], false, [bundle(9, 3)]))
    expect(kinds(timelineOf(held, new Map()))).toEqual(['day', 'bundle 9', 'event 2'])
    const some = timelineOf(held, new Map([[9, [record(9), record(8)]]]))
    expect(kinds(some)).toEqual(['day', 'bundle 9', 'event 9', 'event 8', 'more', 'event 2'])
    expect(some.find((item) => item.kind === 'more')).toMatchObject({ leftCount: 5 })
    expect(new Set(some.map(({ key }) => key)).size).toBe(some.length)
  })
})
