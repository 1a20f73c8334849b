import { expect, it } from 'vitest'
import type { AccountId } from '../../shared/domain/account.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import { isOutOfReach, outOfReach, unreachedSince } from './library-reach.ts'

const [north, south, west] = ['acc_north000', 'acc_south000', 'acc_west0000'] as AccountId[] as [
  AccountId,
  AccountId,
  AccountId
]

const status = (
  accountId: AccountId,
  lastError: SyncStatus['lastError'],
  asOfAt: string | null
): SyncStatus => ({
  accountId,
  state: 'idle',
  asOfAt,
  lastError,
  unreadableCount: 0,
  readCount: 0,
  waitsUntilAt: null,
  tooLarge: []
})

const sync = new Map(
  [
    status(north, { kind: 'offline' }, '2026-11-21T13:02:00.000Z'),
    status(south, { kind: 'key-rejected', said: null }, '2026-11-21T12:00:00.000Z'),
    status(west, { kind: 'offline' }, '2026-11-21T12:40:00.000Z')
  ].map((item) => [item.accountId, item])
)

it('counts only what could not be reached, not what was refused', () => {
  expect(isOutOfReach(sync, north)).toBe(true)
  expect(isOutOfReach(sync, south)).toBe(false)
  expect(outOfReach(sync, null).map(({ accountId }) => accountId)).toEqual([north, west])
  expect(outOfReach(sync, south)).toEqual([])
})

it('says since when by the oldest complete listing', () => {
  expect(unreachedSince(outOfReach(sync, null))).toBe('2026-11-21T12:40:00.000Z')
  expect(unreachedSince([status(north, { kind: 'offline' }, null)])).toBeNull()
})
