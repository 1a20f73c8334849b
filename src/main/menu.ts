import { type BrowserWindow, Menu } from 'electron'
import type { MenuCommand } from '../shared/ipc/events.ts'
import type { Environment } from './environment.ts'
import { menuTemplate, textMenuTemplate } from './menu-template.ts'

/** Puts up the application menu in the language that is spoken. It reports what was chosen. */
export const showApplicationMenu = (
  platform: Environment['platform'],
  onChosen: (command: MenuCommand) => void
): void => {
  const template = menuTemplate(platform, onChosen)
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** The menu of text fields. */
export const installTextMenu = (window: BrowserWindow): void => {
  window.webContents.on('context-menu', (_event, params) => {
    const items = textMenuTemplate(params)
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}
