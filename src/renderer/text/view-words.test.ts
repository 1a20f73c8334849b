import { expect, it } from 'vitest'
import { unfiltered } from '../../shared/history-filter.ts'
import { nothingMatches, viewName } from './view-words.ts'

const nobody = { account: null, person: null }

it('names a view by what it narrows the history to', () => {
  expect(
    viewName(
      { ...unfiltered, search: 'osei', group: 'deletions', outcome: 'bad', lastDays: 30 },
      { account: 'Studio North', person: 'Amara Osei' }
    )
  ).toBe('“osei” · Amara Osei · Studio North · Deletions · Failed · Last 30 days')
})

it('names the days of a range as they were chosen', () => {
  const range = {
    ...unfiltered,
    fromAt: new Date(2026, 2, 1).toISOString(),
    untilAt: new Date(2026, 3, 1).toISOString()
  }
  expect(viewName(range, nobody)).toBe('Mar 1, 2026 – Mar 31, 2026')
})

it('says which filters leave nothing', () => {
  expect(nothingMatches({ ...unfiltered, kind: 'video', by: 'elsewhere' }, nobody)).toBe(
    'Nothing matches Videos and Elsewhere.'
  )
})
