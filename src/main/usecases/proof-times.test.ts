import { expect, test } from 'vitest'
import { nextCheckMs } from './proof-times.ts'

test('looks again in growing pauses for half an hour', () => {
  const looks: number[] = []
  for (let at: number | null = 2_000; at !== null; at = nextCheckMs(at)) looks.push(at)
  expect(looks.map((ms) => ms / 1000)).toEqual([2, 10, 20, 40, 80, 160, 320, 640, 1280, 2560])
})
