import { afterEach, describe, expect, it } from 'vitest'
import {
  type DeskOptions,
  startDesk,
  type TestDesk,
  unwrap
} from '../../../../test/main/desks/desk.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import { startSandbox } from '../../../../test/sandbox/faulty-sandbox.ts'
import { changeText, itemState } from '../../../renderer/text/batch-words.ts'
import { eventText } from '../../../renderer/text/history-words.ts'
import { makeReplica } from '../../../sandbox/sample-data.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { Batch } from '../../../shared/domain/batch.ts'

let desk: TestDesk
afterEach(() => desk.close())

const open = async (options: DeskOptions = {}) => {
  desk = await startDesk(options)
  return desk.addReplica('Amara Osei')
}

const isOver = ({ state }: Batch): boolean => state === 'finished' || state === 'canceled'

const moveTo = (apiAddress: string) =>
  unwrap(desk.store.transaction((write) => write.putAccount({ ...desk.account(), apiAddress })))

/** Another server, where the same id is somebody else's. */
const startElsewhere = async (ref: AssetRef) => {
  const other = await startSandbox({
    apiKeys: ['canary4key7b1f9e03d5a2486c8e7f'],
    keepAlive: false
  })
  other.state.addReplica({ ...makeReplica('Somebody else', other.clock.now()), id: ref.id })
  return other
}

const itemOf = (ref: AssetRef) => desk.deletionOf(ref)

const sentences = (ref: AssetRef) =>
  desk
    .events()
    .filter(({ assetId, type }) => assetId === ref.id && type.startsWith('deletion'))
    .map(eventText)

describe('an account that gets another address while a deletion is held', () => {
  it('keeps it from both servers until the person decides, and then leaves it out', async () => {
    const ref = await open({ holdSeconds: 60 })
    const other = await startElsewhere(ref)
    const { id } = unwrap(await desk.delete([ref], 'soft'))
    moveTo(other.origin)
    const waiting = await desk.until(id, ({ waitsFor }) => waitsFor === 'changed')
    expect(waiting.changes.map(changeText)).toEqual([
      `The address of account Studio North changed to ${other.origin}. What you confirmed for the old address won’t be sent there; Resume skips it.`
    ])
    unwrap(desk.outbox.resume(id))
    await desk.until(id, isOver)
    expect(itemOf(ref)).toMatchObject({
      state: 'canceled',
      sentAt: null,
      error: { kind: 'account-changed' }
    })
    expect(other.requests).toEqual([])
    expect(desk.sent('DELETE')).toEqual([])
    expect(sentences(ref).at(-1)).toBe(
      'deletion stopped before it was sent: the account was changed in the meantime'
    )
    await other.close()
  })

  it('sends it to the old address, if that comes back before the person resumes', async () => {
    const ref = await open({ holdSeconds: 60 })
    const { origin } = desk.sandbox
    const other = await startElsewhere(ref)
    const { id } = unwrap(await desk.delete([ref], 'soft'))
    moveTo(other.origin)
    await desk.until(id, ({ waitsFor }) => waitsFor === 'changed')
    moveTo(origin)
    unwrap(desk.outbox.resume(id))
    await desk.until(id, isOver)
    expect(itemOf(ref).state).toBe('done')
    expect(desk.sent('DELETE')).toHaveLength(1)
    expect(other.requests).toEqual([])
    await other.close()
  })

  it('stops it between two requests too', async () => {
    const ref = await open()
    const second = await desk.addReplica('Kenji Watanabe')
    const other = await startElsewhere(ref)
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: faultCatalog.tooManyRequests })
    const { id } = unwrap(await desk.delete([ref, second], 'permanent'))
    await desk.until(id, ({ waitsFor }) => waitsFor === 'pace')
    moveTo(other.origin)
    desk.sandbox.faults.clear()
    await desk.until(id, ({ waitsFor }) => waitsFor === 'changed')
    expect(other.requests).toEqual([])
    await other.close()
  })
})

