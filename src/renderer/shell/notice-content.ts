import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import type { Notice } from '../state/notice.ts'
import { whoOf } from '../text/batch-words.ts'
import { filesLeftNotice, newsNotice } from '../text/news-words.ts'
import {
  assignedNotice,
  batchNotice,
  blockedNotice,
  consentNotedNotice,
  consentsExportedNotice,
  createdNotice,
  diagnosticsSavedNotice,
  draftsDiscardedNotice,
  draftsLeftOutNotice,
  exportedNotice,
  failureNotice,
  filesRefusedNotice,
  historyClearedNotice,
  manyCreatedNotice,
  type NoticeWords,
  namesForgottenNotice,
  nothingDroppedNotice,
  pinnedNotice,
  renamedNotice,
  restoredNotice,
  templateSavedNotice,
  transcriptSavedNotice
} from '../text/notice-words.ts'
import { personDueNotice } from '../text/person-words.ts'
import {
  receiptKeyMadeNotice,
  receiptNotSavedNotice,
  receiptSavedNotice
} from '../text/receipt-words.ts'
import { updatedNotice, updateNotice } from '../text/update-words.ts'

export const noticeContent = (notice: Notice): NoticeWords => {
  switch (notice.kind) {
    case 'failed':
      return failureNotice(notice.doing, notice.error, whoOf(notice.providers))
    case 'batch':
      return batchNotice(notice.turn, notice.batch, notice.of, whoOf(notice.providers))
    case 'deletion-blocked':
      return blockedNotice(notice.steps)
    case 'receipt-saved':
      return receiptSavedNotice(notice.savedAs)
    case 'receipt-not-saved':
      return receiptNotSavedNotice(notice.error)
    case 'receipt-key-made':
      return receiptKeyMadeNotice(notice.fingerprint)
    case 'renamed':
      return renamedNotice(notice.name)
    case 'pinned':
      return pinnedNotice(notice.isPinned, notice.count)
    case 'assigned':
      return assignedNotice(notice.person, notice.count)
    case 'dismissed':
      return { tone: 'good', title: t('notices.dismissed'), text: '' }
    case 'view-removed':
      return { tone: 'good', title: t('notices.viewRemoved', { name: notice.name }), text: '' }
    case 'noted':
      return { tone: 'good', title: t('notices.noted'), text: '' }
    case 'created':
      return createdNotice(notice.name)
    case 'exported':
      return exportedNotice(notice.saved)
    case 'history-cleared':
      return historyClearedNotice(notice.count, notice.keptAs)
    case 'names-forgotten':
      return namesForgottenNotice(notice)
    case 'many-created':
      return manyCreatedNotice(notice.created, notice.asked)
    case 'diagnostics-saved':
      return diagnosticsSavedNotice(notice.savedAs)
    case 'template-saved':
      return templateSavedNotice(notice.savedAs)
    case 'consent-noted':
      return consentNotedNotice(notice.name)
    case 'person-due':
      return personDueNotice(notice)
    case 'overdue':
      return {
        tone: 'warn',
        title: t('keeping.overdue'),
        text: t('keeping.overdueText', { pictures: notice.pictures, records: notice.records })
      }
    case 'transcript-saved':
      return transcriptSavedNotice(notice.savedAs)
    case 'consents-exported':
      return consentsExportedNotice(notice.savedAs)
    case 'files-refused':
      return filesRefusedNotice(notice.files)
    case 'drafts-discarded':
      return draftsDiscardedNotice(notice.count)
    case 'drafts-left-out':
      return draftsLeftOutNotice(notice.count, notice.most)
    case 'nothing-dropped':
      return nothingDroppedNotice()
    case 'restored':
      return restoredNotice()
    case 'news':
      return newsNotice(notice.items)
    case 'files-left':
      return filesLeftNotice(notice.files)
    case 'update':
      return updateNotice(notice.version, notice.way)
    case 'updated':
      return updatedNotice(notice.version)
    case 'file-removed':
      return { tone: 'good', title: t('filesLeft.removed', { file: notice.fileName }), text: '' }
    default:
      return assertNever(notice)
  }
}
