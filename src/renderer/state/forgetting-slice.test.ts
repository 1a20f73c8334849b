import { expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

it('leaves no notice that may name what was forgotten', async () => {
  const { ref } = testAsset('r1')
  const bridge = {
    namesPreview: async () => ok({ records: 3 }),
    namesForget: async () => ok({ records: 3, pseudonym: 'Replica WEYT6', isClean: true })
  } as unknown as Bridge
  const store = createAppStore(bridge)
  store.setState({
    loadHistory: async () => undefined,
    reloadDetail: async () => undefined,
    reloadPersonAssets: async () => undefined
  })
  store.getState().tell({ kind: 'created', name: 'Amara Osei' })
  await store.getState().askToForget({ refs: [ref], personId: null })
  await store.getState().forgetNames()
  expect(store.getState().notices).toMatchObject([{ kind: 'names-forgotten' }])
})
