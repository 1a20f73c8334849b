import { expect, it } from 'vitest'
import type { HistoryChartQuery, HistoryCounts } from '../../shared/domain/history.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { HistoryStretch } from '../ports/store.ts'
import { createHistoryChart } from './history-chart.ts'

const { lastDays: _lastDays, ...everything } = unfiltered

/** The third day of March, as this computer has it; each count takes a second of the clock. */
const desk = (span: { firstAt: string; lastAt: string } | null, until = 40) => {
  let runMs = 0
  const lookedUp: string[] = []
  const asked: { query: HistoryChartQuery; stretch: HistoryStretch }[] = []
  const waiting: (() => void)[] = []
  const chart = createHistoryChart({
    store: {
      read: {
        historyCounting: (query) => ({ query, persons: null, terms: null, span, atOnce: 5_000 }),
        historyOfPerson: (persons) => persons,
        historyStretches: (_counting, fromAt) => {
          lookedUp.push(fromAt)
          if (until > 0) return [{ from: new Date(fromAt).getDate(), until }]
          runMs += 1000
          return []
        },
        historyCounts: ({ query }, stretch): HistoryCounts => {
          asked.push({ query, stretch })
          runMs += 1000
          return { count: 1, deleted: 0, failed: 0, elsewhere: 0 }
        }
      }
    },
    clock: { nowAt: () => new Date(2026, 2, 3, 12).toISOString(), monotonicMs: () => runMs },
    rest: () => new Promise((resolve) => waiting.push(resolve))
  })
  const letAllRun = async (answer: Promise<unknown>): Promise<void> => {
    let isDone = false
    void answer.then(() => {
      isDone = true
    })
    while (!isDone) {
      waiting.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { chart, asked, lookedUp, waiting, letAllRun }
}

it('has no bars without a history', async () => {
  expect(await desk(null).chart(everything)).toEqual({
    ok: true,
    value: { of: 'operations', unit: 'day', bars: [] }
  })
})

it('counts each bar by what the timeline is narrowed by, and rests in between', async () => {
  const at = new Date(2026, 2, 2, 9).toISOString()
  const { chart, asked, waiting, letAllRun } = desk({ firstAt: at, lastAt: at })
  const answer = chart({ ...everything, outcome: 'bad' })
  await expect.poll(() => waiting).toHaveLength(1)
  expect(asked).toHaveLength(1)
  await letAllRun(answer)
  const drawn = await answer
  expect(drawn.ok && drawn.value.bars).toHaveLength(30)
  expect(asked.at(-1)).toEqual({
    query: { ...everything, outcome: 'bad' },
    stretch: { from: 3, until: 40 }
  })
})

it('counts much at once in parts, and gives their sum', async () => {
  const at = new Date(2026, 2, 3).toISOString()
  const { chart, asked, letAllRun } = desk({ firstAt: at, lastAt: at }, 12_500)
  const answer = chart({ ...everything, fromAt: at, untilAt: new Date(2026, 2, 4).toISOString() })
  await letAllRun(answer)
  const drawn = await answer
  expect(asked.map(({ stretch }) => stretch)).toEqual([
    { from: 3, until: 5_003 },
    { from: 5_003, until: 10_003 },
    { from: 10_003, until: 12_500 }
  ])
  expect(drawn.ok && drawn.value.bars.map(({ count }) => count)).toEqual([3])
})

it('rests between bars that hold nothing, too', async () => {
  const at = new Date(2026, 2, 2, 9).toISOString()
  const { chart, lookedUp, letAllRun } = desk({ firstAt: at, lastAt: at }, 0)
  const answer = chart(everything)
  await new Promise((resolve) => setImmediate(resolve))
  expect(lookedUp).toHaveLength(1)
  await letAllRun(answer)
  expect(lookedUp).toHaveLength(30)
})

it('gives up what nobody waits for any more', async () => {
  const at = new Date(2026, 2, 2, 9).toISOString()
  const { chart, letAllRun } = desk({ firstAt: at, lastAt: at })
  const before = chart(everything)
  const after = chart({ ...everything, group: 'deletions' })
  await letAllRun(Promise.all([before, after]))
  expect(await before).toEqual({ ok: false, error: { kind: 'canceled' } })
  expect((await after).ok).toBe(true)
})

it('begins with a search once others had their turn, and not at all if the next letter is there by then', async () => {
  const at = new Date(2026, 2, 3).toISOString()
  const { chart, asked, letAllRun } = desk({ firstAt: at, lastAt: at })
  const before = chart({ ...everything, search: 'am' })
  const after = chart({ ...everything, search: 'ama' })
  expect(asked).toEqual([])
  await letAllRun(Promise.all([before, after]))
  expect(await before).toEqual({ ok: false, error: { kind: 'canceled' } })
  expect((await after).ok && new Set(asked.map(({ query }) => query.search))).toEqual(
    new Set(['ama'])
  )
  expect(await after).toMatchObject({ value: { of: 'records' } })
})
