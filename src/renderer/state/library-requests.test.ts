import { expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import type { AssetQuery } from '../../shared/domain/asset.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'
import { pageSize } from './library-pages.ts'

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
