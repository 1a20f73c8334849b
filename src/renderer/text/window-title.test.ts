import { expect, it } from 'vitest'
import { windowTitle } from './window-title.ts'

it.each([
  [['Ada Lovelace', 'Replicas'], 'Ada Lovelace – Replicas – Replica Desk'],
  [['', 'History'], 'History – Replica Desk'],
  [[' '], 'Replica Desk']
])('of %j', (parts, title) => {
  expect(windowTitle(parts)).toBe(title)
})
