import { app, type BrowserWindow, Menu } from 'electron'
import type { AssetRef } from '../shared/domain/asset.ts'
import type { MenuCommand } from '../shared/ipc/events.ts'
import { t } from '../shared/messages/messages.ts'
import type { Environment } from './environment.ts'
import { menuTemplate, textMenuTemplate } from './menu-template.ts'
import type { RecentAsset } from './usecases/recents.ts'

/** What the system's own panel about the app says. On Linux it shows no version but the app's. */
const prepareAbout = ({ versions, version, iconFile }: Environment): void => {
  const { electron = '', chrome = '', node = '' } = versions
  const engine = t('about.engine', { electron, chrome, node })
  app.setAboutPanelOptions({
    applicationName: 'Replica Desk',
    applicationVersion: version,
    copyright: `${engine}\n${t('about.licences')}`,
    iconPath: iconFile
  })
}

/** Puts up the application menu in the language that is spoken, with what was opened last. It reports what was chosen. */
export const showApplicationMenu = (
  environment: Environment,
  onChosen: (command: MenuCommand) => void,
  recent: readonly RecentAsset[],
  onOpened: (ref: AssetRef) => void
): void => {
  const { platform } = environment
  prepareAbout(environment)
  const template = menuTemplate(platform, onChosen, recent, onOpened)
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** The menu of text fields. */
export const installTextMenu = (window: BrowserWindow): void => {
  window.webContents.on('context-menu', (_event, params) => {
    const items = textMenuTemplate(params)
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}
