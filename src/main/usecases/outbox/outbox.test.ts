import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../../test/main/desks/desk.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import type { ItemState } from '../../../shared/catalogue/item-states.ts'
import { type AssetRef, assetRefSchema } from '../../../shared/domain/asset.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import type { DeletionMode } from '../../../shared/domain/deletion.ts'
import { updateMarginMs } from '../updates.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.close())

const isOver = ({ state }: Batch): boolean => state === 'finished' || state === 'canceled'

const run = async (refs: readonly AssetRef[], mode: DeletionMode): Promise<Batch> => {
  const { id } = unwrap(await desk.delete(refs, mode))
  return desk.until(id, isOver)
}

const itemsOf = ({ id }: Batch) =>
  unwrap(desk.outbox.items(id, null, { offset: 0, limit: 500 })).rows

const runOne = async (ref: AssetRef, mode: DeletionMode) => {
  const [item] = itemsOf(await run([ref], mode))
  if (item === undefined) throw new Error('No item')
  return item
}

const isListed = (ref: AssetRef) => desk.store.read.asset(ref)?.presence === 'listed'
const isAlive = ({ id }: AssetRef) =>
  desk.sandbox.state.replicas.some((replica) => replica.id === id && replica.deletedAtMs === null)

const deletionTypes = () =>
  desk.events().flatMap(({ type }) => (type.startsWith('deletion') ? [type] : []))

const firstAccount = () => {
  const [record] = desk.store.read.accounts()
  if (record === undefined) throw new Error('No account')
  return record
}

const failDeletes = (fault: keyof typeof faultCatalog, more: { afterSkipping?: number } = {}) =>
  desk.sandbox.faults.add({
    match: { method: 'DELETE' },
    effect: faultCatalog[fault],
    times: 1,
    ...more
  })

describe('a deletion that works', () => {
  it.each<[DeletionMode, string]>([
    ['soft', ''],
    ['permanent', 'hard=true']
  ])('%s: is asked, sent and answered, in this order and once', async (mode, query) => {
    const ref = await desk.addReplica('Amara Osei')
    expect(await runOne(ref, mode)).toMatchObject({ state: 'done', error: null, httpStatus: 200 })
    expect(desk.sent('DELETE')).toEqual([`/v2/replicas/${ref.id}?${query}`])
    expect(isListed(ref)).toBe(false)
    expect(deletionTypes()).toEqual(['deletion-asked', 'deletion-tried', 'deletion-answered'])
    const records = desk.events().slice(-3)
    const [item] = unwrap(desk.outbox.deletionsOf(ref))
    for (const { operationId, body } of records) {
      expect(operationId).toBe(item?.operationId)
      expect(body).toMatchObject({ mode, batch: item?.batchId })
    }
    expect(desk.gone).toEqual([item?.operationId])
    expect(desk.hasChecks(item?.operationId ?? '')).toBe(true)
    expect(desk.ended).toHaveLength(1)
  })
})

describe('an answer that is not a plain yes', () => {
  it.each<[keyof typeof faultCatalog, ItemState, string | null]>([
    ['emptyOk', 'done', null],
    ['noContent', 'done', null],
    ['notFound', 'refused', 'provider-refused'],
    ['gone', 'refused', 'provider-refused'],
    ['keyRejected', 'refused', 'key-rejected'],
    ['conflict', 'refused', 'provider-refused'],
    ['unprocessable', 'refused', 'provider-refused'],
    ['serverError', 'refused', 'provider-down'],
    ['unavailable', 'refused', 'provider-down'],
    ['captivePortal', 'refused', 'unexpected-response'],
    ['resetBefore', 'refused', 'outcome-unknown'],
    ['hang', 'refused', 'outcome-unknown'],
    ['notHttp', 'refused', 'outcome-unknown'],
    ['resetAfter', 'gone', 'outcome-unknown']
  ])('%s: %s, with one request', async (fault, state, error) => {
    const ref = await desk.addReplica('Amara Osei')
    failDeletes(fault)
    const item = await runOne(ref, 'permanent')
    expect(item.state).toBe(state)
    expect(item.error?.kind ?? null).toBe(error)
    expect(desk.sent('DELETE')).toHaveLength(1)
    expect(isListed(ref)).toBe(state === 'refused')
    expect(desk.hasChecks(item.operationId)).toBe(state !== 'refused')
    expect(desk.store.read.operations(['queued', 'sent', 'unclear'])).toEqual([])
  })

  it('a redirect is refused, and the key goes nowhere else', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const elsewhere = await startDesk()
    const effect = { kind: 'redirect', status: 307, location: elsewhere.sandbox.origin } as const
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect })
    expect((await runOne(ref, 'permanent')).state).toBe('refused')
    expect(elsewhere.sandbox.requests).toEqual([])
    await elsewhere.close()
  })

  it('a thing that was never listed and is not known is not counted as deleted', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const asset = desk.store.read.asset(ref)
    if (asset === null) throw new Error('Not stored')
    desk.store.transaction((write) => write.putAsset({ ...asset, presence: 'gone' }))
    desk.sandbox.state.removeReplica(ref.id)
    failDeletes('notFound')
    expect(await runOne(ref, 'permanent')).toMatchObject({ state: 'not-found', httpStatus: 404 })
    expect(desk.gone).toEqual([])
  })
})

