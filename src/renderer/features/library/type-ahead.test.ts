import { describe, expect, it } from 'vitest'
import { createTypeAhead } from './type-ahead.ts'

describe('typing a name in the list', () => {
  it('takes letters of any script, and leaves keys that mean something else', () => {
    const { takes } = createTypeAhead()
    for (const key of ['a', 'Å', '田', '7', '👩']) expect(takes(key, 0), key).toBe(true)
    for (const key of ['/', '?', ' ', 'Enter', 'F2', 'ArrowDown', 'Delete', '']) {
      expect(takes(key, 0), key).toBe(false)
    }
  })

  it('puts letters together that follow soon, with the spaces among them', () => {
    const ahead = createTypeAhead()
    expect(ahead.add('p', 0)).toEqual({ text: 'p', isFirst: true })
    expect(ahead.add('r', 900)).toEqual({ text: 'pr', isFirst: false })
    expect(ahead.takes(' ', 1_800)).toBe(true)
    expect(ahead.add(' ', 1_800)).toEqual({ text: 'pr ', isFirst: false })
    expect(ahead.takes(' ', 2_800)).toBe(false)
    expect(ahead.add('l', 2_800)).toEqual({ text: 'l', isFirst: true })
  })

  it('begins anew after any other key, so that a space means what it always does', () => {
    const ahead = createTypeAhead()
    ahead.add('p', 0)
    expect(ahead.takes('Shift', 10)).toBe(false)
    expect(ahead.takes(' ', 20)).toBe(true)
    expect(ahead.takes('Home', 30)).toBe(false)
    expect(ahead.takes(' ', 40)).toBe(false)
  })

  it('goes from one to the next by the same letter', () => {
    const ahead = createTypeAhead()
    ahead.add('a', 0)
    expect(ahead.add('a', 100)).toEqual({ text: 'a', isFirst: true })
  })

  it('waits for the answer to the last letter, and wants no other', () => {
    const ahead = createTypeAhead()
    expect(ahead.isPending()).toBe(false)
    const first = ahead.add('a', 0)
    const second = ahead.add('b', 1)
    expect(ahead.settle(first)).toBe(false)
    expect(ahead.isPending()).toBe(true)
    expect(ahead.settle(second)).toBe(true)
    expect(ahead.isPending()).toBe(false)
  })
})
