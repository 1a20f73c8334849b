import { expect, it, vi } from 'vitest'
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

it('calls back at once who begins to wait when it is at rest', () => {
  const rest = createScrollRest()
  const told: string[] = []
  rest.note(true)
  rest.whenAtRest(() => told.push('came before'))
  rest.note(false)
  rest.whenAtRest(() => told.push('came after'))
  expect(told).toEqual(['came before', 'came after'])
})

it('is at rest some time after the last letter, unless it is scrolled', () => {
  vi.useFakeTimers()
  try {
    const rest = createScrollRest()
    const told: string[] = []
    rest.stir()
    rest.whenAtRest(() => told.push('first'))
    vi.advanceTimersByTime(100)
    rest.stir()
    rest.note(false)
    vi.advanceTimersByTime(100)
    expect(told).toEqual([])
    vi.advanceTimersByTime(100)
    expect(told).toEqual(['first'])
    rest.note(true)
    rest.stir()
    vi.runAllTimers()
    expect(rest.isMoving()).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})
