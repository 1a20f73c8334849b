import { afterEach, beforeEach, expect, it } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../../test/main/desks/desk.ts'
import {
  type ReplicateDesk,
  startReplicateDesk
} from '../../../../test/main/desks/replicate-desk.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import { describeError } from '../../../renderer/text/describe-error.ts'
import { makeModel } from '../../../sandbox/replicate-made-data.ts'
import { makeReplica } from '../../../sandbox/sample-data.ts'
import { type AssetRef, assetRefSchema } from '../../../shared/domain/asset.ts'
import type { Batch, BatchItem } from '../../../shared/domain/batch.ts'
import { newId } from '../new-id.ts'
import { hasFailed } from './machines.ts'

let desk: TestDesk
let amara: AssetRef
let twinId: AssetRef['accountId']

/** A second account with the first one's key, as earlier versions let one be added. */
const addTwin = async () => {
  const record = desk.store.read.account(desk.accountId)
  if (record === null) throw new Error('No account')
  twinId = assetRefSchema.shape.accountId.parse(newId('acc'))
  const twin = { ...record, id: twinId, name: 'Twin' }
  unwrap(desk.store.transaction((write) => write.putAccount(twin)))
  await desk.library.refresh(twinId)
}

const addReplicateTwin = async (to: ReplicateDesk): Promise<AssetRef['accountId']> => {
  const record = to.store.read.account(to.accountId)
  if (record === null) throw new Error('No account')
  const whose = { id: assetRefSchema.shape.accountId.parse(newId('acc')), name: 'Twin' }
  const key = unwrap(await to.keyRing.prepare(whose, to.sandbox.apiKey, 'this-run'))
  key.adopt()
  unwrap(to.store.transaction((write) => write.putAccount({ ...record, ...whose, ...key.saved })))
  return whose.id
}

beforeEach(async () => {
  desk = await startDesk()
  amara = await desk.addReplica('Amara Osei')
  await addTwin()
})
afterEach(() => desk.close())

const isOver = ({ state }: Batch): boolean => state === 'finished' || state === 'canceled'
const ofTwin = (): AssetRef => ({ ...amara, accountId: twinId })

const run = async (refs: readonly AssetRef[], mode: 'soft' | 'permanent' = 'permanent') => {
  const { id } = unwrap(await desk.delete(refs, mode))
  await desk.until(id, isOver)
  return unwrap(desk.outbox.items(id, null, { offset: 0, limit: 500 })).rows
}

const expectHeldBack = (item: BatchItem | undefined): void => {
  expect(item).toMatchObject({ state: 'canceled', sentAt: null })
  expect(item !== undefined && hasFailed({ ...item, found: null })).toBe(false)
  expect(item?.error && describeError(item.error)).toMatchObject({
    title: 'Not sent',
    meaning: expect.stringContaining('Another account with the same key')
  })
}

it('one plan over both accounts sends one request', async () => {
  const items = await run([amara, ofTwin()])
  expect(desk.sent('DELETE')).toEqual([`/v2/replicas/${amara.id}?hard=true`])
  expect(items[0]).toMatchObject({ state: 'done' })
  expectHeldBack(items[1])
})

it('what was deleted through the first account is not asked for through the second, unless it was listed since', async () => {
  await run([amara])
  expectHeldBack((await run([ofTwin()]))[0])
  expect(desk.sent('DELETE')).toHaveLength(1)

  desk.sandbox.state.removeReplica(amara.id)
  desk.sandbox.state.addReplica({ ...makeReplica('Amara Osei', 0), id: amara.id })
  await desk.library.refresh(twinId)
  expect((await run([ofTwin()]))[0]).toMatchObject({ state: 'done' })
  expect(desk.sent('DELETE')).toHaveLength(2)
})

it('a soft deletion through the first account leaves the permanent one through the second', async () => {
  await run([amara], 'soft')
  await run([ofTwin()])
  expect(desk.sent('DELETE')).toEqual([
    `/v2/replicas/${amara.id}?`,
    `/v2/replicas/${amara.id}?hard=true`
  ])
})

it('what the first account was refused is not asked for through the second instead', async () => {
  desk.sandbox.faults.add({
    match: { method: 'DELETE' },
    effect: faultCatalog.conflict,
    times: 1
  })
  const [first, second] = await run([amara, ofTwin()])
  expect(first).toMatchObject({ state: 'refused' })
  expectHeldBack(second)
  expect(desk.sent('DELETE')).toHaveLength(1)
})

it('one plan sends one request where both accounts look first what has to be gone before', async () => {
  const replicate = await startReplicateDesk({ seedData: 'empty' })
  replicate.sandbox.state.addModel(makeModel('face', replicate.time.clock.nowMs()))
  const modelId = 'studio-north/face'
  await replicate.done(replicate.library.add(replicate.accountId, modelId))
  const otherId = await addReplicateTwin(replicate)
  await replicate.done(replicate.library.add(otherId, modelId))
  const model = replicate.ref('model', modelId)
  const plan = await replicate.plan({
    scope: 'assets',
    refs: [model, { ...model, accountId: otherId }]
  })
  const batch = await replicate.run(plan)
  expect(replicate.deletes()).toEqual([`/v1/models/${modelId}`])
  expect(batch.counts).toMatchObject({ done: 1, canceled: 1 })
  await replicate.close()
})
