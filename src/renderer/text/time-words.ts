import { currentLocale, t } from '../../shared/messages/messages.ts'
import { dayNumber, toField } from './local-time.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Local time is the computer's; tests name another zone. The hours are 12 or 24, as the locale has them. */
const format = (
  key: string,
  options: Intl.DateTimeFormatOptions,
  zone?: string
): Intl.DateTimeFormat => {
  const locale = currentLocale()
  const held = formats.get(`${key} ${zone} ${locale}`)
  if (held !== undefined) return held
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })
  formats.set(`${key} ${zone} ${locale}`, made)
  return made
}

/** "1:40 PM". */
export const clockTime = (at: string, zone?: string): string =>
  format('clock', { timeStyle: 'short' }, zone).format(new Date(at))

/** "1:40:12 PM": for a wait that is shorter than a minute, perhaps. */
export const clockSeconds = (at: string, zone?: string): string =>
  format('seconds', { timeStyle: 'medium' }, zone).format(new Date(at))

/** "November 21, 2026 at 1:40:12 PM", for hovering and for records. */
export const exactTime = (at: string, zone?: string): string =>
  format('exact', { dateStyle: 'long', timeStyle: 'medium' }, zone).format(new Date(at))

/** "Saturday, November 21, 2026": over what happened on a day, wherever and whenever it is read. */
export const dateLong = (at: string, zone?: string): string =>
  format('long', { dateStyle: 'full' }, zone).format(new Date(at))

/** "Nov 21, 2026, 1:40:12 PM", where an exact time has little room. */
export const shortExactTime = (at: string, zone?: string): string =>
  format('shortExact', { dateStyle: 'medium', timeStyle: 'medium' }, zone).format(new Date(at))

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
  if (step === undefined) return diffMs > 0 ? t('time.soon') : t('time.justNow')
  const [unit, unitMs] = step
  return new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' }).format(
    Math.trunc(diffMs / unitMs),
    unit
  )
}

/** The same for what has happened: the clock of the window may lag behind by a few seconds. */
export const timeSince = (at: string, nowMs: number): string =>
  relativeTime(at, Math.max(nowMs, Date.parse(at)))

const daysAgo = (at: string, nowMs: number, zone?: string): number =>
  dayNumber(nowMs, zone) - dayNumber(Date.parse(at), zone)

/** "November 18", with the year if it is another one. */
export const dateText = (at: string, nowMs: number, zone?: string): string => {
  const isThisYear = toField(nowMs, zone).slice(0, 4) === toField(Date.parse(at), zone).slice(0, 4)
  const year = isThisYear ? {} : ({ year: 'numeric' } as const)
  const day = { day: 'numeric', month: 'long', ...year } as const
  return format(isThisYear ? 'day' : 'dayYear', day, zone).format(new Date(at))
}

/** "March 2026". */
export const monthText = (at: string): string =>
  format('month', { month: 'long', year: 'numeric' }).format(new Date(at))

/** "2026". */
export const yearText = (at: string): string =>
  format('year', { year: 'numeric' }).format(new Date(at))

/** "Today", "Yesterday", "November 18", with the year if it is another one. */
export const dayHeading = (at: string, nowMs: number, zone?: string): string => {
  const days = daysAgo(at, nowMs, zone)
  if (days === 0) return t('time.today')
  return days === 1 ? t('time.yesterday') : dateText(at, nowMs, zone)
}

/** "Today, 1:40 PM", "November 18, 9:02 AM": for lists of facts. */
export const dayAndTime = (at: string, nowMs: number, zone?: string): string =>
  t('time.dayAndTime', { day: dayHeading(at, nowMs, zone), time: clockTime(at, zone) })

/** "November 21, 1:40:12 PM", for a time on another day. */
export const dayAndSeconds = (at: string, nowMs: number, zone?: string): string =>
  t('time.dayAndTime', { day: dayHeading(at, nowMs, zone), time: clockSeconds(at, zone) })

const dayNames: Readonly<Record<number, string>> = { 0: 'today', 1: 'yesterday', '-1': 'tomorrow' }

/** "today at 1:40 PM", "November 18 at 9:02 AM": within a sentence. */
export const whenText = (at: string, nowMs: number, zone?: string): string =>
  t('time.when', {
    day: dayNames[daysAgo(at, nowMs, zone)] ?? 'other',
    date: dateText(at, nowMs, zone),
    time: clockTime(at, zone)
  })

/** "Nov 18, 2026": for narrow columns. */
export const shortDate = (at: string): string =>
  format('short', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at))

type Unit = 'second' | 'minute' | 'hour' | 'day'

const ofUnit = (value: number, unit: Unit, unitDisplay: 'long' | 'short' = 'long'): string =>
  new Intl.NumberFormat(currentLocale(), { style: 'unit', unit, unitDisplay }).format(value)

/** "45 seconds", "3 minutes": how long to wait. */
export const waitWords = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 90) return ofUnit(seconds, 'second')
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? ofUnit(minutes, 'minute') : ofUnit(Math.round(minutes / 60), 'hour')
}

/** "8 days", "3 hours", "12 minutes": how far apart two times are, whichever is first. */
export const spanWords = (ms: number): string => {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000))
  if (minutes < 60) return ofUnit(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  return hours < 48 ? ofUnit(hours, 'hour') : ofUnit(Math.round(hours / 24), 'day')
}

/** "45 seconds", "2 minutes": a time that was chosen, in the largest unit that says it exactly. */
export const secondsWords = (seconds: number): string =>
  seconds % 60 === 0 ? ofUnit(seconds / 60, 'minute') : ofUnit(seconds, 'second')

/** "9 sec": beside a countdown. */
export const secondsShort = (ms: number): string => ofUnit(Math.ceil(ms / 1000), 'second', 'short')

/** "3 days", "1 hr", "40 min": the largest unit alone; null for less than a minute. */
export const spanShort = (ms: number): string | null => {
  const step = steps.find(([unit, unitMs]) => shortUnits.has(unit) && ms >= unitMs)
  return step === undefined ? null : ofUnit(Math.round(ms / step[1]), step[0] as Unit, 'short')
}

const shortUnits: ReadonlySet<Intl.RelativeTimeFormatUnit> = new Set(['day', 'hour', 'minute'])

/** A format for the locale that is spoken: making one costs more than using it a hundred times. */
const perLocale = <Format>(make: (locale: string) => Format): (() => Format) => {
  const made = new Map<string, Format>()
  return () => {
    const locale = currentLocale()
    const format = made.get(locale) ?? make(locale)
    made.set(locale, format)
    return format
  }
}

const numbers = perLocale((locale) => new Intl.NumberFormat(locale))
const anyOfList = perLocale((locale) => new Intl.ListFormat(locale, { type: 'disjunction' }))
const allOfList = perLocale((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }))

/** Digits and separators as the person is used to. */
export const number = (value: number): string => numbers().format(value)

/** "18%", of 18 in a hundred. */
export const percent = (value: number): string =>
  new Intl.NumberFormat(currentLocale(), { style: 'percent' }).format(Math.round(value) / 100)

/** Tavus alone, or "Tavus or Replicate": any one of them. */
export const anyOf = (names: readonly string[]): string => anyOfList().format(names)

/** "38 replicas, 21 videos, and 1 model". */
export const allOf = (parts: readonly string[]): string => allOfList().format(parts)
