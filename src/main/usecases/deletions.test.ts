import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultCatalog } from '../../sandbox/fault-catalog.ts'
import { type AssetRef, assetRefSchema } from '../../shared/domain/asset.ts'
import type { DeletionMode, DeletionOutcome } from '../../shared/domain/deletion.ts'
import { startDesk, type TestDesk, unwrap } from './test-kit.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.close())

const run = async (ref: AssetRef, mode: DeletionMode, name: string) => {
  const { token } = unwrap(desk.deletions.prepare([ref], mode))
  const typedName = mode === 'permanent' ? name : null
  return desk.deletions.run(token, [ref], mode, typedName)
}

const runOne = async (ref: AssetRef, mode: DeletionMode, name: string) => {
  const [outcome] = unwrap(await run(ref, mode, name))
  if (outcome === undefined) throw new Error('No outcome')
  return outcome
}

const isListed = (ref: AssetRef) => desk.store.read.asset(ref)?.presence === 'listed'
const isAlive = ({ id }: AssetRef) =>
  desk.sandbox.state.replicas.some((replica) => replica.id === id && replica.deletedAtMs === null)

describe('a deletion that works', () => {
  it.each<[DeletionMode, string]>([
    ['soft', ''],
    ['permanent', 'hard=true']
  ])('%s: is asked, sent and answered, in this order and once', async (mode, query) => {
    const ref = await desk.addReplica('Amara Osei')
    expect(await runOne(ref, mode, 'Amara Osei')).toMatchObject({ outcome: 'done', error: null })
    expect(desk.sent('DELETE')).toEqual([`/v2/replicas/${ref.id}?${query}`])
    expect(isListed(ref)).toBe(false)
    const types = desk.events().flatMap(({ type }) => (type.startsWith('deletion') ? [type] : []))
    expect(types).toEqual(['deletion-asked', 'deletion-sent', 'deletion-answered'])
    expect(
      new Set(
        desk
          .events()
          .slice(-3)
          .map(({ operationId }) => operationId)
      ).size
    ).toBe(1)
  })
})

describe('an answer that is not a plain yes', () => {
  it.each<[keyof typeof faultCatalog, DeletionOutcome['outcome'], string | null]>([
    ['emptyOk', 'done', null],
    ['noContent', 'done', null],
    ['notFound', 'already-gone', null],
    ['gone', 'already-gone', null],
    ['keyRejected', 'failed', 'key-rejected'],
    ['conflict', 'failed', 'provider-refused'],
    ['unprocessable', 'failed', 'provider-refused'],
    ['tooManyRequests', 'failed', 'rate-limited'],
    ['serverError', 'failed', 'outcome-unknown'],
    ['unavailable', 'failed', 'outcome-unknown'],
    ['captivePortal', 'failed', 'outcome-unknown'],
    ['resetBefore', 'failed', 'outcome-unknown'],
    ['hang', 'failed', 'outcome-unknown'],
    ['notHttp', 'failed', 'outcome-unknown'],
    ['resetAfter', 'already-gone', null]
  ])('%s: %s, with one request', async (fault, outcome, error) => {
    const ref = await desk.addReplica('Amara Osei')
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: faultCatalog[fault], times: 1 })
    const result = await runOne(ref, 'permanent', 'Amara Osei')
    expect(result.outcome).toBe(outcome)
    expect(result.error?.kind ?? null).toBe(error)
    expect(desk.sent('DELETE')).toHaveLength(1)
    expect(isListed(ref)).toBe(outcome === 'failed')
    expect(desk.store.read.operations(['asked', 'sent', 'unclear'])).toEqual([])
  })

  it('a redirect is refused, and the key goes nowhere else', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const elsewhere = await startDesk()
    const effect = { kind: 'redirect', status: 307, location: elsewhere.sandbox.origin } as const
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect })
    expect((await runOne(ref, 'permanent', 'Amara Osei')).outcome).toBe('failed')
    expect(elsewhere.sandbox.requests).toEqual([])
    await elsewhere.close()
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
    const name = desk.store.read.asset(ref)?.name ?? ''
    expect(await runOne(ref, mode, name)).toMatchObject({ outcome: 'done', error: null })
    expect(desk.sent('DELETE')).toEqual([`/v2/videos/${ref.id}?${query}`])
    expect(isListed(ref)).toBe(false)
    expect(desk.sandbox.state.videos).toHaveLength(1)
    expect(desk.sandbox.state.replicas).toHaveLength(1)
    await desk.library.refresh(desk.accountId)
    expect(isListed(ref)).toBe(false)
    const kinds = desk.events().flatMap(({ type, assetKind }) => {
      return type.startsWith('deletion') ? [assetKind] : []
    })
    expect(kinds).toEqual(['video', 'video', 'video'])
  })

  it('that the provider does not know any more is already gone', async () => {
    const ref = await startWithVideo()
    desk.sandbox.state.removeVideo(ref.id)
    expect((await runOne(ref, 'soft', '')).outcome).toBe('already-gone')
    expect(desk.events().at(-1)).toMatchObject({ body: { httpStatus: 400 } })
    expect(isListed(ref)).toBe(false)
  })

  it('whose answer was lost is read back', async () => {
    const ref = await startWithVideo()
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: faultCatalog.resetAfter,
      times: 1
    })
    expect((await runOne(ref, 'soft', '')).outcome).toBe('already-gone')
    expect(desk.sent('DELETE')).toHaveLength(1)
  })
})

