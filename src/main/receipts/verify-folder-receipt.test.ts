import { expect, it } from 'vitest'
import { chained, newKey } from '../../../test/main/receipts/receipt-cases.ts'
import type { FolderReceipt } from '../../verifier/folder-receipt.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import type { FolderReceiptFacts } from '../ports/receipt-issuer.ts'
import { folderStatementOf, makeFolderReceipt } from './folder-receipt.ts'

const key = newKey()
const body = {
  person: 'Ana',
  folderName: 'Everything of Ana',
  files: 12,
  sizeBytes: 4711,
  gaps: 1,
  sumsSha256: 'a'.repeat(64),
  sample: 'none'
}
const nothing = {
  operationId: null,
  accountId: null,
  accountName: null,
  assetKind: null,
  assetId: null,
  assetName: null
}

const receiptOf = (changes: Readonly<Record<string, string | number>> = {}, signer = key) => {
  const first = { ...nothing, type: 'person-saved', body: { ...body, ...changes } }
  const [saved] = chained([first])
  if (saved === undefined) throw new Error('No record')
  const facts: FolderReceiptFacts = {
    receiptId: 'rcp_0123456789abcdef',
    madeAt: '2026-11-30T12:00:00.000Z',
    appVersion: '0.1.0',
    key: signer,
    saved
  }
  const statement = folderStatementOf(facts)
  const [, made] = chained([
    first,
    { ...nothing, type: 'receipt-made', body: { receipt: facts.receiptId, statement } }
  ])
  if (made === undefined) throw new Error('No record')
  return makeFolderReceipt(facts, made, signer)
}

const verdictOf = (receipt: unknown, options = {}) =>
  verifyReceipt('receipt.json', Buffer.from(JSON.stringify(receipt)), options).verdict

const codesOf = (receipt: unknown): readonly string[] =>
  verdictOf(receipt).findings.map(({ code }) => code)

it('is good, and says what is left to be compared', () => {
  const verdict = verdictOf(receiptOf())
  expect(verdict).toMatchObject({ what: 'receipt', isGood: true, isSample: false })
  const texts = verdict.findings.map(({ text }) => text).join(' ')
  expect(texts).toContain('“Everything of Ana” with 12 files')
  expect(texts).toContain('1 could not be saved')
  expect(texts).toContain('a'.repeat(64))
})

it('of sample data is marked', () => {
  const verdict = verdictOf(receiptOf({ sample: 'all' }))
  expect(verdict).toMatchObject({ isGood: true, isSample: true })
  expect(verdict.findings[0]?.text).toContain('SAMPLE DATA')
})

it('is held against another one of the same history', () => {
  const receipt = receiptOf()
  expect(verdictOf(receipt, { against: receiptOf() }).isGood).toBe(true)
  const codes = verdictOf(receipt, { against: receiptOf({ files: 13 }) }).findings
  expect(codes.map(({ code }) => code)).toContain('receipt-differs')
})

type Change = (receipt: FolderReceipt) => object

it.each<[string, Change, string]>([
  [
    'its sum',
    ({ folder, ...rest }) => ({ ...rest, folder: { ...folder, sumsSha256: 'b'.repeat(64) } }),
    'claim-differs'
  ],
  [
    'its gaps',
    ({ folder, ...rest }) => ({ ...rest, folder: { ...folder, gaps: 0 } }),
    'claim-differs'
  ],
  ['its claims', (receipt) => ({ ...receipt, claims: ['Nothing else exists.'] }), 'claims-unknown'],
  ['its version of the app', (receipt) => ({ ...receipt, appVersion: '9' }), 'statement-differs'],
  [
    'its first record',
    ({ records: [, made], ...rest }) => ({ ...rest, records: [made] }),
    'item-without-record'
  ],
  [
    'its last record',
    ({ records: [saved], ...rest }) => ({ ...rest, records: [saved] }),
    'statement-missing'
  ],
  [
    'its key',
    (receipt) => ({ ...receipt, installation: receiptOf({}, newKey()).installation }),
    'two-keys'
  ],
  ['a field that is none', (receipt) => ({ ...receipt, more: 1 }), 'unknown-field'],
  ['a version to come', (receipt) => ({ ...receipt, version: 2 }), 'wrong-field']
])('that somebody changed is refused: %s', (_what, change, code) => {
  const codes = codesOf(change(receiptOf()))
  expect(codes).toContain(code)
  expect(verdictOf(change(receiptOf())).isGood).toBe(false)
})
