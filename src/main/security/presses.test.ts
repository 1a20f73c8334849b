import { describe, expect, it } from 'vitest'
import { createPresses, type SeenInput } from './presses.ts'

const setUp = () => {
  let nowMs = 1_000
  const presses = createPresses(() => nowMs)
  return {
    presses,
    pass: (ms: number) => {
      nowMs += ms
    },
    see: (...inputs: readonly SeenInput[]) => {
      for (const input of inputs) presses.saw(input)
    },
    use: () => presses.spend('change', { most: 1 })
  }
}

const click: readonly SeenInput[] = [{ type: 'mouseDown' }, { type: 'mouseUp' }]
const press = (key: string, modifiers: readonly string[] = []): readonly SeenInput[] => [
  { type: 'rawKeyDown', key, modifiers },
  { type: 'keyUp', key }
]

describe('what is a press', () => {
  it.each<[string, readonly SeenInput[]]>([
    ['a click', click],
    ['Enter', press('Enter')],
    ['Space', [{ type: 'keyDown', key: ' ' }]],
    ['Delete', press('Delete')],
    ['a key with Control', press('k', ['control'])],
    ['a finger', [{ type: 'touchStart' }, { type: 'gestureTap' }, { type: 'touchEnd' }]]
  ])('%s is', (_what, inputs) => {
    const { see, use } = setUp()
    see(...inputs)
    expect(use()).toBe(true)
  })

  it.each<[string, readonly SeenInput[]]>([
    ['nothing at all', []],
    ['moving', [{ type: 'mouseMove' }, { type: 'mouseEnter' }, { type: 'mouseLeave' }]],
    ['the wheel', [{ type: 'mouseWheel' }, { type: 'gestureScrollBegin' }]],
    ['letting go of what was never pressed', [{ type: 'mouseUp' }, { type: 'keyUp', key: 'a' }]],
    ['Control alone', press('Control')],
    ['Shift alone', press('Shift')],
    ['a key that is held', [{ type: 'rawKeyDown', key: 'Delete', modifiers: ['isautorepeat'] }]]
  ])('%s is none', (_what, inputs) => {
    const { see, use } = setUp()
    see(...inputs)
    expect(use()).toBe(false)
  })
})

describe('a press', () => {
  it('is used up by one request', () => {
    const { see, use } = setUp()
    see(...click)
    expect([use(), use()]).toEqual([true, false])
    see(...click)
    expect(use()).toBe(true)
  })

  it('is not made anew by letting go', () => {
    const { see, use } = setUp()
    see({ type: 'mouseDown' })
    expect(use()).toBe(true)
    see({ type: 'mouseUp' })
    expect(use()).toBe(false)
  })

  it('is good for a change and for one thing outside the window', () => {
    const { presses, see } = setUp()
    see(...click)
    expect(presses.spend('change', { most: 1 })).toBe(true)
    expect(presses.spend('outside', { most: 1 })).toBe(true)
    expect(presses.spend('outside', { most: 1 })).toBe(false)
  })

  it('covers a change that crosses in several pieces', () => {
    const { presses, see } = setUp()
    see(...click)
    const used = [1, 2, 3, 4].map(() => presses.spend('change', { most: 3 }))
    expect(used).toEqual([true, true, true, false])
  })

  it('grows old', () => {
    const { see, pass, use } = setUp()
    see(...click)
    pass(5_001)
    expect(use()).toBe(false)
  })

  it('may be older where choosing from a list of the system lies between', () => {
    const { presses, see, pass } = setUp()
    see(...click)
    pass(50_000)
    expect(presses.spend('change', { most: 1 })).toBe(false)
    expect(presses.spend('change', { most: 1, oldestMs: 60_000 })).toBe(true)
    expect(presses.spend('change', { most: 1, oldestMs: 60_000 })).toBe(false)
    see(...click)
    pass(60_001)
    expect(presses.spend('change', { most: 1, oldestMs: 60_000 })).toBe(false)
  })

  it('counts from when it was let go', () => {
    const { see, pass, use } = setUp()
    see({ type: 'mouseDown' })
    pass(8_000)
    see({ type: 'mouseUp' })
    pass(4_000)
    expect(use()).toBe(true)
  })

  it('is not made young by letting go of something else', () => {
    const { see, pass, use } = setUp()
    see(...press('Enter'))
    pass(8_000)
    see({ type: 'keyUp', key: 'Shift' }, { type: 'mouseUp' }, { type: 'keyUp', key: 'Enter' })
    expect(use()).toBe(false)
  })

  it('does not grow old while what it began goes on, up to a minute', () => {
    const { presses, see, pass, use } = setUp()
    see(...click)
    const end = presses.underWay()
    pass(20_000)
    end()
    pass(4_000)
    expect(use()).toBe(true)

    see(...click)
    const endTooLate = presses.underWay()
    pass(60_001)
    expect(use()).toBe(false)
    endTooLate()
    expect(use()).toBe(false)
  })

  it('that is old is not kept by anything', () => {
    const { presses, see, pass, use } = setUp()
    see(...click)
    pass(6_000)
    presses.underWay()()
    expect(use()).toBe(false)
  })

  it('in the application menu counts as one', () => {
    const { presses, use } = setUp()
    presses.chose()
    expect([use(), use()]).toEqual([true, false])
  })
})
