import { currentLocale } from '../../shared/messages/messages.ts'

/** As the person writes times, but in UTC, with the month as a word: nobody takes one for another. */
const inUtc = (at: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(currentLocale(), { ...options, timeZone: 'UTC' }).format(new Date(at))

const shortDay = { day: 'numeric', month: 'short', year: 'numeric' } as const
const clockTime = { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const

/** "November 22, 2026" */
export const dayOf = (at: string): string => inUtc(at, { dateStyle: 'long' })

/** "Nov 22, 2026, 3:02:14 AM UTC" */
export const timeOf = (at: string): string =>
  inUtc(at, { ...shortDay, ...clockTime, timeZoneName: 'short' })

/** "3:02:14 AM" on the given day, else with its own: "Nov 23, 2026, 3:02:14 AM". UTC, which is said beside it. */
export const timeBeside = (at: string, dayAt: string): string =>
  inUtc(at, at.slice(0, 10) === dayAt.slice(0, 10) ? clockTime : { ...shortDay, ...clockTime })
