import { expect, it } from 'vitest'
import { askedFor, isFiltered, isSameFilter, unfiltered } from './history-filter.ts'

it('asks for whole days up to now, by the calendar of this computer', () => {
  const nowMs = new Date(2026, 2, 31, 15).getTime()
  expect(askedFor({ ...unfiltered, lastDays: 7 }, nowMs)).toMatchObject({
    fromAt: new Date(2026, 2, 24).toISOString(),
    untilAt: null
  })
})

it('asks for the days that were chosen', () => {
  const { lastDays: _, ...asked } = unfiltered
  const range = { fromAt: '2026-03-01T00:00:00.000Z', untilAt: '2026-03-02T00:00:00.000Z' }
  expect(askedFor({ ...unfiltered, ...range }, 0)).toEqual({ ...asked, ...range })
})

it('tells a filter from another, and from none', () => {
  const failures = { ...unfiltered, outcome: 'bad' } as const
  expect([isFiltered(unfiltered), isFiltered(failures)]).toEqual([false, true])
  expect(isSameFilter(failures, { ...unfiltered, outcome: 'bad' })).toBe(true)
  expect(isSameFilter(failures, { ...failures, lastDays: 7 })).toBe(false)
})
