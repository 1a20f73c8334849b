import { app, type BrowserWindow } from 'electron'
import type { FirstLook } from '../shared/domain/first-look.ts'
import type { EventName } from '../shared/ipc/events.ts'
import { type Adapters, createAdapters } from './core/adapters.ts'
import { createAssetLinks } from './core/asset-links.ts'
import { rememberClock, startBackground } from './core/background.ts'
import { createDialogs } from './core/dialogs.ts'
import { createFirstScreenKeeper, type FirstScreenKeeper } from './core/first-screen.ts'
import { keepAgenda } from './core/keep-agenda.ts'
import { createRequests } from './core/requests.ts'
import { createStaying } from './core/staying.ts'
import { createUseCases, takeUp, type UseCases } from './core/use-cases.ts'
import { readDeepLink } from './deep-link.ts'
import type { Environment } from './environment.ts'
import { createLastFolders } from './files/last-folders.ts'
import { createDeedGate } from './ipc/deed-gate.ts'
import { createDispatch, type Dispatch } from './ipc/dispatcher.ts'
import { createInFlight } from './ipc/in-flight.ts'
import { removeForeignListeners } from './ipc/router.ts'
import { linkScheme } from './link-in.ts'
import { createLoginStart, type LoginStart } from './login-start.ts'
import type { Emit } from './ports/emit.ts'
import type { SettingsStore } from './ports/settings-store.ts'
import { createThrottle } from './rules/throttle.ts'
import { createAskPerson } from './security/ask-person.ts'
import type { Presses } from './security/presses.ts'
import { createFirstScreenFile, readFirstScreen } from './storage/first-screen-file.ts'
import { createPaused, createPausing } from './usecases/pausing.ts'
import { createRecents, type Recents } from './usecases/recents.ts'

/** Longer than most answers take; what is still open then is read back at the next start. */
const quitDeadlineMs = 5_000

/** A menu is made anew for it, which whoever walks through the library by keys need not wait for each time. */
const recentsGapMs = 5_000

/** Everything behind the window. Loaded while the window starts, so that neither waits for the other. */
export interface Core {
  readonly dispatch: Dispatch
  readonly settings: SettingsStore
  readonly handleMedia: (request: Request) => Promise<Response>
  /** Begins what goes on by itself: settling, refreshing, watching. Call once the window is on the screen. */
  start(): void
  /** The database cannot be used as it is: nothing that was promised is done until the person has seen to it. */
  needsPerson(): boolean
  /** Deletions that were confirmed and are not over; they wait for the person if the app ends. */
  unfinishedDeletions(): number
  /** The person closes the window: whether the app goes on without it. The first time they are asked. */
  askToClose(): Promise<'hide' | 'quit'>
  /** Another language is spoken: what stands outside the window is worded anew. */
  languageChanged(): void
  /** What was opened last, and who is told when that changes. */
  readonly recents: Pick<Recents, 'list'> & { onChanged(listener: () => void): void }
  /** Shows where a link of the app's own scheme leads; what is not exactly one that is known shows nothing. */
  openLink(text: string): void
  stop(): Promise<void>
  /** After `stop`: puts a new version in this one's place, if the person asked for it. True: it ends the app itself. */
  finishUpdate(): boolean
  /** Tells of an error that nothing else caught. */
  report(error: unknown): void
}

/** What the window is told that its first screen shows. */
const shownFirst: ReadonlySet<EventName> = new Set([
  'account:changed',
  'library:changed',
  'sync:changed',
  'batch:changed',
  'settings:changed'
])

const keepFirstScreen = (
  environment: Environment,
  adapters: Adapters,
  useCases: UseCases,
  stopping: AbortSignal
): FirstScreenKeeper => {
  const { store, settings, clock, health, supervisor, providerIds } = adapters
  const { version, platform, dataFolder } = environment
  const keeper = createFirstScreenKeeper({
    file: createFirstScreenFile(dataFolder, version),
    look: readFirstScreen(dataFolder, version)?.look ?? null,
    clock,
    stopping,
    start: (work) => supervisor.start('app', work),
    read: () =>
      health.now().storage.state === 'ok'
        ? {
            version,
            platform,
            providers: providerIds,
            settings: settings.get(),
            accounts: useCases.accounts.all(),
            sync: store.read.accounts().map(({ id }) => useCases.library.status(id)),
            counts: store.read.counts(null)
          }
        : null,
    assets: store.read.assets
  })
  adapters.onEmitted((name) => {
    if (shownFirst.has(name)) keeper.changed()
  })
  return keeper
}

/** The system's own switch counts: the person may have used that one, or the app may lie elsewhere now. */
const noteLoginStart = async (
  { settings, emit }: Adapters,
  loginStart: LoginStart
): Promise<void> => {
  const startsAtLogin = loginStart.isOn()
  if (startsAtLogin) await loginStart.set(true)
  if (settings.get().startsAtLogin === startsAtLogin) return
  const updated = await settings.update({ startsAtLogin })
  if (updated.ok) emit('settings:changed', updated.value)
}

