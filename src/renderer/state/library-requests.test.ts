import { expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import { testBatch } from '../../../test/renderer/batch.ts'
import type { AssetQuery } from '../../shared/domain/asset.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'
import { pageSize, rowAt } from './library-pages.ts'

/** A library of videos, each made with another replica, that writes down what it is asked. */
const noting = (total: number) => {
  const asked: string[] = []
  const rowsFrom = ({ offset, limit }: AssetQuery) =>
    Array.from({ length: Math.min(limit, total - offset) }, (_, index) => {
      const { ref } = testAsset(`v${offset + index}`)
      return testAsset(ref.id, { ref: { ...ref, kind: 'video' }, parentId: ref.id })
    })
  const bridge = new Proxy({} as Bridge, {
    get: (_target, name) => async (query: AssetQuery) => {
      asked.push(name === 'assetList' ? `page at ${query.offset}` : String(name))
      return ok({ total, rows: name === 'assetList' ? rowsFrom(query) : [] })
    }
  })
  return { asked, store: createAppStore(bridge) }
}

it('a page is one request, whatever its rows show of their parents and children', async () => {
  const { asked, store } = noting(3 * pageSize)
  store.setState(({ filter }) => ({ filter: { ...filter, kind: 'video' } }))
  await store.getState().loadLibrary()
  await store.getState().rowsBetween(0, 2 * pageSize - 1)
  expect(asked).toEqual(['page at 0', `page at ${pageSize}`])
})

it('letters that come faster than answers are asked for once, and the last one is listed', async () => {
  const searches: string[] = []
  const answers: (() => void)[] = []
  const bridge = {
    assetList: async ({ search }: AssetQuery) => {
      searches.push(search)
      await new Promise<void>((resolve) => answers.push(resolve))
      return ok({ total: 1, rows: [testAsset(search)] })
    }
  }
  const store = createAppStore(bridge as unknown as Bridge)
  for (const search of ['a', 'an', 'ann']) store.getState().changeFilter({ search })
  const listed = store.getState().loadLibrary()
  for (const answered of [1, 2]) {
    await expect.poll(() => answers.length).toBe(answered)
    answers[answered - 1]?.()
  }
  await listed
  expect(searches).toEqual(['a', 'ann'])
  const { library } = store.getState()
  expect(library.kind === 'ready' && rowAt(library.value, 0)?.ref.id).toBe('ann')
})

it('of a batch that goes on no rows are read: that they changed is told with the library', async () => {
  const { asked, store } = noting(pageSize)
  const { loadLibrary, noteBatch, reloadLibrary } = store.getState()
  await loadLibrary()
  noteBatch(testBatch({ counts: { done: 0, queued: 3 } }))
  await reloadLibrary()
  asked.length = 0
  noteBatch(testBatch({ counts: { done: 1, queued: 2 } }))
  noteBatch(testBatch({ counts: { done: 2, queued: 1 } }))
  expect(asked).toEqual([])
  noteBatch(testBatch({ state: 'finished', counts: { done: 3 } }))
  expect(asked).toContain('page at 0')
})
