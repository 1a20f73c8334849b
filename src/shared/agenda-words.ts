import type { AgendaEntry } from './domain/agenda.ts'
import { currentLocale, t } from './messages/messages.ts'

/** "Delete “Amara Osei”", "2 follow-up checks": what will happen. */
export const agendaText = ({ kind, name, count }: Pick<AgendaEntry, 'kind' | 'name' | 'count'>) =>
  name === ''
    ? t('agenda.several', { kind, count })
    : t('agenda.named', { kind, name: name.length > 60 ? `${name.slice(0, 60)}…` : name })

/** "Dec 3, 2:00 PM", with the year if it is another one; in the zone of the computer unless one is named. */
export const agendaTime = (dueAt: string, nowMs: number, zone?: string): string => {
  const yearOf = (ms: number) =>
    new Intl.DateTimeFormat('en-US', { year: 'numeric', timeZone: zone }).format(ms)
  const dueMs = Date.parse(dueAt)
  return new Intl.DateTimeFormat(currentLocale(), {
    ...(yearOf(dueMs) === yearOf(nowMs) ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone
  }).format(dueMs)
}

/** The same as one line. What is under way, or late, has no time, and in a pause is not said to be going on. */
export const agendaLine = (entry: AgendaEntry, nowMs: number, isPaused: boolean): string => {
  const what = agendaText(entry)
  if (entry.dueAt !== null && Date.parse(entry.dueAt) > nowMs) {
    return t('agenda.later', { what, time: agendaTime(entry.dueAt, nowMs) })
  }
  return isPaused ? what : t('agenda.now', { what })
}
