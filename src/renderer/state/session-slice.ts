import { kindAt, type LibraryPlace } from '../../shared/catalogue/kinds.ts'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { Destination } from '../../shared/domain/destination.ts'
import type { Health } from '../../shared/domain/health.ts'
import type { Settings, SettingsPatch } from '../../shared/domain/settings.ts'
import type { FirstScreen } from '../../shared/first-screen.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { RequestInput } from '../../shared/ipc/contract.ts'
import { assertNever } from '../../shared/result.ts'
import type { AppState, Slice } from './app-state.ts'
import { type AsyncData, idle, loading } from './async-data.ts'
import { hasPlace, homeOf, placeOf } from './places.ts'
import { createSettingsStand } from './settings-stand.ts'

export type Place =
  | LibraryPlace
  | 'inbox'
  | 'new-replica'
  | 'people'
  | 'history'
  | 'accounts'
  | 'settings'
export type LinkId = RequestInput<'link:open'>['linkId']

export interface AppFacts {
  readonly version: string
  readonly platform: 'linux' | 'mac' | 'windows'
  /** The services that this build has, in the order to be offered. */
  readonly providers: readonly ProviderId[]
}

export interface SessionSlice {
  readonly boot: AsyncData<AppFacts>
  readonly settings: Settings
  readonly health: Health
  readonly place: Place
  /**
   * Begins with what is known, to be looked at until the core answers; null: with nothing. The core is asked once
   * `whenDrawn` resolves, or by the first thing that is done: it is loaded then, and takes the time of what is drawn.
   */
  readonly begin: (known: FirstScreen | null, whenDrawn: () => Promise<void>) => void
  readonly start: () => void
  /** False while what is shown is what the last run left. */
  readonly isConfirmed: boolean
  /** Asks main's core if nobody has, and resolves once it has answered: what is done must go by what it says. */
  readonly whenConfirmed: () => Promise<void>
  readonly go: (place: Place) => void
  /** Where a link leads, once the core has said what there is; nowhere while a dialog is open. */
  readonly openDestination: (destination: Destination) => Promise<void>
  /** Goes where the library begins, from a part of it that no account fills. */
  readonly leaveEmptyPlace: () => void
  readonly updateSettings: (patch: SettingsPatch) => Promise<void>
  /** What main holds; changes that it has not answered yet stay on top. */
  readonly noteSettings: (settings: Settings) => void
  readonly openLink: (linkId: LinkId) => Promise<void>
  readonly revealData: () => Promise<void>
  readonly chooseExportFolder: () => Promise<void>
  readonly saveDiagnostics: () => Promise<void>
  readonly stopWaitingForKeychain: () => Promise<void>
  /** Tries again to delete the keys that no account uses; what is left is told by `health`. */
  readonly deleteLeftKeys: () => Promise<void>
  readonly restoreBackup: () => Promise<void>
}

const healthBeforeAnswer: Health = {
  storage: { state: 'ok' },
  settings: 'ok',
  keychain: 'unknown',
  backups: 'ok',
  leftKeys: [],
  background: [],
  history: null,
  notifications: 'unknown'
}

/** Whether there is nothing to say of this computer; where it is not known, there may be. */
export const isWell = (health: Health): boolean => {
  const { storage, settings, keychain, backups, leftKeys, background, history } = health
  const check = history?.check ?? null
  return (
    storage.state === 'ok' &&
    settings === 'ok' &&
    (keychain === 'ok' || keychain === 'unknown') &&
    backups === 'ok' &&
    leftKeys.length === 0 &&
    background.length === 0 &&
    (check === null ||
      (check.isIntact && check.remembered === 'matches' && check.others.length === 0))
  )
}

type Get = () => AppState
type SetState = (change: Partial<AppState>) => void

const bootstrap = async (
  bridge: Bridge,
  get: Get,
  set: SetState,
  confirm: () => void
): Promise<void> => {
  const answer = await bridge.appBootstrap({})
  if (!answer.ok) {
    set({ boot: { kind: 'failed', error: answer.error } })
    return
  }
  const {
    version,
    platform,
    providers,
    settings,
    accounts,
    sync,
    health,
    counts,
    drafts,
    batches
  } = answer.value
  set({
    boot: { kind: 'ready', value: { version, platform, providers } },
    isConfirmed: true,
    health,
    accounts,
    drafts,
    counts,
    sync: new Map(sync.map((status) => [status.accountId, status]))
  })
  get().noteSettings(settings)
  get().startBatches(batches)
  get().leaveEmptyPlace()
  confirm()
  void get().countNewChanges()
  await get().takeNews()
  await get().takeUpdate()
}