describe('a video', () => {
  const startWithVideo = async () => {
    await desk.close()
    desk = await startDesk({ seedData: { replicas: 1, videos: 2 } })
    await desk.library.refresh(desk.accountId)
    const id = desk.sandbox.state.videos[0]?.id
    return assetRefSchema.parse({ accountId: desk.accountId, kind: 'video', id })
  }

  it.each<[DeletionMode, string]>([
    ['soft', ''],
    ['permanent', 'hard=true']
  ])('%s: goes alone, with one request', async (mode, query) => {
    const ref = await startWithVideo()
    expect(await runOne(ref, mode)).toMatchObject({ state: 'done', error: null })
    expect(desk.sent('DELETE')).toEqual([`/v2/videos/${ref.id}?${query}`])
    expect(isListed(ref)).toBe(false)
    expect(desk.sandbox.state.videos).toHaveLength(1)
    expect(desk.sandbox.state.replicas).toHaveLength(1)
    await desk.library.refresh(desk.accountId)
    expect(isListed(ref)).toBe(false)
  })

  it('that the provider does not know any more is already gone', async () => {
    const ref = await startWithVideo()
    desk.sandbox.state.removeVideo(ref.id)
    expect(await runOne(ref, 'soft')).toMatchObject({ state: 'already-gone', httpStatus: 400 })
    expect(isListed(ref)).toBe(false)
  })

  it('whose answer was lost is read back', async () => {
    const ref = await startWithVideo()
    failDeletes('resetAfter')
    expect((await runOne(ref, 'soft')).state).toBe('gone')
    expect(desk.sent('DELETE')).toHaveLength(1)
  })
})

describe('a lost answer', () => {
  it('stays unclear while the provider cannot be asked, and is settled by the next listing', async () => {
    const ref = await desk.addReplica('Amara Osei')
    failDeletes('resetAfter')
    desk.sandbox.faults.add({
      match: { method: 'GET' },
      effect: faultCatalog.resetBefore,
      // Each look is repeated by the client; there are four of them.
      times: 16
    })
    expect((await runOne(ref, 'permanent')).state).toBe('unclear')
    expect(desk.store.read.asset(ref)?.deletion?.state).toBe('unclear')
    await desk.library.refresh(desk.accountId)
    expect(desk.store.read.operations(['unclear'])).toEqual([])
    expect(isListed(ref)).toBe(false)
    expect(desk.sent('DELETE')).toHaveLength(1)
  })

  it('of an intent that a crash cut off is read back, never sent again', async () => {
    const ref = await desk.addReplica('Amara Osei')
    desk.store.transaction((write) => {
      write.putOperation({
        id: 'op_cut',
        kind: 'delete',
        accountId: desk.accountId,
        assetKind: 'replica',
        assetId: ref.id,
        assetName: 'Amara Osei',
        mode: 'permanent',
        keyFingerprint: null,
        state: 'sent',
        askedAt: '2026-01-01T00:00:00.000Z',
        sentAt: '2026-01-01T00:00:00.000Z',
        finishedAt: null,
        httpStatus: null,
        error: null,
        batchId: null,
        stepId: null,
        provider: 'tavus',
        origin: desk.sandbox.origin,
        attempt: 1,
        found: null,
        after: []
      })
    })
    desk.outbox.restore()
    expect(desk.store.read.asset(ref)?.deletion?.state).toBe('unclear')
    await desk.outbox.settle(firstAccount())
    expect(desk.sent('DELETE')).toEqual([])
    expect(isAlive(ref)).toBe(true)
    expect(desk.events().at(-1)).toMatchObject({
      type: 'deletion-read-back',
      body: { outcome: 'refused', found: 'there' }
    })
  })
})

