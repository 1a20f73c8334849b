import { describe, expect, it } from 'vitest'
import type { HistoryTimelineQuery } from '../../shared/domain/history.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
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

describe('letters that are typed one after another', () => {
  const typing = () => {
    const asked: { search: string; answer: (is: 'found' | 'canceled') => void }[] = []
    const bridge = {
      historyTimeline: ({ search }: HistoryTimelineQuery) =>
        new Promise((resolve) => {
          asked.push({
            search,
            answer: (is) =>
              resolve(
                is === 'found'
                  ? ok({ lines: [], hasMore: search === 'amara' })
                  : fail({ kind: 'canceled' })
              )
          })
        })
    }
    const { getState } = createAppStore(bridge as unknown as Bridge)
    return {
      asked,
      type: (search: string) => getState().changeHistoryFilter({ search }),
      history: () => getState().history
    }
  }

  it('are asked for at once, and only what the last one finds is shown', async () => {
    const { asked, type, history } = typing()
    for (const search of ['a', 'am', 'amara']) type(search)
    expect(asked.map(({ search }) => search)).toEqual(['a', 'am', 'amara'])
    asked[0]?.answer('canceled')
    asked[1]?.answer('found')
    await settled()
    expect(history().kind).toBe('loading')
    asked[2]?.answer('found')
    await settled()
    expect(history()).toMatchObject({ kind: 'ready', value: { hasMore: true } })
  })

  it('are asked for again if a question about other days came in between', async () => {
    const { asked, type, history } = typing()
    type('amara')
    asked[0]?.answer('canceled')
    await expect.poll(() => asked).toHaveLength(2)
    asked[1]?.answer('found')
    await settled()
    expect(history().kind).toBe('ready')
  })
})
