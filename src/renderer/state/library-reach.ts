import { kinds } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'

type Sync = ReadonlyMap<AccountId, SyncStatus>

/** True while the provider could not be reached for this account when it was last tried. */
export const isOutOfReach = (sync: Sync, accountId: AccountId): boolean =>
  sync.get(accountId)?.lastError?.kind === 'offline'

/**
 * What can be deleted softly is planned from what is stored here and waits for the connection; what is only deleted for
 * good is checked at the provider first, which has to be reached for it.
 */
export const isDeletionOutOfReach = (
  sync: Sync,
  ref: Pick<AssetRef, 'kind' | 'accountId'>
): boolean => !kinds[ref.kind].hasSoftDelete && isOutOfReach(sync, ref.accountId)

/** Accounts in view that cannot be reached. */
export const outOfReach = (sync: Sync, accountId: AccountId | null): readonly SyncStatus[] =>
  [...sync.values()].filter(
    (status) =>
      status.lastError?.kind === 'offline' && (accountId === null || status.accountId === accountId)
  )

/** Since when the first of them has been out of reach: its last complete listing. Null if there was none. */
export const unreachedSince = (statuses: readonly SyncStatus[]): string | null =>
  statuses
    .map(({ asOfAt }) => asOfAt)
    .filter((at) => at !== null)
    .sort()[0] ?? null

const inView = (sync: Sync, accountId: AccountId | null): readonly SyncStatus[] =>
  [...sync.values()].filter((status) => accountId === null || status.accountId === accountId)

/** Accounts in view whose provider asked to wait, other than those that were given up for it. */
export const waitingIn = (sync: Sync, accountId: AccountId | null): readonly SyncStatus[] =>
  inView(sync, accountId).filter(
    ({ waitsUntilAt, lastError, state }) =>
      waitsUntilAt !== null && (state === 'running' || lastError?.kind !== 'rate-limited')
  )

/** Accounts in view that are being read. */
export const readingIn = (sync: Sync, accountId: AccountId | null): readonly SyncStatus[] =>
  inView(sync, accountId).filter(
    ({ waitsUntilAt, state }) => waitsUntilAt === null && state === 'running'
  )

/** Whether a refresh meets or left anything that is said over the list. */
export const hasNews = (sync: Sync): boolean =>
  [...sync.values()].some(
    ({ lastError, waitsUntilAt, unreadableCount, tooLarge }) =>
      lastError !== null || waitsUntilAt !== null || unreadableCount > 0 || tooLarge.length > 0
  )
