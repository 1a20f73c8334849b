import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetId, AssetRecord, AssetRef } from '../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { ObservedAsset } from '../ports/provider.ts'
import type { AccountRecord, Operation, Store } from '../ports/store.ts'
import type { GivenNames } from './asset-rename.ts'
import { type AskedBefore, compareListing, type LibraryChange } from './library-changes.ts'

export interface LibraryKeeperDeps {
  readonly store: Store
  readonly clock: Clock
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

/**
 * Stored at a time, each with its record in the history: the window is answered in between, within a frame, and a crash
 * keeps what came before.
 */
const rowsAtATime = 12

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
export const createLibraryKeeper = (deps: LibraryKeeperDeps, names: GivenNames) => {
  const { store, clock } = deps

  const askedBefore = (ref: AssetRef): AskedBefore | null => {
    const last = store.read.deletionsOf(ref).find(({ sentAt }) => sentAt !== null)
    return last === undefined ? null : answerTo(last)
  }

  /** Compares some rows with what is stored now, and stores them; nothing can come in between. */
  const keepPart = (
    accountId: AccountId,
    kind: AssetKind,
    part: {
      readonly assets: readonly ObservedAsset[]
      readonly ids: readonly string[]
      readonly isComplete: boolean
    },
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
      namedHere: new Set(
        part.ids.filter((id) => names.isGivenSince({ accountId, kind, id }, beganAt))
      ),
      askedBefore,
      mediaOf: (asset) => deps.rememberMedia(account, asset)
    })
    const stored = store.transaction((writes) => {
      // Whatever the first listings of an account find is one thing that happened.
      const walk = account.syncedAt === null ? 'first' : `${kind} ${beganAt}`
      for (const { record, events } of changes) {
        writes.putAsset(record)
        for (const event of events) writes.append(event, walk)
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

  /** Stores what was observed, part by part, so that the window is answered in between. Answers the new rows. */
  const keepRows = async (
    accountId: AccountId,
    kind: AssetKind,
    observed: readonly ObservedAsset[],
    beganAt: string
  ): Promise<Result<readonly AssetRecord[]>> => {
    const records: AssetRecord[] = []
    for (const assets of inParts(observed)) {
      const ids = assets.map(({ id }) => id)
      const kept = keepPart(accountId, kind, { assets, ids, isComplete: false }, beganAt)
      if (!kept.ok) return kept
      records.push(...kept.value.map(({ record }) => record))
      if (observed.length > rowsAtATime) await nextTurn()
    }
    return ok(records)
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

  return { keepRows, keepGone }
}
export type LibraryKeeper = ReturnType<typeof createLibraryKeeper>
