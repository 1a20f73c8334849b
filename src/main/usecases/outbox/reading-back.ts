import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import { nextItemState } from './item-machine.ts'
import { afterLook, type Found, type Look } from './look-verdict.ts'
import { movedPart } from './moved-items.ts'
import type { OutboxContext } from './outbox-context.ts'
import { itemEvent, lookOutcomeOf } from './outbox-events.ts'
import { assetOf, settleItem, wasSeen } from './settle-item.ts'

const shortestPauseMs = 2_000
const longestPauseMs = 30_000
/** After this long the later refreshes have to do. */
const patienceMs = 15 * 60_000

/** Replicate answers such deletions with 202 and may take minutes (reference/replicate.md 2). */
const mayTakeMinutes = (kind: TargetKind): boolean => kind === 'model' || kind === 'version'

/** Looks soon after a lost answer, each after twice the pause before: a provider may not show at once what it did. */
const looksAfterLoss = 2

/** So many are looked at together, so that one look that takes long does not hold up the others. */
const looksTogether = 4

const together = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / looksTogether) }, (_, part) =>
    all.slice(part * looksTogether, (part + 1) * looksTogether)
  )

interface Watched {
  readonly accountId: string
  readonly sinceMs: number
  /** Null: until patience is over. */
  looksLeft: number | null
}

const isOpen = ({ state }: Operation): boolean =>
  state === 'accepted' || state === 'unclear' || state === 'refused'

/**
 * Whoever says that it does not know a thing that is there has refused. What came in place of an answer is still told once
 * the thing is gone: only where nothing came was the answer lost.
 */
const errorAfter = ({ state, error, httpStatus }: Operation): AppError | null => {
  if (state === 'gone') return error
  if (state !== 'refused') return null
  return error?.kind === 'not-found'
    ? { kind: 'provider-refused', status: httpStatus ?? 404, said: null }
    : (error ?? { kind: 'outcome-unknown' })
}

/**
 * Finds out, by reading alone, what became of deletions that were accepted or whose answer was lost. Nothing is sent
 * again (security R5).
 */
