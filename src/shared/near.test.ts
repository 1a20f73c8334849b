import { expect, it } from 'vitest'
import { beginsWithSlip, isOneSlipAway } from './near.ts'

it.each([
  ['adaze', 'adaeze', true],
  ['adaezze', 'adaeze', true],
  ['adeeze', 'adaeze', true],
  ['adaeez', 'adaeze', true],
  ['adaeze', 'adaeze', true],
  ['adze', 'adaeze', false],
  ['kenya', 'kenji', false],
  ['ab', 'ba', true]
])('%s and %s are one slip apart at most: %s', (one, other, expected) => {
  expect(isOneSlipAway(one, other)).toBe(expected)
  expect(isOneSlipAway(other, one)).toBe(expected)
})

it('finds a slip in what begins a word', () => {
  expect(beginsWithSlip('watanabe', 'watna')).toBe(true)
  expect(beginsWithSlip('watanabe', 'kenji')).toBe(false)
})