describe('what is refused before anything is sent', () => {
  it('anything that cannot be written down first; it works again once there is room', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const before = desk.events().length
    desk.setDiskFull(true)
    expect(await desk.delete([ref], 'soft')).toMatchObject({
      ok: false,
      error: { kind: 'storage-failed', reason: 'disk-full' }
    })
    expect(desk.sent('DELETE')).toEqual([])
    desk.setDiskFull(false)
    expect(desk.events()).toHaveLength(before)
    expect(await runOne(ref, 'soft')).toMatchObject({ state: 'done' })
  })

  it('anything in a read-only account', async () => {
    const ref = await desk.addReplica('Amara Osei')
    desk.store.transaction((write) => write.putAccount({ ...firstAccount(), isReadOnly: true }))
    expect(await desk.delete([ref], 'soft')).toMatchObject({ error: { kind: 'invalid-input' } })
    expect(desk.sent('DELETE')).toEqual([])
  })

  it('what is pinned, even if it was pinned during the hold', async () => {
    await desk.close()
    desk = await startDesk({ holdSeconds: 60 })
    const ref = await desk.addReplica('Amara Osei')
    const { id } = unwrap(await desk.delete([ref], 'soft'))
    desk.store.transaction((write) => write.setPinned(ref, '2026-01-01T00:00:00.000Z'))
    const waiting = await desk.until(id, ({ state }) => state === 'waiting')
    expect(waiting).toMatchObject({ waitsFor: 'changed', changes: [{ detail: 'pinned' }] })
    unwrap(desk.outbox.resume(id))
    const batch = await desk.until(id, isOver)
    expect(itemsOf(batch)).toMatchObject([{ state: 'canceled', error: { kind: 'invalid-input' } }])
    expect(desk.sent('DELETE')).toEqual([])
  })

  it('a deletion asked with another key than the account has now', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const choices = { mode: 'soft' as const, byKind: {}, without: [] }
    const subject = { scope: 'assets' as const, refs: [ref] }
    const plan = unwrap(await desk.plans.make(subject, choices, new AbortController().signal))
    unwrap(
      await desk.accounts.save({
        ...firstAccount(),
        apiKey: 'another4key7b1f9e03d5a2486c8e7f',
        keyStorage: 'keychain'
      })
    )
    const confirmed = unwrap(desk.plans.take(plan.planId, plan.token, 'soft', null))
    const { id } = unwrap(desk.outbox.start(confirmed, null))
    const waiting = await desk.until(id, ({ state }) => state === 'waiting')
    expect(waiting).toMatchObject({ waitsFor: 'changed', changes: [{ what: 'key' }] })
    unwrap(desk.outbox.resume(id))
    const batch = await desk.until(id, isOver)
    expect(itemsOf(batch)).toMatchObject([{ state: 'canceled', error: { kind: 'key-changed' } }])
    expect(desk.sent('DELETE')).toEqual([])
  })

  it('a second plan for what is under way already', async () => {
    await desk.close()
    desk = await startDesk({ holdSeconds: 60 })
    const ref = await desk.addReplica('Amara Osei')
    const choices = { mode: 'soft' as const, byKind: {}, without: [] }
    const subject = { scope: 'assets' as const, refs: [ref] }
    const signal = new AbortController().signal
    const second = unwrap(await desk.plans.make(subject, choices, signal))
    unwrap(await desk.delete([ref], 'soft'))
    const confirmed = desk.plans.take(second.planId, second.token, 'soft', null)
    expect(confirmed).toMatchObject({ error: { issues: [{ field: 'plan' }] } })
  })
})

