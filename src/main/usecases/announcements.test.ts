import { expect, it, onTestFinished } from 'vitest'
import { asset, otherAccountId, refOf } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Notice } from '../ports/notifier.ts'
import { createAnnouncements } from './announcements.ts'

const start = () => {
  const store = openIn(temporaryFolder())
  onTestFinished(() => store.close())
  const notices: Notice[] = []
  const shares: (number | null)[] = []
  let notifications: Settings['notifications'] = 'all'
  const announcements = createAnnouncements({
    store,
    settings: () => ({ notifications }),
    notifier: {
      show: (notice) => notices.push(notice),
      showProgress: (share) => shares.push(share)
    }
  })
  const put = (...records: ReturnType<typeof asset>[]) =>
    store.transaction((write) => records.map((record) => write.putAsset(record)))
  return {
    announcements,
    notices,
    shares,
    put,
    choose: (choice: Settings['notifications']) => {
      notifications = choice
    }
  }
}

it('waits for the reason of a failure, and tells it once', () => {
  const { announcements, notices, put } = start()
  const failed = asset('r1', { status: 'failed' })
  put(failed)
  announcements.onEnded([failed.ref])
  expect(notices).toEqual([])
  put({ ...failed, errorMessage: 'Poor light.' })
  announcements.onLibraryChanged(failed.ref.accountId)
  announcements.onLibraryChanged(failed.ref.accountId)
  expect(notices.map(({ body }) => body)).toEqual(['Training failed. Tavus: “Poor light.”'])
})

it('keeps each account’s news until that account is settled', () => {
  const { announcements, notices, put } = start()
  const mine = asset('r1', { name: 'Mine' })
  const other = asset('r2', { name: 'Other', ref: refOf('r2', otherAccountId) })
  put(mine, other)
  announcements.onEnded([mine.ref, other.ref])
  announcements.onLibraryChanged(otherAccountId)
  expect(notices.map(({ title }) => title)).toEqual(['Other'])
  announcements.onLibraryChanged(mine.ref.accountId)
  expect(notices.map(({ title }) => title)).toEqual(['Other', 'Mine'])
})

it('follows the setting of the moment', () => {
  const { announcements, notices, put, choose } = start()
  const ready = asset('r1')
  put(ready)
  choose('off')
  announcements.onEnded([ready.ref])
  announcements.onLibraryChanged(ready.ref.accountId)
  expect(notices).toEqual([])
})

it('shows how far the own running work is, and nothing when it has ended', () => {
  const { announcements, shares, put } = start()
  const running = asset('r1', { status: 'training', progress: 30 })
  const preview = asset('r2', { status: 'preview', progress: 50 })
  const stock = asset('r3', { status: 'training', progress: 0, origin: 'stock' })
  put(running, preview, stock)
  announcements.onLibraryChanged(running.ref.accountId)
  put({ ...running, status: 'ready' }, { ...preview, status: 'ready' })
  announcements.onLibraryChanged(running.ref.accountId)
  expect(shares).toEqual([0.4, null])
})
