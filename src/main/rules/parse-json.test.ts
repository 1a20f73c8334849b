import { describe, expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

const notJson = { ok: false, error: { kind: 'unexpected-response', where: 'not-json' } }

describe('parseJson', () => {
  test.each([
    ['{"a":[1,2,{"b":null}]}', { a: [1, 2, { b: null }] }],
    ['\ufeff{"a":1}', { a: 1 }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['"[[[["', '[[[['],
    [`${'['.repeat(64)}${']'.repeat(64)}`, expect.any(Array)],
    [JSON.stringify(`${'["\\'.repeat(500)}`), expect.any(String)]
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value })
  })

  test.each([
    [''],
    ['<!doctype html><html></html>'],
    ['{"data":[{"id":'],
    ['{"a":NaN}'],
    ['{"a":1e400}'],
    ['{"a":[-1e999]}'],
    ['[1,]'],
    ['['.repeat(65) + ']'.repeat(65)],
    ['['.repeat(100_000) + ']'.repeat(100_000)],
    ['{"a":'.repeat(100_000)],
    [`["x\\"",${'['.repeat(70)}`]
  ])('refuses what is no JSON of ours (%#)', (text) => {
    expect(parseJson(text)).toEqual(notJson)
  })

  test('leaves out keys that reach for a prototype', () => {
    const result = parseJson(
      '{"__proto__":{"done":true},"in":[{"constructor":1,"\\u005f_proto__":2}]}'
    )
    expect(result).toEqual({ ok: true, value: { in: [{}] } })
    const value = result.ok ? Object(result.value) : null
    expect(Object.hasOwn(value, '__proto__')).toBe(false)
    expect(Object.hasOwn(value.in[0], '__proto__')).toBe(false)
    expect(Object.assign({}, value).done).toBeUndefined()
  })
})
