import { join } from 'node:path'
import { type BrowserWindow, dialog, nativeImage, nativeTheme, shell } from 'electron'
import { isLocalFolder } from '../../shared/local-folder.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Environment } from '../environment.ts'
import { saveWhole } from '../files/save-file.ts'
import type { Handlers } from '../ipc/dispatcher.ts'
import { accountHandlers } from '../ipc/handlers/accounts.ts'
import { type AppHandlerDeps, appHandlers } from '../ipc/handlers/app.ts'
import { deletionHandlers } from '../ipc/handlers/deletions.ts'
import { draftHandlers } from '../ipc/handlers/drafts.ts'
import { historyHandlers } from '../ipc/handlers/history.ts'
import { libraryHandlers } from '../ipc/handlers/library.ts'
import { personHandlers } from '../ipc/handlers/persons.ts'
import { planHandlers } from '../ipc/handlers/plans.ts'
import { receiptHandlers } from '../ipc/handlers/receipts.ts'
import { lastLogLines } from '../log.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import { showOnlyDialog } from '../security/one-dialog.ts'
import { describeForReport } from '../usecases/diagnostics.ts'
import { draftLike } from '../usecases/draft-again.ts'
import { createDragOut } from '../usecases/drag-out.ts'
import type { Adapters } from './adapters.ts'
import { createOpenPage } from './open-page.ts'
import { createReceiving } from './receiving.ts'
import { takeUp, type UseCaseContext, type UseCases } from './use-cases.ts'

/** Asks for a place to save to, beginning in the folder that the person chose for exports. */
export const createAskWhere =
  (window: BrowserWindow, settings: SettingsStore): UseCaseContext['askWhere'] =>
  async (suggestedName) => {
    const defaultPath = join(settings.get().exportFolder ?? '', suggestedName)
    const answer = await showOnlyDialog(window, () =>
      dialog.showSaveDialog(window, { defaultPath })
    )
    return answer === null || answer.canceled || answer.filePath === '' ? null : answer.filePath
  }

/** Asks for a folder. */
export const createAskFolder =
  (window: BrowserWindow): UseCaseContext['askFolder'] =>
  async () => {
    const answer = await showOnlyDialog(window, () =>
      dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] })
    )
    return answer?.filePaths[0] ?? null
  }

const notLocal = fail({
  kind: 'invalid-input',
  issues: [{ field: 'exportFolder', code: 'not-local', said: null }]
})

const settingsRequests = (
  window: BrowserWindow,
  { settings, emit, health }: Adapters
): Pick<AppHandlerDeps, 'updateSettings' | 'chooseExportFolder'> => {
  const updateSettings: SettingsStore['update'] = async (patch) => {
    const updated = await settings.update(patch)
    if (updated.ok) {
      nativeTheme.themeSource = updated.value.theme
      emit('settings:changed', updated.value)
    } else health.tell()
    return updated
  }
  return {
    updateSettings,
    chooseExportFolder: async () => {
      const folder = await createAskFolder(window)()
      if (folder === null) return ok(settings.get())
      return isLocalFolder(folder) ? updateSettings({ exportFolder: folder }) : notLocal
    }
  }
}

const saveDiagnostics =
  (
    environment: Environment,
    { clock, health, settings, store }: Adapters,
    askWhere: UseCaseContext['askWhere']
  ): AppHandlerDeps['saveDiagnostics'] =>
  async () => {
    const madeAt = clock.nowAt()
    const path = await askWhere(`replica-desk-diagnostics-${madeAt.slice(0, 10)}.json`)
    if (path === null) return ok({ savedAs: null })
    const report = describeForReport(store, {
      madeAt,
      versions: environment.versions,
      health: health.now(),
      settings: settings.get(),
      logLines: lastLogLines(environment.dataFolder)
    })
    const written = await saveWhole(path, report)
    return written.ok ? ok({ savedAs: path }) : written
  }

const bootstrap =
  (
    environment: Environment,
    { settings, store, health, providerIds }: Adapters,
    { accounts, library, drafts, outbox }: UseCases
  ): AppHandlerDeps['bootstrap'] =>
  () => ({
    version: environment.version,
    platform: environment.platform,
    settings: settings.get(),
    accounts: [...accounts.all()],
    sync: store.read.accounts().map(({ id }) => library.status(id)),
    health: health.now(),
    counts: store.read.counts(null),
    drafts: drafts.all(),
    batches: outbox.list(),
    providers: [...providerIds]
  })

const dragIconPixels = 96

const dragIcon = (file: string): Electron.NativeImage =>
  nativeImage.createFromPath(file).resize({ width: dragIconPixels })

/** One function for each request of the contract. */
export const createRequests = (
  environment: Environment,
  window: BrowserWindow,
  adapters: Adapters,
  useCases: UseCases,
  context: UseCaseContext
): Handlers => {
  const { store, health, secrets, media } = adapters
  const dragOut = createDragOut({
    store,
    copyPicture: media.copyPicture,
    begin: (file) => window.webContents.startDrag({ file, icon: dragIcon(file) })
  })
  return {
    ...accountHandlers(useCases.accounts, useCases.sample.explore),
    ...libraryHandlers(store, useCases.library, context.assetLinks.copy, dragOut),
    ...planHandlers({
      plans: useCases.plans,
      pins: useCases.pins,
      localMedia: useCases.localMedia,
      openPage: createOpenPage(adapters),
      stopping: context.stopping
    }),
    ...deletionHandlers(useCases.outbox, useCases.plans),
    ...draftHandlers(useCases.drafts, useCases.creations, (ref) => draftLike(store, ref)),
    ...historyHandlers(store, useCases.history, useCases.news),
    ...personHandlers(useCases.persons),
    ...receiptHandlers(createReceiving(environment, window, adapters, context)),
    ...appHandlers({
      ...settingsRequests(window, adapters),
      bootstrap: bootstrap(environment, adapters, useCases),
      saveDiagnostics: saveDiagnostics(environment, adapters, context.askWhere),
      stopWaitingForKeychain: () => secrets.close(),
      openExternal: (address) => shell.openExternal(address),
      revealData: () => shell.showItemInFolder(join(environment.dataFolder, 'library.sqlite')),
      restoreBackup: () => {
        const restored = store.restoreBackup()
        if (!restored.ok) return restored
        takeUp(useCases)
        return ok(health.now())
      }
    })
  }
}
