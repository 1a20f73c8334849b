import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { startHistory, timelineOf, withNewest, withOlder } from './history-rows.ts'

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

const page = (seqs: readonly number[], hasMore: boolean) => ({
  rows: seqs.map((seq) => record(seq)),
  hasMore
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

  it('begins each day of the calendar with its heading, in the order of the records', () => {
    const day = (date: number) => new Date(2026, 10, date, 12).toISOString()
    const items = timelineOf([record(3, day(21)), record(2, day(21)), record(1, day(20))])
    expect(items.map((item) => (item.kind === 'day' ? 'day' : item.event.seq))).toEqual([
      'day',
      3,
      2,
      'day',
      1
    ])
  })
})
