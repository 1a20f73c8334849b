import { expect, it } from 'vitest'
import { testBatch } from '../../../test/renderer/batch.ts'
import type { News, NewsItem } from '../../shared/domain/news.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

const item = (id: string, what: NewsItem['what']): NewsItem => ({
  what,
  ref: { accountId: 'acc_00000001', kind: 'replica', id } as NewsItem['ref'],
  name: id,
  reason: null,
  wasAsked: false,
  files: []
})

const start = (...answers: readonly Partial<News>[]) => {
  const left = [...answers]
  const bridge = {
    newsTake: async () => ok({ items: [], hasMore: false, sinceAt: null, ...left.shift() })
  }
  const store = createAppStore(bridge as unknown as Bridge)
  store.setState({
    boot: { kind: 'ready', value: { version: '1', platform: 'linux', providers: ['tavus'] } }
  })
  return store
}

const told = (store: ReturnType<typeof start>) =>
  store
    .getState()
    .notices.map((notice) =>
      notice.kind === 'news'
        ? notice.items.map(({ what, ref }) => `${what} ${ref.id}`)
        : notice.kind
    )

it('tells all that was not closed yet in one notice, and nothing when nothing is new', async () => {
  const store = start(
    { items: [item('r1', 'ready')] },
    {},
    { items: [item('r2', 'failed')], hasMore: true },
    { items: [item('r1', 'vanished')] }
  )
  await store.getState().takeNews()
  expect(told(store)).toEqual([['ready r1']])
  const before = store.getState().notices[0]?.id
  await store.getState().takeNews()
  await store.getState().takeNews()
  expect(told(store)).toEqual([['failed r2', 'vanished r1']])
  // One that leaves beside one that comes would say both.
  expect(store.getState().notices[0]?.id).toBe(before)
})

it('tells how deletions ended that the window did not see end, once', async () => {
  const sinceAt = '2026-11-22T10:00:00.000Z'
  const store = start({ sinceAt }, { sinceAt })
  const ended = (id: string, endedAt: string) =>
    testBatch({ id, state: 'finished', endedAt, counts: { done: 1 } })
  store.setState({
    batches: [
      ended('bat_00000001', '2026-11-22T09:59:59.000Z'),
      ended('bat_00000002', '2026-11-22T10:00:01.000Z')
    ]
  })
  await store.getState().takeNews()
  await store.getState().takeNews()
  expect(store.getState().notices).toMatchObject([
    { kind: 'batch', turn: 'ended', batch: { id: 'bat_00000002' } }
  ])
})

it('offers the files that a trained replica no longer needs, in one notice that grows', async () => {
  const trained = (id: string): NewsItem => ({
    ...item(id, 'ready'),
    files: [
      { uploadId: `upl_${id}` as NewsItem['files'][number]['uploadId'], fileName: `${id}.mp4` }
    ]
  })
  const store = start(
    { items: [trained('r1'), item('r2', 'ready')] },
    { items: [{ ...trained('r3'), name: '' }] }
  )
  const left = () => store.getState().notices.filter(({ kind }) => kind === 'files-left')
  await store.getState().takeNews()
  expect(left()).toMatchObject([
    { files: [{ uploadId: 'upl_r1', fileName: 'r1.mp4', replicaName: 'r1' }] }
  ])
  await store.getState().takeNews()
  expect(left()).toMatchObject([
    { files: [{ uploadId: 'upl_r1' }, { uploadId: 'upl_r3', replicaName: 'r3' }] }
  ])
})
