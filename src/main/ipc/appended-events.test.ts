import { expect, it } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import { appendMany, openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { notifyAppended } from './window-events.ts'

it('records in a row are told in two events, the second with the newest', async () => {
  const store = openIn(temporaryFolder())
  const clock = createManualClock()
  const told: unknown[] = []
  notifyAppended(store, clock, (name, payload) => told.push([name, payload]))
  appendMany(store, 200)
  expect(told).toEqual([['history:appended', { headSeq: 1 }]])

  clock.advance(300)
  await expect.poll(() => told).toHaveLength(2)
  expect(told[1]).toEqual(['history:appended', { headSeq: 200 }])

  clock.advance(300)
  appendMany(store, 1)
  await expect.poll(() => told.at(-1)).toEqual(['history:appended', { headSeq: 201 }])
  expect(told).toHaveLength(3)
})
