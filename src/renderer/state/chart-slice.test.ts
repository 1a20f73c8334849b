import { expect, it } from 'vitest'
import type { HistoryChart, HistoryChartQuery } from '../../shared/domain/history.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

const yearly: HistoryChart = { of: 'operations', unit: 'year', bars: [] }
const daily: HistoryChart = { of: 'operations', unit: 'day', bars: [] }

/** Answers come when the test says so. */
const desk = () => {
  const asked: { query: HistoryChartQuery; answer: (value: unknown) => void }[] = []
  const store = createAppStore({
    historyTimeline: async () => ok({ lines: [], hasMore: false }),
    historyChart: (query: HistoryChartQuery) =>
      new Promise((answer) => asked.push({ query, answer }))
  } as unknown as Bridge)
  const state = () => store.getState()
  return { asked, state }
}

it('counts what comes meanwhile once more, however much it is', async () => {
  const { asked, state } = desk()
  const counted = state().loadHistoryChart()
  for (let record = 0; record < 100; record += 1) void state().loadHistoryChart()
  expect(asked).toHaveLength(1)
  asked[0]?.answer(ok(daily))
  await expect.poll(() => asked.length).toBe(2)
  asked[1]?.answer(ok(daily))
  await counted
  expect(asked).toHaveLength(2)
})

it('shows what the newest filter counts, whichever answer comes last', async () => {
  const { asked, state } = desk()
  const before = state().loadHistoryChart()
  state().changeHistoryFilter({ outcome: 'bad' })
  const after = state().loadHistoryChart()
  expect(asked[1]?.query.outcome).toBe('bad')
  asked[1]?.answer(ok(yearly))
  await after
  asked[0]?.answer(ok(daily))
  await before
  expect(state().historyChart).toEqual(yearly)
})

it('leaves what it shows where it is told no better', async () => {
  const { asked, state } = desk()
  const first = state().loadHistoryChart()
  asked[0]?.answer(ok(daily))
  await first
  const second = state().loadHistoryChart()
  asked[1]?.answer(fail({ kind: 'canceled' }))
  await second
  expect(state().historyChart).toEqual(daily)
})
