import { join } from 'node:path'
import { app, nativeTheme, protocol, session } from 'electron'
import { smallAddress, smallSides } from '../shared/catalogue/small-pictures.ts'
import { type FirstScreen, firstFaces } from '../shared/first-screen.ts'
import { wholeCatalogs } from '../shared/messages/catalogs.ts'
import { speakChosen } from '../shared/messages/speak-chosen.ts'
import { guardCrashes } from './crashes.ts'
import { isHiddenStart, readEnvironment } from './environment.ts'
import { createEmit, listenToWindow } from './ipc/router.ts'
import { languageQuery, readSystemLanguages } from './language.ts'
import { linkIn } from './link-in.ts'
import { loadCore } from './load-core.ts'
import { isMediaId } from './media/media-id.ts'
import { serveMedia } from './media-protocol.ts'
import { installTextMenu, showApplicationMenu } from './menu.ts'
import { guardQuitting } from './quitting.ts'
import { appScheme, serveApp } from './security/app-protocol.ts'
import { denyPermissions, guardNavigation, guardSessions, sealNetwork } from './security/guards.ts'
import { createPresses } from './security/presses.ts'
import { endFailedStart, endWithoutLock, hasDataFolder } from './startup-failure.ts'
import { readFirstScreen } from './storage/first-screen-file.ts'
import { peekSettings } from './storage/settings-peek.ts'
import { bringToFront, createWindow, rememberPlace, restorePlace, showWindow } from './window.ts'

/** Windows shows notifications only of an app that says which one it is; its shortcut has to carry the same name. */
const appUserModelId = 'ReplicaDesk.ReplicaDesk'

const standard = { standard: true, secure: true }

/** What goes on by itself begins when the first screen no longer needs the processor. */
const quietStartMs = 1_000

/** A page that never paints, as behind a locked screen, must not keep the core from starting. */
const longestLookMs = 3_000

/** The development build takes the page from its own server, so that edits show at once. */
const pageServer = async (): Promise<typeof serveApp> =>
  import.meta.env.DEV
    ? (await import('./security/development-page.ts')).serveDevelopmentPage
    : serveApp

/** Read from a file and put into the page as they are, so nothing but an address goes through. */
const firstFaceAddresses = (screen: FirstScreen | null): readonly string[] => {
  const side = smallSides.find((known) => known === screen?.look?.side)
  if (screen === null || side === undefined) return []
  return firstFaces(screen).flatMap((id) =>
    id !== null && isMediaId(id) ? [smallAddress(id, side)] : []
  )
}

const wait = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs))

const failStart = (error: unknown): void => {
  endFailedStart(error).catch(() => app.exit(1))
}

/** Told every error that nothing else caught; until the app is put together, such an error ends the start. */
let reportFault: (error: unknown) => void = failStart