const addReplicas = async (count: number): Promise<readonly AssetRef[]> => {
  const refs: AssetRef[] = []
  for (let number = 1; number <= count; number += 1) {
    refs.push(await desk.addReplica(`Replica ${number}`))
  }
  return refs
}

const isWaiting = ({ state }: Batch): boolean => state === 'waiting'

describe('a batch whose account meets trouble', () => {
  it('waits for the key when it is rejected, and sends nothing more until resumed', async () => {
    const refs = await addReplicas(5)
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: faultCatalog.keyRejected,
      afterSkipping: 1
    })
    const { id } = unwrap(await desk.delete(refs, 'soft'))
    const batch = await desk.until(id, isWaiting)
    expect(batch).toMatchObject({ waitsFor: 'key', lastError: { kind: 'key-rejected' } })
    expect(batch.counts).toMatchObject({ done: 1, queued: 5 - 1 - batch.counts.refused })
    const sent = desk.sent('DELETE').length
    expect(sent).toBeLessThan(5)
    desk.sandbox.faults.clear()
    unwrap(desk.outbox.resume(id))
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ done: 5 - batch.counts.refused, queued: 0 })
    expect(desk.sent('DELETE')).toHaveLength(5)
  })

  it('pauses for as long as the provider asks, then goes on by itself', async () => {
    const refs = await addReplicas(5)
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: { kind: 'answer', status: 429, headers: { 'retry-after': '3' } },
      times: 1
    })
    const { id } = unwrap(await desk.delete(refs, 'soft'))
    const waiting = await desk.until(id, isWaiting)
    expect(waiting).toMatchObject({ waitsFor: 'pace', waitsUntilAt: expect.any(String) })
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ done: 5 })
    expect(desk.sent('DELETE')).toHaveLength(6)
  })

  it('waits for the connection and goes on after its plan was checked again', async () => {
    const refs = await addReplicas(2)
    await desk.sandbox.setReachable(false)
    desk.sandbox.forgetRequests()
    const { id } = unwrap(await desk.delete(refs, 'permanent'))
    const waiting = await desk.until(id, isWaiting)
    expect(waiting).toMatchObject({ waitsFor: 'connection', counts: { queued: 2 } })
    await desk.sandbox.setReachable(true)
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ done: 2 })
    const asked = desk.sandbox.requests.map(({ method }) => method)
    expect(asked.filter((method) => method === 'DELETE')).toHaveLength(2)
    expect(asked.indexOf('GET')).toBeLessThan(asked.indexOf('DELETE'))
  })

  it('stops when the disk is full, keeps the answers, and goes on when there is room', async () => {
    const refs = await addReplicas(6)
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: { kind: 'delay', ms: 100 } })
    const { id } = unwrap(await desk.delete(refs, 'permanent'))
    await desk.until(id, ({ counts }) => counts.sent > 0)
    desk.setDiskFull(true)
    await desk.until(id, ({ waitsFor }) => waitsFor === 'storage')
    expect(desk.sent('DELETE').length).toBeLessThan(6)
    const unstored = desk.store.read.operations(['sent']).map((item) => item.id)
    expect(unstored.filter(desk.hasChecks)).toEqual([])
    desk.setDiskFull(false)
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ done: 6 })
    expect(desk.sent('DELETE')).toHaveLength(6)
    expect(desk.gone.filter(desk.hasChecks)).toHaveLength(6)
  })

  it('paused while the disk is full, sends nothing once there is room, until it is resumed', async () => {
    const refs = await addReplicas(6)
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: { kind: 'delay', ms: 100 } })
    const { id } = unwrap(await desk.delete(refs, 'permanent'))
    await desk.until(id, ({ counts }) => counts.sent > 0)
    desk.setDiskFull(true)
    await desk.until(id, ({ waitsFor }) => waitsFor === 'storage')
    desk.setPaused(true)
    desk.setDiskFull(false)
    const sent = desk.sent('DELETE').length
    // The answers that were kept are written down, with which it would go on.
    await expect.poll(() => desk.gone.length).toBe(sent)
    expect(desk.outbox.list()).toMatchObject([{ id, state: 'waiting', waitsFor: 'storage' }])
    desk.setPaused(false)
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ done: 6 })
    expect(desk.sent('DELETE')).toHaveLength(6)
  })

  it('that is removed: nothing more is sent, and the history tells', async () => {
    await desk.close()
    desk = await startDesk({ holdSeconds: 60 })
    const refs = await addReplicas(2)
    const { id } = unwrap(await desk.delete(refs, 'soft'))
    unwrap(await desk.accounts.remove(desk.accountId))
    expect(desk.store.read.batch(id)?.state).toBe('canceled')
    expect(deletionTypes().filter((type) => type === 'deletion-canceled')).toHaveLength(2)
    expect(desk.sent('DELETE')).toEqual([])
  })
})

