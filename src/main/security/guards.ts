import type { App, Session, WebContents } from 'electron'

/** Port 0 is nobody's, so whatever would go through this proxy ends at once. */
const deadProxy = { mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:0' } as const

/** Electron chooses the first device, certificate or place to save to by itself where nobody listens. */
const guardChoices = (contents: WebContents): void => {
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
  // A page cannot keep the window from closing.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
}

/** Pages go nowhere and open nothing; a dropped link or file would otherwise replace the app (security E5). */
export const guardNavigation = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    guardChoices(contents)
  })
}

/** Of all sessions: nothing is saved as a download, and no server is shown a certificate or a password of the person. */
export const guardSessions = (app: App): void => {
  app.on('session-created', (session) => {
    session.on('will-download', (event) => event.preventDefault())
  })
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault()
    choose()
  })
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault()
    decide(false)
  })
  app.on('login', (event, _contents, _details, _auth, answer) => {
    event.preventDefault()
    answer()
  })
}

/**
 * Takes the network away from a session whose pages need none, where the policy of a page does not reach: WebRTC does
 * not ask `connect-src`. Its UDP is refused by `guardNavigation`, and everything else goes to a proxy that is not there.
 */
export const sealNetwork = (session: Session): Promise<void> =>
  session.setProxy({ ...deadProxy, proxyBypassRules: '<-loopback>' })

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
