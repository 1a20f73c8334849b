import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AccountId } from '../../shared/domain/account.ts'
import {
  type Asset,
  type AssetId,
  type AssetKind,
  type AssetRef,
  assetKindSchema
} from '../../shared/domain/asset.ts'
import type { HistoryBody, HistoryEventType } from '../../shared/domain/history.ts'
import type { SyncStatus } from '../../shared/domain/sync.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { ObservedAsset, ObservedListing, Provider } from '../ports/provider.ts'
import type { AccountRecord, AssetRecord, Store } from '../ports/store.ts'
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
  /** Called after a complete listing of replicas, before its end is announced: it may settle unclear operations. */
  readonly onListed: (account: AccountRecord, listingBeganAt: string) => Promise<void>
  /** Told the posters of an account's own assets after a listing, to have them at hand offline. */
  readonly keepPosters: (posterIds: readonly string[]) => void
  /** Called with what the provider finished, once stored; `library:changed` follows when reasons are known too. */
  readonly onEnded: (refs: readonly AssetRef[]) => void
  /** Called when a call told something about the key. */
  readonly onKeyTold: () => void
}

/** After these the next list would only meet the same. */
const stopsWalk = (error: AppError): boolean =>
  [
    'offline',
    'insecure-connection',
    'rate-limited',
    'key-missing',
    'key-rejected',
    'key-changed',
    'key-damaged',
    'keychain-unavailable',
    'storage-failed',
    'not-found',
    'canceled'
  ].includes(error.kind)

/** Stored at a time, so that the window is answered in between and a crash keeps what came before. */
const rowsAtATime = 500

/** Missing assets that are asked for by id after one listing; the others have to wait for the next. */
const mostConfirmed = 1000

const inParts = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / rowsAtATime) }, (_, part) =>
    items.slice(part * rowsAtATime, (part + 1) * rowsAtATime)
  )

const isOwnAndListed = ({ origin, presence }: AssetRecord): boolean =>
  origin !== 'stock' && presence === 'listed'

/** What the walks over an account's lists came to, kind by kind; the kinds after a stop are missing. */
type Walks = readonly Result<ObservedListing>[]

/** A server without such a list (a mock, an older one) has nothing to tell of that kind; the rest is whole. */
const isNotOffered = (error: AppError): boolean =>
  error.kind === 'not-found' ||
  (error.kind === 'provider-refused' && [404, 405, 501].includes(error.status))

const errorOf = (walks: Walks): AppError | null => {
  for (const walk of walks) if (!walk.ok) return walk.error
  const isWhole = walks.every((walk) => walk.ok && walk.value.isComplete)
  return isWhole ? null : { kind: 'unexpected-response', where: 'incomplete' }
}

