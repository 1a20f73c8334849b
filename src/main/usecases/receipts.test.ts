import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../test/main/desks/desk.ts'
import { createMemorySecretStore } from '../../../test/main/secrets/memory-secret-store.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { faultCatalog } from '../../../test/sandbox/fault-catalog.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { fail } from '../../shared/result.ts'
import { shapedReceipt } from '../../verifier/verify-receipt.ts'
import { systemClock } from '../clock.ts'
import type { Operation } from '../ports/store.ts'
import { createReceiptIssuer } from '../receipts/receipt-issuer.ts'
import { createSigningKeys } from '../receipts/signing-key.ts'
import { accountEvent } from './history-event.ts'
import { attemptOf, itemEvent } from './outbox/records.ts'
import { receiptKeyNotes } from './receipt-key.ts'
import { createReceipts } from './receipts.ts'

const never = new AbortController().signal

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
    issuer: createReceiptIssuer({
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
      version: 3,
      sample: 'none',
      accounts: [{ name: 'Studio North', provider: 'tavus', origins: [desk.sandbox.origin] }],
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

  test('is made of what was deleted here, also on an account that came from another computer', async () => {
    const { desk, receipts } = await begin()
    const there = openIn(temporaryFolder(), { runId: 'run-there' })
    there.transaction((write) =>
      write.append(accountEvent('account-added', desk.account(), { isSample: false }))
    )
    const { file } = unwrap(await there.copyWithoutKeys(never))
    expect(unwrap(await desk.store.takeInBackup(file, never))).toMatchObject({ records: 1 })
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    unwrap(await receipts.save(batchId, 'json'))
    expect(unwrap(await receipts.verify()).verdict).toMatchObject({ isGood: true })
  })

  test('of another computer is saved there, and nobody is asked for a place here', async () => {
    const [here, there] = [await begin(), await begin()]
    const batchId = await deleteAll(there.desk, [await there.desk.addReplica('Amara Osei')])
    const { file } = unwrap(await there.desk.store.copyWithoutKeys(never))
    unwrap(await here.desk.store.takeInBackup(file, never))
    expect(await here.receipts.save(batchId, 'json')).toEqual(fail({ kind: 'made-elsewhere' }))
    expect(here.place.timesAsked).toBe(0)
  })

  test('that somebody edited is refused', async () => {
    const { desk, receipts, path } = await begin()
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    unwrap(await receipts.save(batchId, 'json'))
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('Amara Osei', 'Amara Ossi'))
    expect(unwrap(await receipts.verify()).verdict).toMatchObject({ isGood: false })
  })

  test('is not given where the history was cleared between a request and its answer', async () => {
    const { desk, receipts, path } = await begin()
    const ref = await desk.addReplica('Amara Osei')
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: { kind: 'hang', processed: true },
      times: 1
    })
    const { id } = unwrap(await desk.delete([ref], 'permanent'))
    await desk.until(id, ({ counts }) => counts.sent === 1)
    unwrap(await desk.store.clearHistory(desk.store.read.historyHead()?.seq ?? 0))
    desk.sandbox.cutConnections()
    await desk.until(id, ({ counts }) => counts.gone === 1)
    expect(desk.events().map(({ type }) => type)).not.toContain('deletion-tried')
    const answer = await receipts.save(id, 'json')
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    expect(existsSync(path)).toBe(false)
  })

  test('is not given for a batch that nobody knows', async () => {
    const { receipts } = await begin()
    const answer = await receipts.save('bat_00000000', 'json')
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })
})

const saved = async ({ desk, receipts, path }: Awaited<ReturnType<typeof begin>>, id: string) => {
  unwrap(await receipts.save(id, 'json'))
  const { verdict } = unwrap(await receipts.verify())
  const receipt = shapedReceipt(JSON.parse(readFileSync(path, 'utf8')))
  const text = verdict?.findings.map((finding) => finding.text).join('\n') ?? ''
  return { verdict, receipt, text, account: desk.store.read.accounts()[0] }
}

