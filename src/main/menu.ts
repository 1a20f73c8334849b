import { type BrowserWindow, Menu } from 'electron'
import type { MenuCommand } from '../shared/ipc/events.ts'
import type { Environment } from './environment.ts'
import { menuTemplate, textMenuTemplate } from './menu-template.ts'

/** Puts up the application menu, which tells what was chosen, and the menu of text fields. */
export const installMenus = (
  window: BrowserWindow,
  platform: Environment['platform'],
  onChosen: (command: MenuCommand) => void
): void => {
  const template = menuTemplate(platform, onChosen)
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  window.webContents.on('context-menu', (_event, params) => {
    const items = textMenuTemplate(params)
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}
