import { expect, it } from 'vitest'
import { megabytesText, secondsText } from './settings-words.ts'

it.each([
  [30, '30 seconds'],
  [60, '1 minute'],
  [90, '90 seconds'],
  [600, '10 minutes']
])('says %i seconds as %s', (seconds, said) => {
  expect(secondsText(seconds)).toBe(said)
})

it.each([
  [50, '50 MB'],
  [1000, '1 GB'],
  [5000, '5 GB']
])('says %i megabytes as %s', (megabytes, said) => {
  expect(megabytesText(megabytes)).toBe(said)
})
