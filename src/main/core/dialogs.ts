import { join } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { videoEndings } from '../../shared/catalogue/video-endings.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DialogKind, LastFolders } from '../files/last-folders.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import { showOnlyDialog } from '../security/one-dialog.ts'

/**
 * The system's dialogs. Each answers null if the person thought better of it. Each begins where it was last used in this
 * run: since Electron 43 they all begin in Downloads, before that wherever the system remembers.
 */
export const createDialogs = (
  window: BrowserWindow,
  settings: Pick<SettingsStore, 'get'>,
  lastFolders: LastFolders
) => {
  const open = async (
    kind: DialogKind,
    properties: NonNullable<Electron.OpenDialogOptions['properties']>,
    filters: Electron.FileFilter[] = []
  ): Promise<string | null> => {
    const answer = await showOnlyDialog(window, () =>
      dialog.showOpenDialog(window, { properties, filters, defaultPath: lastFolders.of(kind) })
    )
    const path = answer?.filePaths[0] ?? null
    if (path !== null) lastFolders.note(kind, path)
    return path
  }
  return {
    /** Asks for a place to save to, beginning in the folder that the person chose for exports. */
    askWhere: async (suggestedName: string): Promise<string | null> => {
      const folder = settings.get().exportFolder ?? lastFolders.of('save')
      const answer = await showOnlyDialog(window, () =>
        dialog.showSaveDialog(window, { defaultPath: join(folder, suggestedName) })
      )
      if (answer === null || answer.canceled || answer.filePath === '') return null
      lastFolders.note('save', answer.filePath)
      return answer.filePath
    },
    askFolder: () => open('folder', ['openDirectory', 'createDirectory']),
    askFile: () => open('file', ['openFile']),
    askBackup: () =>
      open('file', ['openFile'], [{ name: t('dialog.backups'), extensions: ['replicadesk'] }]),
    askVideo: () =>
      open(
        'video',
        ['openFile'],
        [{ name: t('dialog.videos'), extensions: videoEndings.map((ending) => ending.slice(1)) }]
      )
  }
}
export type Dialogs = ReturnType<typeof createDialogs>
