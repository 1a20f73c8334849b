import type { BackupFacts } from '../../shared/domain/backup.ts'
import { t } from '../../shared/messages/messages.ts'

/** What a backup holds, in the person's language, for whoever opens the file without the app. */
export const backupWords = ({ counts, computer, madeAt, appVersion }: BackupFacts): string =>
  [
    t('backupFile.title', { version: appVersion }),
    t('backupFile.madeAt', { at: madeAt, computer }),
    '',
    t('backupFile.library', counts),
    t('backupFile.people', counts),
    t('backupFile.history', counts),
    t('backupFile.settings'),
    t('backupFile.noKeys'),
    '',
    t('backupFile.use'),
    ''
  ].join('\n')
