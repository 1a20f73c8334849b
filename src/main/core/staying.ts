import { type BrowserWindow, dialog } from 'electron'
import type { Agenda } from '../../shared/domain/agenda.ts'
import { t } from '../../shared/messages/messages.ts'
import type { Environment } from '../environment.ts'
import { busSockets } from '../notify/bus-address.ts'
import { hasTrayHost, watchTrayHost } from '../notify/tray-host.ts'
import { staysOpen, wantsTray } from '../rules/closing.ts'
import { createTrayIcon } from '../tray.ts'
import { promisedLines } from '../tray-template.ts'
import type { AgendaKeeper } from '../usecases/agenda.ts'
import { bringToFront } from '../window.ts'
import type { Adapters } from './adapters.ts'

/** Which way back the person was shown when the app first went on without its window. */
const shownKey = 'background.shown'
const stayButton = 0

export interface StayingDeps {
  readonly environment: Environment
  readonly window: BrowserWindow
  readonly adapters: Pick<Adapters, 'store' | 'settings' | 'clock' | 'supervisor'>
  readonly agenda: Pick<AgendaKeeper, 'now'>
  readonly pausing: { pause(): Promise<void>; resume(): Promise<void> }
  readonly quit: () => void
  readonly stopping: AbortSignal
}

/** The app without its window: whether it goes on when that is closed, and its icon in the tray meanwhile. */
export const createStaying = (deps: StayingDeps) => {
  const { environment, window, agenda, stopping } = deps
  const { store, settings, clock, supervisor } = deps.adapters
  const { platform } = environment

  const icon = createTrayIcon(environment, {
    open: () => bringToFront(window),
    pause: () => supervisor.start('app', deps.pausing.pause),
    resume: () => supervisor.start('app', deps.pausing.resume),
    quit: deps.quit
  })

  const hasTray = async (): Promise<boolean> =>
    platform !== 'linux' || hasTrayHost(clock, busSockets(process.env))

  const factsOf = ({ entries }: Agenda) => ({
    whenClosed: settings.get().whenClosed,
    isPromised: entries.some(({ isPromised }) => isPromised),
    isHidden: !window.isDestroyed() && !window.isVisible() && !window.isMinimized()
  })

  const showIcon = async (): Promise<void> => {
    const isWanted = (): boolean => !stopping.aborted && wantsTray(factsOf(agenda.now()))
    // The desktop takes a moment to answer, in which the window may have come back, or the app may end.
    if (isWanted() && (await hasTray()) && isWanted()) {
      icon.show(agenda.now(), Date.parse(clock.nowAt()))
    } else icon.hide()
  }

  /** Brings the icon in step with what is so now. */
  const review = (): void => supervisor.start('app', showIcon)

  const detail = (way: 'tray' | 'no-tray'): string => {
    const lines = promisedLines(agenda.now(), Date.parse(clock.nowAt()))
    const back = way === 'tray' ? t('staying.tray', { platform }) : t('staying.noTray')
    return [...(lines.length === 0 ? [] : [lines.join('\n')]), back, t('staying.choice')].join(
      '\n\n'
    )
  }

  /** Says once for each way back that the app goes on. False: the person would rather quit. */
  const explain = async (): Promise<boolean> => {
    const way = (await hasTray()) ? 'tray' : 'no-tray'
    if (store.read.meta(shownKey) === way) return true
    const { response } = await dialog.showMessageBox(window, {
      type: 'info',
      message: t('staying.title'),
      detail: detail(way),
      buttons: [t('staying.stay'), t('dialog.quit')],
      defaultId: stayButton,
      cancelId: stayButton,
      noLink: true
    })
    if (response !== stayButton) return false
    store.transaction((write) => write.putMeta(shownKey, way))
    return true
  }

  /** Whoever shows icons has come or gone, and a new one knows nothing of ours. */
  const showAnew = (): void => {
    icon.hide()
    review()
  }

  return {
    /** Shows the icon if it is wanted, and keeps it where icons are shown. */
    begin: (): void => {
      review()
      if (platform !== 'linux') return
      supervisor.start('app', () => watchTrayHost(busSockets(process.env), showAnew, stopping))
    },
    review,
    /** The person closes the window: whether it is only hidden. */
    askToClose: async (): Promise<'hide' | 'quit'> =>
      staysOpen(factsOf(agenda.now())) && (await explain()) ? 'hide' : 'quit',
    end: icon.hide
  }
}
