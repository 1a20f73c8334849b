import { describe, expect, it, onTestFinished } from 'vitest'
import { accountId, happening, refOf } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { timelineOf } from '../../../test/main/storage/timeline.ts'
import type { HistoryFilter } from '../../shared/domain/history.ts'
import { askedFor, unfiltered } from '../../shared/history-filter.ts'
import type { ReportLine } from '../ports/history-exporter.ts'
import type { Store } from '../ports/store.ts'
import { selectHistory } from './history-selection.ts'

const never = new AbortController().signal

const nowMs = Date.parse('2026-03-02T00:00:00.000Z')

const anything = unfiltered

const storeWith = (fill: (store: Store) => void): Store => {
  const store = openIn(temporaryFolder())
  onTestFinished(() => store.close())
  fill(store)
  return store
}

/** A training that failed, a deletion of two with its answers, and a listing of many. */
const filled = (listed = 5): Store =>
  storeWith((store) => {
    store.transaction((write) => {
      write.append(happening({ type: 'creation-asked', operationId: 'op-1', assetId: null }))
      write.append(
        happening({
          type: 'asset-status-changed',
          operationId: 'op-1',
          assetId: 'r0',
          body: { to: 'failed', reason: 'noise' }
        })
      )
      for (const id of ['r1', 'r2']) {
        write.append(
          happening({
            type: 'deletion-asked',
            operationId: `op-${id}`,
            assetId: id,
            body: { batch: 'bat_1' }
          })
        )
      }
      for (let index = 0; index < listed; index += 1) {
        write.append(happening({ assetId: `v${index}`, assetName: `Video ${index}` }), 'walk-1')
      }
      for (const id of ['r1', 'r2']) {
        write.append(
          happening({
            type: 'deletion-answered',
            operationId: `op-${id}`,
            assetId: id,
            body: { batch: 'bat_1', outcome: 'done' }
          })
        )
      }
    })
  })

/** What a report would tell, one after another. */
const told = async (
  lines: Iterable<ReportLine> | AsyncIterable<ReportLine>
): Promise<readonly ReportLine[]> => {
  const all: ReportLine[] = []
  for await (const line of lines) all.push(line)
  return all
}

const seqsOf = (records: Iterable<{ seq: number }>): readonly number[] =>
  [...records].map(({ seq }) => seq)

/** The records of all lines that the timeline shows for a filter, by its own pages. */
const shownBy = (store: Store, filter: HistoryFilter): readonly number[] => {
  const { lines } = timelineOf(store, {
    ...askedFor(filter, nowMs),
    beforeSeq: null,
    limit: 500
  })
  const seqs = lines.flatMap((line) =>
    line.count === 1
      ? [line.head.seq]
      : store.read
          .historyParts({ id: line.id, beforeSeq: null, limit: 500 })
          .rows.map(({ seq }) => seq)
  )
  return seqs.toSorted((a, b) => a - b)
}

