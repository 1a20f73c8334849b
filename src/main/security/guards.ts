import type { App, Session } from 'electron'

/** Pages go nowhere and open nothing; a dropped link or file would otherwise replace the app (security E5). */
export const guardNavigation = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** No page gets any power of the device. Request and check are both needed: the default is yes (security E4). */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }))
  session.setUSBProtectedClassesHandler(() => [])
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  for (const device of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    session.on(device as 'select-hid-device', (event, _details, choose) => {
      event.preventDefault()
      choose(null)
    })
  }
}
