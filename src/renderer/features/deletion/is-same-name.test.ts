import { describe, expect, it } from 'vitest'
import { isSameName } from './is-same-name.ts'

describe('isSameName', () => {
  it.each([
    ['Amara Osei', 'Amara Osei', true],
    ['Amara Osei', ' Amara  Osei ', true],
    ['Lucía', 'Luci\u0301a', true],
    ['amara osei', 'Amara Osei', false],
    ['Amara Os', 'Amara Osei', false],
    ['', 'Amara', false]
  ])('of %j and %j is %s', (typed, name, expected) => {
    expect(isSameName(typed, name)).toBe(expected)
  })
})
