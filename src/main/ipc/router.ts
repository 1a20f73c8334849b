import { type BrowserWindow, ipcMain } from 'electron'
import { requestNames } from '../../shared/ipc/channels.ts'
import { fail } from '../../shared/result.ts'
import type { Emit } from '../ports/emit.ts'
import { isTrustedSender, type SenderFrame } from '../security/trusted-sender.ts'
import type { Dispatch } from './dispatcher.ts'

const senderFrame = (event: Electron.IpcMainInvokeEvent): SenderFrame | null => {
  try {
    const frame = event.senderFrame
    if (frame === null) return null
    // After a crash and reload Electron 33 goes on calling the page's main frame detached; the one that the page
    // shows now is not.
    const isShown = frame === event.sender.mainFrame
    return { url: frame.url, parent: frame.parent, detached: frame.detached && !isShown }
  } catch {
    // Electron throws for a frame that is already gone; such a sender is not trusted.
    return null
  }
}

/**
 * Listens to the window from the start; requests wait for `dispatch`, which is still being loaded then, or begins to be
 * with the first of them: `onAsked` is called for each.
 */
export const listenToWindow = (dispatch: Promise<Dispatch>, onAsked: () => void): void => {
  for (const name of requestNames) {
    ipcMain.handle(name, async (event, message: unknown) => {
      if (!isTrustedSender(senderFrame(event))) {
        return fail({ kind: 'bug', reference: 'untrusted-sender' })
      }
      onAsked()
      return (await dispatch)(name, message)
    })
  }
}

/** An `Emit` that reaches the window, if there still is one. */
export const createEmit =
  (window: BrowserWindow): Emit =>
  (name, payload) => {
    // A window that is being closed loses its page first.
    if (window.isDestroyed() || window.webContents.isDestroyed()) return
    window.webContents.send(name, payload)
  }

/** electron-store brings a listener along that would tell any page where the data lies (security I1). */
export const removeForeignListeners = (): void => {
  ipcMain.removeAllListeners('electron-store-get-data')
}
