import { expect, it } from 'vitest'
import { createScrollRest } from './scroll-rest.ts'

it('calls back once at rest, and not those who left', () => {
  const rest = createScrollRest()
  const told: string[] = []
  rest.note(true)
  rest.whenAtRest(() => told.push('stays'))
  const leave = rest.whenAtRest(() => told.push('leaves'))
  leave()
  rest.note(true)
  expect(told).toEqual([])
  rest.note(false)
  rest.note(false)
  expect(told).toEqual(['stays'])
  expect(rest.isMoving()).toBe(false)
})
