import { describe, expect, it } from 'vitest'
import type { DeletionPlan } from '../../shared/domain/deletion.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { testAsset } from '../test-kit-asset.ts'
import { createAppStore } from './app-store.ts'

const asset = testAsset('r1')

const plan = (change: Partial<DeletionPlan>): DeletionPlan => ({
  token: 't'.repeat(43),
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  mode: 'permanent',
  items: [{ ref: asset.ref, name: asset.name, cautions: [] }],
  goes: ['replica'],
  stays: [],
  ...change
})

const overdue = new Date(0).toISOString()

/** Answers the plans one after the other and notes what is sent. Only what a deletion needs is there. */
const deletionBridge = (plans: readonly DeletionPlan[]) => {
  const sent: string[] = []
  let next = 0
  const bridge = {
    deletionPrepare: async () => ok(plans[next++] ?? plan({})),
    deletionRun: async (input: { readonly token: string }) => {
      sent.push(input.token)
      return ok([{ ref: asset.ref, name: asset.name, outcome: 'done', error: null }])
    },
    assetList: async () => ok({ total: 0, rows: [] }),
    assetCount: async () =>
      ok({ replica: { own: 0, stock: 0, ready: 0, unfinished: 0, failed: 0 } })
  }
  return { sent, store: createAppStore(bridge as unknown as Bridge) }
}

describe('a soft deletion', () => {
  it('is sent at once and told', async () => {
    const { sent, store } = deletionBridge([plan({ mode: 'soft' })])
    await store.getState().deleteSoftly(asset)
    expect(sent).toHaveLength(1)
    expect(store.getState().notices).toMatchObject([{ kind: 'deletion', mode: 'soft' }])
    expect(store.getState().deleting.size).toBe(0)
  })

  it('is not sent if something blocks it, and says why', async () => {
    const cautions = [{ code: 'read-only-account', level: 'blocks' } as const]
    const { sent, store } = deletionBridge([
      plan({ mode: 'soft', items: [{ ref: asset.ref, name: asset.name, cautions }] })
    ])
    await store.getState().deleteSoftly(asset)
    expect(sent).toEqual([])
    expect(store.getState().notices).toMatchObject([{ kind: 'deletion-blocked', cautions }])
  })
})

describe('a permanent deletion', () => {
  it('is sent with the confirmation of the plan that was read', async () => {
    const { sent, store } = deletionBridge([plan({ token: 'a'.repeat(43) })])
    await store.getState().openPermanent(asset)
    await store.getState().runPermanent('Amara')
    expect(sent).toEqual(['a'.repeat(43)])
    expect(store.getState().permanent).toBeNull()
  })

  it('gets a new confirmation if the old one ran out while nothing else changed', async () => {
    const { sent, store } = deletionBridge([
      plan({ token: 'a'.repeat(43), expiresAt: overdue }),
      plan({ token: 'b'.repeat(43) })
    ])
    await store.getState().openPermanent(asset)
    await store.getState().runPermanent('Amara')
    expect(sent).toEqual(['b'.repeat(43)])
  })

  it('is held back if the facts changed while they were being read', async () => {
    const { sent, store } = deletionBridge([
      plan({ expiresAt: overdue }),
      plan({ goes: ['replica', 'training-footage'] })
    ])
    await store.getState().openPermanent(asset)
    await store.getState().runPermanent('Amara')
    expect(sent).toEqual([])
    expect(store.getState().permanent).toMatchObject({ hasChanged: true, run: 'no' })
  })
})
