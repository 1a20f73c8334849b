import { kinds } from '../../../shared/catalogue/kinds.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountRecord, Operation, Store } from '../../ports/store.ts'
import { changedBinding } from '../binding.ts'
import { askedChangeOf } from '../plans/step-of.ts'
import type { OutboxContext } from './context.ts'
import { nextItemState, type ReadBackResult } from './machines.ts'
import { assetOf, itemEvent, readBackOutcomeOf } from './records.ts'

/** What the address of a thing answered. */
type Found = NonNullable<Operation['found']>

interface ReadBack {
  readonly found: Found
  /** False while the provider may still be at it, or may not show it yet: it is read back again soon. */
  readonly isLast: boolean
  /** The provider itself had told of the thing before. */
  readonly wasSeen: boolean
}

type Asked = Pick<Operation, 'state' | 'mode' | 'error' | 'httpStatus'>

/** The answer was that the provider does not know the thing. */
const wasNotKnown = ({ error }: Asked): boolean => error?.kind === 'not-found'

const afterNotKnown = ({ httpStatus }: Asked, { found, wasSeen }: ReadBack): ReadBackResult => {
  if (found === 'there') return 'refused'
  return wasSeen || httpStatus === 410 ? 'already-gone' : 'not-found'
}

/** That a thing says of itself that it is deleted, or is as was asked for, shows no permanent deletion. */
const isAway = ({ mode }: Asked, found: Found): boolean =>
  found === 'gone' || (found === 'says-deleted' && mode !== 'permanent')

/** What reading back makes of a deletion that is not settled; null: nothing yet. Pure. */
const resultOf = (asked: Asked, read: ReadBack): ReadBackResult | null => {
  if (asked.state === 'accepted') return read.found === 'there' ? null : 'gone'
  if (asked.state === 'refused') return isAway(asked, read.found) ? 'gone' : null
  if (asked.state !== 'unclear') return null
  if (wasNotKnown(asked)) return afterNotKnown(asked, read)
  if (isAway(asked, read.found)) return 'gone'
  return read.found === 'there' && read.isLast ? 'refused' : null
}

/**
 * That something taken for not done is still there is what was to be expected; of something accepted it is, until it was
 * waited for long enough.
 */
const isNews = ({ state, found: before }: Operation, { found, isLast }: ReadBack): boolean =>
  before !== found &&
  (state === 'unclear' ||
    (state === 'refused' && found !== 'there') ||
    (state === 'accepted' && isLast))

/** The thing was listed, or is listed nowhere: then the plan knew it from the provider. */
const wasSeen = (store: Store, item: Operation): boolean => {
  const asset = assetOf(store, item)
  if (asset !== null) return asset.presence === 'listed'
  return ['conversation', 'persona', 'page'].includes(item.assetKind)
}

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

const shortestPauseMs = 2_000
const longestPauseMs = 30_000
/** After this long the later refreshes have to do. */
const patienceMs = 15 * 60_000

/** Reads soon after a lost answer, each after twice the pause before: a provider may not show at once what it did. */
const readsAfterLoss = 2

/** So many are read together, so that one read that takes long does not hold up the others. */
const mostTogether = 4

const inGroups = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / mostTogether) }, (_, part) =>
    all.slice(part * mostTogether, (part + 1) * mostTogether)
  )

interface Watched {
  readonly accountId: AccountRecord['id']
  readonly sinceMs: number
  /** Null: until patience is over. */
  readsLeft: number | null
}

const isOpen = ({ state }: Operation): boolean =>
  state === 'accepted' || state === 'unclear' || state === 'refused'

/** Called with each deletion as soon as it is settled, or no longer watched. */
export type OnSettled = (operation: Operation) => void

/**
 * Finds out, by reading alone, what became of deletions that were accepted or whose answer was lost. Nothing is sent
 * again (security R5). When to read is up to the caller.
 */
