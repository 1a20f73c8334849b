import { expect, it } from 'vitest'
import { staysOpen, wantsTray } from './closing.ts'

it.each([
  ['promised', true, true],
  ['promised', false, false],
  ['always', false, true],
  ['quit', true, false]
] as const)('closed with "%s" and a promise: %s, the app goes on: %s', (...facts) => {
  const [whenClosed, isPromised, stays] = facts
  expect(staysOpen({ whenClosed, isPromised })).toBe(stays)
  expect(wantsTray({ whenClosed, isPromised, isHidden: false })).toBe(stays)
})

it('an app without its window has its icon, whatever was chosen: it is the way back', () => {
  expect(wantsTray({ whenClosed: 'quit', isPromised: false, isHidden: true })).toBe(true)
})
