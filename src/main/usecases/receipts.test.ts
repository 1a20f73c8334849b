import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { systemClock } from '../clock.ts'
import { createReceiptPress } from '../receipts/receipt-press.ts'
import { createSigningKeys } from '../receipts/signing-key.ts'
import { createMemorySecretStore } from '../secrets/memory-secret-store.ts'
import { createReceipts } from './receipts.ts'
import { startDesk, type TestDesk, unwrap } from './test-kit.ts'

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const begin = async () => {
  const desk = await startDesk()
  desks.push(desk)
  const path = join(mkdtempSync(join(tmpdir(), 'receipt-')), 'receipt.json')
  const receipts = createReceipts({
    store: desk.store,
    clock: systemClock,
    appVersion: '0.1.0',
    askWhere: async () => path,
    askFile: async () => path,
    press: createReceiptPress({
      keys: createSigningKeys({
        secrets: createMemorySecretStore(),
        recall: () => desk.store.read.meta('receiptKey'),
        remember: (text) => desk.store.transaction((write) => write.putMeta('receiptKey', text))
      }),
      printPdf: () => Promise.reject(new Error('Only Electron prints')),
      paper: () => 'A4'
    })
  })
  return { desk, receipts, path }
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
    expect(verdict).toMatchObject({ what: 'receipt', isGood: true, isOwnKey: true })
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
