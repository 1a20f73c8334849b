import type { AccountId } from '../../../shared/domain/account.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Pace } from '../../ports/provider.ts'
import type { Stop } from './removal-verdict.ts'

/** Answers in a row after which one more request may be on its way. */
const growsAfter = 5
/** Lost answers in a row after which the provider is left alone for a while. */
const mostLost = 3

/** No longer of our own accord; the provider may ask for more. */
const longestOwnPauseMs = 60_000

interface Lane {
  inFlight: number
  /** Requests that may be on their way at a time; never above the provider's own figure. */
  limit: number
  goodInARow: number
  lostInARow: number
  /** Requests refused for the pace since the last good answer. */
  limitedInARow: number
  nextMs: number
  stop: (Stop & { readonly untilMs: number | null }) | null
}

/** How fast each account's deletions are sent, and whether they are at all (security R8). Time is the monotonic one. */
export const createAccountLanes = (clock: Clock) => {
  const lanes = new Map<AccountId, Lane>()

  const laneOf = (accountId: AccountId): Lane => {
    const known = lanes.get(accountId)
    if (known !== undefined) return known
    const fresh: Lane = {
      inFlight: 0,
      limit: Number.POSITIVE_INFINITY,
      goodInARow: 0,
      lostInARow: 0,
      limitedInARow: 0,
      nextMs: 0,
      stop: null
    }
    lanes.set(accountId, fresh)
    return fresh
  }

  /** As long as the provider asks for, and longer each time if that was not enough. */
  const limitedFor = (lane: Lane, askedMs: number): number => {
    lane.limitedInARow += 1
    return Math.max(askedMs, Math.min(longestOwnPauseMs, 1_000 * 2 ** (lane.limitedInARow - 1)))
  }

  const slowDown = (lane: Lane): void => {
    lane.limit = 1
    lane.goodInARow = 0
  }

  return {
    /** Milliseconds until the next request may leave; null while too many are on their way or the account is stopped. */
    waitMs: (accountId: AccountId, pace: Pace): number | null => {
      const lane = laneOf(accountId)
      if (lane.stop !== null || lane.inFlight >= Math.min(lane.limit, pace.parallel)) return null
      return Math.max(0, lane.nextMs - clock.monotonicMs())
    },
    begin: (accountId: AccountId, pace: Pace): void => {
      const lane = laneOf(accountId)
      lane.inFlight += 1
      lane.nextMs = clock.monotonicMs() + pace.gapMs
    },
    end: (accountId: AccountId): void => {
      laneOf(accountId).inFlight -= 1
    },
    good: (accountId: AccountId, pace: Pace): void => {
      const lane = laneOf(accountId)
      lane.lostInARow = 0
      lane.limitedInARow = 0
      lane.goodInARow += 1
      if (lane.goodInARow < growsAfter || lane.limit >= pace.parallel) return
      lane.limit += 1
      lane.goodInARow = 0
    },
    /** True if the provider should be left alone now. */
    lost: (accountId: AccountId): boolean => {
      const lane = laneOf(accountId)
      slowDown(lane)
      lane.lostInARow += 1
      if (lane.lostInARow < mostLost) return false
      lane.lostInARow = 0
      return true
    },
    stop: (accountId: AccountId, stop: Stop): void => {
      const lane = laneOf(accountId)
      slowDown(lane)
      const forMs = stop.reason === 'pace' ? limitedFor(lane, stop.forMs ?? 0) : stop.forMs
      const untilMs = forMs === null ? null : clock.monotonicMs() + forMs
      lane.stop = { reason: stop.reason, forMs, untilMs }
    },
    /** Lifts the stop; one for the provider's pace only once its time is over. True if it was lifted. */
    lift: (accountId: AccountId): boolean => {
      const lane = laneOf(accountId)
      const untilMs = lane.stop?.reason === 'pace' ? lane.stop.untilMs : null
      if (untilMs !== null && untilMs > clock.monotonicMs()) return false
      const wasStopped = lane.stop !== null
      lane.stop = null
      return wasStopped
    },
    stopOf: (accountId: AccountId): Stop | null => laneOf(accountId).stop,
    /** Milliseconds until a stop for the provider's pace is over. */
    pauseLeftMs: (accountId: AccountId): number | null => {
      const untilMs = laneOf(accountId).stop?.untilMs ?? null
      return untilMs === null ? null : Math.max(0, untilMs - clock.monotonicMs())
    },
    inFlight: (): number => [...lanes.values()].reduce((sum, lane) => sum + lane.inFlight, 0)
  }
}
export type AccountLanes = ReturnType<typeof createAccountLanes>
