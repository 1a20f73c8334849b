import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { contentOf, exportTo } from '../../../test/main/export/export-cases.ts'
import {
  historyOf,
  mixedCase,
  newKey,
  receiptOf
} from '../../../test/main/receipts/receipt-cases.ts'
import { appendMany, openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { Receipt, ReceiptRecord } from '../../verifier/receipt-shape.ts'
import { recordHash } from '../../verifier/record-hash.ts'
import { verifyHistory } from '../../verifier/verify-history.ts'

const key = newKey()
const history = historyOf(mixedCase, key)
const receipt = receiptOf(mixedCase, key)

const linesOf = (records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('')

const chunked = (content: Buffer, sizeBytes: number): AsyncIterable<Buffer> => ({
  async *[Symbol.asyncIterator]() {
    for (let from = 0; from < content.length; from += sizeBytes) {
      yield content.subarray(from, from + sizeBytes)
    }
  }
})

const check = (content: string | Buffer, against: Receipt | null = null, chunkBytes = 65_536) =>
  verifyHistory('history.jsonl', chunked(Buffer.from(content), chunkBytes), { against })

const codesOf = async (
  content: string | Buffer,
  against: Receipt | null = null
): Promise<readonly string[]> => (await check(content, against)).findings.map(({ code }) => code)

const head = (seq: number, hash: string) => ({
  format: 'replica-desk-history-head',
  version: 1,
  headSeq: seq,
  headHash: hash
})
const [last] = history.slice(-1)
const rightHead = head(last?.seq ?? 0, last?.hash ?? '')

/** 25 records, as the app exports them. */
const exported = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'history-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const store = openIn(temporaryFolder())
  appendMany(store, 25)
  const path = join(folder, 'history.jsonl')
  await exportTo(path, 'jsonl', contentOf([...store.read.eachHistoryEvent()]))
  return readFileSync(path, 'utf8')
}

describe('an exported history', () => {
  it('of the app itself is good', async () => {
    const verdict = await check(await exported())
    expect(verdict).toMatchObject({ what: 'history', isGood: true, keyFingerprint: null })
    expect(verdict.findings.map(({ code }) => code)).toEqual(['records-good', 'end-as-said'])
    expect(verdict.findings[0]?.text).toContain('25 records')
  })

  it('of the app itself whose end was cut off is refused', async () => {
    const lines = (await exported()).split('\n')
    lines.splice(20, 5)
    expect(await codesOf(lines.join('\n'))).toEqual(['cut-at-end'])
  })

  it('that does not say where it ends is good as far as it goes', async () => {
    expect(await codesOf(linesOf(history))).toEqual(['records-good', 'end-not-known'])
  })

  it.each([1, 7, 100, 1_000_000])('is read alike in pieces of %i bytes', async (chunkBytes) => {
    expect((await check(linesOf(history), null, chunkBytes)).isGood).toBe(true)
  })

  it('agrees with a receipt of the same history', async () => {
    expect(await codesOf(linesOf(history), receipt)).toEqual(['records-good', 'receipt-agrees'])
  })

  it('may have gone on since the receipt', async () => {
    const last = history.at(-1)
    if (last === undefined) throw new Error('No history')
    const next = { seq: last.seq + 1, prevHash: last.hash, type: 'receipt-saved' }
    const longer = [...history, rehashed({ ...last, ...next })]
    expect(await codesOf(linesOf(longer), receipt)).toContain('receipt-agrees')
  })

  it('may say itself where it ends', async () => {
    expect(await codesOf(linesOf([...history, rightHead]))).toEqual(['records-good', 'end-as-said'])
  })
})

type Edit = (records: ReceiptRecord[]) => readonly unknown[]
const at = (records: ReceiptRecord[], index: number, changes: Partial<ReceiptRecord>) =>
  records.map((record, place) => (place === index ? { ...record, ...changes } : record))
const rehashed = (record: ReceiptRecord): ReceiptRecord => ({
  ...record,
  hash: recordHash(record)
})

describe('an edited one is refused', () => {
  it.each<[string, Edit, readonly string[]]>([
    ['a name', (all) => at(all, 3, { assetName: 'Other' }), ['record-changed']],
    ['a body', (all) => at(all, 3, { body: { outcome: 'done' } }), ['record-changed']],
    ['a time', (all) => at(all, 3, { at: '2026-01-01T00:00:00.000Z' }), ['record-changed']],
    [
      'a record with its hash',
      (all) => all.map((one, index) => (index === 3 ? rehashed({ ...one, runId: 'x' }) : one)),
      ['link-broken']
    ],
    ['two swapped', ([a, b, c, ...rest]) => [a, c, b, ...rest], ['record-out-of-order']],
    ['one moved to the end', ([a, b, ...rest]) => [a, ...rest, b], ['record-out-of-order']],
    ['one removed', (all) => all.filter((_one, index) => index !== 4), ['record-removed']],
    ['many removed', (all) => [...all.slice(0, 4), ...all.slice(9)], ['record-removed']],
    ['the first removed', (all) => all.slice(1), ['begins-late']],
    ['one twice', ([a, ...rest]) => [a, a, ...rest], ['record-repeated']],
    [
      'a number twice',
      ([a, b, ...rest]) => [a, b, { ...b, hash: a?.hash }, ...rest],
      ['record-changed', 'record-repeated']
    ],
    ['a field removed', ([{ body: _b, ...a } = {} as ReceiptRecord]) => [a], ['missing-field']],
    ['a field put in', ([a]) => [{ ...a, isTrue: true }], ['unknown-field']],
    ['a number as text', ([a]) => [{ ...a, seq: '1' }], ['wrong-field']],
    ['a list', () => [[]], ['wrong-field']],
    ['a head too early', (all) => [...all, head(3, 'a'.repeat(64))], ['head-differs']],
    ['the end cut off before its head', (all) => [...all.slice(0, -3), rightHead], ['cut-at-end']],
    ['more after the head', (all) => [...all, rightHead, rightHead], ['after-head']]
  ])('%s', async (_what, edit, codes) => {
    expect(await codesOf(linesOf(edit([...history])))).toEqual(codes)
  })

  it('when its end was cut off, by a receipt', async () => {
    const cut = linesOf(history.slice(0, -1))
    expect((await check(cut)).isGood).toBe(true)
    expect(await codesOf(cut, receipt)).toEqual(['cut-at-end'])
  })

  it('when it was written anew from the start, by a receipt', async () => {
    const other = historyOf([{ name: 'Other', events: mixedCase[0]?.events ?? [] }], key)
    const longer = historyOf([...mixedCase, ...mixedCase].slice(1), key)
    expect((await check(linesOf(other))).isGood).toBe(true)
    expect(await codesOf(linesOf(longer), receipt)).toContain('receipt-differs')
  })
})

describe('a file that is not as it was saved is refused', () => {
  const text = linesOf(history)
  const [line = ''] = text.split('\n', 1)
  it.each<[string, string | Buffer, string]>([
    ['empty', '', 'empty-file'],
    ['with an empty line', `${line}\n\n`, 'empty-file'],
    ['cut in a line', text.slice(0, -40), 'unfinished-line'],
    ['without its last line end', text.slice(0, -1), 'unfinished-line'],
    ['filled with NULs', `${text}${'\0'.repeat(4096)}`, 'nul-tail'],
    ['with a mark', `\ufeff${text}`, 'byte-order-mark'],
    ['with the line ends of Windows', text.replaceAll('\n', '\r\n'), 'crlf'],
    ['not UTF-8', Buffer.concat([Buffer.from([0x7b, 0xff, 0x0a]), Buffer.from(text)]), 'not-utf8'],
    ['not JSON', `${line}\nhello\n`, 'not-json'],
    ['with a name twice', `${line.replace('{', '{"seq":1,')}\n`, 'duplicate-name'],
    ['with an odd number', `${line.replace('"seq":1', '"seq":1.0')}\n`, 'odd-number']
  ])('%s', async (_what, content, code) => {
    expect(await codesOf(content)).toContain(code)
  })

  it('with a line of 100 MB, in bounded memory', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x')
    let taken = 0
    const endless: AsyncIterable<Buffer> = {
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(`${line}\n`)
        for (; taken < 100; taken += 1) yield piece
      }
    }
    const verdict = await verifyHistory('big', endless)
    expect(verdict.findings).toEqual([
      { code: 'line-too-long', text: 'Line 2: A line is longer than any record can be.' }
    ])
    expect(taken).toBeLessThan(3)
  })
})

