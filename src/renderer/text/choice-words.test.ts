import { expect, it } from 'vitest'
import { selectAllText, selectedText } from './choice-words.ts'

it('all of 1,200 are taken', () => {
  expect(selectAllText(1_200)).toBe('Select all 1,200')
  expect(selectedText(1_200, 'replica', 1_200)).toBe('1,200 replicas selected')
})

it('what is too many for one deletion is said, with how many are left out', () => {
  expect(selectAllText(2_300)).toBe('Select the first 2,000')
  expect(selectedText(2_000, 'replica', 2_300)).toBe(
    '2,000 replicas selected, the maximum. 300 more in the list aren’t selected.'
  )
})
