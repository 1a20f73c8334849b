import type { StateCreator } from 'zustand/vanilla'
import type { AccountsSlice } from './accounts-slice.ts'
import type { AgendaSlice } from './agenda-slice.ts'
import type { BackupSlice } from './backup-slice.ts'
import type { BatchItemsSlice } from './batch-items-slice.ts'
import type { BatchesSlice } from './batches-slice.ts'
import type { ChartSlice } from './chart-slice.ts'
import type { CommandsSlice } from './commands-slice.ts'
import type { ConsentsSlice } from './consents-slice.ts'
import type { CreationSlice } from './creation-slice.ts'
import type { DeletionSlice } from './deletion-slice.ts'
import type { ExportSlice } from './export-slice.ts'
import type { ForgettingSlice } from './forgetting-slice.ts'
import type { HistorySlice } from './history-slice.ts'
import type { InboxSlice } from './inbox-slice.ts'
import type { KeepingSlice } from './keeping-slice.ts'
import type { LibraryChoiceSlice } from './library-choice-slice.ts'
import type { LibrarySlice } from './library-slice.ts'
import type { ModelsSlice } from './models-slice.ts'
import type { NewsSlice } from './news-slice.ts'
import type { NotesSlice } from './notes-slice.ts'
import type { NoticesSlice } from './notices-slice.ts'
import type { PersonsSlice } from './persons-slice.ts'
import type { PlanSlice } from './plan-slice.ts'
import type { ReceiptsSlice } from './receipts-slice.ts'
import type { RenameSlice } from './rename-slice.ts'
import type { SessionSlice } from './session-slice.ts'
import type { UndoSlice } from './undo-slice.ts'
import type { UpdatesSlice } from './updates-slice.ts'
import type { UploadsSlice } from './uploads-slice.ts'
import type { VideosSlice } from './videos-slice.ts'
import type { ViewsSlice } from './views-slice.ts'

export type AppState = SessionSlice &
  AccountsSlice &
  AgendaSlice &
  BackupSlice &
  KeepingSlice &
  LibrarySlice &
  LibraryChoiceSlice &
  ChartSlice &
  CommandsSlice &
  ConsentsSlice &
  CreationSlice &
  DeletionSlice &
  PlanSlice &
  BatchesSlice &
  BatchItemsSlice &
  ReceiptsSlice &
  ForgettingSlice &
  ExportSlice &
  RenameSlice &
  HistorySlice &
  InboxSlice &
  ModelsSlice &
  NewsSlice &
  NotesSlice &
  NoticesSlice &
  PersonsSlice &
  UndoSlice &
  UpdatesSlice &
  UploadsSlice &
  VideosSlice &
  ViewsSlice

export type Slice<T> = StateCreator<AppState, [], [], T>
