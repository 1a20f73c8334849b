import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import { kinds } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import {
  type Asset,
  type AssetRef,
  assetKindSchema,
  type TargetRef
} from '../../shared/domain/asset.ts'
import type { ProofCheck } from '../../shared/domain/batch.ts'
import type { HistoryBody } from '../../shared/domain/history.ts'
import { assertNever } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Provider } from '../ports/provider.ts'
import type { AccountRecord, Operation, ProofRecord, Store, StoreWrites } from '../ports/store.ts'
import { isUnsignedLink } from '../rules/unsigned-link.ts'
import { changedBinding } from './binding.ts'
import { operationEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'
import { driftNotice } from './notices.ts'
import { askedChangeOf, stepOf } from './plans/step-of.ts'
import { laterChecksMs, nextCheckMs } from './proof-times.ts'

type What = ProofCheck['what']
type Found = NonNullable<ProofCheck['result']>

export interface ProofDeps {
  readonly store: Store
  readonly keyRing: Pick<KeyRing, 'connect'>
  readonly providerOf: (account: AccountRecord) => Pick<Provider, 'probe'>
  /** Its wall time is the corrected one: looks may be months ahead. */
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
  /** Told of an error that nobody expected; the looks of other accounts go on. */
  readonly onFault: (error: unknown) => void
  readonly emit: Emit
  readonly notifier: Notifier
  /** The links of a thing that are known in this run. */
  readonly linksOf: (
    target: TargetRef
  ) => readonly { readonly what: Exclude<What, 'asset'>; readonly url: string }[]
  /** True while deletions are being sent: looks must not take their turns. */
  readonly isBusy: () => boolean
  /** Asks for one byte of a link. */
  readonly probeLink: (
    url: string,
    account: AccountRecord,
    signal: AbortSignal
  ) => Promise<'reachable' | 'unreachable' | 'unknown'>
}

/** Looks that are read from the database at a time. */
const mostAtOnce = 20
const pauseMs = 60_000
const busyPauseMs = 3_000
/** An account is left alone after a look that could not be taken: its others would meet the same. */
const failurePauseMs = 10 * 60_000

const isThere = (result: Found | null): boolean =>
  result === 'still-there' || result === 'reachable'

const isAway = (result: Found | null): boolean =>
  result === 'gone' || result === 'says-deleted' || result === 'unreachable'

/** The page of what is private denies itself to everybody without a key. */
const provesNothing = (what: What, { assetKind }: Operation): boolean =>
  what === 'hosted' && !kinds[assetKind].hasPublicPage

const targetOf = (operation: Operation): TargetRef => ({
  accountId: operation.accountId,
  kind: operation.assetKind,
  id: operation.assetId as TargetRef['id']
})

const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()

/** Looks again at what was deleted, at once and up to 90 days later, and tells when something comes back. */
export const createProofs = (deps: ProofDeps) => {
  const { store, clock } = deps
  /** Signed links of this run, by the look they are for; never on disk. */
  const signed = new Map<string, string>()
  let wake = new AbortController()
  /** Accounts that are left alone, until when on the monotonic clock. */
  const resting = new Map<AccountId, number>()

  const newCheck = (operation: Operation, what: What, dueAt: string, url: string | null) => {
    const id = newId('prf')
    const isKept = url !== null && isUnsignedLink(url)
    if (url !== null && !isKept) signed.set(id, url)
    const proof: ProofRecord = {
      id,
      operationId: operation.id,
      what,
      address: isKept ? url : null,
      dueAt,
      checkedAt: null,
      result: null
    }
    return proof
  }

  /** A page stands where its plan says; of everything else the links of this run are known. */
  const linksOf = (operation: Operation): ReturnType<ProofDeps['linksOf']> => {
    if (operation.assetKind !== 'page') return deps.linksOf(targetOf(operation))
    const batch = operation.batchId === null ? null : store.read.batch(operation.batchId)
    const address = stepOf(batch, operation)?.address
    return address === undefined ? [] : [{ what: 'hosted', url: address }]
  }

  /**
   * The looks at something the provider said is deleted, to be stored with its answer. A signed link is dead soon, so it
   * is asked but once.
   */
  const checksAfter = (operation: Operation): ((write: Pick<StoreWrites, 'putProof'>) => void) => {
    const fromAt = clock.nowAt()
    const looks = laterChecksMs.map((ms) => newCheck(operation, 'asset', later(fromAt, ms), null))
    for (const { what, url } of linksOf(operation)) {
      if (provesNothing(what, operation)) continue
      const times = isUnsignedLink(url) ? laterChecksMs : laterChecksMs.slice(0, 1)
      looks.push(...times.map((ms) => newCheck(operation, what, later(fromAt, ms), url)))
    }
    return (write) => {
      for (const runCheck of looks) write.putProof(runCheck)
    }
  }

  /** The first look is due soon. */
  const onGone = (): void => wake.abort()

  const checkAsset = async (
    operation: Operation,
    account: AccountRecord,
    signal: AbortSignal
  ): Promise<Found | null> => {
    // At another address, or with another key, the same id may be somebody else's.
    if (changedBinding(operation, account) !== null) return 'unknown'
    const { kind, id } = targetOf(operation)
    const connection = deps.keyRing.connect(account)
    const asked = askedChangeOf(store, operation) ?? undefined
    const answer = await deps.providerOf(account).probe(connection, kind, id, signal, asked)
    if (!answer.ok) return null
    switch (answer.value) {
      case 'there':
        return 'still-there'
      case 'says-deleted':
        return 'says-deleted'
      case 'gone':
        return 'gone'
      default:
        return assertNever(answer.value)
    }
  }

  const look = async (
    proof: ProofRecord,
    operation: Operation,
    account: AccountRecord,
    signal: AbortSignal
  ): Promise<Found | null> => {
    if (proof.what === 'asset') return checkAsset(operation, account, signal)
    if (provesNothing(proof.what, operation)) return 'unknown'
    const url = proof.address ?? signed.get(proof.id)
    if (url === undefined) return 'unknown'
    return deps.probeLink(url, account, signal)
  }

  const assetOf = (operation: Operation): Asset | null => {
    const kind = assetKindSchema.safeParse(operation.assetKind)
    if (!kind.success) return null
    const { accountId, id } = targetOf(operation)
    return store.read.asset({ accountId, kind: kind.data, id })
  }

  /** What answers again is in the library again, also where no list would show it. */
  const listAgain = (operation: Operation, write: StoreWrites): void => {
    const asset = assetOf(operation)
    if (asset === null || asset.presence === 'listed') return
    write.putAsset({ ...asset, presence: 'listed' })
  }

  const wasAwayBefore = (proof: ProofRecord): boolean =>
    store.read
      .proofsOf(proof.operationId)
      .some((other) => other.what === proof.what && other.id !== proof.id && isAway(other.result))

  const keep = (
    proof: ProofRecord,
    operation: Operation,
    account: AccountRecord,
    result: Found,
    wasAway = wasAwayBefore(proof)
  ): boolean => {
    const checkedAt = clock.nowAt()
    const hasDrifted = isThere(result) && wasAway
    const type: HistoryEventType = hasDrifted ? 'deletion-drifted' : 'deletion-checked'
    const body: HistoryBody = {
      what: proof.what,
      result,
      dueAt: proof.dueAt,
      batch: operation.batchId,
      ...(operation.mode === 'offline' ? { mode: operation.mode } : {})
    }
    const sinceMs = Date.parse(checkedAt) - Date.parse(operation.finishedAt ?? operation.askedAt)
    const nextMs = proof.what === 'asset' && isThere(result) ? nextCheckMs(sinceMs) : null
    const kept = store.transaction((write) => {
      write.putProof({ ...proof, checkedAt, result })
      write.append(operationEvent(type, operation, account, body))
      if (hasDrifted && proof.what === 'asset') listAgain(operation, write)
      if (nextMs !== null && !hasDrifted) {
        const dueAt = later(operation.finishedAt ?? operation.askedAt, nextMs)
        write.putProof(newCheck(operation, 'asset', dueAt, null))
      }
    })
    if (!kept.ok) return false
    signed.delete(proof.id)
    deps.emit('library:changed', { accountId: account.id })
    if (hasDrifted) deps.notifier.show(driftNotice(targetOf(operation), operation.assetName))
    return true
  }

  /** The last deletion after which the app itself saw the thing gone, unless that it came back was told since. */
  const lastGone = (ref: AssetRef): Operation | null => {
    const seenGone = store.read
      .deletionsOf(ref)
      .filter(
        ({ id, state, mode }) =>
          mode !== 'repoint' &&
          (state === 'gone' ||
            state === 'already-gone' ||
            store.read.proofsOf(id).some(({ what, result }) => what === 'asset' && isAway(result)))
      )
    const last = seenGone.toSorted((one, other) => one.askedAt.localeCompare(other.askedAt)).at(-1)
    if (last === undefined) return null
    const looks = store.read
      .proofsOf(last.id)
      .filter(({ what, checkedAt }) => what === 'asset' && checkedAt !== null)
      .toSorted((one, other) => (one.checkedAt ?? '').localeCompare(other.checkedAt ?? ''))
    return isThere(looks.at(-1)?.result ?? null) ? null : last
  }

  /** What a listing shows again after its deletion is told like any look that finds it. */
  const onReturned = (refs: readonly AssetRef[]): void => {
    for (const ref of refs) {
      const operation = lastGone(ref)
      const account = store.read.account(ref.accountId)
      if (operation === null || account === null) continue
      keep(
        newCheck(operation, 'asset', clock.nowAt(), null),
        operation,
        account,
        'still-there',
        true
      )
    }
  }

  /** Null if it could not be taken, for whatever reason. */
  const tryCheck = async (...args: Parameters<typeof look>): Promise<Found | null> => {
    try {
      return await look(...args)
    } catch (error) {
      deps.onFault(error)
      return null
    }
  }

  const dropCheck = (proof: ProofRecord): boolean =>
    store.transaction((write) =>
      write.putProof({ ...proof, checkedAt: clock.nowAt(), result: 'unknown' })
    ).ok

  /** `not-kept`: the database cannot be written, so going on would ask the same again and again. */
  const take = async (
    proof: ProofRecord,
    signal: AbortSignal
  ): Promise<'taken' | 'not-answered' | 'not-kept'> => {
    const operation = store.read.operation(proof.operationId)
    const account = operation === null ? null : store.read.account(operation.accountId)
    if (operation === null || account === null) return dropCheck(proof) ? 'taken' : 'not-kept'
    const result = await tryCheck(proof, operation, account, signal)
    if (result === null) return 'not-answered'
    // The answer may have shown that this computer's clock is ahead.
    if (proof.dueAt > clock.nowAt()) return 'taken'
    // Its name may have been forgotten while the answer was on its way.
    const now = store.read.operation(proof.operationId) ?? operation
    return keep(proof, now, account, result) ? 'taken' : 'not-kept'
  }

  const restAccount = (accountId: AccountId): void => {
    if (!resting.has(accountId)) {
      deps.log.warn('What was deleted in an account cannot be checked now', { accountId })
    }
    resting.set(accountId, clock.monotonicMs() + failurePauseMs)
  }

  /** Takes what is due of all accounts but these. Answers the accounts whose looks could not be taken. */
  const takeAll = async (
    signal: AbortSignal,
    without: readonly AccountId[]
  ): Promise<ReadonlySet<AccountId>> => {
    const failing = new Set<AccountId>()
    for (;;) {
      const due = store.read.dueProofs(clock.nowAt(), mostAtOnce, [...without, ...failing])
      for (const proof of due) {
        if (signal.aborted || deps.isBusy()) return failing
        const accountId = store.read.operation(proof.operationId)?.accountId
        if (accountId !== undefined && failing.has(accountId)) continue
        const how = await take(proof, signal)
        if (how === 'not-kept') return failing
        if (how === 'not-answered' && accountId !== undefined) failing.add(accountId)
      }
      if (due.length < mostAtOnce) return failing
    }
  }

  /** Takes what is due. False if a look could not be taken now. */
  const takeDue = async (signal: AbortSignal): Promise<boolean> =>
    (await takeAll(signal, [])).size === 0

  const takeDueOfOthers = async (signal: AbortSignal): Promise<void> => {
    const nowMs = clock.monotonicMs()
    const without = [...resting].flatMap(([id, untilMs]) => (untilMs > nowMs ? [id] : []))
    const troubled = await takeAll(signal, without)
    for (const accountId of troubled) restAccount(accountId)
    for (const id of resting.keys()) {
      if (!troubled.has(id) && !without.includes(id)) resting.delete(id)
    }
  }

  const pause = async (signal: AbortSignal): Promise<void> => {
    await clock.wait(pauseMs, AbortSignal.any([signal, wake.signal]))
    if (!wake.signal.aborted) return
    wake = new AbortController()
    const [first = 0] = laterChecksMs
    await clock.wait(first + 100, signal)
  }

  /** Takes what is due, then waits a while. */
  const round = async (signal: AbortSignal): Promise<void> => {
    await takeDueOfOthers(signal)
    if (deps.isBusy()) await clock.wait(busyPauseMs, signal)
    else await pause(signal)
  }

  /** A provider answered for an account: its looks are taken with the next round. */
  const onReached = (accountId: AccountId): void => {
    resting.delete(accountId)
  }

  return { checksAfter, onGone, onReturned, onReached, takeDue, round }
}