describe('what is shown', () => {
  it.each<[string, Partial<HistoryFilter>]>([
    ['nothing filtered', {}],
    ['deletions', { group: 'deletions' }],
    ['what failed', { outcome: 'bad' }],
    ['an account', { accountId }],
    ['a kind', { kind: 'replica' }],
    ['what came up elsewhere', { by: 'elsewhere' }],
    ['a search', { search: 'video' }],
    ['a search and a filter', { search: 'anna', group: 'deletions' }],
    ['the last days', { lastDays: 7 }],
    ['a time', { fromAt: '2026-03-01T10:00:03.000Z' }],
    ['what nothing matches', { search: 'nothing of the kind' }]
  ])('is selected with all records of its lines, oldest first: %s', async (_what, change) => {
    const store = filled()
    const filter = { ...anything, ...change }
    const { count, records, isAll } = await selectHistory(
      store.read,
      { scope: 'shown', filter },
      nowMs,
      never
    )
    const expected = shownBy(store, filter)
    expect(seqsOf(records())).toEqual(expected)
    expect(count).toBe(expected.length)
    expect(isAll).toBe(false)
  })

  it('is told as lines with their records', async () => {
    const filter = { ...anything, group: 'deletions' as const }
    const { lines } = await selectHistory(filled().read, { scope: 'shown', filter }, nowMs, never)
    expect((await told(lines())).map(({ line, parts }) => [line.count, seqsOf(parts)])).toEqual([
      [4, [3, 4, 10, 11]]
    ])
  })

  it('goes over many pages, each record once', async () => {
    const store = storeWith((one) =>
      one.transaction((write) => {
        for (let index = 0; index < 1203; index += 1) {
          write.append(
            happening({ type: 'asset-renamed', assetId: `r${index}`, body: { from: 'x' } }),
            `w${index}`
          )
        }
      })
    )
    const selection = { scope: 'shown', filter: { ...anything, kind: 'replica' } } as const
    const { count, records } = await selectHistory(store.read, selection, nowMs, never)
    expect(count).toBe(1203)
    expect(new Set(seqsOf(records())).size).toBe(1203)
  })

  it('holds what moved up while it was walked, and nothing that was recorded meanwhile', async () => {
    const part = { operationId: 'op-1', assetId: 'r1' }
    const body = { batch: 'bat_1' }
    const store = storeWith((one) =>
      one.transaction((write) => {
        write.append(happening({ ...part, type: 'deletion-asked', body }))
        write.append(
          happening({ ...part, type: 'deletion-answered', body: { ...body, outcome: 'done' } })
        )
        write.append(happening({ assetId: 'r2' }), 'walk-1')
        write.append(happening({ assetId: 'r3', type: 'asset-renamed' }), 'walk-2')
      })
    )
    let walks = 0
    const read: Store['read'] = {
      ...store.read,
      historyWalk: (query) => {
        walks += 1
        // The deletion is not reached yet, and moves to the top.
        if (walks === 3) {
          store.transaction((write) =>
            write.append(happening({ ...part, type: 'deletion-drifted', body }))
          )
        }
        return store.read.historyWalk({ ...query, limit: 1 })
      }
    }
    const selection = { scope: 'shown', filter: anything } as const
    const { records } = await selectHistory(read, selection, nowMs, never)
    expect(seqsOf(records())).toEqual([1, 2, 3, 4])
  })

  it('ends when it is canceled', async () => {
    const stop = new AbortController()
    const { read } = filled(1)
    const slow: Store['read'] = {
      ...read,
      historyWalk: (query) => {
        stop.abort()
        return read.historyWalk({ ...query, limit: 1 })
      }
    }
    const selection = { scope: 'shown', filter: anything } as const
    await expect(selectHistory(slow, selection, nowMs, stop.signal)).rejects.toThrow()
  })
})

describe('everything', () => {
  it('ends with what was the last record when it began', async () => {
    const store = filled()
    const { count, head, isAll, records } = await selectHistory(
      store.read,
      { scope: 'all' },
      nowMs,
      never
    )
    store.transaction((write) => write.append(happening()))
    expect(seqsOf(records())).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect([count, head?.seq, isAll]).toEqual([11, 11, true])
  })

  it('of an empty history is nothing', async () => {
    const store = storeWith(() => undefined)
    const { count, head, records } = await selectHistory(store.read, { scope: 'all' }, nowMs, never)
    expect([count, head, [...records()]]).toEqual([0, null, []])
  })
})

describe('a story', () => {
  it('is what the pane shows, oldest first, each record a line', async () => {
    const store = filled()
    const ref = refOf('r1')
    const { records, lines } = await selectHistory(
      store.read,
      { scope: 'story', ref },
      nowMs,
      never
    )
    const shown = store.read.historyStory(ref, 500).rows.toReversed()
    expect([...records()]).toEqual(shown)
    expect((await told(lines())).map(({ line }) => line.head)).toEqual(shown)
  })
})
