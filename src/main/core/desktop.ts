import { type BrowserWindow, powerSaveBlocker } from 'electron'
import type { Batch } from '../../shared/domain/batch.ts'
import type { Health } from '../../shared/domain/health.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Environment } from '../environment.ts'
import { busSockets } from '../notify/bus-address.ts'
import { createBusNotifier } from '../notify/bus-notifier.ts'
import { createElectronShow, type ShowNotice } from '../notify/desktop-notifier.ts'
import type { Clock } from '../ports/clock.ts'
import type { Notifier } from '../ports/notifier.ts'
import { batchNotice, carriedOutNotice } from '../usecases/notices.ts'
import type { Activity } from '../usecases/outbox/context.ts'

export interface ShowNoticeDeps {
  readonly environment: Environment
  readonly clock: Clock
  readonly start: (work: () => Promise<void>) => void
  readonly onState: (state: Health['notifications']) => void
}

/** The way this desktop's notifications are shown by which main never waits for another program. */
export const createShowNotice = (deps: ShowNoticeDeps): ShowNotice => {
  const { environment, clock, start, onState } = deps
  if (environment.platform !== 'linux') return createElectronShow()
  // Electron names the desktop's entry of the app here, for the libraries that ask for it.
  const entry = process.env['CHROME_DESKTOP']?.replace(/\.desktop$/, '') ?? null
  const sockets = busSockets(process.env)
  const notifier = createBusNotifier({ clock, sockets, desktopEntry: entry, onState })
  return (notice) => start(() => notifier.show(notice))
}

export interface OutboxDesktopDeps {
  readonly window: BrowserWindow
  readonly notifier: Notifier
  readonly settings: () => Pick<Settings, 'notifications'>
}

/** What the desktop around the window gets to know of running deletions: awake, progress, a notification. */
export const createOutboxDesktop = ({ window, notifier, settings }: OutboxDesktopDeps) => {
  let blockerId: number | null = null

  const keepAwake = (isRunning: boolean): void => {
    if (isRunning && blockerId === null) {
      blockerId = powerSaveBlocker.start('prevent-app-suspension')
    }
    if (!isRunning && blockerId !== null) {
      powerSaveBlocker.stop(blockerId)
      blockerId = null
    }
  }

  const isWatched = (): boolean => !window.isDestroyed() && window.isFocused()

  return {
    onActivity: ({ isRunning, share }: Activity): void => {
      keepAwake(isRunning)
      notifier.showProgress(share)
    },
    onAttention: (batch: Batch): void => {
      if (isWatched() || settings().notifications === 'off') return
      notifier.show(batchNotice(batch))
    },
    /** What was scheduled is done; the window tells it to whoever looks at it. */
    onCarriedOut: (batch: Batch): void => {
      if (isWatched() || settings().notifications !== 'all') return
      notifier.show(carriedOutNotice(batch))
    }
  }
}
