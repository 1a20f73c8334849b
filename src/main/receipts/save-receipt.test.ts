import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { mixedCase, newKey, receiptOf } from '../../../test/main/receipts/receipt-cases.ts'
import { verifyFile } from '../../verifier/verify-file.ts'
import { printReceipt, saveReceiptJson, saveReceiptPdf } from './save-receipt.ts'

const receipt = receiptOf(mixedCase, newKey())

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receipt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  path = join(folder, 'receipt.json')
})

/** A printer whose pages hold so many deletions each; the words around them take a page. */
const printer = (rowsOnPage: number) => {
  const printed: number[] = []
  const print = async (page: string): Promise<Buffer> => {
    const rows = page.split('<tbody>').length - 1
    printed.push(rows)
    const pages = 1 + Math.ceil(rows / rowsOnPage)
    return Buffer.from(`%PDF-1.4\n/Type /Pages\n${'/Type /Page\n'.repeat(pages)}`)
  }
  return { print, printed }
}

describe('the JSON form', () => {
  it('is saved whole, private to its owner, and verifies', async () => {
    expect(await saveReceiptJson(path, receipt)).toEqual({ ok: true, value: null })
    expect(await verifyFile(path)).toMatchObject({ what: 'receipt', isGood: true })
    expect(readdirSync(folder)).toEqual(['receipt.json'])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('takes the place of an older one, whatever a crash left', async () => {
    writeFileSync(path, 'old')
    writeFileSync(`${path}.${process.pid}.partial`, 'left by a crash')
    expect(await saveReceiptJson(path, receipt)).toMatchObject({ ok: true })
    expect(readdirSync(folder)).toEqual(['receipt.json'])
  })

  it('is never saved if the verifier refuses it', () => {
    expect(() => saveReceiptJson(path, { ...receipt, claims: [] })).toThrow('claims-unknown')
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves what was there if it cannot be written', async () => {
    mkdirSync(path)
    expect(await saveReceiptJson(path, receipt)).toMatchObject({ ok: false })
    expect(readdirSync(folder)).toEqual(['receipt.json'])
    expect(await saveReceiptJson(join(folder, 'gone', 'x.json'), receipt)).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'no-access' }
    })
  })
})

describe('the printed form', () => {
  it('has its JSON form beside it, and leaves others’ files alone', async () => {
    writeFileSync(path, 'somebody else’s')
    const file = join(folder, 'receipt.pdf')
    await saveReceiptPdf(file, receipt, 'A4', printer(10).print)
    expect(readdirSync(folder).sort()).toEqual(['receipt (2).json', 'receipt.json', 'receipt.pdf'])
    expect(readFileSync(path, 'utf8')).toBe('somebody else’s')
    expect(await verifyFile(join(folder, 'receipt (2).json'))).toMatchObject({ isGood: true })
  })

  it('is saved as printed', async () => {
    const file = join(folder, 'receipt.pdf')
    expect(await saveReceiptPdf(file, receipt, 'A4', printer(10).print)).toMatchObject({ ok: true })
    expect(readFileSync(file, 'utf8')).toMatch(/^%PDF-/)
  })

  it('is no PDF if the printer gave none', async () => {
    const file = join(folder, 'receipt.pdf')
    const saved = await saveReceiptPdf(file, receipt, 'A4', async () => Buffer.from('oh'))
    expect(saved).toEqual({ ok: false, error: { kind: 'storage-failed', reason: 'other' } })
    expect(readdirSync(folder)).toEqual([])
  })

  it('shows fewer deletions until two pages are enough', async () => {
    const many = Array.from({ length: 40 }, () => mixedCase[0] ?? { name: '', events: [] })
    const { print, printed } = printer(11)
    await printReceipt(receiptOf(many, newKey()), 'Letter', print)
    expect(printed).toEqual([24, 18, 14, 10])
  })
})