describe('an exported part of a history', () => {
  const part = history.filter(({ seq }) => seq % 3 !== 1)
  const extract = (count: number, changes: object = {}) => ({
    format: 'replica-desk-history-extract',
    version: 1,
    headSeq: last?.seq ?? 0,
    headHash: last?.hash ?? '',
    count,
    ...changes
  })

  it('is good with gaps, as it says that it has some', async () => {
    const verdict = await check(linesOf([extract(part.length), ...part]))
    expect(verdict).toMatchObject({ what: 'history', isGood: true })
    expect(verdict.findings.map(({ code }) => code)).toEqual(['records-good', 'extract'])
  })

  it('can be held against a receipt, whatever is left out', async () => {
    const codes = await codesOf(linesOf([extract(part.length), ...part]), receipt)
    expect(codes).toEqual(['records-good', 'extract', 'receipt-agrees'])
  })

  it.each<[string, (records: ReceiptRecord[]) => readonly unknown[], readonly string[]]>([
    ['a name edited', (all) => at(all, 1, { assetName: 'Other' }), ['record-changed']],
    ['one removed', (all) => all.slice(1), ['record-removed']],
    ['one put in', (all) => [...history.slice(0, 1), ...all], ['record-added']],
    ['two swapped', ([a, b, ...rest]) => [b, a, ...rest], ['record-out-of-order']],
    ['one twice', ([a, ...rest]) => [a, a, ...rest], ['record-repeated', 'record-added']],
    [
      'neighbors that do not link',
      ([a, b, ...rest]) => [
        a,
        rehashed({ ...(b as ReceiptRecord), prevHash: 'f'.repeat(64) }),
        ...rest
      ],
      ['link-broken']
    ],
    ['the line a second time', (all) => [extract(all.length), ...all], ['missing-field']]
  ])('is refused with %s', async (_what, edit, codes) => {
    expect(await codesOf(linesOf([extract(part.length), ...edit([...part])]))).toEqual(codes)
  })

  it('is refused if it goes further than it says, or ends with another record', async () => {
    const short = extract(part.length, { headSeq: 2, headHash: 'a'.repeat(64) })
    expect(await codesOf(linesOf([short, ...part]))).toEqual(['head-differs'])
    const other = extract(history.length, { headHash: 'a'.repeat(64) })
    expect(await codesOf(linesOf([other, ...history]))).toEqual(['head-differs'])
  })

  it('is refused if a receipt knows another record', async () => {
    const [record] = receipt.records
    const forged = rehashed({ ...(record as ReceiptRecord), runId: 'x' })
    expect(await codesOf(linesOf([extract(1), forged]), receipt)).toEqual(['receipt-differs'])
  })
})
