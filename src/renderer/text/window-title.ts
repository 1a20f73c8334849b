import { t } from '../../shared/messages/messages.ts'

/** "Ada Lovelace – Replicas – Replica Desk"; parts that are empty are left out. */
export const windowTitle = (parts: readonly string[]): string =>
  [...parts, t('app.name')]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' – ')
