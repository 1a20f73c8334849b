import { type BrowserWindow, nativeTheme, utilityProcess } from 'electron'
import { type AccountId, providerIdSchema } from '../../shared/domain/account.ts'
import type { EventName, EventPayload } from '../../shared/ipc/events.ts'
import { elapsedWithSleepMs, systemClock } from '../clock.ts'
import type { Environment } from '../environment.ts'
import { createCheckedEmit, notifyAppended } from '../ipc/window-events.ts'
import { openLog } from '../log.ts'
import { createDesktopNotifier } from '../notify/desktop-notifier.ts'
import { createSharedProgress } from '../notify/shared-progress.ts'
import type { Emit } from '../ports/emit.ts'
import type { Finder, Provider, Trainer } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { createAbsentProvider } from '../providers/absent-provider.ts'
import { createProviders, type Providers } from '../providers/registry.ts'
import { createSampleProvider } from '../sample/sample-provider.ts'
import { createKeytarSecretStore } from '../secrets/keytar-secret-store.ts'
import { openSettings } from '../storage/settings-file.ts'
import { openStore } from '../storage/sqlite-store.ts'
import { createAnnouncements } from '../usecases/announcements.ts'
import { createClockTrust } from '../usecases/clock-trust.ts'
import { createKeyRing } from '../usecases/key-ring.ts'
import { newId } from '../usecases/new-id.ts'
import { createSupervisor } from '../usecases/supervisor.ts'
import { bringToFront } from '../window.ts'
import { createOutboxDesktop, createShowNotice } from './desktop.ts'
import { createHealth } from './health.ts'
import { createMedia, createNetwork, createVideos, openBuckets } from './network.ts'
import { createSource } from './updates.ts'

/**
 * Made once with the database and kept, so that fingerprints of keys mean nothing elsewhere. Read anew each time: after a
 * backup was restored it is that one's.
 */
const createFingerprintSalt = (store: Store): (() => string) => {
  const made = newId('run') + newId('run')
  const read = (): string => store.read.meta('fingerprintSalt') ?? made
  if (read() === made) store.transaction((write) => write.putMeta('fingerprintSalt', made))
  return read
}

/** The latest time that was believed in, for the next run. */
export const clockSeenKey = 'clock.seenAt'

/** Builds everything that touches the world outside the use cases. */
export const createAdapters = (
  environment: Environment,
  window: BrowserWindow,
  sendToWindow: Emit,
  stopping: AbortSignal
) => {
  const clock = systemClock
  const log = openLog(environment.dataFolder, () => newId('run'))
  const emitChecked = createCheckedEmit(sendToWindow, log)
  const settings = openSettings({ folder: environment.dataFolder, log })
  nativeTheme.themeSource = settings.get().theme
  const store = openStore({ folder: environment.dataFolder, clock, runId: newId('run'), log })

  const showNotice = createShowNotice({
    environment,
    clock,
    start: (work) => supervisor.start('notifications', work),
    onState: (state) => health.onNotifications(state)
  })
  const notifier = createDesktopNotifier(window, showNotice, (ref) => {
    bringToFront(window)
    if (ref !== null) emitChecked('asset:opened', { ref })
  })
  const progressOf = createSharedProgress(notifier.showProgress)
  const announcements = createAnnouncements({
    store,
    settings: () => settings.get(),
    notifier: { ...notifier, showProgress: progressOf('trainings') }
  })
  const outboxDesktop = createOutboxDesktop({
    window,
    settings: () => settings.get(),
    notifier: { ...notifier, showProgress: progressOf('deletions') }
  })
  const emitListeners: ((name: EventName) => void)[] = []
  const emit: Emit = (name, payload) => {
    emitChecked(name, payload)
    for (const listener of emitListeners) listener(name)
    if (name !== 'library:changed') return
    // A comparison does not narrow the payload of a generic name.
    announcements.onLibraryChanged((payload as EventPayload<'library:changed'>).accountId)
  }
  const health = createHealth(store, settings, emit)
  const supervisor = createSupervisor({ clock, log, onBackground: health.onBackground })
  notifyAppended(store, clock, emit)

  const secrets = createKeytarSecretStore({
    fork: () =>
      utilityProcess.fork(environment.keychainFile, [], { serviceName: 'Replica Desk keychain' }),
    clock,
    log,
    onWaiting: () => health.onKeychain('waiting')
  })
  /** Who listens comes later than the key ring. */
  const answered: { tell: (accountId: AccountId) => void } = { tell: () => undefined }
  const waiting: { tell: (accountId: AccountId, untilAt: string) => () => void } = {
    tell: () => () => undefined
  }
  const fingerprintSalt = createFingerprintSalt(store)
  const keyRing = createKeyRing({
    store,
    secrets,
    clock,
    supervisor,
    get fingerprintSalt() {
      return fingerprintSalt()
    },
    onKeychain: health.onKeychain,
    onAnswered: (accountId) => answered.tell(accountId),
    onWait: (accountId, untilAt) => waiting.tell(accountId, untilAt),
    onLeft: health.onLeftKeys
  })
  const seenAt = store.read.meta(clockSeenKey)
  const clockTrust = createClockTrust({ clock, elapsedMs: elapsedWithSleepMs, seenAt })
  const http = createNetwork(environment, clock, log, clockTrust.noteServer, stopping)
  const providers: Providers = createProviders({ http })
  return {
    clock,
    clockTrust,
    supervisor,
    log,
    settings,
    store,
    announcements,
    notifier,
    outboxDesktop,
    emit,
    /** Calls back after anything was told to the window. */
    onEmitted: (listener: (name: EventName) => void): void => {
      emitListeners.push(listener)
    },
    health,
    secrets,
    openBucket: openBuckets(),
    keyRing,
    answered,
    waiting,
    providerIds: providerIdSchema.options.filter((id) => providers[id] !== undefined),
    providerOf: (account: AccountRecord): Provider =>
      providers[account.provider] ?? createAbsentProvider(account.provider),
    trainerOf: (account: AccountRecord): Trainer | null => {
      const train = providers[account.provider]?.train
      return train === undefined ? null : { train }
    },
    finderOf: (account: AccountRecord): Finder | null => {
      const readName = providers[account.provider]?.readName
      return readName === undefined ? null : { readName }
    },
    ...createVideos(clock, clockTrust.noteServer, stopping),
    updateSource: createSource(environment, clock, log, stopping),
    ...createMedia(environment, settings, clock, log, stopping),
    sampleProvider: createSampleProvider(environment, log)
  }
}
export type Adapters = ReturnType<typeof createAdapters>
