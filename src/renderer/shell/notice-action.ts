import { isAssetKind } from '../../shared/catalogue/kinds.ts'
import type { NewsItem } from '../../shared/domain/news.ts'
import { t } from '../../shared/messages/messages.ts'
import type { AppState } from '../state/app-state.ts'
import type { LeftFile, Notice } from '../state/notice.ts'
import { changeOf } from '../state/undo-slice.ts'

export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

export type NoticeWays = Pick<
  AppState,
  | 'exploreSample'
  | 'takeBack'
  | 'openDeletions'
  | 'saveReceipt'
  | 'askForNewKey'
  | 'showAsset'
  | 'askToRemove'
  | 'go'
  | 'installUpdate'
  | 'openReleases'
  | 'openWhatsNew'
  | 'openSubject'
  | 'showExport'
  | 'showKeeping'
>

/** A new key is offered only where the old one is known to be lost: a locked keychain still holds it. */
const receiptAction = (
  { error, wanted }: Extract<Notice, { kind: 'receipt-not-saved' }>,
  { saveReceipt, askForNewKey }: NoticeWays
): NoticeAction | null => {
  switch (error.kind) {
    case 'signing-key-lost':
      return { label: t('receipts.makeKeyAsk'), run: () => askForNewKey({ error, wanted }) }
    case 'keychain-unavailable':
      return {
        label: t('common.tryAgain'),
        run: () => void saveReceipt(wanted.batchId, wanted.format)
      }
    default:
      return null
  }
}

/** One asset is shown itself, if the library has its kind; what became of several is in the inbox. */
const newsAction = (items: readonly NewsItem[], { showAsset, go }: NoticeWays): NoticeAction => {
  const [only] = items
  if (only === undefined || items.length > 1 || !isAssetKind(only.ref.kind)) {
    return { label: t('inbox.show'), run: () => go('inbox') }
  }
  const ref = { ...only.ref, kind: only.ref.kind }
  return { label: t('history.showAsset'), run: () => showAsset(ref) }
}

/** One file is removed at a press; of several, the person sees where they lie. */
const filesAction = (files: readonly LeftFile[], { askToRemove, go }: NoticeWays): NoticeAction => {
  const [only] = files
  return only === undefined || files.length > 1
    ? { label: t('filesLeft.show'), run: () => go('accounts') }
    : { label: t('filesLeft.ask'), run: () => askToRemove(only) }
}

/** What needs more than reading is one click away. */
export const noticeAction = (notice: Notice, ways: NoticeWays): NoticeAction | null => {
  if (notice.kind === 'receipt-not-saved') return receiptAction(notice, ways)
  // Starting the sample data belongs to no screen that would offer it again.
  if (notice.kind === 'failed' && notice.doing === 'explore-sample') {
    return { label: t('common.tryAgain'), run: () => void ways.exploreSample() }
  }
  const change = changeOf(notice)
  if (change !== null) {
    return { label: t('common.undo'), run: () => void ways.takeBack(change) }
  }
  if (notice.kind === 'exported') {
    return { label: t('exportDialog.show'), run: () => void ways.showExport() }
  }
  if (notice.kind === 'news') return newsAction(notice.items, ways)
  if (notice.kind === 'files-left') return filesAction(notice.files, ways)
  if (notice.kind === 'updated') {
    return { label: t('updates.whatsNew'), run: () => void ways.openWhatsNew() }
  }
  if (notice.kind === 'update') {
    return notice.way === 'restart'
      ? { label: t('updates.restart'), run: () => void ways.installUpdate() }
      : { label: t('updates.openPage'), run: () => void ways.openReleases() }
  }
  if (notice.kind === 'overdue') {
    return { label: t('keeping.show'), run: ways.showKeeping }
  }
  if (notice.kind === 'person-due') {
    const subject = { scope: 'person', personId: notice.personId } as const
    const facts = { asset: null, kind: 'replica', count: 1 } as const
    return {
      label: t('notices.personDuePlan'),
      run: () => void ways.openSubject(subject, facts)
    }
  }
  if (notice.kind !== 'batch' || notice.turn === 'undone') return null
  const { id, counts } = notice.batch
  const isOpen = notice.turn === 'waits' || counts.refused + counts.unclear > 0
  if (isOpen) return { label: t('batches.show'), run: ways.openDeletions }
  // For people; the list of deletions has the form for machines, too.
  return notice.turn === 'ended'
    ? { label: t('batches.saveReceipt'), run: () => void ways.saveReceipt(id, 'pdf') }
    : null
}
