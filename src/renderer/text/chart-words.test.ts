import { expect, it } from 'vitest'
import { barText } from './chart-words.ts'

const nowMs = new Date(2026, 10, 30).getTime()
const bar = {
  fromAt: new Date(2026, 2, 2).toISOString(),
  untilAt: new Date(2026, 2, 3).toISOString(),
  count: 5,
  deleted: 0,
  failed: 0,
  elsewhere: 0
}

it.each([
  ['day', { deleted: 16 }, 'March 2: 16 deleted'],
  [
    'day',
    { deleted: 16, failed: 1, elsewhere: 2 },
    'March 2: 16 deleted, 1 failed, and 2 elsewhere'
  ],
  ['day', {}, 'March 2: 5 entries'],
  ['day', { count: 0 }, 'March 2: nothing'],
  ['week', { failed: 1 }, 'Week of March 2: 1 failed'],
  ['month', { deleted: 1200 }, 'March 2026: 1,200 deleted'],
  ['year', {}, '2026: 5 entries']
] as const)('a bar of a %s says what there was', (unit, changes, expected) => {
  expect(barText({ of: 'operations', unit }, { ...bar, ...changes }, nowMs)).toBe(expected)
})

it('a bar of a search says how many records it found, marked ones too', () => {
  const said = (changes: Partial<typeof bar>) =>
    barText({ of: 'records', unit: 'day' }, { ...bar, ...changes }, nowMs)
  expect(said({})).toBe('March 2: 5 found')
  expect(said({ failed: 2 })).toBe('March 2: 5 found and 2 failed')
  expect(said({ count: 0 })).toBe('March 2: nothing')
})
