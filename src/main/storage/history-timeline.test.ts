import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { happening, otherAccountId } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type {
  HistoryQuery,
  HistoryTimeline,
  HistoryTimelineQuery,
  NewHistoryEvent
} from '../../shared/domain/history.ts'
import type { Store } from '../ports/store.ts'
import { historyTimeline } from './history-timeline.ts'
import { openSql } from './sql.ts'

const everything: HistoryTimelineQuery = {
  accountId: null,
  group: 'all',
  beforeSeq: null,
  limit: 200
}

const append = (store: Store, events: readonly Partial<NewHistoryEvent>[]): void => {
  const stored = store.transaction((write) => {
    for (const event of events) write.append(happening(event))
  })
  if (!stored.ok) throw new Error(stored.error.kind)
}

const filled = (...events: readonly Partial<NewHistoryEvent>[]): Store => {
  const store = openIn(temporaryFolder())
  append(store, events)
  return store
}

const times = (count: number, event: Partial<NewHistoryEvent>): Partial<NewHistoryEvent>[] =>
  Array.from({ length: count }, () => event)

/** "9-3" for a bundle, "2" for a record that stands alone. */
const shape = ({ rows, bundles }: HistoryTimeline): readonly string[] =>
  rows.map(({ seq }) => {
    const bundle = bundles.find(({ newestSeq }) => newestSeq === seq)
    return bundle === undefined ? `${seq}` : `${seq}-${bundle.oldestSeq}`
  })

const video = { assetKind: 'video' } as const
const renamed = { type: 'asset-renamed' } as const
const elsewhere = { accountId: otherAccountId, accountName: 'Other' } as const

describe('the timeline', () => {
  it('shows neighbours of one kind and account as one, and counts them by what they are', () => {
    const store = filled(...times(3, video), ...times(4, {}), renamed, ...times(6, elsewhere))
    const timeline = store.read.historyTimeline(everything)
    expect(shape(timeline)).toEqual(['14-9', '8', '7-1'])
    expect(timeline.bundles[1]?.counts).toEqual([
      { kind: 'replica', count: 4 },
      { kind: 'video', count: 3 }
    ])
    expect(timeline.hasMore).toBe(false)
    store.close()
  })

  it('leaves a few of a kind alone, and what needs a look of its own', () => {
    const failed = times(9, { type: 'deletion-failed' })
    const store = filled(...times(5, {}), ...times(9, renamed), ...failed)
    expect(shape(store.read.historyTimeline(everything))).toHaveLength(23)
    store.close()
  })

  it('keeps a later look that found something apart from those that found nothing', () => {
    const look = (result: string) => ({ type: 'deletion-checked', body: { result } }) as const
    const calm = [...times(4, look('gone')), look('unreachable'), look('says-deleted')]
    const store = filled(...calm, look('reachable'), ...calm)
    expect(shape(store.read.historyTimeline(everything))).toEqual(['13-8', '7', '6-1'])
    store.close()
  })

  it('ends a bundle where the app was started again', () => {
    const folder = temporaryFolder()
    for (const runId of ['run-1', 'run-2']) {
      const store = openIn(folder, { runId })
      append(store, times(6, {}))
      store.close()
    }
    const store = openIn(folder)
    expect(shape(store.read.historyTimeline(everything))).toEqual(['12-7', '6-1'])
    store.close()
  })

  it('takes neighbours within what is asked for, and pages on below a bundle', () => {
    const store = filled(...times(3, elsewhere), {}, ...times(3, elsewhere), renamed, renamed)
    const ofOther = store.read.historyTimeline({ ...everything, accountId: otherAccountId })
    expect(shape(ofOther)).toEqual(['7-1'])
    const first = store.read.historyTimeline({ ...everything, limit: 1 })
    expect([shape(first), first.hasMore]).toEqual([['9'], true])
    const onlyBundle = { ...everything, accountId: otherAccountId, limit: 1 }
    expect(store.read.historyTimeline(onlyBundle).hasMore).toBe(false)
    store.close()
  })

  it('shows every record exactly once over all pages, however long a bundle is', () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    append(store, [...times(250, {}), renamed, ...times(6, {})])
    store.close()
    const sql = openSql(join(folder, 'library.sqlite'))
    const shown: string[] = []
    for (let beforeSeq: number | null = null; ; ) {
      const page: HistoryTimeline = historyTimeline(sql, { ...everything, beforeSeq }, 200)
      shown.push(...shape(page))
      beforeSeq = page.bundles.at(-1)?.oldestSeq ?? null
      if (!page.hasMore) break
    }
    expect(shown).toEqual(['257-252', '251', '250-51', '50-1'])
    sql.close()
  })

  it('hands out the records of a bundle to whoever opens it', () => {
    const store = filled(renamed, ...times(6, {}), renamed)
    const [bundle] = store.read.historyTimeline(everything).bundles
    const inside: HistoryQuery = {
      ...everything,
      search: '',
      asset: null,
      beforeSeq: (bundle?.newestSeq ?? 0) + 1,
      limit: 6
    }
    expect(store.read.history(inside).rows.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2])
    store.close()
  })
})
