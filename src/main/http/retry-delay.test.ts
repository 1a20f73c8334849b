import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRetryAfterMs, retryDelayMs } from './retry-delay.ts'

const nowAt = '2026-03-01T12:00:00.000Z'
const serverNow = 'Thu, 01 Jan 2026 00:00:00 GMT'

describe('readRetryAfterMs', () => {
  test.each<[string | undefined, number | null]>([
    [undefined, null],
    ['', null],
    ['3', 3_000],
    [' 3 ', 3_000],
    ['0', null],
    ['-1', null],
    ['1e9', null],
    ['1.5', null],
    ['1000000000', null],
    ['soon', null],
    ['NaN', null],
    ['Infinity', null],
    ['3600', 3_600_000],
    ['1, 7', 7_000],
    ['1, soon', null],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Mon, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Thursday, 01-Jan-26 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', null],
    ['Thu, 01 Jan 2099 00:00:00 GMT', null],
    ['2026-01-01', null]
  ])('%s', (text, waitMs) => {
    const headers = { date: serverNow, ...(text === undefined ? {} : { 'retry-after': text }) }
    expect(readRetryAfterMs(headers, nowAt)).toBe(waitMs)
  })

  test.each([[{}], [{ date: 'yesterday' }]])(
    'takes the own clock without a usable Date',
    (more) => {
      const headers = { ...more, 'retry-after': 'Sun, 01 Mar 2026 12:00:05 GMT' }
      expect(readRetryAfterMs(headers, nowAt)).toBe(5_000)
    }
  )
})

describe('retryDelayMs', () => {
  test('stays within its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(null, 408, 429, 500, 503),
        fc.option(fc.integer({ min: 1, max: 600_000 })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, status, retryAfterMs, random) => {
          const delayMs = retryDelayMs({ tries, status, retryAfterMs, random: () => random })
          const least = Math.max(retryAfterMs ?? 0, status === 429 ? 1_000 : 0)
          expect(delayMs).toBeGreaterThanOrEqual(least)
          expect(delayMs).toBeLessThanOrEqual(
            Math.max(least, Math.min(30_000, 500 * 2 ** (tries - 1)))
          )
        }
      ),
      { numRuns: 2_000 }
    )
  })

  test('spreads over the whole span', () => {
    const at = (random: number) =>
      retryDelayMs({ tries: 3, status: 500, retryAfterMs: null, random: () => random })
    expect([at(0), at(0.5), at(1)]).toEqual([0, 1_000, 2_000])
  })
})
