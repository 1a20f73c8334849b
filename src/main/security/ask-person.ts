import { type BrowserWindow, dialog } from 'electron'
import { t } from '../../shared/messages/messages.ts'
import { showOnlyDialog } from './one-dialog.ts'

const cancelButton = 0

/**
 * Asks in a box of the system, which no script of a page can see or press. Anything but its second button means no.
 */
export const createAskPerson =
  (window: BrowserWindow) =>
  async ({
    message,
    button
  }: {
    readonly message: string
    readonly button: string
  }): Promise<boolean> => {
    const answer = await showOnlyDialog(window, () =>
      dialog.showMessageBox(window, {
        type: 'warning',
        message,
        detail: t('dialog.noPress'),
        buttons: [t('common.cancel'), button],
        defaultId: cancelButton,
        cancelId: cancelButton,
        noLink: true
      })
    )
    return answer !== null && answer.response !== cancelButton
  }