export const createReadingBack = (ctx: OutboxContext) => {
  const { store, clock, records, results } = ctx
  /** Those read again and again. */
  const watched = new Map<Operation['id'], Watched>()

  const current = ({ id, batchId }: Operation): Operation | null =>
    records.find(batchId ?? '')?.items.get(id) ?? store.read.operation(id)

  const record = (operation: Operation, was: Operation['state']): void => {
    // The status of the answer belongs to the record of the answer; this one tells of a read of our own.
    const body = { ...readBackOutcomeOf(operation), found: operation.found, was }
    results.settle(operation, [itemEvent(store, 'deletion-read-back', operation, body)])
  }

  /** Writes down what was found, if it is news. Answers the deletion if that settled it. */
  const conclude = (operation: Operation, found: Found): Operation | null => {
    const isLast = !watched.has(operation.id)
    const read = { found, isLast, wasSeen: wasSeen(store, operation) }
    const as = resultOf(operation, read)
    const state = as === null ? null : nextItemState(operation.state, { kind: 'read-back', as })
    if (state === null) {
      if (isNews(operation, read)) record({ ...operation, found }, operation.state)
      return null
    }
    watched.delete(operation.id)
    const settled = { ...operation, found, state, finishedAt: clock.nowAt() }
    const concluded = { ...settled, error: errorAfter(settled) }
    record(concluded, operation.state)
    return concluded
  }

  const probe = async (account: AccountRecord, operation: Operation): Promise<Result<Found>> => {
    const { assetKind: kind } = operation
    const id = operation.assetId as TargetRef['id']
    try {
      const connection = ctx.keyRing.connect(account)
      const asked = askedChangeOf(store, operation) ?? undefined
      return await ctx.providerOf(account).probe(connection, kind, id, ctx.stopping, asked)
    } catch (error) {
      // A read that fails must not end the reading of everything else.
      return fail({ kind: 'bug', reference: ctx.supervisor.report('deletions', error) })
    }
  }

  const readBack = async (
    operation: Operation,
    account: AccountRecord,
    onSettled: OnSettled
  ): Promise<Result<null>> => {
    // At another address, or with another key, the same id may be somebody else's.
    if (changedBinding(operation, account) !== null) return ok(null)
    const answer = await probe(account, operation)
    if (!answer.ok) return answer
    const still = current(operation)
    const settled = still !== null && isOpen(still) ? conclude(still, answer.value) : null
    if (settled !== null) onSettled(settled)
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

  const watchedOf = (accountId: AccountRecord['id']): readonly string[] =>
    [...watched].flatMap(([id, entry]) => (entry.accountId === accountId ? [id] : []))

  const isOver = ({ sinceMs, readsLeft }: Watched): boolean =>
    readsLeft === null ? clock.monotonicMs() - sinceMs >= patienceMs : readsLeft <= 0

  const pauseAfter = ({ sinceMs, readsLeft }: Watched): number =>
    readsLeft === null
      ? Math.max(shortestPauseMs, (clock.monotonicMs() - sinceMs) / 2)
      : shortestPauseMs * 2 ** (readsAfterLoss - readsLeft)

  /** The last time nothing more is waited for, so that it settles what it can; later refreshes read again. */
  const readWatched = async (id: string, entry: Watched, onSettled: OnSettled): Promise<void> => {
    const account = store.read.account(entry.accountId)
    const operation = store.read.operation(id)
    if (entry.readsLeft !== null) entry.readsLeft -= 1
    const isLast = isOver(entry)
    if (account === null || operation === null || isLast) watched.delete(id)
    if (account === null || operation === null) return
    await readBack(operation, account, onSettled)
    const left = isLast ? store.read.operation(id) : null
    if (left !== null) onSettled(left)
  }

  return {
    /** What is not read back soon any more counts as it stands. */
    isWatched: (id: Operation['id']): boolean => watched.has(id),
    hasWatched: (accountId: AccountRecord['id']): boolean => watchedOf(accountId).length > 0,
    /** Reads it again after growing pauses: for a quarter of an hour, or after a lost answer a few times only. */
    watch: ({ id, accountId, state, assetKind }: Operation): void => {
      const isSlow = state === 'accepted' || kinds[assetKind].isDeletedSlowly
      const readsLeft = isSlow ? null : readsAfterLoss
      watched.set(id, { accountId, sinceMs: clock.monotonicMs(), readsLeft })
    },
    /** What was accepted, or may have been, before this start. */
    slowOnes: (): readonly Operation[] =>
      store.read
        .operations(['accepted', 'unclear'])
        .filter(
          ({ kind, state, assetKind }) =>
            kind === 'delete' && (state === 'accepted' || kinds[assetKind].isDeletedSlowly)
        ),
    /** Milliseconds until the watched ones of an account should be read again. */
    pauseMs: (accountId: AccountRecord['id']): number => {
      const pauses = watchedOf(accountId).flatMap((id) => {
        const entry = watched.get(id)
        return entry === undefined ? [] : [pauseAfter(entry)]
      })
      return Math.min(longestPauseMs, ...pauses)
    },
    readBack,
    /** Reads all that is open of an account. The error of the first that could not be asked; null if all were. */
    readBackAll: async (account: AccountRecord, onSettled: OnSettled): Promise<AppError | null> => {
      for (const operations of inGroups(openOf(account.id))) {
        if (ctx.stopping.aborted) return null
        const reads = await Promise.all(
          operations.map((operation) => readBack(operation, account, onSettled))
        )
        const failed = reads.find((read) => !read.ok)
        if (failed?.ok === false) return failed.error
      }
      return null
    },
    readAllWatched: async (accountId: AccountRecord['id'], onSettled: OnSettled): Promise<void> => {
      for (const ids of inGroups(watchedOf(accountId))) {
        await Promise.all(
          ids.map(async (id) => {
            const entry = watched.get(id)
            if (entry !== undefined) await readWatched(id, entry, onSettled)
          })
        )
        if (ctx.stopping.aborted) return
      }
    }
  }
}
export type ReadingBack = ReturnType<typeof createReadingBack>