describe('a hold', () => {
  const startHeld = async (count = 2): Promise<Batch> => {
    await desk.close()
    desk = await startDesk({ holdSeconds: 60 })
    return unwrap(await desk.delete(await addReplicas(count), 'soft'))
  }

  it('runs out and sends', async () => {
    const held = await startHeld()
    expect(held).toMatchObject({ state: 'held', counts: { held: 2 } })
    const ended = await desk.until(held.id, isOver)
    expect(ended.counts).toMatchObject({ done: 2 })
    expect(deletionTypes().slice(0, 2)).toEqual(['deletion-held', 'deletion-held'])
  })

  it('is taken back as a whole, once', async () => {
    const { id } = await startHeld()
    expect(unwrap(desk.outbox.undo(id))).toMatchObject({
      state: 'canceled',
      counts: { canceled: 2 }
    })
    expect(desk.outbox.undo(id)).toMatchObject({ error: { kind: 'not-found' } })
    expect(desk.outbox.list()).toEqual([])
    expect(desk.sent('DELETE')).toEqual([])
    expect(deletionTypes()).toEqual([
      'deletion-held',
      'deletion-held',
      'deletion-canceled',
      'deletion-canceled'
    ])
  })

  it('can be paused, and keeps what was left of it', async () => {
    const { id } = await startHeld()
    const paused = unwrap(desk.outbox.pause(id))
    expect(paused).toMatchObject({ state: 'held', heldUntilAt: null, waitsFor: 'person' })
    expect(paused.holdLeftMs).toBeGreaterThan(0)
    expect(unwrap(desk.outbox.resume(id)).heldUntilAt).not.toBeNull()
    expect((await desk.until(id, isOver)).counts).toMatchObject({ done: 2 })
  })

  it('stops when the computer sleeps', async () => {
    const { id } = await startHeld()
    desk.outbox.suspend()
    expect(desk.outbox.list()).toMatchObject([
      { id, state: 'held', waitsFor: 'sleep', heldUntilAt: null }
    ])
  })

  it('is not for what is permanent', async () => {
    await desk.close()
    desk = await startDesk({ holdSeconds: 60 })
    const batch = unwrap(await desk.delete(await addReplicas(1), 'permanent'))
    expect(batch.state).toBe('running')
    await desk.until(batch.id, isOver)
  })
})

