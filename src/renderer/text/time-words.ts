import { dayNumber, toField } from './local-time.ts'

const personLocale = (): string | undefined => globalThis.navigator?.language

/** The words are English, so times written out in words are too; only the order of their parts follows the person. */
const wordsLocale = (): string => {
  const locale = personLocale()
  return locale?.startsWith('en') ? locale : 'en-GB'
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Local time is the computer's; tests name another zone. */
const format = (
  key: string,
  options: Intl.DateTimeFormatOptions,
  zone?: string
): Intl.DateTimeFormat => {
  const held = formats.get(`${key} ${zone}`)
  if (held !== undefined) return held
  const made = new Intl.DateTimeFormat(wordsLocale(), { ...options, timeZone: zone })
  formats.set(`${key} ${zone}`, made)
  return made
}

// Not `hourCycle`, by which some locales count from 1 to 24, so that midnight would be 24:00.
const hourCycle = 'h23'

/** "13:40". */
export const clockTime = (at: string, zone?: string): string =>
  format('clock', { hour: '2-digit', minute: '2-digit', hourCycle }, zone).format(new Date(at))

/** "13:40:12": for a wait that is shorter than a minute, perhaps. */
export const clockSeconds = (at: string, zone?: string): string =>
  format(
    'seconds',
    { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle },
    zone
  ).format(new Date(at))

/** "21 November 2026 at 13:40:12", for hovering and for records. */
export const exactTime = (at: string, zone?: string): string =>
  format('exact', { dateStyle: 'long', timeStyle: 'medium', hourCycle }, zone).format(new Date(at))

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000]
]

/** "2 minutes ago", "in 23 hours", "just now". */
export const relativeTime = (at: string, nowMs: number): string => {
  const diffMs = Date.parse(at) - nowMs
  const step = steps.find(([, unitMs]) => Math.abs(diffMs) >= unitMs)
  if (step === undefined) return diffMs > 0 ? 'in less than a minute' : 'just now'
  const [unit, unitMs] = step
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(
    Math.trunc(diffMs / unitMs),
    unit
  )
}

/** The same for what has happened: the clock of the window may lag behind by a few seconds. */
export const timeSince = (at: string, nowMs: number): string =>
  relativeTime(at, Math.max(nowMs, Date.parse(at)))

/** "Today", "Yesterday", "18 November", with the year if it is another one. */
export const dayHeading = (at: string, nowMs: number, zone?: string): string => {
  const days = dayNumber(nowMs, zone) - dayNumber(Date.parse(at), zone)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const date = new Date(at)
  const isThisYear = toField(nowMs, zone).slice(0, 4) === toField(Date.parse(at), zone).slice(0, 4)
  return isThisYear
    ? format('day', { day: 'numeric', month: 'long' }, zone).format(date)
    : format('dayYear', { day: 'numeric', month: 'long', year: 'numeric' }, zone).format(date)
}

/** "Today, 13:40", "18 November, 09:02": for lists of facts. */
export const dayAndTime = (at: string, nowMs: number, zone?: string): string =>
  `${dayHeading(at, nowMs, zone)}, ${clockTime(at, zone)}`

/** "21 November, 13:40:12", for a time on another day. */
export const dayAndSeconds = (at: string, nowMs: number, zone?: string): string =>
  `${dayHeading(at, nowMs, zone)}, ${clockSeconds(at, zone)}`

/** "18 Nov 2026": for narrow columns. */
export const shortDate = (at: string): string =>
  format('short', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at))

/** "45 seconds", "3 minutes": how long to wait. */
export const waitWords = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 90) return countOf(seconds, 'second')
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? countOf(minutes, 'minute') : countOf(Math.round(minutes / 60), 'hour')
}

/** "8 days", "3 hours", "12 minutes": how far apart two times are, whichever is first. */
export const spanWords = (ms: number): string => {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000))
  if (minutes < 60) return countOf(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  return hours < 48 ? countOf(hours, 'hour') : countOf(Math.round(hours / 24), 'day')
}

/** Digits and separators as the person is used to. */
export const number = (value: number): string => new Intl.NumberFormat(personLocale()).format(value)

/** "1 replica", "1,204 replicas". */
export const countOf = (value: number, noun: string, plural = `${noun}s`): string =>
  `${number(value)} ${value === 1 ? noun : plural}`
