import { type BrowserWindow, powerSaveBlocker } from 'electron'
import type { Batch } from '../../shared/domain/batch.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Notifier } from '../ports/notifier.ts'
import { batchNotice } from '../usecases/notices.ts'
import type { Activity } from '../usecases/outbox/context.ts'

export interface OutboxDesktopDeps {
  readonly window: BrowserWindow
  readonly notifier: Notifier
  readonly settings: () => Pick<Settings, 'notifications'>
}

/** What the desktop around the window gets to know of running deletions: awake, progress, a notification. */
export const createOutboxDesktop = ({ window, notifier, settings }: OutboxDesktopDeps) => {
  let blockerId: number | null = null

  const keepAwake = (isRunning: boolean): void => {
    if (isRunning && blockerId === null) {
      blockerId = powerSaveBlocker.start('prevent-app-suspension')
    }
    if (!isRunning && blockerId !== null) {
      powerSaveBlocker.stop(blockerId)
      blockerId = null
    }
  }

  return {
    onActivity: ({ isRunning, share }: Activity): void => {
      keepAwake(isRunning)
      notifier.showProgress(share)
    },
    onAttention: (batch: Batch): void => {
      const isSeen = !window.isDestroyed() && window.isFocused()
      if (isSeen || settings().notifications === 'off') return
      notifier.show(batchNotice(batch))
    }
  }
}
