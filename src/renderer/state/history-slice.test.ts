import { describe, expect, it } from 'vitest'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

/** Answers come when the test says so. */
const historyDesk = () => {
  const answers: (() => void)[] = []
  const bridge = {
    historyCountNew: async () => ok({ count: 0, unread: 0 }),
    historyTimeline: () =>
      new Promise((resolve) => {
        answers.push(() => resolve(ok({ lines: [], hasMore: false })))
      })
  }
  const store = createAppStore(bridge as unknown as Bridge)
  const open = async () => {
    store.setState({ place: 'history' })
    const loaded = store.getState().loadHistory()
    answers.shift()?.()
    await loaded
  }
  return { store, answers, open }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('records that are appended', () => {
  it('are asked for once at a time, and once more for all that came meanwhile', async () => {
    const desk = historyDesk()
    await desk.open()
    const { reloadNewestHistory } = desk.store.getState()
    for (let record = 0; record < 1_000; record += 1) void reloadNewestHistory()
    await settled()
    expect(desk.answers).toHaveLength(1)
    desk.answers.shift()?.()
    await settled()
    expect(desk.answers).toHaveLength(1)
    desk.answers.shift()?.()
    await settled()
    expect(desk.answers).toHaveLength(0)
  })

  it('are not asked for while the history is not on the screen', async () => {
    const desk = historyDesk()
    await desk.open()
    desk.store.setState({ place: 'replicas' })
    await desk.store.getState().reloadNewestHistory()
    expect(desk.answers).toHaveLength(0)
  })
})
