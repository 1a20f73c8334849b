import { expect, test } from 'vitest'
import { unwrap } from '../../../test/main/desks/desk.ts'
import { account, asset, happening, steppingClock } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { Overdue } from '../../shared/domain/keeping.ts'
import { events } from '../../shared/ipc/events.ts'
import { createKeeping } from './keeping.ts'

const everything = { keepPicturesYears: 0, keepRecordsYears: 0 }

/** Records and pictures of 2020 and of 2026, looked at in May 2026. */
const begin = (chosen: Partial<typeof everything> = {}) => {
  const clock = steppingClock()
  const store = openIn(temporaryFolder(), { clock })
  unwrap(
    store.transaction((write) => {
      write.putAccount(account())
      const old = { presence: 'gone', lastSeenAt: '2020-01-01T00:00:00.000Z' } as const
      write.putAsset(asset('old', { ...old, posterId: 'old-poster', clipId: 'old-clip' }))
      write.putAsset(asset('not-kept', { ...old, posterId: 'not-kept' }))
      write.putAsset(asset('listed', { posterId: 'listed', lastSeenAt: old.lastSeenAt }))
      write.putAsset(
        asset('new', { ...old, lastSeenAt: '2026-04-01T00:00:00.000Z', posterId: 'new' })
      )
    })
  )
  for (const at of ['2020-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z']) {
    clock.moveTo(at)
    unwrap(store.transaction((write) => write.append(happening({ type: 'account-changed' }))))
  }
  clock.moveTo('2026-05-01T00:00:00.000Z')
  const kept = new Set(['old-poster', 'old-clip', 'listed', 'new'])
  const told: Overdue[] = []
  let settings = { ...everything, ...chosen }
  const keeping = createKeeping({
    store,
    clock,
    settings: () => settings,
    keptIds: async () => kept,
    forget: async (ids) => {
      for (const id of ids) kept.delete(id)
    },
    emit: (name, payload) => {
      if (name === 'keeping:exceeded') told.push(events['keeping:exceeded'].parse(payload))
    }
  })
  return {
    clock,
    store,
    kept,
    told,
    keeping,
    choose: (next: Partial<typeof everything>) => {
      settings = { ...settings, ...next }
    }
  }
}

test('everything is kept until the person chooses otherwise', async () => {
  const { keeping, told, kept } = begin()
  expect(await keeping.overdue()).toEqual({ records: 0, pictures: 0 })
  await keeping.remind()
  expect(unwrap(await keeping.removePictures())).toEqual({ count: 0 })
  expect(told).toEqual([])
  expect(kept.size).toBe(4)
})

test('what is older is counted, and goes only when the person says so, which is recorded', async () => {
  const { keeping, kept, store } = begin({ keepPicturesYears: 2, keepRecordsYears: 2 })
  expect(await keeping.overdue()).toEqual({ records: 1, pictures: 2 })
  await keeping.remind()
  expect(kept.size).toBe(4)
  expect(unwrap(await keeping.removePictures())).toEqual({ count: 2 })
  expect([...kept]).toEqual(['listed', 'new'])
  expect([...store.read.eachHistoryEvent()].at(-1)).toMatchObject({
    type: 'pictures-removed',
    body: { count: 2 }
  })
  expect(await keeping.overdue()).toEqual({ records: 1, pictures: 0 })
})

test('the person is reminded once a month, and of another choice at once', async () => {
  const { keeping, told, clock, choose, store } = begin({ keepRecordsYears: 10 })
  await keeping.remind()
  expect(told).toEqual([])
  choose({ keepRecordsYears: 5 })
  await keeping.remind()
  await keeping.remind()
  expect(told).toEqual([{ records: 1, pictures: 0 }])
  expect(
    [...store.read.eachHistoryEvent()].filter(({ type }) => type === 'keep-due')
  ).toMatchObject([{ body: { records: 1, pictures: 0 } }])
  clock.moveTo('2026-06-01T00:00:00.000Z')
  await keeping.remind()
  expect(told).toHaveLength(2)
  choose({ keepPicturesYears: 1 })
  await keeping.remind()
  expect(told.at(-1)).toEqual({ records: 1, pictures: 2 })
})

test('it is planned when the person is reminded next', async () => {
  const { keeping, choose } = begin()
  const stop = new AbortController()
  expect(keeping.nextAt()).toBeNull()
  choose({ keepRecordsYears: 10 })
  const running = keeping.round(stop.signal)
  await expect.poll(keeping.nextAt).toMatch(/^2026-05-01T06:0/)
  choose({ keepRecordsYears: 5 })
  await keeping.remind()
  expect(keeping.nextAt()).toBe('2026-06-01T00:00:00.000Z')
  stop.abort()
  await running
})
