import { join } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { videoEndings } from '../../shared/catalogue/video-endings.ts'
import { t } from '../../shared/messages/messages.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import { showOnlyDialog } from '../security/one-dialog.ts'

/** The system's dialogs. Each answers null if the person thought better of it. */
export const createDialogs = (window: BrowserWindow, settings: Pick<SettingsStore, 'get'>) => {
  const open = async (
    properties: NonNullable<Electron.OpenDialogOptions['properties']>,
    filters: Electron.FileFilter[] = []
  ): Promise<string | null> => {
    const answer = await showOnlyDialog(window, () =>
      dialog.showOpenDialog(window, { properties, filters })
    )
    return answer?.filePaths[0] ?? null
  }
  return {
    /** Asks for a place to save to, beginning in the folder that the person chose for exports. */
    askWhere: async (suggestedName: string): Promise<string | null> => {
      const defaultPath = join(settings.get().exportFolder ?? '', suggestedName)
      const answer = await showOnlyDialog(window, () =>
        dialog.showSaveDialog(window, { defaultPath })
      )
      return answer === null || answer.canceled || answer.filePath === '' ? null : answer.filePath
    },
    askFolder: () => open(['openDirectory', 'createDirectory']),
    askFile: () => open(['openFile']),
    askVideo: () =>
      open(
        ['openFile'],
        [{ name: t('dialog.videos'), extensions: videoEndings.map((ending) => ending.slice(1)) }]
      )
  }
}
export type Dialogs = ReturnType<typeof createDialogs>
