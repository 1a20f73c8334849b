import type { Health } from '../../shared/domain/health.ts'
import type { Environment } from '../environment.ts'
import { busSockets } from '../notify/bus-address.ts'
import { createBusNotifier } from '../notify/bus-notifier.ts'
import { createElectronShow, type ShowNotice } from '../notify/desktop-notifier.ts'
import type { Clock } from '../ports/clock.ts'

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
