import type { ElectronApplication } from '@playwright/test'

/** Begins to keep everything that main sends to the window: events, and the answers to requests. */
export const recordIpc = async (app: ElectronApplication): Promise<void> => {
  await app.evaluate(({ BrowserWindow, ipcMain }) => {
    const kept: string[] = []
    ;(globalThis as { recordedIpc?: string[] }).recordedIpc = kept
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents)
      webContents.send = (channel: string, ...args: unknown[]) => {
        kept.push(JSON.stringify([channel, args]))
        send(channel, ...args)
      }
    }
    // Electron keeps its handlers in this map; there is no public way to listen to answers.
    type Handler = (event: unknown, ...args: unknown[]) => Promise<unknown>
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })
      ._invokeHandlers
    for (const [channel, handler] of handlers) {
      handlers.set(channel, async (event, ...args) => {
        const answer = await handler(event, ...args)
        kept.push(JSON.stringify([channel, answer]))
        return answer
      })
    }
  })
}

/** Everything kept since `recordIpc`, as one text. */
export const recordedIpc = (app: ElectronApplication): Promise<string> =>
  app.evaluate(() => ((globalThis as { recordedIpc?: string[] }).recordedIpc ?? []).join('\n'))
