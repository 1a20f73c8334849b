import type { BackupRun, RestoreRun } from '../../shared/domain/backup.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

export interface BackupSlice {
  readonly isBackupOpen: boolean
  /** How the last backup of this run stands; null: there was none, or it was not asked for yet. */
  readonly backupRun: BackupRun | null
  readonly openBackup: () => Promise<void>
  readonly closeBackup: () => void
  readonly noteBackup: (run: BackupRun) => void
  readonly beginBackup: () => Promise<void>
  readonly stopBackup: () => Promise<void>
  readonly showBackup: () => Promise<void>
  readonly isRestoreOpen: boolean
  /** How restoring stands; null: nothing was opened in this run. */
  readonly restoreRun: RestoreRun | null
  readonly openRestore: () => Promise<void>
  readonly closeRestore: () => Promise<void>
  readonly noteRestore: (run: RestoreRun | null) => void
  readonly chooseBackup: () => Promise<void>
  readonly beginRestore: (withSettings: boolean) => Promise<void>
}

export const createBackupSlice =
  (bridge: Bridge): Slice<BackupSlice> =>
  (set, get) => ({
    isBackupOpen: false,
    backupRun: null,
    openBackup: async () => {
      set({ isBackupOpen: true })
      const answer = await bridge.backupCurrent({})
      if (answer.ok) set({ backupRun: answer.value.run })
    },
    closeBackup: () => set({ isBackupOpen: false }),
    noteBackup: (backupRun) => set({ backupRun }),
    beginBackup: async () => {
      const answer = await bridge.backupMake({})
      if (!answer.ok) get().tellFailure('back-up', answer.error)
      else if (answer.value.run !== null) set({ backupRun: answer.value.run })
    },
    stopBackup: async () => {
      await bridge.backupStop({})
    },
    showBackup: async () => {
      const answer = await bridge.backupShow({})
      if (!answer.ok) get().tellFailure('show-folder', answer.error)
    },
    isRestoreOpen: false,
    restoreRun: null,
    openRestore: async () => {
      set({ isRestoreOpen: true })
      const answer = await bridge.restoreCurrent({})
      if (answer.ok) set({ restoreRun: answer.value.run })
    },
    closeRestore: async () => {
      set({ isRestoreOpen: false })
      await bridge.restoreClose({})
    },
    noteRestore: (restoreRun) => set({ restoreRun }),
    chooseBackup: async () => {
      const answer = await bridge.restoreOpen({})
      if (answer.ok) set({ restoreRun: answer.value.run })
      else get().tellFailure('restore-backup', answer.error)
    },
    beginRestore: async (withSettings) => {
      const answer = await bridge.restoreBegin({ withSettings })
      if (answer.ok) set({ restoreRun: answer.value.run })
      else get().tellFailure('restore-backup', answer.error)
    }
  })
