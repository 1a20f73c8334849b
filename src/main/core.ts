import type { BrowserWindow } from 'electron'
import { createAdapters } from './core/adapters.ts'
import { createAssetLinks } from './core/asset-links.ts'
import { rememberClock, startBackground } from './core/background.ts'
import { createDialogs } from './core/dialogs.ts'
import { createRequests } from './core/requests.ts'
import { createUseCases, takeUp } from './core/use-cases.ts'
import type { Environment } from './environment.ts'
import { createDeedGate } from './ipc/deed-gate.ts'
import { createDispatch, type Dispatch } from './ipc/dispatcher.ts'
import { createInFlight } from './ipc/in-flight.ts'
import { removeForeignListeners } from './ipc/router.ts'
import type { Emit } from './ports/emit.ts'
import type { SettingsStore } from './ports/settings-store.ts'
import { createAskPerson } from './security/ask-person.ts'
import type { Presses } from './security/presses.ts'

/** Longer than most answers take; what is still open then is read back at the next start. */
const quitDeadlineMs = 5_000

/** Everything behind the window. Loaded while the window starts, so that neither waits for the other. */
export interface Core {
  readonly dispatch: Dispatch
  readonly settings: SettingsStore
  readonly handleMedia: (request: Request) => Promise<Response>
  /** Begins what goes on by itself: settling, refreshing, watching. Call once the window is on the screen. */
  start(): void
  /** Deletions that were confirmed and are not over; they wait for the person if the app ends. */
  unfinishedDeletions(): number
  stop(): Promise<void>
  /** Tells of an error that nothing else caught. */
  report(error: unknown): void
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
  const context = {
    environment,
    assetLinks: createAssetLinks(adapters),
    dialogs: createDialogs(window, settings),
    stopping: stopping.signal
  }
  const useCases = createUseCases(adapters, context)
  takeUp(useCases)

  const handlers = createRequests({ environment, window, adapters, useCases, context })
  const gate = createDeedGate({
    presses,
    askPerson: createAskPerson(window),
    nowMs: clock.monotonicMs,
    facts: {
      account: store.read.account,
      settings: () => settings.get(),
      plan: useCases.plans.peek
    }
  })
  const dispatch = createDispatch(handlers, adapters.log, gate)
  const inFlight = createInFlight()

  return {
    dispatch: (name, message) => inFlight.track(dispatch(name, message)),
    settings,
    handleMedia: (request) => adapters.media.handle(request),
    start: () => {
      if (stopping.signal.aborted) return
      supervisor.start('app', async () => {
        await settings.prepare()
        removeForeignListeners()
      })
      startBackground(adapters, useCases, stopping.signal)
    },
    report: (error) => {
      supervisor.report('app', error)
    },
    unfinishedDeletions: useCases.outbox.unfinished,
    stop: async () => {
      stopping.abort()
      const deadline = clock.wait(quitDeadlineMs, new AbortController().signal)
      const answered = Promise.all([inFlight.settled(), useCases.outbox.stop()])
      await Promise.race([answered, deadline])
      rememberClock(adapters)
      if (health.isKeychainOpen())
        await Promise.race([useCases.history.rememberHead(null), deadline])
      adapters.sampleProvider.stop()
      secrets.close()
      await Promise.race([store.settled(), deadline])
      store.close()
      await settings.prepare()
    }
  }
}
