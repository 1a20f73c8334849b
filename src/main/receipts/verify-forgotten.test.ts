import { describe, expect, it } from 'vitest'
import {
  batchId,
  chained,
  factsOf,
  madeOf,
  newKey
} from '../../../test/main/receipts/receipt-cases.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { forgottenType, leftKey } from '../../verifier/forgotten.ts'
import { extractFormat } from '../../verifier/receipt-shape.ts'
import { chainStart, leftHash, recordHash } from '../../verifier/record-hash.ts'
import { verifyHistory } from '../../verifier/verify-history.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import { ChainWalk, sealed, withoutNames } from '../storage/history-chain.ts'
import { makeReceipt } from './make-receipt.ts'
import { receiptJson } from './save-receipt.ts'
import { signReceipt } from './sign-receipt.ts'

type Written = Omit<HistoryEvent, 'hash' | 'seal' | 'forgotten'>

const about = {
  runId: 'run_1',
  operationId: null,
  accountId: 'acc_aaaaaaaa' as HistoryEvent['accountId'],
  accountName: 'Studio',
  assetKind: 'replica',
  assetId: 'r1',
  assetName: 'Amara Osei'
} as const

const written = (seq: number, more: Partial<Written>, prevHash: string): Written => ({
  ...about,
  type: 'asset-renamed',
  seq,
  at: new Date(Date.parse('2026-11-22T09:00:00.000Z') + seq * 1000).toISOString(),
  monotonicMs: seq,
  body: { from: 'Amara', to: 'Amara Osei', count: 2 },
  prevHash,
  ...more
})

const older = (record: Written): HistoryEvent => ({ ...record, hash: recordHash(record) })

/** Records of an earlier version, and sealed ones, in one chain; the last is about something else. */
const history = (): HistoryEvent[] => {
  const records: HistoryEvent[] = []
  for (const seq of [1, 2, 3, 4, 5]) {
    const other = seq === 5 ? { assetId: 'r2', assetName: 'Somebody else' } : {}
    const record = written(seq, other, records.at(-1)?.hash ?? chainStart)
    records.push(seq < 3 ? older(record) : sealed(record))
  }
  return records
}

const pseudonym = 'Forgotten name 7K3M'

/** The history after the names of some records were forgotten. */
const forgetting = (records: readonly HistoryEvent[], seqs: readonly number[]): HistoryEvent[] => {
  const by = records.length + 1
  const head = records.at(-1)?.hash ?? chainStart
  const { at } = written(by, {}, head)
  const left = records.map((record) => {
    const { from: _from, to: _to, ...body } = record.body
    const names = { ...record, assetName: pseudonym, body }
    return seqs.includes(record.seq) ? withoutNames(record, { by, at }, names) : record
  })
  const gone = left.filter(({ seq }) => seqs.includes(seq))
  const body = Object.fromEntries(gone.map((one) => [leftKey(one.seq), leftHash(one)]))
  const told = { type: forgottenType, assetName: pseudonym, body: { ...body, count: 3 } } as const
  return [...left, sealed(written(by, told, head))]
}

const forgotten = forgetting(history(), [2, 3, 4])

const check = async (records: readonly unknown[]) =>
  verifyHistory('history.jsonl', [
    Buffer.from(records.map((one) => `${JSON.stringify(one)}\n`).join(''))
  ] as never)

const walked = (records: readonly HistoryEvent[]): ChainWalk => {
  const walk = new ChainWalk()
  for (const record of records) walk.take(record)
  walk.end()
  return walk
}

const at = (seq: number, change: (record: HistoryEvent) => HistoryEvent) => (all: HistoryEvent[]) =>
  all.map((record) => (record.seq === seq ? change(record) : record))

const original = history()

