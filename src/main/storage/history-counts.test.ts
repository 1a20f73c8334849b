import { expect, it } from 'vitest'
import {
  account,
  accountId,
  asset,
  happening,
  otherAccountId,
  steppingClock
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { HistoryChartQuery, NewHistoryEvent } from '../../shared/domain/history.ts'
import { unfiltered } from '../../shared/history-filter.ts'

const { search: _search, lastDays: _lastDays, ...everything } = unfiltered

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

/** On March 2 a plan of two and one that failed; on March 5 two renames elsewhere, of two accounts. */
const filled = () => {
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
  return ({ fromAt, untilAt, ...query }: Partial<HistoryChartQuery>) => ({
    span: store.read.historySpan(),
    ...store.read.historyCounts(
      { ...everything, ...query },
      store.read.historyPlaces(fromAt ?? '2000-01-01', untilAt ?? '2100-01-01')
    )
  })
}

const nothing = { count: 0, deleted: 0, failed: 0, elsewhere: 0 }

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
  expect(openIn(temporaryFolder()).read.historySpan()).toBeNull()
})