const countUnreadable = (walks: Walks): number =>
  walks.reduce((sum, walk) => sum + (walk.ok ? walk.value.unreadableCount : 0), 0)

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

  /** Compares some rows with what is stored now, and stores them; nothing can come in between. */
  const keepPart = (
    accountId: AccountId,
    kind: AssetKind,
    part: Pick<ObservedListing, 'assets' | 'isComplete'> & { readonly ids: readonly string[] },
    beganAt: string
  ): Result<readonly LibraryChange[]> => {
    const account = store.read.account(accountId)
    if (account === null) return fail({ kind: 'not-found' })
    const changes = compareListing({
      account,
      known: store.read.assetRecordsOf(accountId, kind, part.ids),
      observed: part.assets,
      isComplete: part.isComplete,
      observedAt: clock.nowAt(),
      // Answers of a deletion count more than a listing that began before them.
      settledElsewhere: new Set(store.read.deletedSince(accountId, kind, part.ids, beganAt)),
      mediaOf: (asset) => deps.rememberMedia(account, asset)
    })
    const stored = store.transaction((writes) => {
      for (const { record, events } of changes) {
        writes.putAsset(record)
        for (const event of events) writes.append(event)
      }
    })
    if (!stored.ok) return stored
    const ended = changes.filter(({ hasEnded }) => hasEnded).map(({ record }) => record.ref)
    if (ended.length > 0) deps.onEnded(ended)
    return ok(changes)
  }

  /** Stores what a walk finds while it waits for the next page, so that storing costs no time of its own. */
  const keepEarly = (accountId: AccountId, kind: AssetKind, beganAt: string) => {
    const records = new Map<string, AssetRecord>()
    let storing: Promise<void> = Promise.resolve()
    const store = async (assets: readonly ObservedAsset[]): Promise<void> => {
      await nextTurn()
      const ids = assets.map(({ id }) => id)
      const kept = keepPart(accountId, kind, { assets, ids, isComplete: false }, beganAt)
      // What could not be stored is tried again with the rest of the listing.
      for (const { record } of kept.ok ? kept.value : []) records.set(record.ref.id, record)
    }
    return {
      onFound: (assets: readonly ObservedAsset[]): void => {
        storing = storing.then(() => store(assets))
      },
      settled: () => storing.then(() => records)
    }
  }

  /** Stores a listing part by part, and what vanished at the very end. Answers the listed assets' new rows. */
  const keep = async (
    accountId: AccountId,
    kind: AssetKind,
    listing: Pick<ObservedListing, 'assets' | 'isComplete'>,
    beganAt: string,
    keptEarly: ReadonlyMap<string, AssetRecord> = new Map()
  ): Promise<Result<readonly AssetRecord[]>> => {
    const records = [...keptEarly.values()]
    for (const assets of inParts(listing.assets.filter(({ id }) => !keptEarly.has(id)))) {
      const ids = assets.map(({ id }) => id)
      const kept = keepPart(accountId, kind, { assets, ids, isComplete: false }, beganAt)
      if (!kept.ok) return kept
      records.push(...kept.value.map(({ record }) => record))
      await nextTurn()
    }
    if (!listing.isComplete) return ok(records)
    const seen = new Set<string>(listing.assets.map(({ id }) => id))
    const missing = store.read.listedIds(accountId, kind).filter((id) => !seen.has(id))
    const gone = await confirmGone(accountId, kind, missing.slice(0, mostConfirmed), beganAt)
    if (!gone.ok) return gone
    for (const ids of inParts(gone.value)) {
      const kept = keepPart(accountId, kind, { assets: [], ids, isComplete: true }, beganAt)
      if (!kept.ok) return kept
      await nextTurn()
    }
    return ok(records)
  }

  /**
   * A row that slips to a page already read is missed by a walk whose count is right all the same, so what is missing
   * is asked for by id before it is called gone.
   */
  const confirmGone = async (
    accountId: AccountId,
    kind: AssetKind,
    missing: readonly AssetId[],
    beganAt: string
  ): Promise<Result<readonly AssetId[]>> => {
    const account = store.read.account(accountId)
    if (account === null) return fail({ kind: 'not-found' })
    if (missing.length === 0) return ok([])
    const connection = deps.keyRing.connect(account)
    const signal = new AbortController().signal
    const found = await deps.providerOf(account).watch(connection, kind, missing, signal)
    if (!found.ok) return found
    const kept = await keep(accountId, kind, { assets: found.value, isComplete: false }, beganAt)
    const foundIds = new Set(found.value.map(({ id }) => id))
    return kept.ok ? ok(missing.filter((id) => !foundIds.has(id))) : kept
  }

  /** The list does not carry the reason of a failure; each newly failed asset is asked for once. */
  const askReasons = async (
    account: AccountRecord,
    kind: AssetKind,
    records: readonly AssetRecord[],
    signal: AbortSignal
  ): Promise<void> => {
    const unexplained = records.filter(
      ({ status, errorMessage, origin }) =>
        status === 'failed' && errorMessage === null && origin !== 'stock'
    )
    const provider = deps.providerOf(account)
    const beganAt = clock.nowAt()
    const told: ObservedAsset[] = []
    for (const { ref } of unexplained.slice(0, 20)) {
      const connection = deps.keyRing.connect(account)
      const answer = await provider.get(connection, kind, ref.id, signal)
      if (answer.ok && answer.value.found !== null) told.push(answer.value.found)
    }
    await keep(account.id, kind, { assets: told, isComplete: false }, beganAt)
  }

  const walk = async (
    accountId: AccountId,
    kind: AssetKind,
    signal: AbortSignal
  ): Promise<Result<ObservedListing>> => {
    const account = store.read.account(accountId)
    if (account === null) return fail({ kind: 'not-found' })
    const beganAt = clock.nowAt()
    const connection = deps.keyRing.connect(account)
    const early = keepEarly(accountId, kind, beganAt)
    const listed = await deps.providerOf(account).list(connection, kind, signal, early.onFound)
    const keptEarly = await early.settled()
    if (!listed.ok) return listed
    const kept = await keep(accountId, kind, listed.value, beganAt, keptEarly)
    if (!kept.ok) return kept
    if (listed.value.isComplete && kind === 'replica') await deps.onListed(account, beganAt)
    await askReasons(account, kind, kept.value, signal)
    deps.keepPosters(kept.value.filter(isOwnAndListed).flatMap(({ posterId }) => posterId ?? []))
    deps.emit('library:changed', { accountId })
    return listed
  }

  /** Replicas before the videos made with them. What one list came to does not depend on the other. */
  const walkAll = async (accountId: AccountId, signal: AbortSignal): Promise<Walks> => {
    const walks: Result<ObservedListing>[] = []
    for (const kind of assetKindSchema.options) {
      const walked = await walk(accountId, kind, signal)
      if (!walked.ok && kind !== 'replica' && isNotOffered(walked.error)) continue
      walks.push(walked)
      if (!walked.ok && stopsWalk(walked.error)) break
    }
    return walks
  }

  /** What the walks told about the key, and when the library was last complete. */
  const noteWalks = (accountId: AccountId, walks: Walks): AppError | null => {
    const error = errorOf(walks)
    const account = store.read.account(accountId)
    if (account === null) return error
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
    if (store.read.account(accountId) === null) return status(accountId)
    const walks = await walkAll(accountId, new AbortController().signal)
    last.set(accountId, {
      lastError: noteWalks(accountId, walks),
      unreadableCount: countUnreadable(walks)
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
    const kept = await keep(accountId, kind, listing, beganAt)
    if (kept.ok) await askReasons(account, kind, kept.value, signal)
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