it('a lost answer is not looked up at another address, where the id is not known', async () => {
  const ref = await open()
  const other = await startSandbox({ apiKeys: ['canary4key7b1f9e03d5a2486c8e7f'] })
  desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: faultCatalog.resetBefore })
  desk.sandbox.faults.add({ match: { method: 'GET' }, effect: faultCatalog.resetBefore })
  const { id } = unwrap(await desk.delete([ref], 'permanent'))
  await desk.until(id, isOver)
  expect(itemOf(ref).state).toBe('unclear')
  moveTo(other.origin)
  await desk.outbox.settle(desk.account())
  expect(itemOf(ref).state).toBe('unclear')
  expect(itemState(itemOf(ref), 'Tavus').text).toBe(
    'The response was lost. The outcome is unknown so far.'
  )
  expect(other.requests).toEqual([])
  await other.close()
})

it('a lost answer to a request with another key does not keep what is gone in the library', async () => {
  const account = 'one'
  const [oldKey, newKey] = ['canary4key7b1f9e03d5a2486c8e7f', 'another4key7b1f9e03d5a2486c8e7f']
  const apiKeys = [
    { key: oldKey, account },
    { key: newKey, account }
  ]
  const ref = await open({ apiKeys })
  desk.sandbox.faults.add({
    match: { method: 'DELETE' },
    effect: { kind: 'hang', processed: true },
    times: 1
  })
  const { id } = unwrap(await desk.delete([ref], 'permanent'))
  await desk.until(id, () => desk.sandbox.state.hardDeletions.length === 1)
  const { provider, name, color, apiAddress, isReadOnly } = desk.account()
  const form = { id: desk.accountId, provider, name, color, apiAddress, isReadOnly } as const
  unwrap(await desk.accounts.save({ ...form, apiKey: newKey, keyStorage: 'keychain' }))
  desk.sandbox.cutConnections()
  await desk.until(id, isOver)
  expect(itemOf(ref).state).toBe('unclear')
  await desk.library.refresh(desk.accountId)
  expect(desk.store.read.asset(ref)?.presence).toBe('gone')
  const told = desk.events().filter(({ assetId }) => assetId === ref.id)
  expect(told.map(eventText).at(-1)).toBe(
    'no longer listed; its deletion had been requested, without a clear response'
  )
})

describe('Retry failed', () => {
  it('is refused while another plan for the same thing waits for its day', async () => {
    const ref = await open()
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: faultCatalog.conflict,
      times: 1
    })
    const failed = unwrap(await desk.delete([ref], 'soft'))
    await desk.until(failed.id, isOver)
    const inThreeDays = new Date(Date.now() + 3 * 86_400_000).toISOString()
    unwrap(await desk.delete([ref], 'permanent', inThreeDays))
    expect(await desk.outbox.retry(failed.id)).toMatchObject({
      error: { kind: 'invalid-input', issues: [{ code: 'already-asked' }] }
    })
    expect(desk.sent('DELETE')).toHaveLength(1)
  })
})

describe('an answer that the database does not take', () => {
  it('is set aside with a reference, and the others go on', async () => {
    const first = await open({ expectsBugs: true })
    const refs = [first, await desk.addReplica('Kenji Watanabe'), await desk.addReplica('Mia Chen')]
    desk.setPoison('unwritable words')
    desk.sandbox.faults.add({
      match: { method: 'DELETE', path: `/v2/replicas/${first.id}` },
      effect: { kind: 'answer', status: 409, body: { message: 'unwritable words' } }
    })
    const { id } = unwrap(await desk.delete(refs, 'permanent'))
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ sent: 0, done: 2, refused: 1 })
    expect(desk.store.read.operations(['sent'])).toEqual([])
    expect(itemOf(first)).toMatchObject({
      state: 'refused',
      httpStatus: 409,
      error: { kind: 'provider-refused', status: 409, said: null }
    })
    const reference = desk
      .events()
      .find(({ assetId, type }) => assetId === first.id && type === 'deletion-failed')
    expect(reference?.body['reference']).toMatch(/^ref_/)
    expect(desk.bugs.length).toBeGreaterThan(0)
  })
})
