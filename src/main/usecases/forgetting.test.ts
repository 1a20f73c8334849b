import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { failingLog, startDesk, type TestDesk, unwrap } from '../../../test/main/desks/desk.ts'
import { createMemorySecretStore } from '../../../test/main/secrets/memory-secret-store.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { unfiltered } from '../../shared/history-filter.ts'
import type { EventName } from '../../shared/ipc/events.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import { systemClock } from '../clock.ts'
import { createReceiptIssuer } from '../receipts/receipt-issuer.ts'
import { createSigningKeys } from '../receipts/signing-key.ts'
import { createForgetting } from './forgetting.ts'
import { receiptKeyNotes } from './receipt-key.ts'
import { createReceipts } from './receipts.ts'

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const begin = async () => {
  const desk = await startDesk()
  desks.push(desk)
  const folder = mkdtempSync(join(tmpdir(), 'forgetting-'))
  const place = { path: join(folder, 'before.json') }
  const receipts = createReceipts({
    store: desk.store,
    clock: systemClock,
    appVersion: '0.1.0',
    askWhere: async () => place.path,
    askFile: async () => null,
    issuer: createReceiptIssuer({
      keys: createSigningKeys({
        secrets: createMemorySecretStore(),
        ...receiptKeyNotes(desk.store)
      }),
      printPdf: () => Promise.reject(new Error('Only Electron prints')),
      paper: () => 'A4'
    })
  })
  const told: EventName[] = []
  const forgotten: string[] = []
  let settings = defaultSettings
  const views = (saved?: Settings['historyViews']) => {
    settings = { ...settings, historyViews: saved ?? settings.historyViews }
    return settings.historyViews.map(({ name }) => name)
  }
  const forgetting = createForgetting({
    store: desk.store,
    settings: {
      get: () => settings,
      update: async (patch) => {
        settings = Object.assign({}, settings, patch)
        return { ok: true, value: settings }
      }
    },
    drafts: { createdFor: () => [], forget: () => ({ ok: true, value: null }) },
    emit: (name) => told.push(name),
    log: failingLog,
    tellPlans: () => told.push('batch:changed'),
    forgetFirstScreen: () => forgotten.push('first screen'),
    sweepPictures: async () => void forgotten.push('pictures')
  })
  const saved = async (batchId: string, name: string) => {
    place.path = join(folder, name)
    unwrap(await receipts.save(batchId, 'json'))
    const bytes = readFileSync(place.path)
    return { text: bytes.toString(), verdict: verifyReceipt(name, bytes).verdict }
  }
  return { desk, forgetting, saved, told, forgotten, folder, views }
}

const erase = async (
  desk: TestDesk,
  ref: AssetRef,
  names: 'forget' | 'keep' = 'keep'
): Promise<string> => {
  const plan = unwrap(
    await desk.plans.make(
      { scope: 'assets', refs: [ref] },
      { mode: 'soft', byKind: {}, without: [], names },
      new AbortController().signal
    )
  )
  const { id } = unwrap(
    desk.outbox.start(unwrap(desk.plans.take(plan.planId, plan.token, 'soft', null)), null)
  )
  await expect.poll(() => desk.store.read.batch(id)?.state).toBe('finished')
  await expect.poll(() => desk.store.read.asset(ref)?.presence).toBe('gone')
  return id
}

test('receipts from before stay good; one from after has another name, says so, and is good', async () => {
  const { desk, forgetting, saved, told, forgotten, folder } = await begin()
  const ref = await desk.addReplica('Amara Osei')
  const batchId = await erase(desk, ref)
  expect((await saved(batchId, 'before.json')).verdict.isGood).toBe(true)
  const target = { refs: [ref], personId: null }
  const { records, name, obstacle } = unwrap(forgetting.preview(target))
  expect({ name, obstacle }).toEqual({ name: 'Amara Osei', obstacle: null })
  const { pseudonym } = unwrap(await forgetting.forget(target, records))
  expect(pseudonym).toMatch(/^Forgotten name [A-Z2-9]{5}$/)
  expect(new Set(told)).toEqual(new Set(['person:changed', 'library:changed', 'batch:changed']))
  expect(new Set(forgotten)).toEqual(new Set(['first screen', 'pictures']))

  const after = await saved(batchId, 'after.json')
  expect(after.verdict.isGood).toBe(true)
  expect(after.verdict.findings.map(({ code }) => code)).toContain('names-forgotten')
  expect(after.text).not.toContain('Amara')
  expect(after.text).toContain(pseudonym)
  const before = join(folder, 'before.json')
  expect(existsSync(before)).toBe(true)
  expect(verifyReceipt('before.json', readFileSync(before)).verdict.isGood).toBe(true)
  expect(desk.store.read.batch(batchId)?.planJson).not.toContain('Amara')
})

test('saved views that say the name go with it', async () => {
  const { desk, forgetting, views } = await begin()
  const ref = await desk.addReplica('Amara Osei')
  await erase(desk, ref)
  views([
    { id: '1', name: 'All of AMARA', filter: unfiltered },
    { id: '2', name: 'Searched', filter: { ...unfiltered, search: 'osei' } },
    { id: '3', name: 'Failures', filter: { ...unfiltered, outcome: 'bad' } }
  ])
  const target = { refs: [ref], personId: null }
  unwrap(await forgetting.forget(target, unwrap(forgetting.preview(target)).records))
  expect(views()).toEqual(['Failures'])
})

test('what comes back with a copy from before is forgotten once more', async () => {
  const { desk, forgetting } = await begin()
  const ref = await desk.addReplica('Amara Osei')
  await erase(desk, ref)
  const [known] = desk.store.read.assetRecordsOf(ref.accountId, ref.kind, [ref.id])
  const target = { refs: [ref], personId: null }
  unwrap(await forgetting.forget(target, unwrap(forgetting.preview(target)).records))
  expect(unwrap(forgetting.preview(target)).obstacle).toBe('not-found')
  if (known === undefined) throw new Error('Not stored')
  desk.store.transaction((write) => write.putAsset({ ...known, presence: 'gone' }))
  expect(unwrap(await forgetting.again())).toEqual({ count: 1 })
  expect(desk.store.read.asset(ref)?.name).toMatch(/^Forgotten name/)
  expect(unwrap(await forgetting.again())).toEqual({ count: 0 })
})

test('a plan that says so forgets the names once all of it is gone, and no other plan does', async () => {
  const { desk, forgetting } = await begin()
  const [kept, gone] = [
    await desk.addReplica('Kenji Watanabe'),
    await desk.addReplica('Amara Osei')
  ]
  await erase(desk, kept)
  const batchId = await erase(desk, gone, 'forget')
  await forgetting.afterPlans()
  expect(desk.store.read.asset(gone)?.name).toMatch(/^Forgotten name/)
  expect(desk.store.read.asset(kept)?.name).toBe('Kenji Watanabe')
  expect(desk.store.read.batch(batchId)?.title).not.toContain('Amara')
  const before = desk.store.read.historyHead()?.seq
  await forgetting.afterPlans()
  expect(desk.store.read.historyHead()?.seq).toBe(before)
})
