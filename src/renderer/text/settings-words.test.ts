import { expect, it } from 'vitest'
import { holdText, megabytesText } from './settings-words.ts'

it.each([
  [0, 'Off'],
  [10, '10 seconds']
])('says %i seconds as %s', (seconds, said) => {
  expect(holdText(seconds)).toBe(said)
})

it.each([
  [50, '50 MB'],
  [1000, '1 GB'],
  [5000, '5 GB']
])('says %i megabytes as %s', (megabytes, said) => {
  expect(megabytesText(megabytes)).toBe(said)
})
