import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetId, AssetKind, AssetRef } from '../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { ObservedAsset, ObservedListing, Provider } from '../ports/provider.ts'
import type { AccountRecord, AssetRecord, Operation, Store } from '../ports/store.ts'
import type { KeyRing } from './key-ring.ts'
import {
  type AskedBefore,
  compareListing,
  isUnexplained,
  type LibraryChange
} from './library-changes.ts'

export interface LibraryKeeperDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  readonly stopping: AbortSignal
  /** Tells the media service where thumbnail and clip are, and answers their ids. */
  readonly rememberMedia: (
    account: AccountRecord,
    asset: ObservedAsset
  ) => Pick<AssetRecord, 'posterId' | 'clipId'>
  /** Called with what the provider finished, once stored; `library:changed` follows when reasons are known too. */
  readonly onEnded: (refs: readonly AssetRef[]) => void
  /** Called with what is listed again after it was gone, once stored. */
  readonly onReturned?: (refs: readonly AssetRef[]) => void
}

/** Stored at a time, so that the window is answered in between and a crash keeps what came before. */
const rowsAtATime = 500

/** It takes the loop some turns until a request has left; storing before would keep it waiting. */
const headStartMs = 8

/** Missing assets that are asked for by id after one listing; the others have to wait for the next. */
const mostConfirmed = 1000

const inParts = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / rowsAtATime) }, (_, part) =>
    items.slice(part * rowsAtATime, (part + 1) * rowsAtATime)
  )

const answerTo = ({ state, error, httpStatus }: Operation): AskedBefore => {
  if (state === 'canceled') return 'refused'
  const isSettled = state === 'done' || state === 'accepted' || state === 'gone'
  if (isSettled && error === null) return 'accepted'
  return httpStatus !== null && httpStatus >= 400 && httpStatus < 500 ? 'refused' : 'unclear'
}

/** Stores what was observed, so that the library becomes equal to it. */
export const createLibraryKeeper = (deps: LibraryKeeperDeps) => {
  const { store, clock } = deps

  const askedBefore = (ref: AssetRef): AskedBefore | null => {
    const last = store.read.deletionsOf(ref).find(({ sentAt }) => sentAt !== null)
    return last === undefined ? null : answerTo(last)
  }

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
      askedBefore,
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
    const returned = changes
      .filter(({ hasReturned }) => hasReturned)
      .map(({ record }) => record.ref)
    if (returned.length > 0) deps.onReturned?.(returned)
    return ok(changes)
  }

  /** Stores what a walk finds while it waits for the next page, so that storing costs no time of its own. */
  const keepEarly = (accountId: AccountId, kind: AssetKind, beganAt: string) => {
    const records = new Map<string, AssetRecord>()
    let storing: Promise<void> = Promise.resolve()
    const store = async (assets: readonly ObservedAsset[]): Promise<void> => {
      await delay(headStartMs)
      const ids = assets.map(({ id }) => id)
      const kept = keepPart(accountId, kind, { assets, ids, isComplete: false }, beganAt)
      // What could not be stored is tried again with the rest of the listing.
      for (const { record } of kept.ok ? kept.value : []) records.set(record.ref.id, record)
    }
    return {
      onFound: (assets: readonly ObservedAsset[]): void => {
        // What failed is stored once its reason was asked for.
        storing = storing.then(() => store(assets.filter((asset) => !isUnexplained(asset))))
      },
      settled: () => storing.then(() => records)
    }
  }

  /** Stores a listing part by part, and what vanished at the very end. Answers the listed assets' new rows. */
  const keep = async (
    accountId: AccountId,
    kind: AssetKind,
    listing: Pick<ObservedListing, 'assets' | 'isComplete' | 'goneIds'>,
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
    if (!listing.isComplete) {
      const gone = await keepGone(accountId, kind, listing.goneIds ?? [], beganAt)
      return gone.ok ? ok(records) : gone
    }
    const seen = new Set<string>(listing.assets.map(({ id }) => id))
    const missing = store.read.listedIds(accountId, kind).filter((id) => !seen.has(id))
    const gone = await confirmGone(accountId, kind, missing.slice(0, mostConfirmed), beganAt)
    if (!gone.ok) return gone
    const kept = await keepGone(accountId, kind, gone.value, beganAt)
    return kept.ok ? ok(records) : kept
  }

  /** Stores that these are gone, which is known for certain. */
  const keepGone = async (
    accountId: AccountId,
    kind: AssetKind,
    goneIds: readonly AssetId[],
    beganAt: string
  ): Promise<Result<null>> => {
    for (const ids of inParts(goneIds)) {
      const kept = keepPart(accountId, kind, { assets: [], ids, isComplete: true }, beganAt)
      if (!kept.ok) return kept
      await nextTurn()
    }
    return ok(null)
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
    const found = await deps.providerOf(account).watch(connection, kind, missing, deps.stopping)
    if (!found.ok) return found
    const kept = await keep(accountId, kind, { assets: found.value, isComplete: false }, beganAt)
    const foundIds = new Set(found.value.map(({ id }) => id))
    return kept.ok ? ok(missing.filter((id) => !foundIds.has(id))) : kept
  }

  return { keep, keepEarly }
}
export type LibraryKeeper = ReturnType<typeof createLibraryKeeper>
