import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import { testBatch } from '../../../test/renderer/batch.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { type PersonId, personIdSchema } from '../../shared/domain/person.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

const refs = ['r1', 'r2', 'r3'].map((id) => testAsset(id).ref)
const [mia, kim] = ['per_00000001', 'per_00000002'].map((id) => personIdSchema.parse(id))
if (mia === undefined || kim === undefined) throw new Error('No people')

/** Main with three assets: what is pinned, whose each is, and what they are called. */
const undoDesk = () => {
  const pinned = new Set(['r1'])
  const owners = new Map<string, PersonId | null>([
    ['r1', mia],
    ['r2', null],
    ['r3', kim]
  ])
  const names = new Map([['r1', 'Amara']])
  let isReadOnly = false
  const assets = () => refs.map(({ id }) => testAsset(id, { name: names.get(id) ?? id }))
  const bridge = {
    assetList: async () => ok({ total: 3, rows: assets() }),
    assetCount: async () => ok({}),
    assetPin: async ({ refs: some, isPinned }: { refs: AssetRef[]; isPinned: boolean }) => {
      const changed = some.filter(({ id }) => pinned.has(id) !== isPinned)
      for (const { id } of changed) {
        if (isPinned) pinned.add(id)
        else pinned.delete(id)
      }
      return ok({ changed })
    },
    personAssign: async (asked: { refs: AssetRef[]; personId: PersonId | null }) => {
      const before = asked.refs
        .map((ref) => ({ ref, personId: owners.get(ref.id) ?? null }))
        .filter(({ personId }) => personId !== asked.personId)
      for (const { ref } of before) owners.set(ref.id, asked.personId)
      return ok({ before })
    },
    assetRename: async ({ ref, name }: { ref: AssetRef; name: string }) => {
      if (isReadOnly) return fail({ kind: 'read-only-account' })
      names.set(ref.id, name)
      return ok(testAsset(ref.id, { name }))
    },
    batchDismiss: async () => ok({}),
    batchPutBack: async () => ok(testBatch({ state: 'finished' })),
    batchItems: async () => ok({ total: 0, rows: [] })
  }
  const store = createAppStore(bridge as unknown as Bridge)
  return {
    store,
    pinned,
    owners,
    names,
    refuse: () => {
      isReadOnly = true
    }
  }
}

const kinds = ({ store }: ReturnType<typeof undoDesk>) =>
  store.getState().notices.map(({ kind }) => kind)

describe('undo', () => {
  it('of a pin leaves alone what was pinned before', async () => {
    const desk = undoDesk()
    await desk.store.getState().pin(refs, true)
    expect(desk.store.getState().notices).toMatchObject([{ kind: 'pinned', count: 2 }])
    expect(desk.store.getState().undoChange()).toBe(true)
    await expect.poll(() => [...desk.pinned]).toEqual(['r1'])
    expect(kinds(desk)).toEqual([])
    expect(desk.store.getState().undoChange()).toBe(false)
  })

  it('of an assignment gives each back to whom it was of', async () => {
    const desk = undoDesk()
    await desk.store.getState().assignPerson(refs, mia)
    expect(desk.store.getState().notices).toMatchObject([{ kind: 'assigned', count: 2 }])
    desk.store.getState().undoChange()
    await expect.poll(() => [...desk.owners.values()]).toEqual([mia, null, kim])
  })

  it('of a rename brings back the name, and is not to be undone itself', async () => {
    const desk = undoDesk()
    await desk.store.getState().loadLibrary()
    const [ref] = refs
    if (ref === undefined) throw new Error('No asset')
    await desk.store.getState().renameAsset(ref, 'Zoe')
    expect(desk.names.get('r1')).toBe('Zoe')
    desk.store.getState().undoChange()
    await expect.poll(() => desk.names.get('r1')).toBe('Amara')
    await expect.poll(() => kinds(desk)).toEqual(['renamed'])
    expect(desk.store.getState().undoChange()).toBe(false)
  })

  it('that fails is told', async () => {
    const desk = undoDesk()
    await desk.store.getState().loadLibrary()
    const [ref] = refs
    if (ref === undefined) throw new Error('No asset')
    await desk.store.getState().renameAsset(ref, 'Zoe')
    desk.refuse()
    desk.store.getState().undoChange()
    await expect.poll(() => kinds(desk)).toEqual(['failed'])
    expect(desk.names.get('r1')).toBe('Zoe')
  })

  it('of dismissing puts the deletion back, and takes the newest change first', async () => {
    const desk = undoDesk()
    await desk.store.getState().pin(refs, true)
    await desk.store.getState().dismissBatch('bat_1')
    desk.store.getState().undoChange()
    await expect.poll(() => desk.store.getState().batches.length).toBe(1)
    expect(kinds(desk)).toEqual(['pinned'])
    expect(desk.pinned.size).toBe(3)
  })

  it('says nothing where nothing changed', async () => {
    const desk = undoDesk()
    await desk.store.getState().pin(refs.slice(0, 1), true)
    expect(kinds(desk)).toEqual([])
  })
})