describe('a schedule', () => {
  const dayMs = 86_400_000
  const days = (count: number) => new Date(Date.now() + count * dayMs).toISOString()
  const isAbout = (ms: number) => (detail: string) => Math.abs(Number(detail) - ms) < 60_000

  it.each([
    ['soft', 3],
    ['permanent', 0.5],
    ['permanent', 31]
  ] as const)('%s, %d days ahead, is refused', async (mode, ahead) => {
    const refs = await addReplicas(1)
    const answer = await desk.delete(refs, mode, days(ahead))
    expect(answer).toMatchObject({ error: { issues: [{ field: 'runAt' }] } })
  })

  it('waits for its day and can be taken back', async () => {
    const refs = await addReplicas(2)
    const batch = unwrap(await desk.delete(refs, 'permanent', days(3)))
    expect(batch).toMatchObject({ state: 'scheduled', counts: { planned: 2 } })
    expect(unwrap(desk.outbox.cancel(batch.id))).toMatchObject({ state: 'canceled' })
    expect(deletionTypes()).toEqual([
      'deletion-scheduled',
      'deletion-scheduled',
      'deletion-canceled',
      'deletion-canceled'
    ])
  })

  it('is in the way of an update only once it is near', async () => {
    const refs = await addReplicas(1)
    const isInTheWay = () => desk.outbox.isUnderWaySoon(updateMarginMs)
    expect(isInTheWay()).toBe(false)
    const { id } = unwrap(await desk.delete(refs, 'permanent', days(3)))
    expect(isInTheWay()).toBe(false)
    desk.passTime(3 * dayMs - updateMarginMs - 60_000)
    expect(isInTheWay()).toBe(false)
    desk.passTime(61_000)
    expect(isInTheWay()).toBe(true)
    unwrap(desk.outbox.cancel(id))
    expect(isInTheWay()).toBe(false)
  })

  const clockWait = (what: string, byMs: number) => ({
    state: 'waiting',
    waitsFor: 'clock',
    changes: [{ what, kind: 'replica', detail: expect.toSatisfy(isAbout(byMs)) }]
  })

  it('that is due by a clock set forward waits for the person, who may let it run', async () => {
    const [ref] = await addReplicas(1)
    if (ref === undefined) throw new Error('No replica')
    const { id } = unwrap(await desk.delete([ref], 'permanent', days(7)))
    desk.moveClock(8 * dayMs)
    desk.outbox.wake()
    expect(await desk.until(id, isWaiting)).toMatchObject(clockWait('clock-moved', 8 * dayMs))
    expect(desk.sent('DELETE')).toEqual([])
    expect(desk.events().at(-1)).toMatchObject({
      type: 'deletion-paused',
      body: { reason: 'clock', clockAheadMs: expect.any(Number) }
    })
    await desk.restart()
    expect(desk.outbox.list()).toMatchObject([clockWait('clock-moved', 8 * dayMs)])
    unwrap(desk.outbox.resume(id))
    expect((await desk.until(id, isOver)).counts).toMatchObject({ done: 1 })
    expect(desk.sent('DELETE')).toHaveLength(1)
  })

  it('does not run late for good because the clock was set back', async () => {
    const refs = await addReplicas(1)
    const { id } = unwrap(await desk.delete(refs, 'permanent', days(7)))
    desk.moveClock(-300 * dayMs)
    desk.passTime(7 * dayMs)
    desk.outbox.wake()
    expect(await desk.until(id, isWaiting)).toMatchObject(clockWait('clock-moved', -300 * dayMs))
  })

  it('runs at its time, if the clock is where it should be again by then', async () => {
    const refs = await addReplicas(1)
    const { id } = unwrap(await desk.delete(refs, 'permanent', days(7)))
    desk.moveClock(2 * dayMs)
    desk.outbox.wake()
    desk.moveClock(-2 * dayMs)
    desk.passTime(7 * dayMs)
    desk.outbox.wake()
    expect((await desk.until(id, isOver)).counts).toMatchObject({ done: 1 })
    expect(desk.sent('DELETE')).toHaveLength(1)
  })

  it('that is due by a clock that was wrong from the start waits: the server says another time', async () => {
    const refs = await addReplicas(1)
    const { id } = unwrap(await desk.delete(refs, 'permanent', days(7)))
    await desk.outbox.stop()
    desk.moveClock(6.9 * dayMs)
    await desk.restart()
    expect(desk.outbox.list()).toMatchObject([{ id, state: 'scheduled' }])
    desk.passTime(0.1 * dayMs)
    desk.outbox.wake()
    expect(await desk.until(id, isWaiting)).toMatchObject(clockWait('clock-differs', 6.9 * dayMs))
    expect(desk.sent('DELETE')).toEqual([])
  })
})

