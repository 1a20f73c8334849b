import { type BrowserWindow, Menu } from 'electron'
import type { Environment } from './environment.ts'
import { menuTemplate, textMenuTemplate } from './menu-template.ts'
import type { Emit } from './ports/emit.ts'

/** Puts up the application menu and the menu of text fields. What is chosen goes to the window as an event. */
export const installMenus = (
  window: BrowserWindow,
  platform: Environment['platform'],
  emit: Emit
): void => {
  const template = menuTemplate(platform, (command) => emit('command:chosen', { command }))
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  window.webContents.on('context-menu', (_event, params) => {
    const items = textMenuTemplate(params)
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}
