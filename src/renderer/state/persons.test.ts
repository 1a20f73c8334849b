import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import { testBatch } from '../../../test/renderer/batch.ts'
import type { AssetQuery } from '../../shared/domain/asset.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

type Listener = (payload: never) => void

/** A store whose events a test sends itself; each listing waits until the test lets it answer. */
const opened = async () => {
  const listeners = new Map<string, Listener>()
  let rows = [testAsset('r1')]
  let asked = 0
  const answers = {
    assetList: async ({ kind, personId }: AssetQuery) => {
      if (personId !== null && kind === 'replica') asked += 1
      return ok({ total: rows.length, rows: kind === 'replica' ? rows : [] })
    },
    batchItems: async () => ok({ total: 0, rows: [] })
  }
  const bridge = new Proxy(answers, {
    get: (held, name: string) => {
      if (name in held) return held[name as keyof typeof answers]
      if (name.startsWith('on')) return (listener: Listener) => listeners.set(name, listener)
      return () => new Promise(() => undefined)
    }
  })
  const store = createAppStore(bridge as unknown as Bridge)
  store.getState().start()
  store.getState().showPerson('per_00000001' as PersonId)
  await store.getState().reloadPersonAssets()
  return {
    store,
    send: (name: string, payload: unknown) => listeners.get(name)?.(payload as never),
    change: (next: typeof rows) => {
      rows = next
    },
    asked: () => asked
  }
}

describe('the page of a person', () => {
  it.each([
    ['onLibraryChanged', { accountId: 'acc_00000001' }],
    ['onBatchChanged', testBatch()]
  ])('follows what becomes of its assets: %s', async (event, payload) => {
    const { store, send, change } = await opened()
    change([testAsset('r1', { presence: 'gone' })])
    send(event, payload)
    // Nobody asks for it here: it is the event that has to.
    await expect
      .poll(() => store.getState().personAssets, { timeout: 20_000 })
      .toMatchObject({ value: [{ presence: 'gone' }] })
  })

  it('asks once more for many changes, not once for each', async () => {
    const { store, send, asked } = await opened()
    const before = asked()
    for (let left = 50; left > 0; left -= 1) send('onLibraryChanged', { accountId: 'acc_00000001' })
    await store.getState().reloadPersonAssets()
    expect(asked() - before).toBeLessThanOrEqual(2)
  })
})
