import { describe, expect, test } from 'vitest'
import { checkKeyShape } from './key-shape.ts'

const key = '0123456789abcdef0123456789abcdef'

describe('checkKeyShape', () => {
  test.each([
    [key, key],
    [`${key}\n`, key],
    [`${key}\r\n`, key],
    [`=${key}`, `=${key}`],
    [`"'$(id)%s__proto__`, `"'$(id)%s__proto__`],
    ['x'.repeat(512), 'x'.repeat(512)]
  ])('takes %j', (raw, kept) => {
    expect(checkKeyShape(raw, 'tavus')).toEqual({ ok: true, key: kept })
  })

  test.each([
    ['', 'empty'],
    ['\n', 'empty'],
    ['   ', 'empty'],
    [`${key}\n\n`, 'control-characters'],
    [`Bearer r8_${key}`, 'bearer-prefix'],
    [`bearer ${key}`, 'bearer-prefix'],
    [`x-api-key: ${key}`, 'bearer-prefix'],
    [`${key}\r\nX-Evil: 1`, 'control-characters'],
    [`${key}\t`, 'control-characters'],
    [`${key} `, 'whitespace'],
    [` ${key}`, 'whitespace'],
    ['two words', 'whitespace'],
    [`${key}\u00a0`, 'whitespace'],
    [`${key}\u2028`, 'whitespace'],
    [`${key}😀`, 'non-ascii'],
    [`${key}\u200b`, 'non-ascii'],
    ['schlüssel', 'non-ascii'],
    [`${key}\0`, 'control-characters'],
    [`${key}\x7f`, 'control-characters'],
    ['x'.repeat(513), 'too-long'],
    ['x'.repeat(1_281), 'too-long'],
    ['x'.repeat(1_000_000), 'too-long'],
    [`r8_${key}`, 'other-provider']
  ])('refuses case %#', (raw, code) => {
    expect(checkKeyShape(raw, 'tavus')).toEqual({ ok: false, code })
  })

  test.each([
    ['r8_0123456789abcdefABCDEF0123456789abcde', null],
    ['r8_short', null],
    [key, 'not-r8'],
    ['R8_0123456789abcdef', 'not-r8'],
    ['r8_', 'not-r8'],
    ['r8_0123.4567', 'not-r8'],
    ['sk-0123456789abcdef', 'other-provider'],
    ['ghp_0123456789abcdef', 'other-provider'],
    ['Bearer r8_0123456789abcdef', 'bearer-prefix'],
    ['Authorization: Bearer r8_0123456789abcdef', 'bearer-prefix'],
    ['Token r8_0123456789abcdef', 'bearer-prefix'],
    ['r8_0123 4567', 'whitespace']
  ])('of Replicate: %s', (raw, code) => {
    const shape = checkKeyShape(raw, 'replicate')
    expect(shape).toEqual(code === null ? { ok: true, key: raw } : { ok: false, code })
  })
})