export const createReadingBack = (
  ctx: OutboxContext,
  onSettled: (operation: Operation) => void
) => {
  const { store, clock, book } = ctx
  /** Those looked at again and again. */
  const watched = new Map<string, Watched>()
  /** Accounts that are being looked at, with what ends it. */
  const watching = new Map<string, AbortController>()

  const isOnItsWay = (id: string): boolean => watched.has(id)

  const current = ({ id, batchId }: Operation): Operation | null =>
    book.find(batchId ?? '')?.items.get(id) ?? store.read.operation(id)

  /** Writes down what a look showed, if it is news. */
  const conclude = (operation: Operation, found: Found): void => {
    const look = {
      found,
      isPatienceOver: !isOnItsWay(operation.id),
      wasSeen: wasSeen(store, operation)
    }
    const as = afterLook(operation, look)
    const state = as === null ? null : nextItemState(operation.state, { kind: 'read-back', as })
    if (state === null) noteLook(operation, look)
    else settle({ ...operation, found, state, finishedAt: clock.nowAt() }, operation.state)
  }

  const record = (operation: Operation, was: Operation['state']): void => {
    // The status of the answer belongs to the record of the answer; this one tells of a look of our own.
    const body = { ...lookOutcomeOf(operation), found: operation.found, was }
    settleItem(ctx, operation, [itemEvent(store, 'deletion-read-back', operation, body)])
  }

  /**
   * That something taken for not done is still there is what was to be expected; of something accepted it is, until it was
   * waited for long enough.
   */
  const noteLook = (operation: Operation, { found, isPatienceOver }: Look): void => {
    const isNews =
      operation.state === 'unclear' ||
      (operation.state === 'refused' && found !== 'there') ||
      (operation.state === 'accepted' && isPatienceOver)
    if (isNews && operation.found !== found) record({ ...operation, found }, operation.state)
  }

  const settle = (operation: Operation, was: Operation['state']): void => {
    watched.delete(operation.id)
    const settled = { ...operation, error: errorAfter(operation) }
    record(settled, was)
    onSettled(settled)
  }

  const probe = async (
    account: AccountRecord,
    { kind, id }: Pick<TargetRef, 'kind' | 'id'>
  ): Promise<Result<Found>> => {
    try {
      const connection = ctx.keyRing.connect(account)
      return await ctx.providerOf(account).probe(connection, kind, id, ctx.stopping)
    } catch (error) {
      // A look that fails must not end the looks at everything else.
      return fail({ kind: 'bug', reference: ctx.supervisor.report('deletions', error) })
    }
  }

  const readBack = async (operation: Operation, account: AccountRecord): Promise<Result<null>> => {
    // At another address, or with another key, the same id may be somebody else's.
    if (movedPart(operation, account) !== null) return ok(null)
    const target = { kind: operation.assetKind, id: operation.assetId as TargetRef['id'] }
    const answer = await probe(account, target)
    if (!answer.ok) return answer
    const still = current(operation)
    if (still !== null && isOpen(still)) conclude(still, answer.value)
    return ok(null)
  }

  const isListed = (operation: Operation): boolean =>
    assetOf(store, operation)?.presence === 'listed'

  /** What was taken for not done counts as open again once it is not listed any more. */
  const openOf = (accountId: AccountRecord['id']): readonly Operation[] => [
    ...store.read
      .operations(['accepted', 'unclear'])
      .filter((operation) => operation.kind === 'delete' && operation.accountId === accountId),
    ...store.read.lateDeletions(accountId).filter((operation) => !isListed(operation))
  ]

  /** Looks at all that is open of an account. The error of the first that could not be asked; null if all were. */
  const readBackAll = async (account: AccountRecord): Promise<AppError | null> => {
    for (const operations of together(openOf(account.id))) {
      if (ctx.stopping.aborted) return null
      const reads = await Promise.all(operations.map((operation) => readBack(operation, account)))
      const failed = reads.find((read) => !read.ok)
      if (failed?.ok === false) return failed.error
    }
    return null
  }

  const watchedOf = (accountId: string): readonly string[] =>
    [...watched].flatMap(([id, entry]) => (entry.accountId === accountId ? [id] : []))

  const isOver = ({ sinceMs, looksLeft }: Watched): boolean =>
    looksLeft === null ? clock.monotonicMs() - sinceMs >= patienceMs : looksLeft <= 0

  /** No longer waited for; the later refreshes look again. */
  const letGo = (id: string): void => {
    watched.delete(id)
    const operation = store.read.operation(id)
    if (operation !== null) onSettled(operation)
  }

  const pauseAfter = ({ sinceMs, looksLeft }: Watched): number =>
    looksLeft === null
      ? Math.max(shortestPauseMs, (clock.monotonicMs() - sinceMs) / 2)
      : shortestPauseMs * 2 ** (looksAfterLoss - looksLeft)

  const pauseMs = (accountId: string): number => {
    const pauses = watchedOf(accountId).flatMap((id) => {
      const entry = watched.get(id)
      return entry === undefined ? [] : [pauseAfter(entry)]
    })
    return Math.min(longestPauseMs, ...pauses)
  }

  /** The last look is taken with patience over, so that it settles what it can. */
  const lookOnce = async (id: string, entry: Watched): Promise<Result<null>> => {
    const account = store.read.account(entry.accountId as AccountRecord['id'])
    const operation = store.read.operation(id)
    if (entry.looksLeft !== null) entry.looksLeft -= 1
    const isLast = isOver(entry)
    if (account === null || operation === null || isLast) watched.delete(id)
    if (account === null || operation === null) return ok(null)
    const read = await readBack(operation, account)
    if (isLast) letGo(id)
    return read
  }

  const lookAtWatched = async (accountId: AccountRecord['id']): Promise<void> => {
    for (const ids of together(watchedOf(accountId))) {
      await Promise.all(
        ids.map(async (id) => {
          const entry = watched.get(id)
          if (entry !== undefined) await lookOnce(id, entry)
        })
      )
      if (ctx.stopping.aborted) return
    }
  }

  const round = async (accountId: AccountRecord['id'], signal: AbortSignal): Promise<void> => {
    await clock.wait(pauseMs(accountId), signal)
    if (signal.aborted) return
    await lookAtWatched(accountId)
    if (watchedOf(accountId).length > 0) return
    watching.get(accountId)?.abort()
    watching.delete(accountId)
  }

  /** Looks again in growing pauses: for a quarter of an hour, or a few times only. */
  const watch = ({ id, accountId }: Operation, looksLeft: number | null = null): void => {
    watched.set(id, { accountId, sinceMs: clock.monotonicMs(), looksLeft })
    if (watching.has(accountId)) return
    const over = new AbortController()
    watching.set(accountId, over)
    ctx.supervisor.keepRunning(
      'deletions',
      (signal) => round(accountId, signal),
      AbortSignal.any([over.signal, ctx.stopping])
    )
  }

  /** Takes up the watch over what was accepted, or may have been, before this start. */
  const watchOpen = (): void => {
    for (const operation of store.read.operations(['accepted', 'unclear'])) {
      const isSlow = operation.state === 'accepted' || mayTakeMinutes(operation.assetKind)
      if (operation.kind === 'delete' && isSlow) watch(operation)
    }
  }

  /** After an answer was lost: asks once, at once. */
  const readBackOnce = async (operation: Operation): Promise<Result<null>> => {
    const account = store.read.account(operation.accountId)
    if (account === null) return fail({ kind: 'not-found' })
    watch(operation, mayTakeMinutes(operation.assetKind) ? null : looksAfterLoss)
    return readBack(operation, account)
  }

  return { isOnItsWay, readBackOnce, readBackAll, watch, watchOpen }
}
export type ReadingBack = ReturnType<typeof createReadingBack>