describe('a running batch', () => {
  const startSlow = async (count: number): Promise<Batch> => {
    const refs = await addReplicas(count)
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: { kind: 'delay', ms: 50 } })
    return unwrap(await desk.delete(refs, 'soft'))
  }

  it('cannot be taken back once something was sent, but the rest can be canceled', async () => {
    const { id } = await startSlow(6)
    await desk.until(id, ({ counts }) => counts.sent > 0)
    expect(desk.outbox.undo(id)).toMatchObject({ error: { kind: 'not-found' } })
    const canceled = unwrap(desk.outbox.cancel(id))
    const ended = await desk.until(id, isOver)
    expect(ended.state).toBe('finished')
    expect(ended.counts.canceled).toBe(canceled.counts.canceled)
    expect(desk.sent('DELETE')).toHaveLength(6 - ended.counts.canceled)
    expect(ended.counts.done + ended.counts.canceled).toBe(6)
  })

  it('can be paused and goes on where it was', async () => {
    const { id } = await startSlow(6)
    await desk.until(id, ({ counts }) => counts.sent > 0)
    expect(unwrap(desk.outbox.pause(id))).toMatchObject({ state: 'waiting', waitsFor: 'person' })
    const resting = await desk.until(id, ({ counts }) => counts.sent === 0)
    expect(resting.state).toBe('waiting')
    unwrap(desk.outbox.resume(id))
    expect((await desk.until(id, isOver)).counts).toMatchObject({ done: 6 })
    expect(desk.sent('DELETE')).toHaveLength(6)
  })

  it('stops for sleep, and goes on after it, not by an answer that comes meanwhile', async () => {
    const { id } = await startSlow(6)
    await desk.until(id, ({ counts }) => counts.sent > 0)
    desk.outbox.suspend()
    await desk.until(id, ({ counts }) => counts.sent === 0)
    const before = desk.sent('DELETE').length
    await desk.library.refresh(firstAccount().id)
    await desk.library.refresh(firstAccount().id)
    expect(desk.outbox.list()).toMatchObject([{ state: 'waiting', waitsFor: 'connection' }])
    expect(desk.sent('DELETE')).toHaveLength(before)
    desk.outbox.wake()
    await desk.library.refresh(firstAccount().id)
    expect((await desk.until(id, isOver)).counts).toMatchObject({ done: 6 })
    expect(desk.sent('DELETE')).toHaveLength(6)
  })

  it('never has more on its way than the pace allows', async () => {
    const { id } = await startSlow(8)
    await desk.until(id, isOver)
    const batches = desk.told.flatMap(({ name, payload }) =>
      name === 'batch:changed' ? [payload as Batch] : []
    )
    expect(Math.max(...batches.map(({ counts }) => counts.sent))).toBeLessThanOrEqual(2)
  })
})

describe('trying again', () => {
  it('soft ones go on in the same batch, as new operations', async () => {
    const refs = await addReplicas(3)
    failDeletes('conflict')
    const ended = await run(refs, 'soft')
    expect(ended.counts).toMatchObject({ done: 2, refused: 1 })
    const { plan } = unwrap(await desk.outbox.retry(ended.id))
    expect(plan).toBeNull()
    const again = await desk.until(ended.id, isOver)
    expect(again).toMatchObject({ total: 3, counts: { done: 3, refused: 0 } })
    expect(desk.sent('DELETE')).toHaveLength(4)
    expect(new Set(itemsOf(again).map(({ target }) => target.id)).size).toBe(3)
  })

  it('permanent ones are a plan to look at, and nothing is sent', async () => {
    const refs = await addReplicas(3)
    failDeletes('conflict')
    const ended = await run(refs, 'permanent')
    const { plan } = unwrap(await desk.outbox.retry(ended.id))
    expect(plan?.steps).toHaveLength(1)
    expect(desk.sent('DELETE')).toHaveLength(3)
  })
})

it('a batch that ended can be put away, an open one not', async () => {
  const refs = await addReplicas(1)
  const batch = unwrap(await desk.delete(refs, 'soft'))
  expect(desk.outbox.dismiss(batch.id)).toMatchObject({ ok: false })
  await desk.until(batch.id, isOver)
  expect(desk.outbox.putBack(batch.id)).toMatchObject({ ok: false })
  unwrap(desk.outbox.dismiss(batch.id))
  expect(desk.outbox.list()).toEqual([])
  const { rows } = desk.outbox.past({ offset: 0, limit: 10 })
  expect(rows).toMatchObject([{ id: batch.id, isDismissed: true }])
  expect(unwrap(desk.outbox.putBack(batch.id))).toMatchObject({ isDismissed: false })
  expect(desk.outbox.list()).toMatchObject([{ id: batch.id, isDismissed: false }])
  expect(desk.outbox.past({ offset: 0, limit: 10 }).total).toBe(0)
})

