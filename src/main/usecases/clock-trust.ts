import type { Clock } from '../ports/clock.ts'

/** What speaks against the wall clock. `byMs` is how far it is ahead of where it should be; below 0: behind. */
export interface ClockDoubt {
  /** `moved`: it was set, or ran on while nothing else did. `differs`: a server says another time. */
  readonly why: 'moved' | 'differs'
  readonly byMs: number
}

/** Whether the wall clock can be believed. */
export interface ClockTrust {
  /** What speaks against the wall clock now; null: nothing. Of the servers only those at these origins are heard. */
  doubt(origins: Iterable<string>): ClockDoubt | null
  /** The wall clock put right by all that is known, as ISO 8601 UTC. */
  nowAt(): string
  /** A server's `Date`, as it came with an answer. */
  noteServer(origin: string, date: string): void
  /** Looks at both clocks, so that slow drift is not taken for a jump later. Call about once a minute. */
  compare(): void
  /** The computer goes to sleep. */
  suspend(): void
  /** The computer woke. */
  resume(): void
}

export interface ClockTrustDeps {
  readonly clock: Pick<Clock, 'nowAt'>
  /** Milliseconds on a clock that nobody sets and that goes on while the computer sleeps. */
  readonly elapsedMs: () => number
  /** The latest time that an earlier run believed in; null: there was none. */
  readonly seenAt: string | null
}

/** More than clocks are put right by in passing, and less than a schedule could be harmed by. */
const toleranceMs = 5 * 60_000

const isSmall = (ms: number): boolean => Math.abs(ms) <= toleranceMs

/** A time told by one clock, with the elapsed time at which it was told. */
interface Reading {
  readonly timeMs: number
  readonly elapsedMs: number
}

/** How far a reading is ahead of another one that was carried on by the elapsed time. */
const aheadMs = (now: Reading, of: Reading): number =>
  now.timeMs - of.timeMs - (now.elapsedMs - of.elapsedMs)

/**
 * Holds the wall clock against three witnesses: the elapsed time, the servers' `Date`, and what earlier runs saw
 * (docs/adr/0012-clocks.md). A jump that a server heard before it confirms was a correction; one that no earlier
 * witness confirms stays in doubt until the clock is back or the app starts anew.
 */
export const createClockTrust = ({ clock, elapsedMs, seenAt }: ClockTrustDeps): ClockTrust => {
  const read = (): Reading => ({ timeMs: Date.parse(clock.nowAt()), elapsedMs: elapsedMs() })
  const servers = new Map<string, Reading>()
  let anchor = read()
  /** Time has come at least this far; null: nothing known, or a server says otherwise. */
  let floor: Reading | null =
    seenAt === null ? null : { timeMs: Date.parse(seenAt), elapsedMs: anchor.elapsedMs }
  let asleepSince: Reading | null = null
  /** Sleep that the elapsed time knows nothing of, and no server confirmed yet. */
  let claimedSleepMs = 0

  const behindMs = (now: Reading): number =>
    floor === null ? 0 : Math.max(0, -aheadMs(now, floor))

  const agreesWithServers = (now: Reading): boolean =>
    servers.size > 0 && [...servers.values()].every((told) => isSmall(aheadMs(now, told)))

  /** How far the wall clock jumped in this run; 0: it did not. */
  const jumpMs = (now: Reading): number => {
    const byMs = aheadMs(now, anchor)
    const wasBehind = floor !== null && behindMs(anchor) > toleranceMs
    const isCorrection = agreesWithServers(now) || (wasBehind && byMs > 0 && isSmall(behindMs(now)))
    if (!isSmall(byMs) && !isCorrection) return byMs
    anchor = now
    return 0
  }

  const serverDoubt = (now: Reading, origins: Iterable<string>): ClockDoubt | null => {
    for (const origin of origins) {
      const told = servers.get(origin)
      const byMs = told === undefined ? 0 : aheadMs(now, told)
      if (!isSmall(byMs)) return { why: 'differs', byMs }
    }
    return null
  }

  const doubt = (origins: Iterable<string>): ClockDoubt | null => {
    const now = read()
    const byMs = jumpMs(now) + claimedSleepMs
    if (byMs !== 0) return { why: 'moved', byMs }
    const differs = serverDoubt(now, origins)
    if (differs !== null) return differs
    return isSmall(behindMs(now)) ? null : { why: 'moved', byMs: -behindMs(now) }
  }

  /** By how much all servers agree that the clock is wrong, as far as the one that says the least. */
  const byAllServersMs = (now: Reading): number => {
    const offsets = [...servers.values()].map((told) => aheadMs(now, told))
    if (offsets.length === 0 || offsets.some(isSmall)) return 0
    return offsets.reduce((least, byMs) => (Math.abs(byMs) < Math.abs(least) ? byMs : least))
  }

  const nowAt = (): string => {
    const now = read()
    const jumpedMs = jumpMs(now)
    const byServersMs = byAllServersMs(now)
    const wrongMs = byServersMs === 0 ? jumpedMs + claimedSleepMs : byServersMs
    const floorMs = byServersMs === 0 && jumpedMs === 0 ? behindMs(now) : 0
    return new Date(now.timeMs - wrongMs + (floorMs > toleranceMs ? floorMs : 0)).toISOString()
  }

  const noteServer = (origin: string, date: string): void => {
    const timeMs = Date.parse(date)
    const now = read()
    // A server on this very computer moves with its clock; only what was told before a jump counts against it.
    if (Number.isNaN(timeMs) || jumpMs(now) !== 0) return
    servers.set(origin, { timeMs, elapsedMs: now.elapsedMs })
    if (!isSmall(now.timeMs - timeMs)) return
    floor = null
    claimedSleepMs = 0
  }

  const resume = (): void => {
    const now = read()
    const sleptMs = asleepSince === null ? 0 : aheadMs(now, asleepSince)
    asleepSince = null
    if (sleptMs <= toleranceMs) return
    claimedSleepMs += sleptMs
    anchor = { ...anchor, timeMs: anchor.timeMs + sleptMs }
    servers.clear()
  }

  return {
    doubt,
    nowAt,
    noteServer,
    compare: () => {
      jumpMs(read())
    },
    suspend: () => {
      asleepSince = read()
    },
    resume
  }
}
