import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { fail } from '../../shared/result.ts'
import { systemClock } from '../clock.ts'
import { createReceiptPress } from '../receipts/receipt-press.ts'
import { createSigningKeys } from '../receipts/signing-key.ts'
import { createMemorySecretStore } from '../secrets/memory-secret-store.ts'
import { receiptKeyNotes } from './receipt-key.ts'
import { createReceipts } from './receipts.ts'
import { startDesk, type TestDesk, unwrap } from './test-kit.ts'

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'receipt-')), 'receipt.json')

const begin = async () => {
  const desk = await startDesk()
  desks.push(desk)
  const place = { path: newPath(), timesAsked: 0 }
  const secrets = createMemorySecretStore()
  const receipts = createReceipts({
    store: desk.store,
    clock: systemClock,
    appVersion: '0.1.0',
    askWhere: async () => {
      place.timesAsked += 1
      return place.path
    },
    askFile: async () => place.path,
    press: createReceiptPress({
      keys: createSigningKeys({ secrets, ...receiptKeyNotes(desk.store) }),
      printPdf: () => Promise.reject(new Error('Only Electron prints')),
      paper: () => 'A4'
    })
  })
  return { desk, receipts, secrets, place, path: place.path }
}

const deleteAll = async (desk: TestDesk, refs: readonly AssetRef[]): Promise<string> => {
  const plan = unwrap(
    await desk.plans.make(
      { scope: 'assets', refs: [...refs] },
      { mode: 'soft', byKind: {}, without: [] },
      new AbortController().signal
    )
  )
  const confirmed = unwrap(desk.plans.take(plan.planId, plan.token, 'soft', null))
  const { id } = unwrap(desk.outbox.start(confirmed, null))
  await expect.poll(() => desk.store.read.batch(id)?.state).toBe('finished')
  return id
}

describe('the receipt of a batch', () => {
  test('is saved, is found good, and names what was asked and answered', async () => {
    const { desk, receipts, path } = await begin()
    const refs = [await desk.addReplica('Amara Osei'), await desk.addReplica('Kenji Watanabe')]
    const batchId = await deleteAll(desk, refs)
    expect(unwrap(await receipts.save(batchId, 'json'))).toEqual({ savedAs: path })

    const receipt: unknown = JSON.parse(readFileSync(path, 'utf8'))
    expect(receipt).toMatchObject({
      asked: { batchId, mode: 'soft' },
      accounts: [{ name: 'Studio North', provider: 'tavus' }],
      items: [
        { target: { name: 'Amara Osei' }, timesSent: 1, answer: { outcome: 'done' } },
        { target: { name: 'Kenji Watanabe' }, timesSent: 1, answer: { outcome: 'done' } }
      ]
    })
    expect(readFileSync(path, 'utf8')).not.toContain('canary')
    const { verdict } = unwrap(await receipts.verify())
    expect(verdict).toMatchObject({ what: 'receipt', isGood: true, whoseKey: 'own' })
    expect(desk.events().at(-1)).toMatchObject({ type: 'receipt-saved', body: { batch: batchId } })
  })

  test('that somebody edited is refused', async () => {
    const { desk, receipts, path } = await begin()
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    unwrap(await receipts.save(batchId, 'json'))
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('Amara Osei', 'Amara Ossi'))
    expect(unwrap(await receipts.verify()).verdict).toMatchObject({ isGood: false })
  })

  test('is not given for a batch that nobody knows', async () => {
    const { receipts } = await begin()
    const answer = await receipts.save('bat_00000000', 'json')
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })
})

test('a file that cannot be read is a verdict too', async () => {
  const { receipts } = await begin()
  expect(unwrap(await receipts.verify()).verdict).toMatchObject({
    isGood: false,
    findings: [{ code: 'not-readable' }]
  })
})

describe('the key that signs', () => {
  const keyRecords = (desk: TestDesk) =>
    desk.events().filter(({ type }) => type === 'receipt-key-made')

  test('is made with the first receipt, and recorded once', async () => {
    const { desk, receipts } = await begin()
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    expect(unwrap(receipts.key())).toEqual({ fingerprint: null })
    unwrap(await receipts.save(batchId, 'json'))
    unwrap(await receipts.save(batchId, 'json'))
    const { fingerprint } = unwrap(receipts.key())
    expect(fingerprint).toMatch(/^[0-9A-F]{4}( [0-9A-F]{4}){5}$/)
    expect(keyRecords(desk).map(({ body }) => body)).toEqual([{ from: null, to: fingerprint }])
  })

  test('that is lost is told before a place is asked for; after a new one, both receipts are good', async () => {
    const { desk, receipts, secrets, place } = await begin()
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    unwrap(await receipts.save(batchId, 'json'))
    const { fingerprint: old } = unwrap(receipts.key())
    const oldPath = place.path

    secrets.close()
    place.path = newPath()
    expect(await receipts.save(batchId, 'json')).toEqual(
      fail({ kind: 'signing-key-lost', how: 'absent', fingerprint: old ?? '' })
    )
    expect(place.timesAsked).toBe(1)
    expect(unwrap(receipts.key())).toEqual({ fingerprint: old })

    const { fingerprint } = unwrap(await receipts.renewKey())
    expect(fingerprint).not.toBe(old)
    expect(unwrap(receipts.key())).toEqual({ fingerprint })
    expect(keyRecords(desk).at(-1)?.body).toEqual({ from: old, to: fingerprint })
    unwrap(await receipts.save(batchId, 'json'))
    expect(unwrap(await receipts.verify()).verdict).toMatchObject({
      isGood: true,
      keyFingerprint: fingerprint,
      whoseKey: 'own'
    })
    place.path = oldPath
    expect(unwrap(await receipts.verify()).verdict).toMatchObject({
      isGood: true,
      keyFingerprint: old,
      whoseKey: 'earlier'
    })
  })

  test('stays the old one if it can be read after all', async () => {
    const { desk, receipts } = await begin()
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    unwrap(await receipts.save(batchId, 'json'))
    expect(unwrap(await receipts.renewKey())).toEqual(unwrap(receipts.key()))
    expect(keyRecords(desk)).toHaveLength(1)
  })

  test('of somebody else stays somebody else’s', async () => {
    const [ours, theirs] = [await begin(), await begin()]
    for (const { desk, receipts } of [ours, theirs]) {
      const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
      unwrap(await receipts.save(batchId, 'json'))
    }
    ours.place.path = theirs.path
    expect(unwrap(await ours.receipts.verify()).verdict).toMatchObject({
      isGood: true,
      whoseKey: 'other'
    })
  })
})
