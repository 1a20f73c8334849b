import { join } from 'node:path'
import {
  type BrowserWindow,
  clipboard,
  dialog,
  nativeTheme,
  powerMonitor,
  session,
  shell,
  utilityProcess
} from 'electron'
import type { AssetLink, AssetRef } from '../shared/domain/asset.ts'
import type { Health } from '../shared/domain/health.ts'
import type { EventPayload } from '../shared/ipc/events.ts'
import { fail, ok } from '../shared/result.ts'
import { systemClock } from './clock.ts'
import type { Environment } from './environment.ts'
import { writeExport } from './export/write-export.ts'
import { writeText } from './export/write-text.ts'
import { createApiFetch, createOneShotFetch } from './http/electron-fetch.ts'
import { createHttpClient } from './http/net-http-client.ts'
import { createDispatch, type Dispatch } from './ipc/dispatcher.ts'
import { accountHandlers } from './ipc/handlers/accounts.ts'
import { appHandlers } from './ipc/handlers/app.ts'
import { deletionHandlers } from './ipc/handlers/deletions.ts'
import { draftHandlers } from './ipc/handlers/drafts.ts'
import { historyHandlers } from './ipc/handlers/history.ts'
import { libraryHandlers } from './ipc/handlers/library.ts'
import { createInFlight } from './ipc/in-flight.ts'
import { removeForeignListeners } from './ipc/router.ts'
import { lastLogLines, openLog } from './log.ts'
import { createMediaService } from './media/media-service.ts'
import { createDesktopNotifier } from './notify/desktop-notifier.ts'
import type { Emit } from './ports/emit.ts'
import type { SettingsStore } from './ports/settings-store.ts'
import type { AccountRecord, Store } from './ports/store.ts'
import { createProviders } from './providers/registry.ts'
import { createSampleProvider } from './sample/sample-provider.ts'
import { createKeytarSecretStore } from './secrets/keytar-secret-store.ts'
import { openSettings } from './storage/settings-file.ts'
import { openStore } from './storage/sqlite-store.ts'
import { createAccounts } from './usecases/accounts.ts'
import { createAnnouncements } from './usecases/announcements.ts'
import { createConfirmations } from './usecases/confirmations.ts'
import { createCreations } from './usecases/creations.ts'
import { createDeletions } from './usecases/deletions.ts'
import { describeForReport } from './usecases/diagnostics.ts'
import { createDrafts, loopbackOrigin } from './usecases/drafts.ts'
import { createHistory } from './usecases/history.ts'
import { createKeyRing } from './usecases/key-ring.ts'
import { createLibrary } from './usecases/library.ts'
import { newId } from './usecases/new-id.ts'
import { createSample } from './usecases/sample.ts'
import { createTrainingWatcher } from './watcher/training-watcher.ts'

const headIntervalMs = 10 * 60_000
const maintenanceDelayMs = 30_000
/** Longer than most answers take; what is still open then is read back at the next start. */
const quitDeadlineMs = 5_000

/** Everything behind the window. Loaded while the window starts, so that neither waits for the other. */
export interface Core {
  readonly dispatch: Dispatch
  readonly settings: SettingsStore
  readonly handleMedia: (request: Request) => Promise<Response>
  /** Begins what goes on by itself: settling, refreshing, watching. Call once the window is on the screen. */
  start(): void
  stop(): Promise<void>
}

/** Made once with the database and kept, so that fingerprints of keys mean nothing elsewhere. */
const fingerprintSalt = (store: Store): string => {
  const known = store.read.meta('fingerprintSalt')
  if (known !== null) return known
  const salt = newId('run') + newId('run')
  store.transaction((write) => write.putMeta('fingerprintSalt', salt))
  return salt
}

