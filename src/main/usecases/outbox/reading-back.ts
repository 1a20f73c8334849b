import type { TargetKind, TargetRef } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import { nextItemState } from './item-machine.ts'
import type { OutboxContext } from './outbox-context.ts'
import { itemEvent, outcomeOf } from './outbox-events.ts'
import { settleItem } from './settle-item.ts'

const shortestPauseMs = 2_000
const longestPauseMs = 30_000
/** After this long the later refreshes have to do. */
const patienceMs = 15 * 60_000

/** Replicate answers such deletions with 202 and may take minutes (reference/replicate.md 2). */
const mayTakeMinutes = (kind: TargetKind): boolean => kind === 'model' || kind === 'version'

type Found = 'there' | 'says-deleted' | 'gone'

/** An asset that says it is deleted proves no permanent deletion whose answer was lost. */
const isGone = (operation: Operation, found: Found): boolean =>
  found === 'gone' ||
  (found === 'says-deleted' && (operation.mode === 'soft' || operation.state === 'accepted'))

/**
 * Finds out, by reading alone, what became of deletions that were accepted or whose answer was lost. Nothing is sent
 * again (security R5).
 */
export const createReadingBack = (
  ctx: OutboxContext,
  onSettled: (operation: Operation) => void
) => {
  const { store, clock, book } = ctx
  /** Those looked at again and again, with when that began. */
  const watched = new Map<string, { readonly accountId: string; readonly sinceMs: number }>()
  const watching = new Set<string>()

  const isOnItsWay = (id: string): boolean => watched.has(id)

  const current = ({ id, batchId }: Operation): Operation | null =>
    book.find(batchId ?? '')?.items.get(id) ?? store.read.operation(id)

  const conclude = (operation: Operation, found: Found): void => {
    const isAway = isGone(operation, found)
    const state = nextItemState(operation.state, {
      kind: 'read-back',
      found: isAway ? 'gone' : 'there'
    })
    const isStillOpen = !isAway && isOnItsWay(operation.id) && mayTakeMinutes(operation.assetKind)
    if (state === null || isStillOpen) return
    const settled: Operation = {
      ...operation,
      state,
      finishedAt: clock.nowAt(),
      error: state === 'refused' ? { kind: 'outcome-unknown' } : null
    }
    watched.delete(operation.id)
    // The status of the answer belongs to the record of the answer; this one tells of a look of our own.
    const body = { ...outcomeOf(settled), httpStatus: null, found }
    settleItem(ctx, settled, [itemEvent(store, 'deletion-read-back', settled, body)])
    onSettled(settled)
  }

  /** Asks the thing's own address. Fails if it could not be asked; the deletion then stays as it is. */
  const readBack = async (operation: Operation, account: AccountRecord): Promise<Result<null>> => {
    const target = { kind: operation.assetKind, id: operation.assetId as TargetRef['id'] }
    const connection = ctx.keyRing.connect(account)
    const answer = await ctx
      .providerOf(account)
      .probe(connection, target.kind, target.id, ctx.stopping)
    if (!answer.ok) return answer
    const still = current(operation)
    if (still !== null && (still.state === 'accepted' || still.state === 'unclear')) {
      conclude(still, answer.value)
    }
    return ok(null)
  }

  const openOf = (accountId: string): readonly Operation[] =>
    store.read
      .operations(['accepted', 'unclear'])
      .filter((operation) => operation.kind === 'delete' && operation.accountId === accountId)

  /** Looks at all that is open of an account. The error of the first that could not be asked; null if all were. */
  const readBackAll = async (account: AccountRecord): Promise<AppError | null> => {
    for (const operation of openOf(account.id)) {
      if (ctx.stopping.aborted) return null
      const read = await readBack(operation, account)
      if (!read.ok) return read.error
    }
    return null
  }

  const watchedOf = (accountId: string): readonly string[] =>
    [...watched].flatMap(([id, entry]) => (entry.accountId === accountId ? [id] : []))

  const forgetOld = (accountId: string): void => {
    for (const id of watchedOf(accountId)) {
      const sinceMs = watched.get(id)?.sinceMs ?? 0
      if (clock.monotonicMs() - sinceMs < patienceMs) continue
      watched.delete(id)
      const operation = store.read.operation(id)
      if (operation !== null) onSettled(operation)
    }
  }

  const pauseMs = (accountId: string): number => {
    const ages = watchedOf(accountId).map(
      (id) => clock.monotonicMs() - (watched.get(id)?.sinceMs ?? 0)
    )
    return Math.min(longestPauseMs, Math.max(shortestPauseMs, Math.min(...ages) / 2))
  }

  const lookAtWatched = async (accountId: AccountRecord['id']): Promise<void> => {
    for (const id of watchedOf(accountId)) {
      const account = store.read.account(accountId)
      const operation = store.read.operation(id)
      if (account === null || operation === null) watched.delete(id)
      else if (!(await readBack(operation, account)).ok) return
    }
  }

  const goOnWatching = async (accountId: AccountRecord['id']): Promise<void> => {
    while (watchedOf(accountId).length > 0) {
      await clock.wait(pauseMs(accountId), ctx.stopping)
      if (ctx.stopping.aborted) return
      await lookAtWatched(accountId)
      forgetOld(accountId)
    }
  }

  /** Looks again in growing pauses until it is gone, for a quarter of an hour. */
  const watch = ({ id, accountId }: Operation): void => {
    watched.set(id, { accountId, sinceMs: clock.monotonicMs() })
    if (watching.has(accountId)) return
    watching.add(accountId)
    void goOnWatching(accountId).finally(() => watching.delete(accountId))
  }

  /** Takes up the watch over what was accepted before this start. */
  const watchAccepted = (): void => {
    for (const operation of store.read.operations(['accepted'])) watch(operation)
  }

  /** After an answer was lost: asks once, at once. */
  const readBackOnce = async (operation: Operation): Promise<Result<null>> => {
    const account = store.read.account(operation.accountId)
    if (account === null) return fail({ kind: 'not-found' })
    if (mayTakeMinutes(operation.assetKind)) watch(operation)
    return readBack(operation, account)
  }

  return { isOnItsWay, readBackOnce, readBackAll, watch, watchAccepted }
}
export type ReadingBack = ReturnType<typeof createReadingBack>
