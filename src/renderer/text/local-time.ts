const minuteMs = 60_000
const dayMs = 86_400_000

const partsIn = new Map<string, Intl.DateTimeFormat>()

const formatIn = (zone: string): Intl.DateTimeFormat => {
  const held = partsIn.get(zone)
  if (held !== undefined) return held
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit'
  })
  partsIn.set(zone, made)
  return made
}

/** How far local time is ahead of UTC at an instant, in whole minutes. The computer's own zone unless one is named. */
const offsetMs = (ms: number, zone?: string): number => {
  if (zone === undefined) return -new Date(ms).getTimezoneOffset() * minuteMs
  const parts = new Map(
    formatIn(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)])
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const localMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute')
  )
  return localMs - Math.floor(ms / minuteMs) * minuteMs
}

/** A time as a field for local date and time holds it: "2026-11-23T10:15". */
export const toField = (ms: number, zone?: string): string =>
  new Date(ms + offsetMs(ms, zone)).toISOString().slice(0, 16)

/** How far local time is ahead of UTC at an instant: "+01:00". */
export const offsetText = (ms: number, zone?: string): string => {
  const ahead = offsetMs(ms, zone)
  const size = new Date(Math.abs(ahead)).toISOString().slice(11, 16)
  return `${ahead < 0 ? '-' : '+'}${size}`
}

/**
 * The instants that a local time stands for, earliest first: two in the hour that comes twice when clocks go back. A time
 * that is left out when clocks go forward stands for the one as much later.
 */
export const instantsOf = (field: string, zone?: string): readonly number[] => {
  const utcMs = Date.parse(`${field}Z`)
  if (Number.isNaN(utcMs)) return []
  const before = utcMs - offsetMs(utcMs - dayMs, zone)
  const after = utcMs - offsetMs(utcMs + dayMs, zone)
  const meant = [...new Set([before, after])].filter((ms) => toField(ms, zone) === field)
  return meant.length === 0 ? [before] : meant.toSorted((a, b) => a - b)
}

/** The number of the local day, so that days can be counted whatever their length. */
export const dayNumber = (ms: number, zone?: string): number =>
  Math.floor((ms + offsetMs(ms, zone)) / dayMs)

/** The local day of an instant, as a date field takes it: `2026-03-01`. */
export const localDay = (ms: number, zone?: string): string => toField(ms, zone).slice(0, 10)
