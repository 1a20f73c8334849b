import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import { testBatch } from '../../../test/renderer/batch.ts'
import { testPlan, testStep } from '../../../test/renderer/plan.ts'
import type { DeletionPlan } from '../../shared/domain/plan.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

const asset = testAsset('r1')
const overdue = new Date(0).toISOString()
const token = (letter: string) => letter.repeat(43)

const archive = {
  folderName: 'Last look',
  savedAt: overdue,
  files: [],
  gaps: []
} as const

interface Answers {
  readonly plans: readonly DeletionPlan[]
  /** How often starting fails before it works. */
  readonly refusals?: number
}

/** Answers the plans one after the other and notes what is started. Only what a deletion needs is there. */
const planBridge = ({ plans, refusals = 0 }: Answers) => {
  const started: { readonly token: string; readonly typed: string | null }[] = []
  const asked: string[] = []
  let next = 0
  let left = refusals
  const bridge = {
    planMake: async () => {
      asked.push('make')
      return ok(plans[next++] ?? testPlan())
    },
    planChoose: async ({ choices }: { readonly choices: DeletionPlan['choices'] }) => {
      asked.push(`choose without ${choices.without.join()}`)
      return ok(plans[next++] ?? testPlan({ choices }))
    },
    planLocal: async () => ok({ pictures: 1, clips: 12, drafts: 0, folders: [] }),
    planArchive: async () => ok({ archive }),
    deletionStart: async (input: { readonly token: string; readonly typed: string | null }) => {
      started.push(input)
      if (left > 0) {
        left -= 1
        return fail({ kind: 'confirmation-expired' })
      }
      return ok(testBatch({ state: 'held', counts: { held: 1 } }))
    },
    assetList: async () => ok({ total: 0, rows: [] }),
    assetCount: async () =>
      ok({ replica: { own: 0, stock: 0, ready: 0, unfinished: 0, failed: 0 } }),
    batchItems: async () => ok({ total: 0, rows: [] })
  }
  return { asked, started, store: createAppStore(bridge as unknown as Bridge) }
}

const blocked = testStep('r2', {
  name: 'Kenji',
  cautions: [{ code: 'pinned', level: 'blocks', sureness: 'certain', evidence: [] }]
})

describe('a soft deletion', () => {
  const soft = testPlan({
    choices: { mode: 'soft', byKind: {}, without: [] },
    steps: [testStep('r1', { mode: 'soft' })]
  })

  it('is started at once, without anything typed', async () => {
    const { started, store } = planBridge({ plans: [soft] })
    await store.getState().deleteSoftly(asset)
    expect(started).toMatchObject([{ token: soft.token, typed: null }])
    expect(store.getState().batches).toHaveLength(1)
    expect(store.getState().deleting.size).toBe(0)
  })

  it('is not started if something blocks it, and says why', async () => {
    const { started, store } = planBridge({ plans: [testPlan({ steps: [blocked] })] })
    await store.getState().deleteSoftly(asset)
    expect(started).toEqual([])
    expect(store.getState().notices).toMatchObject([{ kind: 'deletion-blocked', steps: [blocked] }])
  })

  it('goes on without what is blocked, and tells of that', async () => {
    const both = testPlan({ steps: [testStep('r1'), blocked], canRun: false })
    const { asked, started, store } = planBridge({ plans: [both, soft] })
    await store.getState().deleteMany([asset.ref, testAsset('r2').ref])
    expect(asked).toEqual(['make', `choose without ${blocked.id}`])
    expect(started).toHaveLength(1)
    expect(store.getState().notices).toMatchObject([{ kind: 'deletion-blocked', steps: [blocked] }])
  })

  it('is not offered for what Replicate keeps: there the plan is shown first', async () => {
    const { started, store } = planBridge({ plans: [] })
    const model = testAsset('owner/name')
    await store.getState().deleteSoftly({ ...model, ref: { ...model.ref, kind: 'model' } })
    expect(started).toEqual([])
    expect(store.getState().planDialog).toMatchObject({ kind: 'model' })
  })
})

