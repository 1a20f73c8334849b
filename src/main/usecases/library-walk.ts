import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetKind } from '../../shared/domain/asset.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { ObservedAsset, ObservedListing, Provider } from '../ports/provider.ts'
import type { AccountRecord, AssetRecord, Store } from '../ports/store.ts'
import type { KeyRing } from './key-ring.ts'
import { isUnexplained } from './library-changes.ts'
import type { LibraryKeeper } from './library-keeper.ts'

export interface LibraryWalkDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  readonly emit: Emit
  /** Called before an account is asked: it may have to bring up what answers. */
  readonly makeReady: (account: AccountRecord) => Promise<Result<null>>
  /** Called after a listing of the first kind, before its end is announced: it may settle unclear operations. */
  readonly onListed: (
    account: AccountRecord,
    listingBeganAt: string,
    isWhole: boolean
  ) => Promise<void>
  /** Told the posters of an account's own assets after a listing, to have them at hand offline. */
  readonly keepPosters: (posterIds: readonly string[]) => void
}

/** After these the next list would only meet the same. */
const stopsWalk = (error: AppError): boolean =>
  [
    'offline',
    'sample-not-started',
    'insecure-connection',
    'rate-limited',
    'key-missing',
    'key-rejected',
    'key-changed',
    'account-changed',
    'key-damaged',
    'keychain-unavailable',
    'storage-failed',
    'not-found',
    'canceled'
  ].includes(error.kind)

/** Failed assets whose reason is asked for after one listing, and how many of them at the same time. */
const mostReasons = 20
const reasonsAtATime = 4

const isOwnAndListed = ({ origin, presence }: AssetRecord): boolean =>
  origin !== 'stock' && presence === 'listed'

/** What the walks over an account's lists came to, kind by kind; the kinds after a stop are missing. */
export type Walks = readonly Result<ObservedListing>[]

/** A server without such a list (a mock, an older one) has nothing to tell of that kind; the rest is whole. */
const isNotOffered = (error: AppError): boolean =>
  error.kind === 'not-found' ||
  (error.kind === 'provider-refused' && [404, 405, 501].includes(error.status))

/** Why the walks did not make a whole library, or null. */
export const errorOf = (walks: Walks): AppError | null => {
  for (const walk of walks) {
    const error = walk.ok ? lackOf(walk.value) : walk.error
    if (error !== null) return error
  }
  return null
}

/** A provider that tells what is gone has no listing that could be more whole. */
const lackOf = ({ isComplete, goneIds, error }: ObservedListing): AppError | null => {
  if (error !== undefined) return error
  if (isComplete || goneIds !== undefined) return null
  return { kind: 'unexpected-response', where: 'incomplete' }
}

/** Rows of the walks that could not be read. */
export const countUnreadable = (walks: Walks): number =>
  walks.reduce((sum, walk) => sum + (walk.ok ? walk.value.unreadableCount : 0), 0)

/** Walks over a provider's lists. */
export const createLibraryWalk = (deps: LibraryWalkDeps, { keep, keepEarly }: LibraryKeeper) => {
  const { store, clock } = deps

  /** What failed for a reason that is known neither here nor there; what failed just now comes first. */
  const withoutReason = (
    { id: accountId }: AccountRecord,
    kind: AssetKind,
    assets: readonly ObservedAsset[]
  ): readonly ObservedAsset[] => {
    const failed = assets.filter(isUnexplained)
    const ids = failed.map(({ id }) => id)
    const known = new Map(
      store.read.assetRecordsOf(accountId, kind, ids).map((record) => [record.ref.id, record])
    )
    const isNews = ({ id }: ObservedAsset): boolean => known.get(id)?.status !== 'failed'
    return failed
      .filter(({ id }) => (known.get(id)?.errorMessage ?? null) === null)
      .toSorted((a, b) => Number(isNews(b)) - Number(isNews(a)))
  }

  /**
   * Lists do not carry the reason of a failure, so it is asked for before the failure is stored: then the history's
   * record of it says why, whoever saw it first.
   */
  const explain = async (
    account: AccountRecord,
    kind: AssetKind,
    assets: readonly ObservedAsset[],
    signal: AbortSignal
  ): Promise<readonly ObservedAsset[]> => {
    const provider = deps.providerOf(account)
    const asked = withoutReason(account, kind, assets).slice(0, mostReasons)
    const told = new Map<string, ObservedAsset>()
    for (let from = 0; from < asked.length && !signal.aborted; from += reasonsAtATime) {
      const answers = await Promise.all(
        asked.slice(from, from + reasonsAtATime).map(({ id }) => {
          const connection = deps.keyRing.connect(account)
          return provider.get(connection, kind, id, signal)
        })
      )
      for (const answer of answers) {
        const found = answer.ok ? answer.value.found : null
        if (found?.status === 'failed') told.set(found.id, found)
      }
    }
    return told.size === 0 ? assets : assets.map((asset) => told.get(asset.id) ?? asset)
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
    const provider = deps.providerOf(account)
    const before = provider.kinds.slice(0, provider.kinds.indexOf(kind) + 1)
    const knownIds = () => before.flatMap((known) => store.read.listedIds(accountId, known))
    const listed = await provider.list(connection, kind, signal, early.onFound, knownIds)
    const keptEarly = await early.settled()
    if (!listed.ok) return listed
    const assets = await explain(account, kind, listed.value.assets, signal)
    const kept = await keep(accountId, kind, { ...listed.value, assets }, beganAt, keptEarly)
    if (!kept.ok) return kept
    if (kind === provider.kinds[0]) {
      await deps.onListed(account, beganAt, lackOf(listed.value) === null)
    }
    deps.keepPosters(kept.value.filter(isOwnAndListed).flatMap(({ posterId }) => posterId ?? []))
    deps.emit('library:changed', { accountId })
    return listed
  }

  /** Each kind before what belongs to it. What one list came to does not depend on the other. */
  const walkAll = async (accountId: AccountId, signal: AbortSignal): Promise<Walks> => {
    const account = store.read.account(accountId)
    const ready = account === null ? fail({ kind: 'not-found' }) : await deps.makeReady(account)
    if (!ready.ok) return [ready]
    const walks: Result<ObservedListing>[] = []
    const kinds = account === null ? [] : deps.providerOf(account).kinds
    for (const kind of kinds) {
      const walked = await walk(accountId, kind, signal)
      if (!walked.ok && kind !== kinds[0] && isNotOffered(walked.error)) continue
      walks.push(walked)
      if (!walked.ok && stopsWalk(walked.error)) break
    }
    return walks
  }

  return { walkAll, explain }
}
