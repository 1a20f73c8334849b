import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { Asset, AssetRecord, AssetRef } from '../../shared/domain/asset.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { AccountRecord } from '../ports/store.ts'
import { findAccount, keyCheckOutcome } from './account-view.ts'
import { type AssetAddDeps, createAssetAdd } from './asset-add.ts'
import { createGivenNames, createRename, type RenameDeps } from './asset-rename.ts'
import { createLibraryKeeper, type LibraryKeeperDeps } from './library-keeper.ts'
import {
  countUnreadable,
  createLibraryWalk,
  errorOf,
  type LibraryWalkDeps,
  largeOf,
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
  readonly onKeyStateKnown: () => void
}

/** A walk that is under way, and the account as it was when it began. */
interface Running {
  readonly account: AccountRecord | null
  readonly ended: Promise<SyncStatus>
  /** Ends it early. */
  readonly stop: () => void
  readonly isStopped: () => boolean
}

/** How the last walk of an account ended, or how far the one under way is. */
type Last = Pick<SyncStatus, 'lastError' | 'unreadableCount' | 'readCount' | 'tooLarge'> & {
  /** Until when the provider asked to be left alone as the walk ended. */
  readonly restsUntilAt: string | null
}

const nothingYet: Last = {
  lastError: null,
  unreadableCount: 0,
  readCount: 0,
  tooLarge: [],
  restsUntilAt: null
}

/** The window is told no more often how far a walk is. */
const progressGapMs = 250

/** Whether what was asked for one is what the other would be told. The sample's address is new in every run. */
const isSameSource = (one: AccountRecord | null, other: AccountRecord | null): boolean =>
  one?.isSample === true ||
  (one?.apiAddress === other?.apiAddress && one?.keyFingerprint === other?.keyFingerprint)

