import type { SavedExport } from '../../shared/domain/history-export.ts'
import { t } from '../../shared/messages/messages.ts'
import type { StateTone } from './asset-words.ts'

interface SavedWords {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
}

/** What was saved, and what there is to know about it. */
export const savedExportWords = (saved: SavedExport): SavedWords => {
  const { fileName, count, shortenedTo, brokenSeq } = saved
  const title = t('notices.exported', { count })
  const told = t('notices.exportedText', { savedAs: fileName })
  if (brokenSeq !== null) {
    return { tone: 'warn', title, text: `${told} ${t('exportDialog.broken', { seq: brokenSeq })}` }
  }
  if (shortenedTo !== null) {
    const text = `${told} ${t('exportDialog.shortened', { count: shortenedTo })}`
    return { tone: 'warn', title, text }
  }
  return { tone: 'good', title, text: told }
}
