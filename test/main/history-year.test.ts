import { expect, it } from 'vitest'
import type { Store } from '../../src/main/ports/store.ts'
import { anyListed } from '../../src/shared/domain/any-asset.ts'
import { erasedPerson, seedHistoryYear, yearCounts } from './history-year.ts'
import { openIn, temporaryFolder } from './storage/temporary-store.ts'

const year = () => {
  const folder = temporaryFolder()
  seedHistoryYear(folder)
  return openIn(folder)
}

/** All that the records say; what seals them is another each time. */
const told = (read: Store['read']) =>
  [...read.eachHistoryEvent()].map(({ seq, at, type, assetId, assetName, body }) => [
    seq,
    at,
    type,
    assetId,
    assetName,
    body
  ])

it('is a year of as many people, things, erasures and records as it says, and the same again', () => {
  const { read } = year()
  expect(read.persons()).toHaveLength(yearCounts.people)
  expect(read.historyHead()?.seq).toBe(yearCounts.events)
  expect(told(read)).toEqual(told(year().read))
  expect(read.dismissedBatches({ offset: 0, limit: 100 }).total).toBe(yearCounts.erasures)
  const kinds = (['replica', 'voice', 'video'] as const).map((kind) =>
    read.assets({ ...anyListed, kind, presence: 'all', search: '', offset: 0, limit: 1 })
  )
  expect(kinds.reduce((sum, { total }) => sum + total, 0)).toBe(yearCounts.assets)
  expect(read.persons().map(({ name }) => name)).toContain(erasedPerson)
}, 120_000)