const run = async (): Promise<void> => {
  guardNavigation(app)
  guardSessions(app)
  app.on('window-all-closed', () => app.quit())
  await app.whenReady()
  const environment = readEnvironment()
  if (environment.platform === 'windows') app.setAppUserModelId(appUserModelId)
  denyPermissions(session.defaultSession)
  // The development server's own client speaks to it through a socket.
  if (!import.meta.env.DEV) sealNetwork(session.defaultSession).catch((error) => reportFault(error))
  const servePage = await pageServer()
  const peek = peekSettings(environment.dataFolder)
  const { theme, language } = peek
  nativeTheme.themeSource = theme
  const known = readFirstScreen(environment.dataFolder, environment.version)
  const firstScreen =
    known === null ? null : { ...known, settings: { ...known.settings, theme, language } }
  const pageAsked = servePage(
    protocol,
    environment.rendererFolder,
    firstScreen,
    firstFaceAddresses(firstScreen)
  )

  const system = readSystemLanguages()
  const window = createWindow(environment, theme, languageQuery(language, system), (error) =>
    reportFault(error)
  )
  const spoken = speakChosen(language, system, wholeCatalogs)
  const presses = createPresses(() => performance.now())
  window.webContents.on('input-event', (_event, input) => presses.saw(input))
  const isMaximized = restorePlace(window, peek)
  /** After a start at login the window is shown once somebody asks for it. */
  const showFirst = (): void => {
    if (!environment.isHiddenStart) showWindow(window, isMaximized)
    else if (isMaximized) window.once('show', () => window.maximize())
  }
  const painted = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()))
  // With a first screen the page needs no core to be worth showing; without one it would be empty.
  if (firstScreen !== null) {
    // Its rows are there when its document is, a moment before its first paint: the desktop takes about as long to bring
    // up a window as the page to paint it.
    const rendered = new Promise<void>((resolve) =>
      window.webContents.once('dom-ready', () => resolve())
    )
    rendered.then(showFirst).catch((error) => reportFault(error))
  }
  const emit = createEmit(window)
  // Loading the core keeps this process busy, through which every file, every face and every press has to pass: a page
  // that has something to draw gets that far first, and asks when it has.
  let noteAsked: () => void = () => undefined
  const asked = new Promise<void>((resolve) => {
    noteAsked = resolve
  })
  const drawn = firstScreen === null ? null : Promise.race([asked, wait(longestLookMs)])
  const core = Promise.all([pageAsked, spoken, drawn])
    .then(loadCore)
    .then(({ createCore }) => createCore(environment, window, emit, presses))
  listenToWindow(
    core.then(({ dispatch }) => dispatch),
    () => noteAsked()
  )
  serveMedia(protocol, join(environment.dataFolder, 'thumbnails'), async (request) =>
    (await core).handleMedia(request)
  )
  guardQuitting(window, environment.platform, core)
  /** Links may come before the core is there; the last one counts. */
  const openLink = (link: string | null): void => {
    if (link === null) return
    bringToFront(window)
    Promise.all([core, painted]).then(([{ openLink: open }]) => open(link), reportFault)
  }
  app.on('second-instance', (_event, argv) => {
    if (!isHiddenStart(argv)) bringToFront(window)
    openLink(linkIn(argv))
  })
  // macOS tells of a link by an event, also of the one that it starts the app with.
  app.on('open-url', (event, link) => {
    event.preventDefault()
    openLink(link)
  })
  guardCrashes(window, {
    dataFolder: environment.dataFolder,
    report: (error) => reportFault(error),
    quit: () => app.quit()
  })

  const { settings, start, report, recents, languageChanged, needsPerson } = await core
  reportFault = report
  await painted
  if (environment.isHiddenStart && needsPerson()) bringToFront(window)
  else if (firstScreen === null) showFirst()
  rememberPlace(window, settings, report)
  const showMenu = (): void =>
    showApplicationMenu(
      environment,
      (command) => {
        presses.chose()
        emit('command:chosen', { command })
      },
      recents.list(),
      (ref) => emit('asset:opened', { ref })
    )
  showMenu()
  recents.onChanged(showMenu)
  installTextMenu(window)
  settings.onChanged((changed) => {
    speakChosen(changed.language, system, wholeCatalogs).then(() => {
      showMenu()
      languageChanged()
    }, report)
  })
  openLink(linkIn(process.argv))
  setTimeout(start, quietStartMs)
}

// A write past a limit on a file's size fails like one on a full disk, instead of ending the process.
process.on('SIGXFSZ', () => undefined)
process.on('uncaughtException', (error) => reportFault(error))
process.on('unhandledRejection', (reason) => reportFault(reason))

// As root Chromium runs with --no-sandbox alone; insisting there would end every process it starts. The pages' own
// `sandbox: true` stays on either way.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
// A page may ask for a name to be looked up, which no policy forbids and which tells the name's owner.
app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false')
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { ...standard, codeCache: true } },
  { scheme: 'media', privileges: { ...standard, stream: true, corsEnabled: true } }
])

// One instance alone may open the database (security E9); a second one only brings the first to the front.
const begin = (hasLock: boolean): void => {
  if (hasLock) run().catch(failStart)
  else endWithoutLock().catch(() => app.exit(1))
}

if (!import.meta.env.DEV) begin(hasDataFolder() && app.requestSingleInstanceLock())
else {
  import('./development-lock.ts')
    .then(({ waitForLock }) => hasDataFolder() && waitForLock())
    .then(begin, failStart)
}