/** Builds every adapter and hands it to those who need it. */
export const createCore = (
  environment: Environment,
  window: BrowserWindow,
  tellWindow: Emit
): Core => {
  const clock = systemClock
  const log = openLog(environment.dataFolder, () => newId('run'))
  const settings = openSettings({ folder: environment.dataFolder, log })
  nativeTheme.themeSource = settings.get().theme

  const store = openStore({ folder: environment.dataFolder, clock, runId: newId('run'), log })
  const announcements = createAnnouncements({
    store,
    settings: () => settings.get(),
    notifier: createDesktopNotifier(window, (ref) => tellWindow('asset:opened', { ref }))
  })
  const emit: Emit = (name, payload) => {
    tellWindow(name, payload)
    if (name !== 'library:changed') return
    // A comparison does not narrow the payload of a generic name.
    announcements.onLibraryChanged((payload as EventPayload<'library:changed'>).accountId)
  }
  let keychain: Health['keychain'] = 'unknown'
  const health = (): Health => ({ storage: store.health(), settings: settings.health(), keychain })
  const onKeychain = (state: Health['keychain']): void => {
    if (state === keychain) return
    keychain = state
    emit('health:changed', health())
  }
  store.onHealth(() => emit('health:changed', health()))
  store.onAppended((headSeq) => emit('history:appended', { headSeq }))

  const secrets = createKeytarSecretStore({
    fork: () =>
      utilityProcess.fork(environment.keychainFile, [], { serviceName: 'Replica Desk keychain' }),
    clock,
    log,
    onWaiting: () => onKeychain('waiting')
  })
  const keyRing = createKeyRing({
    secrets,
    clock,
    fingerprintSalt: fingerprintSalt(store),
    onKeychain
  })

  const apiSession = session.fromPartition('api', { cache: false })
  const http = createHttpClient({
    fetch: createApiFetch(apiSession),
    fetchOnce: createOneShotFetch(session.fromPartition('api-once', { cache: false })),
    clock,
    random: Math.random,
    userAgent: `ReplicaDesk/${environment.version}`,
    log
  })
  const providers = createProviders({ http })
  const providerOf = (account: AccountRecord) => providers[account.provider]

  const mediaSession = session.fromPartition('media', { cache: false })
  const media = createMediaService({
    fetch: createApiFetch(mediaSession),
    lookup: async (host) => {
      const { endpoints } = await mediaSession.resolveHost(host)
      return endpoints.map(({ address }) => address)
    },
    cacheFolder: join(environment.dataFolder, 'thumbnails'),
    maxCacheBytes: () => settings.get().thumbnailCapMegabytes * 1024 * 1024,
    clock,
    log
  })

  /** Links of assets, in memory only: they may be signed. */
  const links = new Map<string, Readonly<Partial<Record<AssetLink, string>>>>()
  const nameOf = ({ accountId, kind, id }: AssetRef): string => `${accountId}/${kind}/${id}`

  const askWhere = async (suggestedName: string): Promise<string | null> => {
    const defaultPath = join(settings.get().exportFolder ?? '', suggestedName)
    const answer = await dialog.showSaveDialog(window, { defaultPath })
    return answer.canceled || answer.filePath === '' ? null : answer.filePath
  }

  const library = createLibrary({
    store,
    keyRing,
    providerOf,
    clock,
    emit,
    rememberMedia: (account, asset) => {
      const allowLoopbackOrigin = loopbackOrigin(account.apiAddress)
      const remember = (url: string | null): string | null => {
        if (url === null) return null
        const id = media.posterIdFor(account.id, asset.kind, asset.id, url)
        media.remember(id, url, { allowLoopbackOrigin })
        return id
      }
      links.set(nameOf({ accountId: account.id, kind: asset.kind, id: asset.id }), asset.links)
      return { posterId: remember(asset.posterUrl), clipId: remember(asset.clipUrl) }
    },
    onListed: async (account, listingBeganAt) => {
      creations.settleUnclear(account, listingBeganAt)
      await deletions.settleUnclear(account)
    },
    keepPosters: (posterIds) => void media.prefetch(posterIds, stopping.signal),
    onEnded: announcements.onEnded,
    onKeyTold: () => accounts.tell()
  })
  const drafts = createDrafts({ store, clock, emit })
  const deletions = createDeletions({
    store,
    keyRing,
    providerOf,
    confirmations: createConfirmations(clock),
    clock,
    emit
  })
  const creations = createCreations({
    store,
    keyRing,
    drafts,
    trainerOf: providerOf,
    clock,
    emit,
    lookAgain: (accountId) => void library.refresh(accountId).then(() => library.refresh(accountId))
  })
  const accounts = createAccounts({
    store,
    keyRing,
    providerOf,
    clock,
    emit,
    onConnected: (accountId) => {
      void accounts.check(accountId).then(() => library.refresh(accountId))
    },
    onRemoved: (accountId) => {
      drafts.forAccountRemoved(accountId)
      emit('library:changed', { accountId })
    }
  })
  const sampleProvider = createSampleProvider(environment, log)
  const sample = createSample({ store, keyRing, clock, ensure: sampleProvider.ensure })
  const history = createHistory({
    store,
    secrets,
    askWhere,
    writeExport,
    today: () => clock.nowAt().slice(0, 10)
  })

  deletions.markOpenAsUnclear()
  creations.markOpenAsUnclear()
  drafts.restore()

  const exploreSample: typeof sample.explore = async () => {
    const account = await sample.explore()
    if (account.ok) {
      accounts.tell()
      void library.refresh(account.value.id)
    }
    return account
  }

  const updateSettings: typeof settings.update = async (patch) => {
    const updated = await settings.update(patch)
    if (updated.ok) {
      nativeTheme.themeSource = updated.value.theme
      emit('settings:changed', updated.value)
    } else emit('health:changed', health())
    return updated
  }

  const inFlight = createInFlight()
  const dispatch = createDispatch(
    {
      ...accountHandlers(accounts, exploreSample),
      ...libraryHandlers(store, library, (ref, link) => {
        const address = links.get(nameOf(ref))?.[link]
        if (address === undefined) return fail({ kind: 'not-found' })
        clipboard.writeText(address)
        return ok({})
      }),
      ...deletionHandlers(deletions),
      ...draftHandlers(drafts, creations),
      ...historyHandlers(store, history),
      ...appHandlers({
        bootstrap: () => ({
          version: environment.version,
          platform: environment.platform,
          settings: settings.get(),
          accounts: [...accounts.all()],
          sync: store.read.accounts().map(({ id }) => library.status(id)),
          health: health(),
          counts: store.read.counts(null),
          drafts: drafts.all()
        }),
        updateSettings,
        chooseExportFolder: async () => {
          const answer = await dialog.showOpenDialog(window, {
            properties: ['openDirectory', 'createDirectory']
          })
          const [folder] = answer.filePaths
          return folder === undefined
            ? ok(settings.get())
            : updateSettings({ exportFolder: folder })
        },
        saveDiagnostics: async () => {
          const path = await askWhere(`replica-desk-diagnostics-${clock.nowAt().slice(0, 10)}.json`)
          if (path === null) return ok({ savedAs: null })
          const report = describeForReport(store, {
            madeAt: clock.nowAt(),
            versions: environment.versions,
            health: health(),
            settings: settings.get(),
            logLines: lastLogLines(environment.dataFolder)
          })
          const written = await writeText(path, report)
          return written.ok ? ok({ savedAs: path }) : written
        },
        stopWaitingForKeychain: () => secrets.close(),
        openExternal: (address) => shell.openExternal(address),
        revealData: () => shell.showItemInFolder(join(environment.dataFolder, 'library.sqlite')),
        restoreBackup: () => {
          const restored = store.restoreBackup()
          return restored.ok ? ok(health()) : restored
        }
      })
    },
    log
  )

  const stopping = new AbortController()

  const refreshEverything = async (): Promise<void> => {
    await sample.resume()
    await library.refreshAll()
  }

  const remembering = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.wait(headIntervalMs, stopping.signal)
      // Without a keychain that already answered in this run, asking could open a prompt nobody expects.
      if (keychain === 'ok') await history.rememberHead()
    }
  }

  return {
    dispatch: (name, message) => inFlight.track(dispatch(name, message)),
    settings,
    handleMedia: (request) => media.handle(request),
    start: () => {
      if (stopping.signal.aborted) return
      void settings.prepare().then(removeForeignListeners)
      const watcher = createTrainingWatcher({
        store,
        clock,
        settings: () => settings.get(),
        look: library.look
      })
      void refreshEverything().finally(watcher.resume)
      void remembering()
      announcements.showProgress()
      powerMonitor.on('suspend', watcher.pause)
      powerMonitor.on('resume', () => {
        void library.refreshAll()
        watcher.resume()
      })
      stopping.signal.addEventListener('abort', watcher.stop)
      void clock
        .wait(maintenanceDelayMs, stopping.signal)
        .then(() => (stopping.signal.aborted ? undefined : store.maintain(stopping.signal)))
    },
    stop: async () => {
      stopping.abort()
      const deadline = clock.wait(quitDeadlineMs, new AbortController().signal)
      await Promise.race([inFlight.settled(), deadline])
      if (keychain === 'ok') await Promise.race([history.rememberHead(), deadline])
      sampleProvider.stop()
      secrets.close()
      store.close()
      await settings.prepare()
    }
  }
}
