import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { createAccountsSlice } from './accounts-slice.ts'
import { createAgendaSlice } from './agenda-slice.ts'
import type { AppState } from './app-state.ts'
import { createBackupSlice } from './backup-slice.ts'
import { createBatchItemsSlice } from './batch-items-slice.ts'
import { createBatchesSlice } from './batches-slice.ts'
import { createChartSlice } from './chart-slice.ts'
import { createCommandsSlice } from './commands-slice.ts'
import { createConsentsSlice } from './consents-slice.ts'
import { createCreationSlice } from './creation-slice.ts'
import { createDeletionSlice } from './deletion-slice.ts'
import { createExportSlice } from './export-slice.ts'
import { createForgettingSlice } from './forgetting-slice.ts'
import { createHistorySlice } from './history-slice.ts'
import { createInboxSlice } from './inbox-slice.ts'
import { createKeepingSlice } from './keeping-slice.ts'
import { createLibraryChoiceSlice } from './library-choice-slice.ts'
import { createLibrarySlice } from './library-slice.ts'
import { createModelsSlice } from './models-slice.ts'
import { createNewsSlice } from './news-slice.ts'
import { createNotesSlice } from './notes-slice.ts'
import { createNoticesSlice } from './notices-slice.ts'
import { createPersonsSlice } from './persons-slice.ts'
import { createPlanSlice } from './plan-slice.ts'
import { createReceiptsSlice } from './receipts-slice.ts'
import { createRenameSlice } from './rename-slice.ts'
import { createSessionSlice } from './session-slice.ts'
import { createUndoSlice } from './undo-slice.ts'
import { createUpdatesSlice } from './updates-slice.ts'
import { createUploadsSlice } from './uploads-slice.ts'
import { createVideosSlice } from './videos-slice.ts'
import { createViewsSlice } from './views-slice.ts'

export type AppStore = StoreApi<AppState>

/** A cache of what main holds: one load, then events. `isDialogOpen` says whether the page shows a dialog. */
export const createAppStore = (
  bridge: Bridge,
  isDialogOpen: () => boolean = () => false
): AppStore =>
  createStore<AppState>()((...args) => ({
    ...createSessionSlice(bridge, isDialogOpen)(...args),
    ...createAccountsSlice(bridge)(...args),
    ...createAgendaSlice(bridge)(...args),
    ...createBackupSlice(bridge)(...args),
    ...createKeepingSlice(bridge)(...args),
    ...createLibrarySlice(bridge)(...args),
    ...createLibraryChoiceSlice()(...args),
    ...createChartSlice(bridge)(...args),
    ...createCommandsSlice(bridge)(...args),
    ...createConsentsSlice(bridge)(...args),
    ...createCreationSlice(bridge)(...args),
    ...createDeletionSlice(bridge)(...args),
    ...createPlanSlice(bridge)(...args),
    ...createBatchesSlice(bridge)(...args),
    ...createBatchItemsSlice(bridge)(...args),
    ...createReceiptsSlice(bridge)(...args),
    ...createForgettingSlice(bridge)(...args),
    ...createExportSlice(bridge)(...args),
    ...createRenameSlice()(...args),
    ...createHistorySlice(bridge)(...args),
    ...createInboxSlice(bridge)(...args),
    ...createModelsSlice(bridge)(...args),
    ...createNewsSlice(bridge)(...args),
    ...createNotesSlice(bridge)(...args),
    ...createNoticesSlice()(...args),
    ...createPersonsSlice(bridge)(...args),
    ...createUndoSlice(bridge)(...args),
    ...createUpdatesSlice(bridge)(...args),
    ...createUploadsSlice(bridge)(...args),
    ...createVideosSlice(bridge)(...args),
    ...createViewsSlice()(...args)
  }))
