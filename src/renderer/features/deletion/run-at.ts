const dayMs = 86_400_000
const quarterMs = 15 * 60_000

const two = (value: number): string => String(value).padStart(2, '0')

/** A time as a field for local date and time holds it: "2026-11-23T10:15". */
export const toField = (ms: number): string => {
  const date = new Date(ms)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** A quarter of an hour past this time tomorrow at the earliest, so that reading on does not make it too soon. */
export const firstOffer = (nowMs: number): string =>
  toField((Math.ceil((nowMs + dayMs) / quarterMs) + 1) * quarterMs)

export const earliest = (nowMs: number): string => toField(nowMs + dayMs + 60_000)

export const latest = (nowMs: number): string => toField(nowMs + 30 * dayMs)

/** The field's time as ISO 8601 UTC; null unless it is one to thirty days ahead. */
export const toRunAt = (field: string, nowMs: number): string | null => {
  const ms = Date.parse(field)
  if (Number.isNaN(ms) || ms < nowMs + dayMs || ms > nowMs + 30 * dayMs) return null
  return new Date(ms).toISOString()
}
