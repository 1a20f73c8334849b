import { instantsOf, toField } from '../../text/local-time.ts'

const dayMs = 86_400_000
const quarterMs = 15 * 60_000

/** A quarter of an hour past this time tomorrow at the earliest, so that reading on does not make it too soon. */
export const firstOffer = (nowMs: number, zone?: string): string =>
  toField((Math.ceil((nowMs + dayMs) / quarterMs) + 1) * quarterMs, zone)

export const earliest = (nowMs: number): string => toField(nowMs + dayMs + 60_000)

export const latest = (nowMs: number): string => toField(nowMs + 30 * dayMs)

/** The field's time as ISO 8601 UTC; null unless it is one to thirty days ahead. */
export const toRunAt = (field: string, nowMs: number, zone?: string): string | null => {
  const isInReach = (ms: number): boolean => ms >= nowMs + dayMs && ms <= nowMs + 30 * dayMs
  const ms = instantsOf(field, zone).find(isInReach)
  return ms === undefined ? null : new Date(ms).toISOString()
}