describe('after a restart', () => {
  const started = async (mode: DeletionMode, count: number, runAt?: string) => {
    await desk.close()
    desk = await startDesk({ holdSeconds: 60 })
    return unwrap(await desk.delete(await addReplicas(count), mode, runAt))
  }

  it('a held batch waits for the person and can still be taken back', async () => {
    const { id } = await started('soft', 2)
    await desk.restart()
    const [batch] = desk.outbox.list()
    expect(batch).toMatchObject({ id, state: 'held', waitsFor: 'restart', heldUntilAt: null })
    expect(unwrap(desk.outbox.undo(id)).counts).toMatchObject({ canceled: 2 })
    expect(desk.sent('DELETE')).toEqual([])
  })

  it('a running batch waits, and what was sent is read back before the rest is sent', async () => {
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: { kind: 'delay', ms: 50 } })
    const refs = await addReplicas(4)
    const { id } = unwrap(await desk.delete(refs, 'permanent'))
    await desk.until(id, ({ counts }) => counts.done > 0)
    const [cut] = desk.store.read.operations(['queued', 'sent'])
    if (cut === undefined) throw new Error('Nothing is left')
    await desk.restart()
    // As if the app had ended between sending and the answer.
    const lost = itemsOf(desk.outbox.list()[0] as Batch).find(({ state }) => state === 'done')
    const operation = desk.store.read.operation(lost?.operationId ?? '')
    if (operation === null) throw new Error('No operation')
    desk.store.transaction((write) =>
      write.putOperation({ ...operation, state: 'sent', finishedAt: null, httpStatus: null })
    )
    await desk.restart()
    expect(desk.outbox.list()).toMatchObject([
      { id, state: 'waiting', waitsFor: 'restart', counts: { unclear: 1 } }
    ])
    desk.sandbox.forgetRequests()
    unwrap(desk.outbox.resume(id))
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ gone: 1, unclear: 0, queued: 0 })
    expect(desk.sent('DELETE').some((path) => path.includes(String(operation.assetId)))).toBe(false)
    expect(desk.sandbox.requests[0]).toMatchObject({ method: 'GET' })
  })

  it('what waits for the person after a restart is in the way of an update', async () => {
    const { id } = await started('soft', 1)
    expect(desk.outbox.isUnderWaySoon(updateMarginMs)).toBe(true)
    await desk.restart()
    expect(desk.outbox.list()).toMatchObject([{ id, state: 'held', waitsFor: 'restart' }])
    expect(desk.outbox.isUnderWaySoon(updateMarginMs)).toBe(true)
  })

  it('a scheduled batch whose day is to come stays scheduled', async () => {
    const inThreeDays = new Date(Date.now() + 3 * 86_400_000).toISOString()
    const { id } = await started('permanent', 1, inThreeDays)
    await desk.restart()
    expect(desk.outbox.list()).toMatchObject([{ id, state: 'scheduled', runAt: inThreeDays }])
  })

  it('a scheduled batch whose day has passed waits for the person', async () => {
    const { id } = await started('permanent', 1, new Date(Date.now() + 86_400_000).toISOString())
    await desk.outbox.stop()
    const batch = desk.store.read.batch(id)
    if (batch === null) throw new Error('No batch')
    desk.store.transaction((write) =>
      write.putBatch({ ...batch, runAt: '2026-01-01T00:00:00.000Z' })
    )
    await desk.restart()
    expect(desk.outbox.list()).toMatchObject([{ id, state: 'waiting', waitsFor: 'restart' }])
    expect(desk.sent('DELETE')).toEqual([])
    unwrap(desk.outbox.resume(id))
    expect((await desk.until(id, isOver)).counts).toMatchObject({ done: 1 })
  })

  it('a long pause that the provider asked for still holds', async () => {
    const refs = await addReplicas(4)
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: { kind: 'answer', status: 429, headers: { 'retry-after': '3600' } },
      times: 2
    })
    const { id } = unwrap(await desk.delete(refs, 'soft'))
    const parked = await desk.until(id, isWaiting)
    expect(parked).toMatchObject({ waitsFor: 'pace', waitsUntilAt: expect.any(String) })
    const sent = desk.sent('DELETE').length
    await desk.restart()
    expect(desk.outbox.list()).toMatchObject([
      { waitsFor: 'restart', waitsUntilAt: parked.waitsUntilAt }
    ])
    unwrap(desk.outbox.resume(id))
    await desk.until(id, ({ waitsFor }) => waitsFor === 'pace')
    expect(desk.sent('DELETE')).toHaveLength(sent)
  })
})
