import { describe, expect, test } from 'vitest'
import { endOfDayMs } from './end-of-day.ts'

describe('endOfDayMs', () => {
  test.each(['2026-03-29', '2026-10-25', '2026-12-31', '2028-02-28', '2028-02-29'])(
    '%s holds to its last moment, here',
    (day) => {
      const endMs = endOfDayMs(day)
      expect(new Date(endMs - 1).getTime()).toBe(new Date(`${day}T23:59:59.999`).getTime())
    }
  )
})
