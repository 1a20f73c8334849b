import type { MenuItemConstructorOptions } from 'electron'
import { agendaLine } from '../shared/agenda-words.ts'
import type { Agenda } from '../shared/domain/agenda.ts'
import { t } from '../shared/messages/messages.ts'

/** What can be chosen there. */
export interface TrayActions {
  readonly open: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly quit: () => void
}

/** More would be read by nobody; the window has all. */
const mostLines = 4

/** What the person waits for, as lines, soonest first. */
export const promisedLines = (agenda: Agenda, nowMs: number): readonly string[] =>
  agenda.entries
    .filter(({ isPromised }) => isPromised)
    .slice(0, mostLines)
    .map((entry) => agendaLine(entry, nowMs, agenda.isPaused))

/** How it stands, in one line. */
export const trayState = (agenda: Agenda, nowMs: number): string => {
  if (agenda.isPaused) return t('tray.paused')
  return promisedLines(agenda, nowMs)[0] ?? t('tray.idle')
}

/** The menu of the icon in the tray: how it stands, what is due next, and the few things to choose. Pure. */
export const trayTemplate = (
  agenda: Agenda,
  nowMs: number,
  actions: TrayActions
): MenuItemConstructorOptions[] => {
  const lines = promisedLines(agenda, nowMs)
  const state = agenda.isPaused ? [t('tray.paused')] : []
  const shown = [...state, ...lines]
  return [
    ...(shown.length === 0 ? [t('tray.idle')] : shown).map((label) => ({
      // In a menu an ampersand would mark a key.
      label: label.replaceAll('&', '&&'),
      enabled: false
    })),
    { type: 'separator' },
    { id: 'open', label: t('tray.open'), click: actions.open },
    agenda.isPaused
      ? { id: 'resume', label: t('agenda.resume'), click: actions.resume }
      : { id: 'pause', label: t('agenda.pause'), click: actions.pause },
    { type: 'separator' },
    { id: 'quit', label: t('tray.quit'), click: actions.quit }
  ]
}
