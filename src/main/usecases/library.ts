import type { AccountId } from '../../shared/domain/account.ts'
import type { Asset, AssetKind, AssetRef } from '../../shared/domain/asset.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { AccountRecord, AssetRecord } from '../ports/store.ts'
import { findAccount, keyCheckOutcome } from './account-view.ts'
import { type AssetAddDeps, createAssetAdd } from './asset-add.ts'
import { createRename, type RenameDeps } from './asset-rename.ts'
import { createLibraryKeeper, type LibraryKeeperDeps } from './library-keeper.ts'
import {
  countUnreadable,
  createLibraryWalk,
  errorOf,
  type LibraryWalkDeps,
  type Walks
} from './library-walk.ts'

export interface LibraryDeps extends LibraryKeeperDeps, LibraryWalkDeps, RenameDeps, AssetAddDeps {
  /** Called when the provider answered for an account: what waits for it, or is unclear, can be looked at. */
  readonly onReached: (account: AccountRecord) => Promise<void>
  /** Aborted when the app ends: no listing goes on, and none begins. */
  readonly stopping: AbortSignal
  /** Told of an error that nobody expected; answers its reference in the log. */
  readonly onFault: (error: unknown) => string
  /** Called when a call told something about the key. */
  readonly onKeyTold: () => void
}

/** A walk that is under way, and the account as it was when it began. */
interface Running {
  readonly account: AccountRecord | null
  readonly ended: Promise<SyncStatus>
}

/** Whether what was asked for one is what the other would be told. The sample's address is new in every run. */
const isSameSource = (one: AccountRecord | null, other: AccountRecord | null): boolean =>
  one?.isSample === true ||
  (one?.apiAddress === other?.apiAddress && one?.keyFingerprint === other?.keyFingerprint)

/** Keeping the local library equal to what the providers say. */
export const createLibrary = (deps: LibraryDeps) => {
  const { store, clock } = deps
  const keeper = createLibraryKeeper(deps)
  const { walkAll, explain } = createLibraryWalk(deps, keeper)
  const running = new Map<AccountId, Running>()
  const last = new Map<AccountId, Pick<SyncStatus, 'lastError' | 'unreadableCount'>>()

  const status = (accountId: AccountId): SyncStatus => ({
    accountId,
    state: running.has(accountId) ? 'running' : 'idle',
    asOfAt: store.read.account(accountId)?.syncedAt ?? null,
    lastError: last.get(accountId)?.lastError ?? null,
    unreadableCount: last.get(accountId)?.unreadableCount ?? 0
  })

  /** Something went through for an account that could not be reached: it is not out of reach any more. */
  const noteAnswered = (accountId: AccountId): void => {
    const known = last.get(accountId)
    if (known?.lastError?.kind !== 'offline') return
    last.set(accountId, { ...known, lastError: null })
    deps.emit('sync:changed', status(accountId))
  }

  /** What the walks told about the key, and when the library was last complete. */
  const noteWalks = (asked: AccountRecord, walks: Walks): AppError | null => {
    const error = errorOf(walks)
    const account = store.read.account(asked.id)
    // Of another key or server than the account's of now nothing is noted.
    if (account === null || !isSameSource(asked, account)) return error
    const outcomes = walks.map((walk) => (walk.ok ? 'works' : keyCheckOutcome(walk.error)))
    const outcome = outcomes.find((told) => told === 'works' || told === 'rejected')
    const keyCheck =
      outcome === undefined ? account.keyCheck : { outcome, checkedAt: clock.nowAt() }
    const syncedAt = error === null ? clock.nowAt() : account.syncedAt
    const noted = store.transaction((writes) =>
      writes.putAccount({ ...account, keyCheck, syncedAt })
    )
    return noted.ok ? error : (error ?? noted.error)
  }

  const sync = async (accountId: AccountId): Promise<SyncStatus> => {
    const account = store.read.account(accountId)
    if (account === null || deps.stopping.aborted) return status(accountId)
    const walks = await walkAll(accountId, deps.stopping)
    if (deps.stopping.aborted) return status(accountId)
    if (walks.some((walk) => walk.ok)) await deps.onReached(account)
    const error = noteWalks(account, walks)
    last.set(accountId, {
      // Whoever changed the account asks for the walk that goes on from there.
      lastError: error?.kind === 'account-changed' ? null : error,
      unreadableCount: countUnreadable(walks)
    })
    running.delete(accountId)
    deps.onKeyTold()
    deps.emit('library:changed', { accountId })
    deps.emit('sync:changed', status(accountId))
    return status(accountId)
  }

  /** The account says what happened, and the others go on. */
  const endByFault = (accountId: AccountId, error: unknown): SyncStatus => {
    const lastError: AppError = { kind: 'bug', reference: deps.onFault(error) }
    last.set(accountId, { lastError, unreadableCount: 0 })
    running.delete(accountId)
    deps.emit('sync:changed', status(accountId))
    return status(accountId)
  }

  /**
   * Walks an account's lists; a second call while one runs waits for that one. If the account got another address or key
   * meanwhile, that walk ends early and another begins.
   */
  const refresh = (accountId: AccountId): Promise<SyncStatus> => {
    const account = store.read.account(accountId)
    const current = running.get(accountId)
    if (current !== undefined) {
      return isSameSource(current.account, account)
        ? current.ended
        : current.ended.then(() => refresh(accountId))
    }
    if (deps.stopping.aborted) return Promise.resolve(status(accountId))
    const started = Promise.resolve()
      .then(() => sync(accountId))
      .catch((error: unknown) => endByFault(accountId, error))
    const ended = started.finally(() => running.delete(accountId))
    running.set(accountId, { account, ended })
    deps.emit('sync:changed', status(accountId))
    return ended
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
    const signal = deps.stopping
    const ids = assets.map(({ ref }) => ref.id)
    const beganAt = clock.nowAt()
    const connection = deps.keyRing.connect(account)
    const answer = await deps.providerOf(account).watch(connection, kind, ids, signal)
    if (!answer.ok) return false
    const explained = await explain(account, kind, answer.value, signal)
    await keeper.keep(accountId, kind, { assets: explained, isComplete: false }, beganAt)
    deps.emit('library:changed', { accountId })
    return true
  }

  const get = (ref: AssetRef): Result<Asset> => {
    const found = findAccount(store, ref.accountId)
    const asset = found.ok ? store.read.asset(ref) : null
    return asset === null ? fail({ kind: 'not-found' }) : ok(asset)
  }

  return {
    status,
    noteAnswered,
    refresh,
    refreshAll,
    look,
    rename: createRename(deps),
    add: createAssetAdd(deps, keeper),
    get
  }
}
export type Library = ReturnType<typeof createLibrary>
