import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Settings } from '../shared/domain/settings.ts'
import type { Environment } from './environment.ts'
import type { SettingsStore } from './ports/settings-store.ts'
import { isWithinReach } from './rules/within-reach.ts'
import { appOrigin } from './security/app-protocol.ts'

/** Sizes in device-independent pixels; see the product's look: first 1280 x 800, usable from 880 x 600. */
const firstSize = { width: 1280, height: 800 }
const smallestSize = { minWidth: 880, minHeight: 600 }

/** What lies under the page until it is drawn: `--rd-page` of its tokens.css, so that nothing else lights up before. */
const pageColor = { light: '#f5f5f6', dark: '#141518' }

/** `nativeTheme` says what the system wants, and on Linux not yet what was chosen a moment ago. */
const isDark = (theme: Settings['theme']): boolean =>
  theme === 'dark' || (theme === 'system' && nativeTheme.shouldUseDarkColors)

/** Opens the one window, with what its page is told in its address. It stays hidden until `showWindow`. */
export const createWindow = (
  environment: Environment,
  theme: Settings['theme'],
  query: string,
  onFailed: (error: unknown) => void
): BrowserWindow => {
  const window = new BrowserWindow({
    ...firstSize,
    ...smallestSize,
    show: false,
    backgroundColor: isDark(theme) ? pageColor.dark : pageColor.light,
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

/**
 * Puts the hidden window where it was, if that place can still be seen. Answers whether it is to fill the screen, which
 * would show it now.
 */
export const restorePlace = (
  window: BrowserWindow,
  settings: Pick<SettingsStore, 'windowState'>
): boolean => {
  const state = settings.windowState(displayKey())
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  if (state === null || !isWithinReach(state, areas)) return false
  window.setBounds(state)
  return state.isMaximized
}

/** Shows the window; not what was closed meanwhile. */
export const showWindow = (window: BrowserWindow, isMaximized: boolean): void => {
  if (window.isDestroyed()) return
  if (isMaximized) window.maximize()
  window.show()
}

/** Puts the window before the person, wherever it was; not what was closed meanwhile. */
export const bringToFront = (window: BrowserWindow): void => {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Remembers where the window is left. */
export const rememberPlace = (
  window: BrowserWindow,
  settings: SettingsStore,
  onFailed: (error: unknown) => void
): void => {
  if (window.isDestroyed()) return
  window.on('close', () => {
    const state = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
    settings.saveWindowState(displayKey(), state).catch(onFailed)
  })
}