const subscribe = (bridge: Bridge, get: Get, set: SetState): void => {
  bridge.onAccountChanged(({ accounts }) => {
    set({ accounts })
    get().leaveEmptyPlace()
  })
  bridge.onSyncChanged((status) => get().noteSync(status))
  bridge.onLibraryChanged(() => {
    void get().reloadLibrary()
    void get().reloadPersonAssets()
  })
  bridge.onBatchChanged((batch) => {
    get().noteBatch(batch)
    void get().reloadPersonAssets()
  })
  bridge.onPersonChanged(({ persons }) => get().notePersons(persons))
  bridge.onPersonSavingChanged((save) => get().notePersonSave(save))
  bridge.onPersonDue((due) => get().tell({ kind: 'person-due', ...due }))
  bridge.onKeepingExceeded((overdue) => get().tell({ kind: 'overdue', ...overdue }))
  bridge.onBackupChanged((run) => get().noteBackup(run))
  bridge.onRestoreChanged(({ run }) => get().noteRestore(run))
  bridge.onDraftChanged((change) => get().noteDrafts(change))
  bridge.onBucketChanged(({ buckets }) => get().noteBuckets(buckets))
  bridge.onUploadChanged((upload) => get().noteUpload(upload))
  bridge.onAgendaChanged((agenda) => get().noteAgenda(agenda))
  bridge.onHistoryExportChanged((now) => get().noteExport(now))
  bridge.onHistoryAppended(() => {
    void get().reloadNewestHistory()
    void get().takeNews()
  })
  bridge.onHealthChanged((health) => set({ health }))
  bridge.onSettingsChanged((settings) => get().noteSettings(settings))
  bridge.onUpdateChanged((update) => get().noteUpdate(update))
  bridge.onAssetOpened(({ ref }) => get().showAsset(ref))
  bridge.onDestinationAsked(({ destination }) => void get().openDestination(destination))
  bridge.onCommandChosen(({ command }) => get().runCommand(command))
}

export const createSessionSlice = (
  bridge: Bridge,
  isDialogOpen: () => boolean
): Slice<SessionSlice> => {
  const stand = createSettingsStand(defaultSettings)
  let askCore: () => void = () => undefined
  let confirm: () => void = () => undefined
  const confirmed = new Promise<void>((resolve) => {
    confirm = resolve
  })
  return (set, get) => ({
    boot: idle,
    settings: defaultSettings,
    health: healthBeforeAnswer,
    place: 'replicas',
    isConfirmed: false,
    whenConfirmed: () => {
      askCore()
      return confirmed
    },
    begin: (known, whenDrawn) => {
      if (known === null) {
        get().start()
        return
      }
      subscribe(bridge, get, set)
      const { version, platform, providers, settings, accounts, sync, counts } = known
      set({
        boot: { kind: 'ready', value: { version, platform, providers } },
        accounts,
        counts,
        sync: new Map(sync.map((status) => [status.accountId, status])),
        place: placeOf(known.kind)
      })
      get().noteSettings(settings)
      get().showKnown(known.kind, known.page)
      askCore = () => {
        askCore = () => undefined
        void get().confirmLibrary()
        void bootstrap(bridge, get, set, confirm)
      }
      void whenDrawn().then(() => askCore())
    },
    start: () => {
      if (get().boot.kind === 'idle') subscribe(bridge, get, set)
      set({ boot: loading })
      // In this order the rows are there when the screen is drawn for the first time.
      void get().loadLibrary()
      void bootstrap(bridge, get, set, confirm)
    },
    go: (place) => {
      set({ place })
      const kind = kindAt(place)
      if (kind !== null) get().showKind(kind)
    },
    openDestination: async (destination) => {
      await get().whenConfirmed()
      // Anybody may have written the link: what the person decides just now is not covered, nor moved under them.
      if (isDialogOpen()) return
      switch (destination.kind) {
        case 'place':
          get().go(destination.place)
          get().leaveEmptyPlace()
          return
        case 'asset':
          get().showAsset(destination.ref)
          return
        case 'add-account':
          get().openGivenAccountForm(destination)
          return
        default:
          assertNever(destination)
      }
    },
    leaveEmptyPlace: () => {
      const { place, accounts } = get()
      const kind = kindAt(place)
      if (kind !== null && !hasPlace(placeOf(kind), accounts)) get().go(homeOf(accounts))
    },
    updateSettings: async (patch) => {
      const change = stand.begin(patch)
      set({ settings: stand.shown() })
      const answer = await bridge.settingsUpdate(patch)
      stand.end(change, answer.ok ? answer.value : null)
      set({ settings: stand.shown() })
      if (!answer.ok) get().tellFailure('save-settings', answer.error)
    },
    noteSettings: (held) => {
      stand.note(held)
      set({ settings: stand.shown() })
    },
    openLink: async (linkId) => {
      const answer = await bridge.linkOpen({ linkId })
      if (!answer.ok) get().tellFailure('open-link', answer.error)
    },
    revealData: async () => {
      const answer = await bridge.dataReveal({})
      if (!answer.ok) get().tellFailure('reveal-data', answer.error)
    },
    chooseExportFolder: async () => {
      const answer = await bridge.settingsChooseExportFolder({})
      if (answer.ok) get().noteSettings(answer.value)
      else get().tellFailure('save-settings', answer.error)
    },
    saveDiagnostics: async () => {
      const answer = await bridge.diagnosticsSave({})
      if (!answer.ok) get().tellFailure('save-diagnostics', answer.error)
      else if (answer.value.savedAs !== null) {
        get().tell({ kind: 'diagnostics-saved', savedAs: answer.value.savedAs })
      }
    },
    deleteLeftKeys: async () => {
      const answer = await bridge.keyDeleteUnused({})
      if (!answer.ok) get().tellFailure('forget-key', answer.error)
    },
    stopWaitingForKeychain: async () => {
      const answer = await bridge.keychainStopWaiting({})
      if (!answer.ok) get().tellFailure('stop-waiting', answer.error)
    },
    restoreBackup: async () => {
      const answer = await bridge.dataRestore({})
      if (!answer.ok) {
        get().tellFailure('restore-backup', answer.error)
        return
      }
      set({ health: answer.value })
      get().tell({ kind: 'restored' })
      await bootstrap(bridge, get, set, confirm)
      await get().loadLibrary()
    }
  })
}
