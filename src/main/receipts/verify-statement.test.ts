import { sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  asked,
  done,
  mixedCase,
  newKey,
  receiptOf,
  sent,
  triedAt
} from '../../../test/main/receipts/receipt-cases.ts'
import { canonicalJson } from '../../verifier/json.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'

const key = newKey()

/** A receipt as somebody may change it: anything at any place. */
// biome-ignore lint/suspicious/noExplicitAny: edits reach everywhere on purpose
type Loose = any

const good = receiptOf(
  [
    ...mixedCase.slice(0, 2),
    { name: 'Elsewhere', mode: 'soft', events: [asked, triedAt('http://127.0.0.1:4100'), done] },
    { name: 'Sample', events: [asked, [sent[0], { ...sent[1], isSample: true }], done] }
  ],
  key,
  {
    archive: {
      folderName: 'Amara Osei',
      savedAt: '2026-11-22T09:00:00.000Z',
      files: [{ name: 'a.mp4', sizeBytes: 5, sha256: 'a'.repeat(64) }],
      gaps: [{ name: 'b.mp4', reason: 'gone' }]
    }
  }
)

const isGood = (receipt: Loose): boolean =>
  verifyReceipt('r', Buffer.from(JSON.stringify(receipt))).verdict.isGood

/** Signed anew with the same key, as its owner could. */
const resigned = ({ signature, ...signed }: Loose): Loose => ({
  ...signed,
  signature: {
    ...signature,
    value: sign(null, Buffer.from(canonicalJson(signed)), key.privateKey).toString('base64')
  }
})

const places = (value: unknown, way: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? [way]
    : [way, ...Object.entries(value).flatMap(([name, part]) => places(part, [...way, name]))]

const words = [
  'soft permanent mixed',
  'none some all',
  'hand schedule',
  'yes unknown',
  'read-back link',
  'done accepted already-gone not-found refused unclear canceled',
  'gone says-deleted still-listed reachable unreachable unknown',
  'thumbnail download stream hosted',
  'tavus replicate',
  'https://tavusapi.com http://127.0.0.1:4100 https://tavusapi.example'
].map((line) => line.split(' '))

/** Other values that could stand in the place of one. */
const others = (value: unknown): readonly unknown[] => {
  if (typeof value === 'number') return [value + 1, value === 0 ? 2 : value - 1, null]
  if (typeof value === 'boolean') return [!value]
  if (value === null) {
    return ['tavus', 200, '2026-11-22T09:14:02.310Z', 'thumbnail']
  }
  if (typeof value !== 'string') return [null]
  const alike = words.filter((line) => line.includes(value)).flat()
  const time = /^\d{4}-/.test(value) ? ['2026-11-22T09:14:02.311Z', '2025-01-01T00:00:00Z'] : []
  const turned = value.replace(/[0-9a-f](?=[^0-9a-f]*$)/, (digit) => (digit === '0' ? '1' : '0'))
  return [...alike, ...time, turned, '', null].filter((other) => other !== value)
}

const altered = (way: readonly string[], change: (holder: Loose, name: string) => void): Loose => {
  const copy: Loose = structuredClone(good)
  const holder = way.slice(0, -1).reduce((at, name) => at[name], copy)
  change(holder, way.at(-1) ?? '')
  return copy
}

const ways = places(good).filter(([first]) => first !== undefined && first !== 'signature')

describe('a good receipt with one thing altered and signed again with the same key', () => {
  it('is good as it is', () => {
    expect(isGood(good)).toBe(true)
    expect(isGood(resigned(good))).toBe(true)
    expect(ways.length).toBeGreaterThan(500)
  })

  it('is never good where a value is another', () => {
    const found = ways.flatMap((way) => {
      const value = way.reduce((at, name) => at[name], good as Loose)
      // A record's hash gives any change away alike.
      const put = way[0] === 'records' ? others(value).slice(0, 1) : others(value)
      return put.flatMap((other) => {
        const receipt = resigned(
          altered(way, (holder, name) => {
            holder[name] = other
          })
        )
        return isGood(receipt) ? [`${way.join('.')} = ${JSON.stringify(other)}`] : []
      })
    })
    expect(found).toEqual([])
  }, 120_000)

  it('is never good where something is taken away, put in twice, or moved', () => {
    const lists = ways.filter((way) =>
      Array.isArray(way.reduce((at, name) => at[name], good as Loose))
    )
    const changes: readonly ((list: Loose[]) => void)[] = [
      (list) => list.pop(),
      (list) => list.shift(),
      (list) => list.push(structuredClone(list[0])),
      (list) => list.reverse(),
      (list) => list.splice(0)
    ]
    const found = lists.flatMap((way) =>
      changes.flatMap((change, index) => {
        const receipt = altered(way, (holder, name) => change(holder[name]))
        if (canonicalJson(receipt) === canonicalJson(good)) return []
        return isGood(resigned(receipt)) ? [`${way.join('.')} by ${index}`] : []
      })
    )
    expect(found).toEqual([])
  })
})