describe('a permanent deletion', () => {
  it('is started with the confirmation of the plan that was read', async () => {
    const { started, store } = planBridge({ plans: [testPlan({ token: token('a') })] })
    await store.getState().openPermanent(asset)
    await store.getState().runPlan('Amara', null)
    expect(started).toMatchObject([{ token: token('a'), typed: 'Amara' }])
    expect(store.getState().planDialog).toBeNull()
  })

  it('gets a new confirmation if the old one ran out while nothing else changed', async () => {
    const { started, store } = planBridge({
      plans: [testPlan({ token: token('a'), expiresAt: overdue }), testPlan({ token: token('b') })]
    })
    await store.getState().openPermanent(asset)
    await store.getState().runPlan('Amara', null)
    expect(started).toMatchObject([{ token: token('b') }])
  })

  it('is held back if the facts changed while they were being read', async () => {
    const { started, store } = planBridge({
      plans: [
        testPlan({ expiresAt: overdue }),
        testPlan({ steps: [testStep('r1', { goes: ['replica', 'training-footage'] })] })
      ]
    })
    await store.getState().openPermanent(asset)
    await store.getState().runPlan('Amara', null)
    expect(started).toEqual([])
    expect(store.getState().planDialog).toMatchObject({ hasChanged: true, run: 'no' })
  })

  it('is held back if it would run without the copy that was saved for it', async () => {
    const { started, store } = planBridge({
      plans: [testPlan({ planId: 'p1', expiresAt: overdue }), testPlan({ planId: 'p2' })]
    })
    await store.getState().openPermanent(asset)
    await store.getState().archivePlan()
    expect(store.getState().planDialog?.archive).toMatchObject({ value: archive })
    await store.getState().runPlan('Amara', null)
    expect(started).toEqual([])
    expect(store.getState().planDialog).toMatchObject({
      hasChanged: true,
      archive: { kind: 'idle' }
    })
  })

  it('shows why it did not start, with a plan that can be confirmed anew', async () => {
    const { started, store } = planBridge({
      plans: [testPlan(), testPlan({ token: token('b') })],
      refusals: 1
    })
    await store.getState().openPermanent(asset)
    await store.getState().runPlan('Amara', null)
    expect(store.getState().planDialog).toMatchObject({
      run: { error: { kind: 'confirmation-expired' } }
    })
    await store.getState().runPlan('Amara', null)
    expect(started.map((input) => input.token)).toEqual([token('t'), token('b')])
  })
})

describe('choices', () => {
  it('a step that was taken out can be put back', async () => {
    const steps = [testStep('r1'), testStep('r2')]
    const { asked, store } = planBridge({ plans: [testPlan({ steps })] })
    await store.getState().openLikeness(asset)
    const [first] = steps
    if (first === undefined) throw new Error('No step')
    await store.getState().takeOutStep(first)
    expect(store.getState().planDialog?.takenOut).toEqual([first])
    await store.getState().putBackStep(first)
    expect(store.getState().planDialog?.takenOut).toEqual([])
    expect(asked).toEqual(['make', `choose without ${first.id}`, 'choose without '])
  })

  it('keeps personas unless they are asked for', async () => {
    const { store } = planBridge({ plans: [] })
    await store.getState().openLikeness(asset)
    expect(store.getState().planDialog?.choices).toMatchObject({
      mode: 'permanent',
      byKind: { persona: 'keep' }
    })
  })
})

describe('leaving out what is blocked', () => {
  it('goes on until nothing is, as what is left out may hold up something else', async () => {
    const waiting = testStep('m', {
      cautions: [{ code: 'versions-left', level: 'blocks', sureness: 'certain', evidence: [] }]
    })
    const free = testStep('r1')
    const { asked, store } = planBridge({
      plans: [
        testPlan({ steps: [blocked, free, testStep('m')], canRun: false }),
        testPlan({ steps: [free, waiting], canRun: false }),
        testPlan({ steps: [free] })
      ]
    })
    await store.getState().openPermanentMany([asset.ref, asset.ref])
    await store.getState().leaveOutBlocked()
    expect(asked).toEqual(['make', 'choose without s-r2', 'choose without s-r2,s-m'])
    expect(store.getState().planDialog?.takenOut.map(({ id }) => id)).toEqual(['s-r2', 's-m'])
  })

  it('ends where nothing can be left out', async () => {
    const plan = testPlan({ steps: [blocked], canRun: false })
    const { asked, store } = planBridge({ plans: [plan, plan, plan, plan] })
    await store.getState().openPermanentMany([asset.ref])
    await store.getState().leaveOutBlocked()
    expect(asked).toEqual(['make', 'choose without s-r2'])
  })
})
