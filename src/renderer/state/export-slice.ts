import type { AssetRef } from '../../shared/domain/asset.ts'
import type {
  HistoryExport,
  HistoryExportFormat,
  HistorySelection
} from '../../shared/domain/history-export.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

/** What the dialog was opened for: the story of one thing, or the history. */
export interface ExportDialogFor {
  readonly story: { readonly ref: AssetRef; readonly name: string } | null
}

export interface ExportSlice {
  /** Null: the dialog is closed. An export goes on without it. */
  readonly exportDialog: ExportDialogFor | null
  /** The export that is under way, or what came of the last one while the dialog is open. */
  readonly historyExport: HistoryExport | null
  readonly openExport: (story?: ExportDialogFor['story']) => void
  readonly closeExport: () => void
  readonly beginExport: (selection: HistorySelection, format: HistoryExportFormat) => Promise<void>
  readonly stopExport: () => Promise<void>
  readonly showExport: () => Promise<void>
  readonly noteExport: (now: HistoryExport) => void
}

export const isExporting = (now: HistoryExport | null): boolean =>
  now !== null && ['preparing', 'writing', 'checking'].includes(now.state)

export const createExportSlice =
  (bridge: Bridge): Slice<ExportSlice> =>
  (set, get) => ({
    exportDialog: null,
    historyExport: null,
    openExport: (story = null) =>
      set(({ historyExport }) => ({
        exportDialog: { story },
        historyExport: isExporting(historyExport) ? historyExport : null
      })),
    closeExport: () => set({ exportDialog: null }),
    beginExport: async (selection, format) => {
      const answer = await bridge.historyExport({ selection, format })
      if (!answer.ok) get().tellFailure('export', answer.error)
    },
    stopExport: async () => {
      await bridge.historyStopExport({})
    },
    showExport: async () => {
      const answer = await bridge.historyShowExport({})
      if (!answer.ok) get().tellFailure('show-folder', answer.error)
    },
    noteExport: (now) => {
      set({ historyExport: now })
      // The dialog shows it itself.
      if (get().exportDialog !== null) return
      const { saved, error } = now
      if (saved !== null) get().tell({ kind: 'exported', saved })
      if (error !== null) get().tellFailure('export', error)
    }
  })
