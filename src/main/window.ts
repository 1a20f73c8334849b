import { BrowserWindow, screen } from 'electron'
import type { Environment } from './environment.ts'
import type { SettingsStore, WindowState } from './ports/settings-store.ts'
import { appOrigin } from './security/app-protocol.ts'

/** Sizes in device-independent pixels; see the product's look: first 1280 x 800, usable from 880 x 600. */
const firstSize = { width: 1280, height: 800 }
const smallestSize = { minWidth: 880, minHeight: 600 }

/** Opens the one window, with what its page is told in its address. It stays hidden until `showWhenPainted`. */
export const createWindow = (
  environment: Environment,
  query: string,
  onFailed: (error: unknown) => void
): BrowserWindow => {
  const window = new BrowserWindow({
    ...firstSize,
    ...smallestSize,
    show: false,
    title: 'Replica Desk',
    icon: environment.iconFile,
    autoHideMenuBar: true,
    webPreferences: {
      preload: environment.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      disableDialogs: true,
      spellcheck: false
    }
  })
  window.loadURL(`${appOrigin}/index.html?${query}`).catch(onFailed)
  return window
}

/** Names an arrangement of displays, so that each remembers its own place for the window. */
const displayKey = (): string =>
  screen
    .getAllDisplays()
    .map(({ bounds }) => `${bounds.width}x${bounds.height}@${bounds.x},${bounds.y}`)
    .sort()
    .join(' ')

const isOnAnyDisplay = (state: WindowState): boolean =>
  screen
    .getAllDisplays()
    .some(
      ({ workArea }) =>
        state.x < workArea.x + workArea.width &&
        state.x + state.width > workArea.x &&
        state.y >= workArea.y &&
        state.y < workArea.y + workArea.height
    )

const restorePlace = (window: BrowserWindow, settings: SettingsStore): void => {
  const state = settings.windowState(displayKey())
  if (state === null || !isOnAnyDisplay(state)) return
  window.setBounds(state)
  if (state.isMaximized) window.maximize()
}

/** Shows the window once it has something to show, at the place it had, and remembers where it is left. */
export const showWhenPainted = async (
  window: BrowserWindow,
  painted: Promise<void>,
  settings: SettingsStore,
  onFailed: (error: unknown) => void
): Promise<void> => {
  await painted
  if (window.isDestroyed()) return
  restorePlace(window, settings)
  window.show()
  window.on('close', () => {
    const state = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
    settings.saveWindowState(displayKey(), state).catch(onFailed)
  })
}
