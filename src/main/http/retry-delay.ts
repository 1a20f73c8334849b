const dayMs = 86_400_000
/** Waits beyond this are taken for a mistake of the server, not for a wish. */
const absurdMs = 7 * dayMs
const datePattern = /^[A-Za-z]{3,9}, \d{2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/

/** Longer than this is nothing to wait for inside a request (security R7). */
export const longestWaitMs = 600_000

/**
 * The wait that `Retry-After` asks for, or null if it asks for nothing usable. A date is held against the
 * answer's own `Date`, so that a wrong clock here does not matter. Of several values the longest counts.
 */
export const readRetryAfterMs = (
  headers: Readonly<Record<string, string>>,
  nowAt: string
): number | null => {
  const { date, 'retry-after': wish = '' } = headers
  const text = wish.trim()
  const waitMs = datePattern.test(text) ? untilMs(text, date, nowAt) : secondsMs(text)
  return waitMs !== null && isMeant(waitMs) ? waitMs : null
}

/** The longest of several wishes to be waited for, leaving out those that cannot be meant; null if none is left. */
export const longestWishMs = (wishes: readonly (number | null)[]): number | null => {
  const meant = wishes.filter((waitMs) => waitMs !== null).filter(isMeant)
  return meant.length === 0 ? null : Math.max(...meant)
}

const isMeant = (waitMs: number): boolean =>
  Number.isFinite(waitMs) && waitMs > 0 && waitMs <= absurdMs

/**
 * How long to wait before try `tries + 1`: a random part of a growing span, at least a second after a 429, and
 * never less than the server asked for (security R6, R7).
 */
export const retryDelayMs = (facts: {
  readonly tries: number
  readonly status: number | null
  readonly retryAfterMs: number | null
  readonly random: () => number
}): number => {
  const spanMs = Math.min(30_000, 500 * 2 ** (facts.tries - 1))
  const floorMs = facts.status === 429 ? 1_000 : 0
  return Math.max(floorMs, Math.round(facts.random() * spanMs), facts.retryAfterMs ?? 0)
}

const untilMs = (date: string, serverDate: string | undefined, nowAt: string): number => {
  const isUsable = serverDate !== undefined && datePattern.test(serverDate)
  const nowMs = Date.parse(isUsable ? serverDate : nowAt)
  return Date.parse(date) - nowMs
}

const secondsMs = (text: string): number | null => {
  const values = text.split(',').map((value) => value.trim())
  if (!values.every((value) => /^\d{1,12}$/.test(value))) return null
  return Math.max(...values.map(Number)) * 1_000
}
