import { setTimeout as delay } from 'node:timers/promises'
import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import type { TooLarge } from '../../shared/domain/sync.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { ObservedAsset, ObservedListing, OnFound, Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { endsAll } from '../rules/ends-all.ts'
import { createFailureReasons } from './failure-reasons.ts'
import type { KeyRing } from './key-ring.ts'
import type { LibraryKeeper } from './library-keeper.ts'
import { createLibraryMissing } from './library-missing.ts'

export interface LibraryWalkDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  readonly emit: Emit
  /** Aborted when the app ends. */
  readonly stopping: AbortSignal
  /** Called before an account is asked: it may have to bring up what answers. */
  readonly makeReady: (account: AccountRecord) => Promise<Result<null>>
  /**
   * Called after a listing of the first kind, before its end is announced, also one that failed on its way: what it met
   * may settle unclear operations.
   */
  readonly onListed: (
    account: AccountRecord,
    listingBeganAt: string,
    isWhole: boolean
  ) => Promise<void>
  /** Told the posters of an account's own assets after a listing, to have them at hand offline. */
  readonly keepPosters: (posterIds: readonly string[]) => void
}

/** It takes the loop some turns until a request has left; storing before would keep it waiting. */
const headStartMs = 8

/** Posters of one list that are fetched beforehand; more of them would not be kept anyway. */
const mostPosters = 20_000

const isOwnAndListed = ({ origin, presence }: AssetRecord): boolean =>
  origin !== 'stock' && presence === 'listed'

/** What the walks over an account's lists came to, kind by kind; the kinds after a stop are missing. */
export type Walks = readonly Result<ObservedListing>[]

/** A server without such a list (a mock, an older one) has nothing to tell of that kind; the rest is whole. */
const isNotOffered = (error: AppError): boolean =>
  error.kind === 'not-found' ||
  (error.kind === 'provider-refused' && [403, 404, 405, 501].includes(error.status))

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

/** Rows and pages of the walks that were too large to be read. */
export const largeOf = (walks: Walks): TooLarge[] =>
  walks.flatMap((walk) => (walk.ok ? walk.value.tooLarge : []))

/** One refresh, as far as its walks need to know. */
export interface WalkRun {
  readonly signal: AbortSignal
  /** Told how many assets a page had, once they are stored. */
  readonly onRead: (count: number) => void
}

/** Walks over a provider's lists. */
export const createLibraryWalk = (deps: LibraryWalkDeps, keeper: LibraryKeeper) => {
  const { store, clock } = deps
  const reasonsFor = createFailureReasons(deps)
  const settleMissing = createLibraryMissing(deps, keeper)

  /** Stores each page while the next is on its way, so that storing costs no time of its own and no page is kept. */
  const createTaking = (
    account: AccountRecord,
    kind: AssetKind,
    beganAt: string,
    { signal, onRead }: WalkRun
  ) => {
    const reasons = reasonsFor(account, kind, signal)
    const posterIds: string[] = []
    const keep = async (assets: readonly ObservedAsset[]): Promise<Result<null>> => {
      const kept = await keeper.keepRows(account.id, kind, assets, beganAt)
      if (!kept.ok) return kept
      const posters = kept.value.filter(isOwnAndListed).flatMap(({ posterId }) => posterId ?? [])
      posterIds.push(...posters.slice(0, mostPosters - posterIds.length))
      return ok(null)
    }
    const onFound: OnFound = async (assets) => {
      await delay(headStartMs)
      const kept = await keep(await reasons.explain(assets))
      if (kept.ok) onRead(assets.length)
      return kept
    }
    return { onFound, posterIds, keepOld: async () => keep(await reasons.explainOld()) }
  }

  const walk = async (
    accountId: AccountId,
    kind: AssetKind,
    run: WalkRun
  ): Promise<Result<ObservedListing>> => {
    const account = store.read.account(accountId)
    if (account === null) return fail({ kind: 'not-found' })
    const beganAt = clock.nowAt()
    const connection = deps.keyRing.connect(account)
    const provider = deps.providerOf(account)
    const { onFound, posterIds, keepOld } = createTaking(account, kind, beganAt, run)
    const before = provider.kinds.slice(0, provider.kinds.indexOf(kind) + 1)
    const knownIds = () => before.flatMap((known) => store.read.listedIds(accountId, known))
    const listed = await provider.list(connection, kind, run.signal, onFound, knownIds)
    const kept = listed.ok ? await keepOld() : listed
    const settled =
      listed.ok && kept.ok
        ? await settleMissing(account, kind, listed.value, beganAt, run.signal)
        : kept
    if (kind === provider.kinds[0] && !deps.stopping.aborted) {
      // What was met settles something whatever else was missed.
      const isWhole = listed.ok && settled.ok && lackOf(listed.value) === null
      await deps.onListed(account, beganAt, isWhole)
    }
    deps.keepPosters(posterIds)
    deps.emit('library:changed', { accountId })
    return settled.ok ? listed : settled
  }

  /** Each kind before what belongs to it. What one list came to does not depend on the other. */
  const walkAll = async (accountId: AccountId, run: WalkRun): Promise<Walks> => {
    const account = store.read.account(accountId)
    const ready = account === null ? fail({ kind: 'not-found' }) : await deps.makeReady(account)
    if (!ready.ok) return [ready]
    const walks: Result<ObservedListing>[] = []
    const kinds = account === null ? [] : deps.providerOf(account).kinds
    for (const kind of kinds) {
      const walked = await walk(accountId, kind, run)
      if (!walked.ok && kind !== kinds[0] && isNotOffered(walked.error)) continue
      walks.push(walked)
      if (!walked.ok && endsAll(walked.error)) break
    }
    return walks
  }

  return { walkAll, reasonsFor }
}
