import type { AccountId } from '../../../shared/domain/account.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Pace } from '../../ports/provider.ts'
import type { Store } from '../../ports/store.ts'
import type { Stop } from './machines.ts'

/** Answers in a row after which one more request may be on its way. */
const growsAfter = 5
/** Lost answers in a row after which the provider is left alone for a while. */
const mostLost = 3

/** No longer of our own accord; the provider may ask for more. */
const longestOwnPauseMs = 60_000
/** A longer pause holds over a restart. */
const longPauseMs = 10 * 60_000
const longestRestoredMs = 24 * 3_600_000

const pausedUntilKey = (accountId: AccountId): string => `outbox.pausedUntil.${accountId}`

interface AccountPace {
  inFlight: number
  /** Requests that may be on their way at a time; never above the provider's own figure. */
  limit: number
  goodInARow: number
  lostInARow: number
  /** Requests refused for the rate since the last good answer. */
  limitedInARow: number
  nextMs: number
  stop: (Stop & { readonly untilMs: number | null }) | null
}

/** How fast each account's deletions are sent, and whether they are at all (security R8). Time is the monotonic one. */
export const createPacing = (clock: Clock, store: Pick<Store, 'read' | 'transaction'>) => {
  const paces = new Map<AccountId, AccountPace>()

  const paceOf = (accountId: AccountId): AccountPace => {
    const known = paces.get(accountId)
    if (known !== undefined) return known
    const fresh: AccountPace = {
      inFlight: 0,
      limit: Number.POSITIVE_INFINITY,
      goodInARow: 0,
      lostInARow: 0,
      limitedInARow: 0,
      nextMs: 0,
      stop: null
    }
    paces.set(accountId, fresh)
    return fresh
  }

  /** As long as the provider asks for, and longer each time if that was not enough. */
  const limitedFor = (own: AccountPace, askedMs: number): number => {
    own.limitedInARow += 1
    return Math.max(askedMs, Math.min(longestOwnPauseMs, 1_000 * 2 ** (own.limitedInARow - 1)))
  }

  const slowDown = (own: AccountPace): void => {
    own.limit = 1
    own.goodInARow = 0
  }

  const stopFor = (accountId: AccountId, stop: Stop): void => {
    const own = paceOf(accountId)
    slowDown(own)
    const forMs = stop.reason === 'pace' ? limitedFor(own, stop.forMs ?? 0) : stop.forMs
    const untilMs = forMs === null ? null : clock.monotonicMs() + forMs
    own.stop = { reason: stop.reason, forMs, untilMs }
  }

  const keepPause = (accountId: AccountId, forMs: number): void => {
    const untilAt = new Date(Date.parse(clock.nowAt()) + forMs).toISOString()
    store.transaction((write) => write.putMeta(pausedUntilKey(accountId), untilAt))
  }

  return {
    /** Milliseconds until the next request may leave; null while too many are on their way or the account is stopped. */
    waitMs: (accountId: AccountId, pace: Pace): number | null => {
      const own = paceOf(accountId)
      if (own.stop !== null || own.inFlight >= Math.min(own.limit, pace.parallel)) return null
      return Math.max(0, own.nextMs - clock.monotonicMs())
    },
    requestBegan: (accountId: AccountId, pace: Pace): void => {
      const own = paceOf(accountId)
      own.inFlight += 1
      own.nextMs = clock.monotonicMs() + pace.gapMs
    },
    requestEnded: (accountId: AccountId): void => {
      paceOf(accountId).inFlight -= 1
    },
    answered: (accountId: AccountId, pace: Pace): void => {
      const own = paceOf(accountId)
      own.lostInARow = 0
      own.limitedInARow = 0
      own.goodInARow += 1
      if (own.goodInARow < growsAfter || own.limit >= pace.parallel) return
      own.limit += 1
      own.goodInARow = 0
    },
    /** True if the provider should be left alone now. */
    answerLost: (accountId: AccountId): boolean => {
      const own = paceOf(accountId)
      slowDown(own)
      own.lostInARow += 1
      if (own.lostInARow < mostLost) return false
      own.lostInARow = 0
      return true
    },
    stop: (accountId: AccountId, stop: Stop): void => {
      stopFor(accountId, stop)
      const forMs = stop.reason === 'pace' ? (stop.forMs ?? 0) : 0
      if (forMs > longPauseMs) keepPause(accountId, forMs)
    },
    /** Lifts the stop; one for the provider's rate limit only once its time is over. True if it was lifted. */
    lift: (accountId: AccountId): boolean => {
      const own = paceOf(accountId)
      const untilMs = own.stop?.reason === 'pace' ? own.stop.untilMs : null
      if (untilMs !== null && untilMs > clock.monotonicMs()) return false
      const wasStopped = own.stop !== null
      own.stop = null
      return wasStopped
    },
    stopOf: (accountId: AccountId): Stop | null => paceOf(accountId).stop,
    /** Milliseconds until a stop for the provider's rate limit is over. */
    pauseLeftMs: (accountId: AccountId): number | null => {
      const untilMs = paceOf(accountId).stop?.untilMs ?? null
      return untilMs === null ? null : Math.max(0, untilMs - clock.monotonicMs())
    },
    inFlight: (): number => [...paces.values()].reduce((sum, own) => sum + own.inFlight, 0),
    /** A pause that the provider asked for holds over a restart, but never for longer than a day. */
    restorePauses: (): void => {
      for (const { id } of store.read.accounts()) {
        const untilAt = store.read.meta(pausedUntilKey(id))
        const leftMs = untilAt === null ? 0 : Date.parse(untilAt) - Date.parse(clock.nowAt())
        const forMs = Math.min(leftMs, longestRestoredMs)
        if (forMs > 0) stopFor(id, { reason: 'pace', forMs })
        // After the clock was set back the pause would be that long again at every start.
        if (leftMs > forMs) keepPause(id, forMs)
      }
    }
  }
}
export type Pacing = ReturnType<typeof createPacing>

const firstDelayMs = 10_000
const longestDelayMs = 120_000
/** So long something that was accepted may take to go (reading-back.ts); a model waits as long for its versions. */
const patienceMs = 15 * 60_000

interface Delay {
  readonly sinceMs: number
  times: number
  isWaiting: boolean
}

/**
 * Deletions that cannot be asked for yet, since what has to go first is still on its way out: they are asked for later,
 * after growing delays. In memory only; after a restart it shows anew.
 */
export const createBackoff = (clock: Clock) => {
  const delays = new Map<string, Delay>()

  const delayOf = (id: string): Delay => {
    const known = delays.get(id)
    if (known !== undefined) return known
    const fresh = { sinceMs: clock.monotonicMs(), times: 0, isWaiting: false }
    delays.set(id, fresh)
    return fresh
  }

  const mayTryAgain = (id: string): boolean =>
    clock.monotonicMs() - (delays.get(id)?.sinceMs ?? clock.monotonicMs()) < patienceMs

  return {
    isWaiting: (id: string): boolean => delays.get(id)?.isWaiting ?? false,
    mayTryAgain,
    /** Milliseconds to wait for the next turn, call `end` then; null: it was waited for long enough. */
    begin: (id: string): number | null => {
      const delay = delayOf(id)
      if (!mayTryAgain(id)) {
        delays.delete(id)
        return null
      }
      const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** delay.times)
      delay.times += 1
      delay.isWaiting = true
      return delayMs
    },
    end: (id: string): void => {
      const delay = delays.get(id)
      if (delay !== undefined) delay.isWaiting = false
    }
  }
}
export type Backoff = ReturnType<typeof createBackoff>
