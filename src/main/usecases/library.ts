import type { AccountId } from '../../shared/domain/account.ts'
import type { Asset, AssetKind, AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryBody, HistoryEventType } from '../../shared/domain/history.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { ObservedAsset, ObservedListing, Provider } from '../ports/provider.ts'
import type { AccountRecord, AssetRecord, Operation, Store } from '../ports/store.ts'
import { findAccount, findWritableAccount, keyCheckOutcome } from './account-view.ts'
import { assetEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { compareListing, type LibraryChange } from './library-changes.ts'
import { newId } from './new-id.ts'

export interface LibraryDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  readonly emit: Emit
  /** Tells the media service where thumbnail and clip are, and answers their ids. */
  readonly rememberMedia: (
    account: AccountRecord,
    asset: ObservedAsset
  ) => Pick<AssetRecord, 'posterId' | 'clipId'>
  /** Called after a complete listing, before its end is announced: unclear operations may be settled by it. */
  readonly onListed: (account: AccountRecord, listingBeganAt: string) => Promise<void>
  /** Called when a call told something about the key. */
  readonly onKeyTold: () => void
}

/** Answers of a deletion count more than a listing that began before them. */
const decidedByDeletion = (
  operations: readonly Operation[],
  accountId: AccountId,
  listingBeganAt: string
): ReadonlySet<string> =>
  new Set(
    operations
      .filter((operation) => operation.kind === 'delete' && operation.accountId === accountId)
      .filter(({ finishedAt }) => finishedAt === null || finishedAt >= listingBeganAt)
      .flatMap(({ assetId }) => (assetId === null ? [] : [assetId]))
  )

