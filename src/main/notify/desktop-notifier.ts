import { type BrowserWindow, Notification } from 'electron'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { BusNotice } from './bus-notifier.ts'

const noProgress = -1

/** Puts one notification on the screen and comes back at once. */
export type ShowNotice = (notice: BusNotice) => void

/** Shows through Electron. Not on Linux, where that waits for another program's answer. */
export const createElectronShow = (): ShowNotice => {
  // A notification that nothing holds may be collected before it is clicked.
  const shown = new Set<Notification>()
  return ({ title, body, onClick }) => {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title, body })
    shown.add(notification)
    notification.on('click', onClick)
    for (const end of ['click', 'close', 'failed'] as const) {
      notification.on(end as 'close', () => shown.delete(notification))
    }
    notification.show()
  }
}

/** Notifications and progress of the desktop. `onOpened`: one was clicked, with what it is about. */
export const createDesktopNotifier = (
  window: BrowserWindow,
  showNotice: ShowNotice,
  onOpened: (ref: AssetRef | null) => void
): Notifier => ({
  show: ({ title, body, ref }) => {
    if (window.isDestroyed()) return
    const onClick = (): void => {
      if (!window.isDestroyed()) onOpened(ref)
    }
    showNotice({ title, body, onClick })
  },
  showProgress: (share) => {
    if (!window.isDestroyed()) window.setProgressBar(share ?? noProgress)
  }
})