describe('a history in which names were forgotten', () => {
  it('holds none of them, verifies, and says of which records what cannot be checked', async () => {
    expect(JSON.stringify(forgotten.slice(1, 4))).not.toContain('Amara')
    const verdict = await check(forgotten)
    expect(verdict.isGood).toBe(true)
    const texts = verdict.findings.map(({ text }) => text)
    expect(texts[0]).toContain('3 records carry their right hashes. All 6 follow on one another')
    expect(texts[1]).toContain('Names in 2 records were forgotten on 2026-11-22')
    expect(texts[2]).toContain('Names in one record of an earlier version')
    expect(walked(forgotten)).toMatchObject({ firstBadSeq: null, count: 6 })
    expect(walked(forgotten).contents).toMatchObject({
      count: 3,
      lastAt: '2026-11-22T09:00:06.000Z'
    })
  })

  it('may lose more of the same record later', () => {
    const twice = forgetting(forgotten, [2, 3])
    expect(walked(twice).firstBadSeq).toBeNull()
    expect(walked(twice).contents.count).toBe(3)
  })

  it.each<[string, (all: HistoryEvent[]) => HistoryEvent[], number]>([
    ['another pseudonym', at(3, (one) => ({ ...one, assetName: 'Bea' })), 3],
    ['another outcome in an older record', at(2, (one) => ({ ...one, type: 'asset-returned' })), 2],
    ['another outcome in a sealed record', at(3, (one) => ({ ...one, type: 'asset-returned' })), 3],
    ['a text put back', at(4, (one) => ({ ...one, body: { ...one.body, from: 'Bea' } })), 4],
    ['what stood there put back', at(3, (one) => original[one.seq - 1] ?? one), 3],
    ['an older text put back', at(2, (one) => original[one.seq - 1] ?? one), 2],
    ['a mark taken away', at(3, ({ forgotten: _mark, ...one }) => one), 3],
    ['a mark taken from an older record', at(2, ({ forgotten: _mark, ...one }) => one), 2],
    [
      'another commitment',
      at(3, (one) => ({ ...one, seal: { keys: [], salt: null, hash: 'a'.repeat(64) } })),
      3
    ],
    [
      'a mark that names another record',
      at(3, (one) => ({ ...one, forgotten: { by: 5, at: one.at } })),
      3
    ],
    ['a mark with another time', at(2, (one) => ({ ...one, forgotten: { by: 6, at: one.at } })), 2],
    [
      'a mark without a record',
      at(5, (one) => withoutNames(one, { by: 6, at: one.at }, { ...one, assetName: 'X' })),
      5
    ],
    [
      'a mark of something later',
      at(1, (one) => withoutNames(one, { by: 9, at: one.at }, { ...one, assetName: 'X' })),
      1
    ],
    [
      'a record that tells of another one',
      at(6, (one) => ({ ...one, body: { ...one.body, record5: 'a'.repeat(64) } })),
      5
    ],
    ['a sealed text changed', at(5, (one) => ({ ...one, assetName: 'Bea' })), 5],
    [
      'a sealed text changed beside a commitment',
      at(5, (one) => ({
        ...one,
        assetName: 'Bea',
        seal: { keys: [], salt: one.seal?.salt ?? '', hash: 'a'.repeat(64) }
      })),
      5
    ],
    [
      'the salt taken away',
      at(5, (one) => ({ ...one, seal: withoutNames(one, { by: 6, at: one.at }, one).seal })),
      5
    ]
  ])('gives away %s', async (_what, edit, seq) => {
    const edited = edit(forgotten)
    expect(edited).not.toEqual(forgotten)
    expect(walked(edited).firstBadSeq).toBe(seq)
    const verdict = await check(edited)
    expect(verdict.isGood).toBe(false)
    expect(verdict.findings.some(({ text }) => text.startsWith(`Record ${seq} `))).toBe(true)
  })
})

describe('a receipt', () => {
  const key = newKey()
  const bodies: readonly (readonly [HistoryEvent['type'], HistoryEvent['body']])[] = [
    ['deletion-asked', {}],
    ['deletion-answered', { outcome: 'done', httpStatus: 204, reason: null, said: null }]
  ]
  const deletion = chained(
    bodies.map(([type, body]) => ({
      ...about,
      assetKind: 'video',
      assetId: 'v1000',
      type,
      operationId: 'op_0',
      body: { mode: 'permanent', batch: batchId, ...body }
    }))
  ) as readonly HistoryEvent[]
  const left = forgetting(deletion, [1, 2])

  const made = (records: readonly HistoryEvent[]) => {
    const told = [{ name: pseudonym, events: [] }]
    const facts = { ...factsOf(told, key), records, history: left }
    const receipt = signReceipt(makeReceipt(facts, madeOf(facts)), key)
    const { verdict } = verifyReceipt('receipt.json', Buffer.from(receiptJson(receipt)))
    return { receipt, verdict }
  }

  it('says that names in its records were forgotten, and holds the record that tells so', () => {
    const { receipt, verdict } = made(left)
    expect(verdict.findings.map(({ code }) => code)).toContain('names-forgotten')
    expect(verdict.isGood).toBe(true)
    expect(receipt.claims.at(-1)).toContain('Names in its records were forgotten')
    expect(receipt.items[0]?.target.name).toBe(pseudonym)
  })

  it('is refused without that record', () => {
    const { verdict } = made(left.slice(0, -1))
    expect(verdict.findings.map(({ code }) => code)).toContain('forgotten-unsaid')
  })
})

describe('a part of a history in which names were forgotten', () => {
  const partOf = (seqs: readonly number[]) => {
    const records = forgotten.filter(({ seq }) => seqs.includes(seq))
    const head = forgotten.at(-1)
    const about = { format: extractFormat, version: 1, headSeq: head?.seq, headHash: head?.hash }
    return [{ ...about, count: records.length }, ...records]
  }
  const codesOf = async (records: readonly unknown[]) =>
    (await check(records)).findings.map(({ code }) => code)

  it('verifies with the record that tells of it, whichever others are left out', async () => {
    expect(await codesOf(partOf([3, 6]))).toEqual(['records-good', 'names-forgotten', 'extract'])
    expect(await codesOf(partOf([1, 5, 6]))).toEqual(['records-good', 'extract'])
  })

  it('is refused without it, and with a text that was put back', async () => {
    expect(await codesOf(partOf([3]))).toEqual(['forgotten-unsaid'])
    const [head, , ...rest] = partOf([3, 6])
    expect(await codesOf([head, original[2], ...rest])).toEqual(['forgotten-differs'])
  })
})