/** Keeping the local library equal to what the providers say. */
export const createLibrary = (deps: LibraryDeps) => {
  const { store, clock } = deps
  const names = createGivenNames(clock)
  const keeper = createLibraryKeeper(deps, names)
  const { walkAll, reasonsFor } = createLibraryWalk(deps, keeper)
  const running = new Map<AccountId, Running>()
  const last = new Map<AccountId, Last>()
  /** Times until which requests of an account wait because the provider asked them to. */
  const waits = new Map<AccountId, Set<{ readonly untilAt: string }>>()

  const waitsUntilAt = (accountId: AccountId): string | null => {
    const times = [...(waits.get(accountId) ?? [])].map(({ untilAt }) => untilAt)
    return times.sort().at(-1) ?? null
  }

  const status = (accountId: AccountId): SyncStatus => {
    const { restsUntilAt, ...known } = last.get(accountId) ?? nothingYet
    return {
      ...known,
      accountId,
      state: running.has(accountId) ? 'running' : 'idle',
      asOfAt: store.read.account(accountId)?.syncedAt ?? null,
      waitsUntilAt: waitsUntilAt(accountId) ?? (running.has(accountId) ? null : restsUntilAt)
    }
  }

  const notify = (accountId: AccountId): void => deps.emit('sync:changed', status(accountId))

  /** A request of an account waits because the provider asked for it. What it answers is called once that is over. */
  const noteWait = (accountId: AccountId, untilAt: string): (() => void) => {
    const wait = { untilAt }
    const open = waits.get(accountId) ?? new Set()
    waits.set(accountId, open.add(wait))
    notify(accountId)
    return () => {
      open.delete(wait)
      notify(accountId)
    }
  }

  /** Counts what a walk took, and tells it from time to time. */
  const createCounter = (accountId: AccountId) => {
    let toldMs = clock.monotonicMs()
    return (count: number): void => {
      const known = last.get(accountId) ?? nothingYet
      last.set(accountId, { ...known, readCount: known.readCount + count })
      if (clock.monotonicMs() - toldMs < progressGapMs) return
      toldMs = clock.monotonicMs()
      notify(accountId)
    }
  }

  /** Something went through for an account that could not be reached: it is not out of reach any more. */
  const noteAnswered = (accountId: AccountId): void => {
    const known = last.get(accountId)
    if (known?.lastError?.kind !== 'offline') return
    last.set(accountId, { ...known, lastError: null })
    notify(accountId)
  }

  /** What the walks told about the key, and when the library was last complete. */
  const noteWalks = (asked: AccountRecord, walks: Walks, isStopped: boolean): AppError | null => {
    const error: AppError | null = isStopped ? { kind: 'canceled' } : errorOf(walks)
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

  const sync = async (
    accountId: AccountId,
    before: ((signal: AbortSignal) => Promise<unknown>) | null,
    stopped: AbortSignal
  ): Promise<SyncStatus> => {
    const asked = store.read.account(accountId)
    if (asked === null || deps.stopping.aborted) return status(accountId)
    const signal = AbortSignal.any([deps.stopping, stopped])
    await before?.(signal)
    const account = store.read.account(accountId)
    if (account === null || deps.stopping.aborted) return status(accountId)
    const walks = await walkAll(accountId, { signal, onRead: createCounter(accountId) })
    if (deps.stopping.aborted) return status(accountId)
    if (walks.some((walk) => walk.ok)) await deps.onReached(account)
    const error = noteWalks(account, walks, stopped.aborted)
    last.set(accountId, {
      readCount: last.get(accountId)?.readCount ?? 0,
      // Whoever changed the account asks for the walk that goes on from there.
      lastError: error?.kind === 'account-changed' ? null : error,
      unreadableCount: countUnreadable(walks),
      tooLarge: largeOf(walks),
      restsUntilAt: error?.kind === 'rate-limited' ? later(error.retryAfterMs) : null
    })
    running.delete(accountId)
    deps.onKeyStateKnown()
    deps.emit('library:changed', { accountId })
    notify(accountId)
    return status(accountId)
  }

  const later = (durationMs: number): string =>
    new Date(Date.parse(clock.nowAt()) + durationMs).toISOString()

  /** The account says what happened, and the others go on. */
  const endByFault = (accountId: AccountId, error: unknown): SyncStatus => {
    const lastError: AppError = { kind: 'bug', reference: deps.onFault(error) }
    last.set(accountId, { ...nothingYet, lastError })
    running.delete(accountId)
    notify(accountId)
    return status(accountId)
  }

  /**
   * Walks an account's lists; a second call while one runs waits for that one. If the account got another address or key
   * meanwhile, or it was stopped, that walk ends early and another begins. `before` is done first, as a part of it that can be stopped too.
   */
  const refresh = (
    accountId: AccountId,
    before: ((signal: AbortSignal) => Promise<unknown>) | null = null
  ): Promise<SyncStatus> => {
    const account = store.read.account(accountId)
    const current = running.get(accountId)
    if (current !== undefined) {
      return !current.isStopped() && isSameSource(current.account, account)
        ? current.ended
        : current.ended.then(() => refresh(accountId, before))
    }
    if (deps.stopping.aborted) return Promise.resolve(status(accountId))
    const stopped = new AbortController()
    last.set(accountId, { ...(last.get(accountId) ?? nothingYet), readCount: 0 })
    const started = Promise.resolve()
      .then(() => sync(accountId, before, stopped.signal))
      .catch((error: unknown) => endByFault(accountId, error))
    const ended = started.finally(() => running.delete(accountId))
    const isStopped = () => stopped.signal.aborted
    running.set(accountId, { account, ended, isStopped, stop: () => stopped.abort() })
    notify(accountId)
    return ended
  }

  /** Ends the refresh of an account, or of all of them, where one is under way; what it took stays. */
  const stop = (accountId: AccountId | null): Promise<SyncStatus[]> => {
    const meant = [...running].filter(([id]) => accountId === null || id === accountId)
    for (const [, { stop: end }] of meant) end()
    return Promise.all(meant.map(([, { ended }]) => ended))
  }

  /**
   * Walks an account's lists from now on: what the walk under way has passed may have changed since, so another follows
   * it, one for all who asked meanwhile. None follows a walk that was stopped or failed.
   */
  const refreshAnew = async (accountId: AccountId): Promise<SyncStatus> => {
    const current = running.get(accountId)
    if (current === undefined) return refresh(accountId)
    const ended = await current.ended
    return ended.lastError === null ? refresh(accountId) : ended
  }

  const refreshAll = (): Promise<SyncStatus[]> =>
    Promise.all(store.read.accounts().map((account) => refresh(account.id)))

  /**
   * Refreshes the accounts that were not refreshed since the app started: one that was just added, or whose refresh the
   * person stopped, is not read a second time.
   */
  const refreshUnread = (): Promise<SyncStatus[]> => {
    const unread = store.read.accounts().filter(({ id }) => !last.has(id) || running.has(id))
    return Promise.all(unread.map(({ id }) => refresh(id)))
  }

  /** Looks at a few assets of a kind in as few calls as possible. False if the provider could not be asked. */
  const checkUnfinished = async (
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
    const reasons = reasonsFor(account, kind, signal)
    const explained = await reasons.explain(answer.value)
    await keeper.keepRows(accountId, kind, [...explained, ...(await reasons.explainOld())], beganAt)
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
    noteWait,
    refresh,
    stop,
    refreshAnew,
    refreshAll,
    refreshUnread,
    checkUnfinished,
    rename: createRename(deps, names),
    add: createAssetAdd(deps, keeper),
    get
  }
}
export type Library = ReturnType<typeof createLibrary>
