import type { HistoryEvent } from '../../../shared/domain/history.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isEnded } from '../../state/batches.ts'
import { assetRefOf } from '../../state/history-rows.ts'
import { useApp } from '../../state/use-app.ts'
import { copyText } from '../../ui/copy-text.ts'
import type { MenuEntry } from '../../ui/floating-menu.tsx'
import { receiptEntries } from '../../ui/receipt-entries.ts'

/** What can be done from a line of the timeline: `isOfOne`, it is about one thing; `batchId`, the plan that it is of. */
export const useRecordMenu = (
  record: HistoryEvent,
  isOfOne: boolean,
  batchId: string | null
): (() => readonly (readonly MenuEntry[])[]) => {
  const ref = isOfOne ? assetRefOf(record) : null
  const hasAccount = useApp(({ accounts }) => accounts.some(({ id }) => id === record.accountId))
  // An open one has no receipt yet.
  const isOpen = useApp(({ batches }) =>
    batches.some((batch) => batch.id === batchId && !isEnded(batch))
  )
  const showAsset = useApp((state) => state.showAsset)
  const showHistoryOf = useApp((state) => state.showHistoryOf)
  const saveReceipt = useApp((state) => state.saveReceipt)
  return () => [
    ref === null
      ? []
      : [
          ...(hasAccount ? [{ label: t('history.showAsset'), run: () => showAsset(ref) }] : []),
          { label: t('library.actions.showHistory'), run: () => showHistoryOf(ref) }
        ],
    batchId === null || isOpen ? [] : receiptEntries((format) => void saveReceipt(batchId, format)),
    [
      ...(record.assetId === null || !isOfOne
        ? []
        : [{ label: t('library.actions.copyId'), run: () => copyText(record.assetId ?? '') }]),
      { label: t('history.copyHash'), run: () => copyText(record.hash) }
    ]
  ]
}
