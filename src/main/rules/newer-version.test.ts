import { expect, it } from 'vitest'
import { isNewerVersion } from './newer-version.ts'

it.each([
  ['1.10.0', '1.9.9', true],
  ['2.0.0', '1.99.99', true],
  ['1.0.1', '1.0.0', true],
  ['1.0.0', '1.0.0', false],
  ['0.9.9', '1.0.0', false],
  ['1.9.9', '1.10.0', false],
  ['', '1.0.0', false],
  ['2.0.0-beta', '1.0.0', false]
])('%s after %s: %s', (version, than, expected) => {
  expect(isNewerVersion(version, than)).toBe(expected)
})
