import { join } from 'node:path'
import { Menu, nativeImage, nativeTheme, Tray } from 'electron'
import type { Agenda } from '../shared/domain/agenda.ts'
import type { Environment } from './environment.ts'
import { type TrayActions, trayState, trayTemplate } from './tray-template.ts'

const linuxPixels = 32

/** GNOME's bar is dark in either theme. */
const isDarkBar = (): boolean => /gnome|unity/i.test(process.env['XDG_CURRENT_DESKTOP'] ?? '')

/** An icon that can be seen where it is put; nobody tells what color the panel of another Linux desktop has. */
const iconOf = ({ platform, resourcesFolder, iconFile }: Environment): Electron.NativeImage => {
  if (platform === 'mac') {
    const image = nativeImage.createFromPath(join(resourcesFolder, 'trayTemplate.png'))
    image.setTemplateImage(true)
    return image
  }
  if (platform === 'linux' && !isDarkBar()) {
    return nativeImage.createFromPath(iconFile).resize({ width: linuxPixels })
  }
  const isDark = platform === 'linux' || nativeTheme.shouldUseDarkColors
  return nativeImage.createFromPath(
    join(resourcesFolder, isDark ? 'tray-dark.png' : 'tray-light.png')
  )
}

/** The icon in the tray (menu bar, app indicator), once it is shown. */
export const createTrayIcon = (environment: Environment, actions: TrayActions) => {
  let tray: Tray | null = null
  return {
    show: (agenda: Agenda, nowMs: number): void => {
      if (tray === null) {
        tray = new Tray(iconOf(environment))
        // On macOS a click opens the menu; on Linux the panel decides.
        if (environment.platform === 'windows') tray.on('click', actions.open)
      }
      tray.setToolTip(`Replica Desk\n${trayState(agenda, nowMs)}`)
      // Linux takes changes of a menu only with the whole of it.
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(agenda, nowMs, actions)))
    },
    hide: (): void => {
      tray?.destroy()
      tray = null
    }
  }
}
