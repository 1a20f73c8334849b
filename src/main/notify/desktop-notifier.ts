import { type BrowserWindow, Notification } from 'electron'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Notifier } from '../ports/notifier.ts'

const noProgress = -1

const bringToFront = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Notifications and progress of the desktop, through Electron. */
export const createDesktopNotifier = (
  window: BrowserWindow,
  onOpened: (ref: AssetRef) => void
): Notifier => {
  // A notification that nothing holds may be collected before it is clicked.
  const shown = new Set<Notification>()
  return {
    show: ({ title, body, ref }) => {
      if (!Notification.isSupported() || window.isDestroyed()) return
      const notification = new Notification({ title, body })
      shown.add(notification)
      notification.on('click', () => {
        if (window.isDestroyed()) return
        bringToFront(window)
        if (ref !== null) onOpened(ref)
      })
      for (const end of ['click', 'close', 'failed'] as const) {
        notification.on(end as 'close', () => shown.delete(notification))
      }
      notification.show()
    },
    showProgress: (share) => {
      if (!window.isDestroyed()) window.setProgressBar(share ?? noProgress)
    }
  }
}
