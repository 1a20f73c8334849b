import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetId } from '../../shared/domain/asset.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection, ObservedListing, Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { endsAll } from '../rules/ends-all.ts'
import type { KeyRing } from './key-ring.ts'
import type { LibraryKeeper } from './library-keeper.ts'

export interface LibraryMissingDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
}

/** Missing after a complete listing, these are asked for many at a time; the others have to wait for the next. */
const mostConfirmed = 1000

/** Missing after a listing that does not add up, each is asked for by its own address: no more in one refresh. */
const mostAsked = 100

/** Least time between two of those questions. */
const askGapMs = 100

/** After so many in a row without a usable answer, the others would get none either. */
const mostFailures = 3

/** So many ids are remembered as asked in vain. */
const mostInVain = 5_000

/** What is stored and was not met in a listing: only a read that says so makes it gone. */
export const createLibraryMissing = (
  deps: LibraryMissingDeps,
  { keepRows, keepGone }: LibraryKeeper
) => {
  const { store, clock } = deps
  /** In this run. The others come first, and those seen longest ago first of all, so that each has its turn. */
  const inVain = new Set<string>()

  const noteInVain = (id: AssetId): void => {
    if (inVain.size >= mostInVain) inVain.clear()
    inVain.add(id)
  }

  /** Asks for one thing by its own address, and once more before it is called gone. False: no usable answer. */
  const askOne = async (
    accountId: AccountId,
    kind: AssetKind,
    id: AssetId,
    beganAt: string,
    { provider, connection, signal }: Asking
  ): Promise<Result<boolean>> => {
    const looked = await provider.get(connection, kind, id, signal)
    if (!looked.ok) return endsAll(looked.error) ? looked : ok(false)
    if (looked.value.found !== null) {
      const kept = await keepRows(accountId, kind, [looked.value.found], beganAt)
      return kept.ok ? ok(true) : kept
    }
    const probed = await provider.probe(connection, kind, id, signal)
    if (!probed.ok) return endsAll(probed.error) ? probed : ok(false)
    if (probed.value === 'there') return ok(false)
    const kept = await keepGone(accountId, kind, [id], beganAt)
    return kept.ok ? ok(true) : kept
  }

  const askEach = async (
    { id: accountId }: AccountRecord,
    kind: AssetKind,
    missing: readonly AssetId[],
    beganAt: string,
    asking: Asking
  ): Promise<Result<null>> => {
    const inTurn = missing.toSorted((a, b) => Number(inVain.has(a)) - Number(inVain.has(b)))
    let failures = 0
    for (const id of inTurn.slice(0, mostAsked)) {
      if (asking.signal.aborted || failures >= mostFailures) break
      const asked = await askOne(accountId, kind, id, beganAt, asking)
      if (!asked.ok) return asked
      if (!asked.value) noteInVain(id)
      failures = asked.value ? 0 : failures + 1
      await clock.wait(askGapMs, asking.signal)
    }
    return ok(null)
  }

  /**
   * A row that slips to a page already read is missed by a walk whose count is right all the same, so what is missing
   * is asked for by id before it is called gone.
   */
  const confirm = async (
    account: AccountRecord,
    kind: AssetKind,
    missing: readonly AssetId[],
    beganAt: string,
    asking: Asking
  ): Promise<Result<null>> => {
    if (missing.length === 0) return ok(null)
    const { id: accountId } = account
    const { provider, connection, signal } = asking
    const found = await provider.watch(connection, kind, missing, signal)
    if (!found.ok && endsAll(found.error)) return found
    // One of them that cannot be read spoils the question for all.
    if (!found.ok) return askEach(account, kind, missing, beganAt, asking)
    const kept = await keepRows(accountId, kind, found.value, beganAt)
    if (!kept.ok) return kept
    const foundIds = new Set(found.value.map(({ id }) => id))
    const gone = missing.filter((id) => !foundIds.has(id))
    return keepGone(accountId, kind, gone, beganAt)
  }

  /** After a listing: what is gone, as far as it says so or can be asked. What cannot be asked now stays as it is. */
  return async (
    account: AccountRecord,
    kind: AssetKind,
    listing: ObservedListing,
    beganAt: string,
    signal: AbortSignal
  ): Promise<Result<null>> => {
    const asking: Asking = {
      provider: deps.providerOf(account),
      connection: deps.keyRing.connect(account),
      signal
    }
    const gone = await keepGone(account.id, kind, listing.goneIds ?? [], beganAt)
    if (!gone.ok) return gone
    const isMissing = (id: AssetId): boolean => !listing.seenIds.has(id)
    const doubtful = new Set<string>(listing.doubtfulIds ?? [])
    if (!listing.isComplete && !listing.hasEnded && doubtful.size === 0) return ok(null)
    const listed = store.read.listedIds(account.id, kind)
    if (listing.isComplete) {
      const missing = listed.filter(isMissing).slice(0, mostConfirmed)
      return confirm(account, kind, missing, beganAt, asking)
    }
    const missing = listed.filter((id) => (listing.hasEnded ? isMissing(id) : doubtful.has(id)))
    return askEach(account, kind, missing, beganAt, asking)
  }
}

interface Asking {
  readonly provider: Provider
  readonly connection: Connection
  readonly signal: AbortSignal
}
