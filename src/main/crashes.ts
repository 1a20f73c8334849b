import { type BrowserWindow, dialog, shell } from 'electron'
import { t } from '../shared/messages/messages.ts'

const mostCrashes = 3
const withinMs = 60_000
/** In the order of the buttons. */
const choices = ['again', 'quit', 'folder'] as const

/** True for the crash with which it becomes too many within a short time. */
export const createCrashCount = (nowMs: () => number) => {
  let crashes: readonly number[] = []
  return {
    isTooMany: (): boolean => {
      crashes = [...crashes, nowMs()].filter((atMs) => nowMs() - atMs <= withinMs)
      return crashes.length >= mostCrashes
    },
    forget: (): void => {
      crashes = []
    }
  }
}

/**
 * Loads the window anew when its process ends, and asks when that happens again and again. Main goes on meanwhile, so
 * nothing of what is under way is lost.
 */
export const guardCrashes = (
  window: BrowserWindow,
  options: {
    readonly dataFolder: string
    readonly report: (error: Error) => void
    readonly quit: () => void
  }
): void => {
  const count = createCrashCount(() => performance.now())
  let isAsking = false

  const ask = async (): Promise<(typeof choices)[number]> => {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: t('dialog.crashed'),
      detail: [
        t('dialog.crashedDetail', { count: mostCrashes }),
        t('dialog.dataFolder', { folder: options.dataFolder })
      ].join('\n\n'),
      buttons: [t('dialog.tryAgain'), t('dialog.quit'), t('dialog.openDataFolder')],
      defaultId: 0,
      cancelId: 1,
      noLink: true
    })
    return choices[response] ?? 'quit'
  }

  const decide = async (): Promise<void> => {
    isAsking = true
    let choice = await ask()
    while (choice === 'folder') {
      await shell.openPath(options.dataFolder)
      choice = await ask()
    }
    isAsking = false
    count.forget()
    if (choice === 'quit') options.quit()
    else window.reload()
  }

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    options.report(new Error(`The window's process ended: ${reason}, code ${exitCode}`))
    if (window.isDestroyed() || isAsking) return
    if (count.isTooMany()) decide().catch(options.quit)
    else window.reload()
  })
}