/** Puts the parts together. What a crash left open is marked before the window can ask for anything. */
export const createCore = (
  environment: Environment,
  window: BrowserWindow,
  emit: Emit,
  presses: Presses
): Core => {
  const stopping = new AbortController()
  const adapters = createAdapters(environment, window, emit, stopping.signal)
  const { store, settings, secrets, clock, health, supervisor } = adapters
  const paused = createPaused()
  const context = {
    environment,
    assetLinks: createAssetLinks(adapters),
    dialogs: createDialogs(window, settings, createLastFolders(app.getPath('downloads'))),
    stopping: stopping.signal,
    paused,
    forgetFirstScreen: () => firstScreen.forget(),
    noteFirstLook: (look: FirstLook) => firstScreen.noteLook(look)
  }
  const useCases = createUseCases(adapters, context)
  takeUp(useCases)
  supervisor.start('pictures', useCases.forgetting.afterPlans)
  useCases.updates.begin()
  const pausing = createPausing({ ...useCases, paused })
  let upkeepInMs: () => number | null = () => null
  const agenda = keepAgenda(adapters, useCases, paused, () => upkeepInMs(), stopping.signal)
  const loginStart = createLoginStart(environment)
  const staying = createStaying({
    environment,
    window,
    adapters,
    agenda,
    pausing,
    quit: () => app.quit(),
    stopping: stopping.signal
  })
  const firstScreen = keepFirstScreen(environment, adapters, useCases, stopping.signal)

  const recentsListeners: (() => void)[] = []
  const tellRecents = createThrottle(clock, recentsGapMs, () => {
    for (const listener of recentsListeners) listener()
  })
  const recents = createRecents({
    asset: store.read.asset,
    onChanged: () => tellRecents('recents')
  })
  adapters.onEmitted((name) => {
    if (name === 'library:changed') recents.review()
  })
  const handlers = createRequests({
    environment,
    window,
    adapters,
    useCases,
    context,
    agenda,
    pausing,
    loginStart,
    recents
  })
  const gate = createDeedGate({
    presses,
    askPerson: createAskPerson(window),
    nowMs: clock.monotonicMs,
    facts: {
      account: store.read.account,
      bucket: store.read.bucket,
      settings: () => settings.get(),
      plan: useCases.plans.peek
    }
  })
  const dispatch = createDispatch(handlers, adapters.log, gate)
  const inFlight = createInFlight()

  return {
    dispatch: (name, message) => inFlight.track(dispatch(name, message)),
    settings,
    handleMedia: async (request) =>
      (await adapters.previews.handle(request)) ?? adapters.media.handle(request),
    start: () => {
      if (stopping.signal.aborted) return
      if (environment.registersLinks) app.setAsDefaultProtocolClient(linkScheme)
      supervisor.start('app', async () => {
        await settings.prepare()
        removeForeignListeners()
        await noteLoginStart(adapters, loginStart)
      })
      const { upkeepInMs: leftMs } = startBackground(
        window,
        adapters,
        useCases,
        paused,
        stopping.signal
      )
      upkeepInMs = leftMs
      window.on('show', staying.review)
      window.on('hide', staying.review)
      adapters.onEmitted((name) => {
        if (name === 'agenda:changed' || name === 'settings:changed') staying.review()
      })
      agenda.review()
      staying.begin()
      firstScreen.changed()
    },
    report: (error) => {
      supervisor.report('app', error)
    },
    needsPerson: () => health.now().storage.state !== 'ok',
    // What is scheduled for later goes on in the version that the app starts again as, so there is nothing to ask.
    unfinishedDeletions: () => (useCases.updates.isRestarting() ? 0 : useCases.outbox.unfinished()),
    finishUpdate: useCases.updates.finish,
    askToClose: staying.askToClose,
    languageChanged: staying.review,
    recents: {
      list: recents.list,
      onChanged: (listener) => {
        recentsListeners.push(listener)
      }
    },
    openLink: (text) => {
      const destination = readDeepLink(text)
      if (destination === null) return
      if (destination.kind === 'asset' && store.read.asset(destination.ref) === null) return
      adapters.emit('destination:asked', { destination })
    },
    stop: async () => {
      stopping.abort()
      staying.end()
      const deadline = clock.wait(quitDeadlineMs, new AbortController().signal)
      const answered = Promise.all([
        inFlight.settled(),
        useCases.outbox.stop(),
        useCases.uploads.settled()
      ])
      await Promise.race([answered, deadline])
      rememberClock(adapters)
      if (health.isKeychainOpen())
        await Promise.race([useCases.history.rememberHead(null), deadline])
      const written = firstScreen.settle().catch((error) => {
        supervisor.report('app', error)
      })
      await Promise.race([written, deadline])
      adapters.sampleProvider.stop()
      secrets.close()
      await Promise.race([store.settled(), deadline])
      store.close()
      await settings.prepare()
    }
  }
}
