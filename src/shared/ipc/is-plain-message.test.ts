import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostMessageChars as budget, isPlainMessage } from './is-plain-message.ts'

const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < levels; level += 1) value = { a: value }
  return value
}

/** Ten to the power of ten leaves, of ten lists that are held ten times each. */
const shared = (): unknown => {
  let value: unknown = ['x']
  for (let level = 0; level < 10; level += 1) value = Array(10).fill(value)
  return value
}

const cyclic: Record<string, unknown> = { accountId: null }
cyclic['self'] = { again: cyclic }
const withHole = [1, 2, 3]
delete withHole[1]

describe('isPlainMessage', () => {
  it('takes what JSON can say', () => {
    const json = fc.jsonValue({ maxDepth: 6 })
    fc.assert(fc.property(json, (value) => isPlainMessage(structuredClone(value), budget)))
  })

  it.each<[string, unknown]>([
    ['an empty object', {}],
    ['a field that is not given', { accountId: undefined }],
    ['2,000 ids', { refs: Array.from({ length: 2_000 }, (_, index) => ({ id: `r${index}` })) }],
    ['200,000 letters', { text: 'x'.repeat(200_000) }],
    ['a name that is a function of every object', { toString: 'x', constructor: 'y' }]
  ])('takes %s', (_what, value) => {
    expect(isPlainMessage(value, budget)).toBe(true)
  })

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a list of a hundred million holes', () => new Array(100_000_000)],
    ['a hundred million holes and one item', () => Object.assign(new Array(100_000_000), { 7: 1 })],
    ['four thousand million holes', () => new Array(2 ** 32 - 1)],
    ['a list with one hole', () => withHole],
    ['a list with a field', () => Object.assign([1], { more: 1 })],
    ['30 MB of bytes', () => ({ accountId: new Uint8Array(30_000_000) })],
    ['a few bytes', () => new Uint8Array(3)],
    ['other typed arrays', () => [new Float64Array(2), new BigInt64Array(2)]],
    ['a buffer', () => new ArrayBuffer(8)],
    ['a view of a buffer', () => new DataView(new ArrayBuffer(8))],
    ['a shared buffer', () => new SharedArrayBuffer(8)],
    ['a Map', () => new Map([['a', 1]])],
    ['a Set', () => new Set([1])],
    ['a Date', () => new Date(0)],
    ['an Error', () => new Error('x')],
    ['a RegExp', () => /x/],
    ['a BigInt', () => ({ offset: 1n })],
    ['a boxed text', () => Object('x')],
    ['a symbol', () => Symbol('x')],
    ['a function', () => () => null],
    ['an instance', () => new URL('https://example.com')],
    ['a cyclic value', () => cyclic],
    ['a thousand levels', () => nested(1_000)],
    ['lists that are held many times', shared],
    ['300 KiB of text', () => ({ text: 'x'.repeat(300 * 1024) })],
    ['a name of 300 KiB', () => ({ ['x'.repeat(300 * 1024)]: 1 })],
    ['a hundred thousand fields', () => ({ ...Array(100_000).fill(1) })],
    ['a million items', () => Array.from({ length: 1e6 }, () => null)]
  ])('refuses %s', (_what, make) => {
    expect(isPlainMessage(make(), budget)).toBe(false)
  })

  it('looks at nothing that the budget does not pay for', () => {
    let looks = 0
    const counting: ProxyHandler<object> = {
      get: (target, key) => {
        looks += 1
        return Reflect.get(target, key)
      },
      has: (target, key) => {
        looks += 1
        return Reflect.has(target, key)
      }
    }
    const wide = new Proxy(
      Array.from({ length: 1_000 }, () => 'x'),
      counting
    )
    expect(isPlainMessage(wide, 500)).toBe(false)
    expect(looks).toBeLessThan(10)
    const lists = Array.from({ length: 1_000 }, () => new Proxy([1, 2, 3], counting))
    expect(isPlainMessage(lists, 2_000)).toBe(false)
    expect(looks).toBeLessThan(1_000)
  })
})
