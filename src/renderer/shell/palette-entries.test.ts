import { describe, expect, it } from 'vitest'
import { isMeant } from './palette-entries.ts'

describe('isMeant', () => {
  it.each([
    ['Go to history', '', true],
    ['Go to history', 'hist', true],
    ['Go to history', 'history go', true],
    ['Refresh Estúdio São João', 'sao refresh', true],
    ['Go to history', 'story', false],
    ['Go to history', 'histories', false],
    ['Go to history', 'go videos', false]
  ])('%s for "%s": %s', (label, search, meant) => {
    expect(isMeant(label, search)).toBe(meant)
  })
})
