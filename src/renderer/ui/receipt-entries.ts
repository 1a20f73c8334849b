import { t } from '../../shared/messages/messages.ts'
import type { MenuEntry } from './floating-menu.tsx'

/** A receipt in each of its forms, in a menu of what else can be done. */
export const receiptEntries = (save: (format: 'pdf' | 'json') => void): readonly MenuEntry[] => [
  { label: t('receipts.savePdf'), run: () => save('pdf') },
  { label: t('receipts.saveJson'), run: () => save('json') }
]