describe('a lost answer', () => {
  it('stays unclear while the provider cannot be asked, and is settled by the next listing', async () => {
    const ref = await desk.addReplica('Amara Osei')
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: { kind: 'reset', when: 'after-processing' },
      times: 1
    })
    desk.sandbox.faults.add({
      match: { method: 'GET' },
      effect: faultCatalog.resetBefore,
      times: 4
    })
    expect((await runOne(ref, 'permanent', 'Amara Osei')).outcome).toBe('unclear')
    expect(desk.store.read.asset(ref)?.deletion?.state).toBe('unclear')
    await desk.library.refresh(desk.accountId)
    expect(desk.store.read.operations(['unclear'])).toEqual([])
    expect(isListed(ref)).toBe(false)
    expect(desk.sent('DELETE')).toHaveLength(1)
  })

  it('of an intent that a crash cut off is read back, never sent again', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const [account] = desk.store.read.accounts()
    if (account === undefined) throw new Error('No account')
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
        finishedAt: null,
        httpStatus: null,
        error: null
      })
    })
    desk.deletions.markOpenAsUnclear()
    expect(desk.store.read.asset(ref)?.deletion?.state).toBe('unclear')
    await desk.deletions.settleUnclear(account)
    expect(desk.sent('DELETE')).toEqual([])
    expect(isAlive(ref)).toBe(true)
    expect(desk.events().at(-1)).toMatchObject({
      type: 'deletion-read-back',
      body: { outcome: 'failed' }
    })
  })
})

describe('what is refused before anything is sent', () => {
  it('anything that cannot be written down first; it works again once there is room', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const before = desk.events().length
    desk.setDiskFull(true)
    expect(await run(ref, 'soft', '')).toMatchObject({
      ok: false,
      error: { kind: 'storage-failed', reason: 'disk-full' }
    })
    expect(desk.sent('DELETE')).toEqual([])
    desk.setDiskFull(false)
    expect(desk.events()).toHaveLength(before)
    expect(await runOne(ref, 'soft', '')).toMatchObject({ outcome: 'done' })
  })

  it('a permanent deletion whose name was not typed exactly', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const answer = await run(ref, 'permanent', 'amara osei')
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid-input' } })
    expect(desk.sent('DELETE')).toEqual([])
  })

  it('a soft confirmation used for a permanent deletion', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const { token } = unwrap(desk.deletions.prepare([ref], 'soft'))
    expect(await desk.deletions.run(token, [ref], 'permanent', 'Amara Osei')).toMatchObject({
      error: { kind: 'confirmation-expired' }
    })
    expect(desk.sent('DELETE')).toEqual([])
  })

  it('anything in a read-only account', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const [record] = desk.store.read.accounts()
    if (record === undefined) throw new Error('No account')
    desk.store.transaction((write) => write.putAccount({ ...record, isReadOnly: true }))
    expect(await runOne(ref, 'soft', '')).toMatchObject({
      outcome: 'failed',
      error: { kind: 'read-only-account' }
    })
    expect(desk.sent('DELETE')).toEqual([])
  })

  it('a deletion asked with another key than the account has now', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const { token } = unwrap(desk.deletions.prepare([ref], 'soft'))
    const [record] = desk.store.read.accounts()
    if (record === undefined) throw new Error('No account')
    unwrap(
      await desk.accounts.save({
        ...record,
        apiKey: 'another4key7b1f9e03d5a2486c8e7f',
        keyStorage: 'keychain'
      })
    )
    const [outcome] = unwrap(await desk.deletions.run(token, [ref], 'soft', null))
    expect(outcome).toMatchObject({ outcome: 'failed', error: { kind: 'key-changed' } })
    expect(desk.sent('DELETE')).toEqual([])
  })
})

it('a rejected key stops the account: the rest is not sent', async () => {
  const refs = [
    await desk.addReplica('One'),
    await desk.addReplica('Two'),
    await desk.addReplica('Three')
  ]
  desk.sandbox.faults.add({
    match: { method: 'DELETE' },
    effect: faultCatalog.keyRejected,
    afterSkipping: 1
  })
  const { token } = unwrap(desk.deletions.prepare(refs, 'soft'))
  const outcomes = unwrap(await desk.deletions.run(token, refs, 'soft', null))
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'failed'])
  expect(desk.sent('DELETE')).toHaveLength(2)
})