/** Keeping the local library equal to what the providers say. */
export const createLibrary = (deps: LibraryDeps) => {
  const { store, clock } = deps
  const running = new Map<AccountId, Promise<SyncStatus>>()
  const last = new Map<AccountId, Pick<SyncStatus, 'lastError' | 'unreadableCount'>>()

  const status = (accountId: AccountId): SyncStatus => ({
    accountId,
    state: running.has(accountId) ? 'running' : 'idle',
    asOfAt: store.read.account(accountId)?.syncedAt ?? null,
    lastError: last.get(accountId)?.lastError ?? null,
    unreadableCount: last.get(accountId)?.unreadableCount ?? 0
  })

  const compare = (
    account: AccountRecord,
    kind: AssetKind,
    listing: Pick<ObservedListing, 'assets' | 'isComplete'>,
    beganAt: string
  ): readonly LibraryChange[] =>
    compareListing({
      account,
      known: store.read.assetRecords(account.id, kind),
      observed: listing.assets,
      isComplete: listing.isComplete,
      observedAt: clock.nowAt(),
      settledElsewhere: decidedByDeletion(
        store.read.operations(['asked', 'sent', 'unclear', 'done', 'already-gone']),
        account.id,
        beganAt
      ),
      mediaOf: (asset) => deps.rememberMedia(account, asset)
    })

  const write = (changes: readonly LibraryChange[], synced: AccountRecord | null): Result<null> =>
    store.transaction((writes) => {
      for (const { record, events } of changes) {
        writes.putAsset(record)
        for (const event of events) writes.append(event)
      }
      if (synced !== null) writes.putAccount(synced)
      return null
    })

  /** The list does not carry the reason of a failure; each newly failed asset is asked for once. */
  const askReasons = async (
    account: AccountRecord,
    kind: AssetKind,
    changes: readonly LibraryChange[],
    signal: AbortSignal
  ): Promise<void> => {
    const unexplained = changes.filter(
      ({ record }) =>
        record.status === 'failed' && record.errorMessage === null && record.origin !== 'stock'
    )
    const provider = deps.providerOf(account)
    const told: ObservedAsset[] = []
    for (const { record } of unexplained.slice(0, 20)) {
      const connection = deps.keyRing.connect(account)
      const answer = await provider.get(connection, kind, record.ref.id, signal)
      if (answer.ok && answer.value.found !== null) told.push(answer.value.found)
    }
    if (told.length === 0) return
    const listing = { assets: told, isComplete: false }
    write(compare(account, kind, listing, clock.nowAt()), null)
  }

  const noteKey = (accountId: AccountId, error: AppError | null): AccountRecord | null => {
    const account = store.read.account(accountId)
    if (account === null) return null
    const outcome = error === null ? 'works' : keyCheckOutcome(error)
    if (outcome !== 'works' && outcome !== 'rejected') return account
    return { ...account, keyCheck: { outcome, checkedAt: clock.nowAt() } }
  }

  const walk = async (
    account: AccountRecord,
    signal: AbortSignal
  ): Promise<Result<ObservedListing>> => {
    const beganAt = clock.nowAt()
    const connection = deps.keyRing.connect(account)
    const listed = await deps.providerOf(account).list(connection, 'replica', signal)
    if (!listed.ok) {
      const noted = noteKey(account.id, listed.error)
      if (noted !== null) store.transaction((writes) => writes.putAccount(noted))
      return listed
    }
    const now = noteKey(account.id, null)
    if (now === null) return fail({ kind: 'not-found' })
    const changes = compare(now, 'replica', listed.value, beganAt)
    const synced = listed.value.isComplete ? { ...now, syncedAt: clock.nowAt() } : now
    const stored = write(changes, synced)
    if (!stored.ok) return stored
    if (listed.value.isComplete) await deps.onListed(synced, beganAt)
    await askReasons(synced, 'replica', changes, signal)
    return listed
  }

  const sync = async (accountId: AccountId): Promise<SyncStatus> => {
    const account = store.read.account(accountId)
    if (account === null) return status(accountId)
    const answer = await walk(account, new AbortController().signal)
    const isPartial = answer.ok && !answer.value.isComplete
    last.set(accountId, {
      lastError: answer.ok
        ? isPartial
          ? { kind: 'unexpected-response', where: 'incomplete' }
          : null
        : answer.error,
      unreadableCount: answer.ok ? answer.value.unreadableCount : 0
    })
    running.delete(accountId)
    deps.onKeyTold()
    deps.emit('library:changed', { accountId })
    deps.emit('sync:changed', status(accountId))
    return status(accountId)
  }

  /** Walks an account's lists; a second call while one runs waits for that one. */
  const refresh = (accountId: AccountId): Promise<SyncStatus> => {
    const current = running.get(accountId)
    if (current !== undefined) return current
    const started = Promise.resolve().then(() => sync(accountId))
    const guarded = started.finally(() => running.delete(accountId))
    running.set(accountId, guarded)
    deps.emit('sync:changed', status(accountId))
    return guarded
  }

  const refreshAll = (): Promise<SyncStatus[]> =>
    Promise.all(store.read.accounts().map((account) => refresh(account.id)))

  /** Looks at a few assets of a kind in as few calls as possible. False if the provider could not be asked. */
  const look = async (
    accountId: AccountId,
    kind: AssetKind,
    assets: readonly AssetRecord[]
  ): Promise<boolean> => {
    const account = store.read.account(accountId)
    if (account === null || running.has(accountId)) return true
    const signal = new AbortController().signal
    const ids = assets.map(({ ref }) => ref.id)
    const beganAt = clock.nowAt()
    const connection = deps.keyRing.connect(account)
    const answer = await deps.providerOf(account).watch(connection, kind, ids, signal)
    if (!answer.ok) return false
    const listing = { assets: answer.value, isComplete: false }
    const changes = compare(account, kind, listing, beganAt)
    write(changes, null)
    await askReasons(account, kind, changes, signal)
    deps.emit('library:changed', { accountId })
    return true
  }

  const rename = async (ref: AssetRef, name: string): Promise<Result<Asset>> => {
    const account = findWritableAccount(store, ref.accountId)
    const asset = store.read.asset(ref)
    if (!account.ok) return account
    if (asset === null) return fail({ kind: 'not-found' })
    const wanted = name.trim()
    if (wanted === '' || /\p{Cc}/u.test(wanted)) {
      return fail({
        kind: 'invalid-input',
        issues: [{ field: 'name', code: 'bad-name', said: null }]
      })
    }
    const { deletion: _worked, ...record } = asset
    const operationId = newId('op')
    const about = (type: HistoryEventType, body: HistoryBody) =>
      assetEvent(type, account.value, { ...ref, name: asset.name }, body, operationId)
    const asked = store.transaction((writes) =>
      writes.append(about('rename-asked', { to: wanted }))
    )
    if (!asked.ok) return asked
    const connection = deps.keyRing.connect(account.value)
    const signal = new AbortController().signal
    const provider = deps.providerOf(account.value)
    const answer = await provider.rename(connection, ref.kind, ref.id, wanted, signal)
    const stored = store.transaction((writes) => {
      if (answer.ok) {
        writes.putAsset({ ...record, name: wanted, lastSeenAt: clock.nowAt() })
        writes.append(about('rename-answered', { from: asset.name, to: wanted }))
      } else {
        writes.append(about('rename-failed', { reason: answer.error.kind }))
      }
    })
    deps.emit('library:changed', { accountId: ref.accountId })
    if (!answer.ok) return answer
    if (!stored.ok) return stored
    const renamed = store.read.asset(ref)
    return renamed === null ? fail({ kind: 'not-found' }) : ok(renamed)
  }

  const get = (ref: AssetRef): Result<Asset> => {
    const found = findAccount(store, ref.accountId)
    const asset = found.ok ? store.read.asset(ref) : null
    return asset === null ? fail({ kind: 'not-found' }) : ok(asset)
  }

  return { status, refresh, refreshAll, look, rename, get }
}
export type Library = ReturnType<typeof createLibrary>