describe('a receipt states where its deletions were sent', () => {
  const official = 'https://tavusapi.com'

  test('also after the account was given another address', async () => {
    const started = await begin()
    const { desk } = started
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    const [account] = desk.store.read.accounts()
    if (account === undefined) throw new Error('No account')
    desk.store.transaction((write) => write.putAccount({ ...account, apiAddress: official }))
    const { verdict, receipt, text } = await saved(started, batchId)
    expect(verdict).toMatchObject({ isGood: true })
    expect(receipt.accounts).toMatchObject([
      { provider: 'tavus', origins: [desk.sandbox.origin], isSample: false }
    ])
    expect(text).toContain(`sent to ${desk.sandbox.origin}, on this computer (loopback)`)
    expect(text).not.toContain('official')
    expect(JSON.stringify(receipt)).not.toContain(official)
  })

  test('also after the account was removed', async () => {
    const started = await begin()
    const { desk } = started
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    const operations = desk.store.read.batchOperations(batchId, null, { offset: 0, limit: 5 })
    desk.store.transaction((write) => {
      write.removeAccount(desk.accountId)
      for (const operation of operations) write.putOperation(operation)
    })
    expect(desk.store.read.accounts()).toEqual([])
    const { receipt, text } = await saved(started, batchId)
    expect(receipt.accounts).toMatchObject([
      { name: 'Studio North', provider: 'tavus', origins: [desk.sandbox.origin] }
    ])
    expect(text).toContain(desk.sandbox.origin)
  })

  test('each address where there are several', async () => {
    const started = await begin()
    const { desk } = started
    const refs = [await desk.addReplica('Amara Osei'), await desk.addReplica('Kenji Watanabe')]
    const batchId = await deleteAll(desk, [refs[0] as AssetRef])
    const [operation] = desk.store.read.batchOperations(batchId, null, { offset: 0, limit: 1 })
    if (operation === undefined) throw new Error('No deletion')
    const second: Operation = {
      ...operation,
      id: 'op_second',
      assetId: refs[1]?.id ?? '',
      assetName: 'Kenji Watanabe',
      origin: official,
      stepId: 'step_second'
    }
    desk.store.transaction((write) => {
      write.putOperation(second)
      write.append(itemEvent(desk.store, 'deletion-asked', second))
      write.append(itemEvent(desk.store, 'deletion-tried', second, attemptOf(second)))
      const done = { outcome: 'done', httpStatus: 200, sent: 'yes' }
      write.append(itemEvent(desk.store, 'deletion-answered', second, done))
    })
    const { text, receipt } = await saved(started, batchId)
    expect(receipt.accounts[0]?.origins).toEqual([desk.sandbox.origin, official])
    expect(text).toContain(`${desk.sandbox.origin}, on this computer (loopback): “Amara Osei”`)
    expect(text).toContain(`${official}, the official address of Tavus: “Kenji Watanabe”`)
  })

  test('and names no address where an earlier version recorded none', async () => {
    const started = await begin()
    const { desk } = started
    const ref = await desk.addReplica('Amara Osei')
    const batchId = await deleteAll(desk, [await desk.addReplica('Kenji Watanabe')])
    const [operation] = desk.store.read.batchOperations(batchId, null, { offset: 0, limit: 1 })
    if (operation === undefined) throw new Error('No deletion')
    const old: Operation = { ...operation, id: 'op_old', assetId: ref.id, assetName: 'Amara Osei' }
    desk.store.transaction((write) => {
      write.putOperation(old)
      for (const type of ['deletion-asked', 'deletion-sent', 'deletion-answered'] as const) {
        write.append(itemEvent(desk.store, type, old, { outcome: 'done', httpStatus: 204 }))
      }
    })
    const { verdict, receipt, text } = await saved(started, batchId)
    expect(verdict?.isGood).toBe(true)
    expect(receipt.items.find(({ operationId }) => operationId === 'op_old')?.requests).toEqual([
      expect.objectContaining({ left: 'yes', origin: null })
    ])
    expect(receipt.accounts).toMatchObject([{ provider: 'tavus' }])
    expect(text).toContain('Where it went was not recorded')
  })
})

