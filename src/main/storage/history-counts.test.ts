import { describe, expect, it } from 'vitest'
import {
  account,
  accountId,
  asset,
  happening,
  otherAccountId,
  steppingClock
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { timelineOf } from '../../../test/main/storage/timeline.ts'
import type {
  HistoryChartQuery,
  HistoryCounts,
  NewHistoryEvent
} from '../../shared/domain/history.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { Store } from '../ports/store.ts'

const { lastDays: _lastDays, ...everything } = unfiltered

const deleted = (
  id: string,
  batch: string,
  outcome: 'done' | 'failed'
): Partial<NewHistoryEvent>[] => [
  { type: 'deletion-asked', operationId: `op-${id}`, assetId: id, body: { batch, mode: 'soft' } },
  outcome === 'done'
    ? {
        type: 'deletion-answered',
        operationId: `op-${id}`,
        assetId: id,
        body: { batch, mode: 'soft', outcome: 'done' }
      }
    : {
        type: 'deletion-failed',
        operationId: `op-${id}`,
        assetId: id,
        body: { batch, mode: 'soft' }
      }
]

const nothing = { count: 0, deleted: 0, failed: 0, elsewhere: 0 }

/** What the chart would add up over the time that is asked for. */
const counted = (store: Store, query: Partial<HistoryChartQuery>) => {
  const { fromAt, untilAt } = query
  const counting = store.read.historyCounting({ ...everything, ...query })
  const parts = store.read
    .historyStretches(counting, fromAt ?? '2000-01-01', untilAt ?? '2100-01-01')
    .map((stretch) => store.read.historyCounts(counting, stretch))
  const sum = (of: keyof HistoryCounts) => parts.reduce((all, part) => all + part[of], 0)
  return {
    span: counting.span,
    count: sum('count'),
    deleted: sum('deleted'),
    failed: sum('failed'),
    elsewhere: sum('elsewhere')
  }
}

/** On March 2 a plan of two and one that failed; on March 5 two renames elsewhere, of two accounts. */
const filledStore = () => {
  const clock = steppingClock()
  const store = openIn(temporaryFolder(), { clock })
  const append = (at: string, events: readonly Partial<NewHistoryEvent>[]): void => {
    clock.moveTo(at)
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('r1'))
      for (const event of events) write.append(happening(event), `${at} ${event.accountId}`)
    })
  }
  append('2026-03-02T10:00:00.000Z', [
    ...deleted('r1', 'bat_1', 'done'),
    ...deleted('r2', 'bat_1', 'done'),
    ...deleted('r3', 'bat_2', 'failed')
  ])
  append('2026-03-05T10:00:00.000Z', [
    { type: 'asset-renamed', accountId },
    { type: 'asset-renamed', accountId: otherAccountId }
  ])
  return { store }
}

const filled = () => {
  const { store } = filledStore()
  return (query: Partial<HistoryChartQuery>) => counted(store, query)
}

it.each<[string, Partial<HistoryChartQuery>, object]>([
  ['all of it', {}, { count: 4, deleted: 2, failed: 1, elsewhere: 2 }],
  [
    'one day',
    { fromAt: '2026-03-02T00:00:00.000Z', untilAt: '2026-03-03T00:00:00.000Z' },
    { count: 2, deleted: 2, failed: 1, elsewhere: 0 }
  ],
  [
    'a day of nothing',
    { fromAt: '2026-03-03T00:00:00.000Z', untilAt: '2026-03-04T00:00:00.000Z' },
    nothing
  ],
  ['what is to come', { fromAt: '2026-03-06T00:00:00.000Z' }, nothing],
  ['one account', { accountId: otherAccountId }, { ...nothing, count: 1, elsewhere: 1 }],
  ['what failed', { outcome: 'bad' }, { ...nothing, count: 1, failed: 1 }],
  ['made here', { by: 'here' }, { count: 2, deleted: 2, failed: 1, elsewhere: 0 }]
])('counts %s', (_what, query, expected) => {
  expect(filled()(query)).toMatchObject(expected)
})

it('tells from when to when there is something', () => {
  const { span } = filled()({})
  expect([span?.firstAt.slice(0, 10), span?.lastAt.slice(0, 10)]).toEqual([
    '2026-03-02',
    '2026-03-05'
  ])
})

it('knows no time without records', () => {
  const store = openIn(temporaryFolder())
  for (const search of ['', 'anna']) {
    expect(store.read.historyCounting({ ...everything, search }).span).toBeNull()
  }
})

describe('a search', () => {
  const march = (day: number) => `2026-03-0${day}T00:00:00.000Z`

  it.each<[string, Partial<HistoryChartQuery>, object]>([
    ['all that it finds', { search: 'anna' }, { count: 8, failed: 1, elsewhere: 2 }],
    ['a day of it', { search: 'anna', fromAt: march(5) }, { count: 2, elsewhere: 2 }],
    ['a day without', { search: 'anna', fromAt: march(3), untilAt: march(5) }, {}],
    ['a type of record', { search: 'deletion-failed' }, { count: 1, failed: 1 }],
    ['a topic', { search: 'anna', group: 'renames' }, { count: 2, elsewhere: 2 }],
    ['an account', { search: 'anna', accountId: otherAccountId }, { count: 1, elsewhere: 1 }],
    ['an outcome', { search: 'anna', outcome: 'bad' }, { count: 2, failed: 1 }],
    ['made here', { search: 'anna', by: 'here' }, { count: 6, failed: 1 }],
    ['nothing that could be found', { search: '…' }, {}],
    ['all, for spaces alone', { search: '  ', group: 'deletions' }, { count: 6, failed: 1 }]
  ])('counts %s, which is what it shows', (_what, query, expected) => {
    const { store } = filledStore()
    const { span: _span, ...counts } = counted(store, query)
    expect(counts).toEqual({ ...nothing, ...expected })
    const asked = { ...everything, ...query, beforeSeq: null, limit: 100 }
    expect(timelineOf(store, asked).lines).toHaveLength(counts.count)
  })
})
