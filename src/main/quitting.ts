import { app, type BrowserWindow, dialog, powerMonitor } from 'electron'
import { t } from '../shared/messages/messages.ts'
import type { Core } from './core.ts'
import type { Environment } from './environment.ts'

const keepButton = 0

const wantsToQuit = async (window: BrowserWindow, count: number): Promise<boolean> => {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: t('dialog.quitAsk', { count }),
    buttons: [t('dialog.dontQuit'), t('dialog.quit')],
    defaultId: keepButton,
    cancelId: keepButton,
    noLink: true
  })
  return response !== keepButton
}

/**
 * Quitting asks while deletions are not finished, and waits once for what must be written. Closing the window quits
 * unless something is promised (docs/adr/0026-background.md); on a Mac it only hides it, and what runs goes on. Nobody is
 * asked where the system ends the app.
 */
export const guardQuitting = (
  window: BrowserWindow,
  platform: Environment['platform'],
  core: Promise<Core>
): void => {
  let state: 'open' | 'asking' | 'stopping' | 'stopped' = 'open'
  let isComputerEnding = false
  powerMonitor.on('shutdown', () => {
    isComputerEnding = true
  })

  const mayQuit = async (): Promise<boolean> => {
    const count = (await core).unfinishedDeletions()
    if (count === 0 || isComputerEnding || window.isDestroyed()) return true
    window.show()
    return wantsToQuit(window, count)
  }

  const stop = async (): Promise<void> => {
    state = 'stopping'
    if (!window.isDestroyed()) window.hide()
    await (await core).stop()
  }

  const leave = async (): Promise<void> => {
    state = 'stopped'
    const isEnding = await core.then(({ finishUpdate }) => finishUpdate()).catch(() => false)
    if (!isEnding) app.quit()
  }

  const quit = async (): Promise<void> => {
    state = 'asking'
    const isAgreed = await mayQuit()
    // It may have been ended while the question stood.
    if (state !== 'asking') return
    if (isAgreed) await stop().finally(leave)
    else state = 'open'
  }

  // A desktop ends programs this way when the person logs out, and waits for no answer. What is written stays.
  process.on('SIGTERM', () => {
    isComputerEnding = true
    if (state === 'asking') stop().then(leave, leave)
    else app.quit()
  })

  app.on('before-quit', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    // What could not even be loaded has nothing to ask for.
    if (state === 'open') quit().catch(leave)
  })
  let isClosing = false
  const close = async (): Promise<void> => {
    if (isClosing) return
    isClosing = true
    try {
      const what = isComputerEnding ? 'quit' : await (await core).askToClose()
      if (what === 'quit') app.quit()
      else if (!window.isDestroyed()) window.hide()
    } finally {
      isClosing = false
    }
  }
  window.on('close', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    if (state !== 'open') return
    if (platform === 'mac') window.hide()
    // What could not even be loaded promised nothing.
    else close().catch(() => app.quit())
  })
  app.on('activate', () => window.show())
}