describe('a receipt of sample data', () => {
  const asSample = (desk: TestDesk, isSample: boolean): void => {
    const [account] = desk.store.read.accounts()
    if (account === undefined) throw new Error('No account')
    desk.store.transaction((write) => write.putAccount({ ...account, isSample }))
  }

  test('is marked in what is signed and in the verdict', async () => {
    const started = await begin()
    asSample(started.desk, true)
    const batchId = await deleteAll(started.desk, [await started.desk.addReplica('Amara Osei')])
    // Whatever the account is by then.
    asSample(started.desk, false)
    const { verdict, receipt, text } = await saved(started, batchId)
    expect(verdict).toMatchObject({ isGood: true, isSample: true })
    expect(receipt).toMatchObject({ sample: 'all', accounts: [{ isSample: true }] })
    expect(receipt.claims[0]).toContain('SAMPLE DATA: nothing was deleted at Tavus')
    expect(text).toMatch(/^SAMPLE DATA: nothing was deleted at Tavus/)
  })

  test('of deletions from before the mark is marked by how the account was added', async () => {
    const started = await begin()
    const { desk } = started
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    asSample(desk, true)
    const added = { provider: 'tavus', isSample: true }
    const [account] = desk.store.read.accounts()
    if (account === undefined) throw new Error('No account')
    desk.store.transaction((write) => write.append(accountEvent('account-added', account, added)))
    expect((await saved(started, batchId)).receipt).toMatchObject({ sample: 'all' })
  })

  test('is not made where nothing recorded shows that it is sample data', async () => {
    const { desk, receipts } = await begin()
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    asSample(desk, true)
    expect(await receipts.save(batchId, 'json')).toMatchObject({ error: { kind: 'not-found' } })
  })
})

describe('the answer that was given', () => {
  test('is not changed by what was seen later', async () => {
    const started = await begin()
    const { desk } = started
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: faultCatalog.resetAfter,
      times: 1
    })
    const batchId = await deleteAll(desk, [await desk.addReplica('Amara Osei')])
    const { receipt } = await saved(started, batchId)
    expect(receipt.items).toMatchObject([
      {
        timesSent: 1,
        answer: { outcome: 'unclear', httpStatus: null },
        checks: [{ kind: 'read-back', result: 'gone' }]
      }
    ])
    const answeredAt = receipt.items[0]?.answer?.answeredAt ?? ''
    expect(answeredAt <= (receipt.items[0]?.checks[0]?.at ?? '')).toBe(true)
  })

  test('and a try that never left is not counted', async () => {
    const started = await begin()
    const { desk } = started
    const ref = await desk.addReplica('Amara Osei')
    await desk.sandbox.setReachable(false)
    const { id } = unwrap(await desk.delete([ref], 'soft'))
    await desk.until(id, ({ waitsFor }) => waitsFor === 'connection')
    await desk.sandbox.setReachable(true)
    unwrap(desk.outbox.resume(id))
    await desk.until(id, ({ state }) => state === 'finished')
    expect(desk.sent('DELETE')).toHaveLength(1)
    expect((await saved(started, id)).receipt.items).toMatchObject([{ timesSent: 1 }])
  })

  test('of what was tried again is in the receipt with what was tried before', async () => {
    const started = await begin()
    const { desk } = started
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: faultCatalog.conflict,
      times: 1
    })
    const ref = await desk.addReplica('Amara Osei')
    const { id } = unwrap(await desk.delete([ref], 'soft'))
    await desk.until(id, ({ state }) => state === 'finished')
    unwrap(await desk.outbox.retry(id))
    await desk.until(id, ({ state, counts }) => state === 'finished' && counts.done === 1)
    expect(desk.sent('DELETE')).toHaveLength(2)
    const { receipt, verdict } = await saved(started, id)
    expect(verdict).toMatchObject({ isGood: true })
    expect(receipt.items.map(({ timesSent }) => timesSent)).toEqual([1, 1])
  })
})

test('the history holds a hash of what each receipt says', async () => {
  const started = await begin()
  const batchId = await deleteAll(started.desk, [await started.desk.addReplica('Amara Osei')])
  const { receipt } = await saved(started, batchId)
  const made = started.desk.events().filter(({ type }) => type === 'receipt-made')
  expect(made).toMatchObject([{ hash: receipt.chain.headHash, body: { receipt: receipt.id } }])
  const again = await saved(started, batchId)
  expect(again.verdict).toMatchObject({ isGood: true })
  expect(again.receipt.id).not.toBe(receipt.id)
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
