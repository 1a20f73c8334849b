import { Button } from '@mantine/core'
import type { Batch } from '../../../shared/domain/batch.ts'
import { t } from '../../../shared/messages/messages.ts'
import { canRetry, isEnded, isUndoable, unsentCount } from '../../state/batches.ts'
import { useApp } from '../../state/use-app.ts'
import type { MenuEntry } from '../../ui/floating-menu.tsx'
import { receiptEntries } from '../../ui/receipt-entries.ts'
import { ReceiptMenu } from '../../ui/receipt-menu.tsx'
import classes from './batch-card.module.css'

/** Resuming is the person's to say, except where it would only run into the same wall. */
const canResume = ({ state, waitsFor, heldUntilAt }: Batch): boolean =>
  (state === 'waiting' && waitsFor !== 'pace') || (state === 'held' && heldUntilAt === null)

const canPause = ({ state, heldUntilAt }: Batch): boolean =>
  state === 'running' || (state === 'held' && heldUntilAt !== null)

const OpenActions = ({ batch }: { readonly batch: Batch }) => {
  const undoBatch = useApp((state) => state.undoBatch)
  const pauseBatch = useApp((state) => state.pauseBatch)
  const resumeBatch = useApp((state) => state.resumeBatch)
  const cancelBatch = useApp((state) => state.cancelBatch)
  const closeDeletions = useApp((state) => state.closeDeletions)
  const go = useApp((state) => state.go)
  const canUndo = isUndoable(batch)
  return (
    <>
      {batch.waitsFor === 'key' && (
        <Button
          size="xs"
          onClick={() => {
            closeDeletions()
            go('accounts')
          }}
        >
          {t('batches.toAccount')}
        </Button>
      )}
      {canResume(batch) && (
        <Button size="xs" onClick={() => void resumeBatch(batch.id)}>
          {t('batches.resume')}
        </Button>
      )}
      {canPause(batch) && (
        <Button size="xs" onClick={() => void pauseBatch(batch.id)}>
          {t('batches.pause')}
        </Button>
      )}
      {canUndo && (
        <Button size="xs" onClick={() => void undoBatch(batch.id)}>
          {t('batches.undo')}
        </Button>
      )}
      {!canUndo && unsentCount(batch) > 0 && (
        <Button size="xs" onClick={() => void cancelBatch(batch.id)}>
          {t('batches.cancel')}
        </Button>
      )}
    </>
  )
}

const EndedActions = ({ batch }: { readonly batch: Batch }) => {
  const dismissBatch = useApp((state) => state.dismissBatch)
  const saveReceipt = useApp((state) => state.saveReceipt)
  return (
    <>
      <ReceiptMenu onSave={(format) => void saveReceipt(batch.id, format)} />
      {!batch.isDismissed && (
        <Button size="xs" variant="subtle" onClick={() => void dismissBatch(batch.id)}>
          {t('batches.dismiss')}
        </Button>
      )}
    </>
  )
}

/** The same that the buttons do. */
export const useBatchMenu = (batch: Batch): (() => readonly (readonly MenuEntry[])[]) => {
  const undoBatch = useApp((state) => state.undoBatch)
  const pauseBatch = useApp((state) => state.pauseBatch)
  const resumeBatch = useApp((state) => state.resumeBatch)
  const cancelBatch = useApp((state) => state.cancelBatch)
  const retryBatch = useApp((state) => state.retryBatch)
  const dismissBatch = useApp((state) => state.dismissBatch)
  const saveReceipt = useApp((state) => state.saveReceipt)
  const when = (isOffered: boolean, label: string, run: () => Promise<void>): MenuEntry[] =>
    isOffered ? [{ label, run: () => void run() }] : []
  const { id } = batch
  return () => {
    if (!isEnded(batch)) {
      const canUndo = isUndoable(batch)
      return [
        [
          ...when(canResume(batch), t('batches.resume'), () => resumeBatch(id)),
          ...when(canPause(batch), t('batches.pause'), () => pauseBatch(id)),
          ...when(canUndo, t('batches.undo'), () => undoBatch(id)),
          ...when(!canUndo && unsentCount(batch) > 0, t('batches.cancel'), () => cancelBatch(id))
        ]
      ]
    }
    return [
      receiptEntries((format) => void saveReceipt(id, format)),
      [
        ...when(canRetry(batch) && !batch.isDismissed, t('batches.retry'), () => retryBatch(id)),
        ...when(!batch.isDismissed, t('batches.dismiss'), () => dismissBatch(id))
      ]
    ]
  }
}

export const BatchActions = ({ batch }: { readonly batch: Batch }) => {
  const retryBatch = useApp((state) => state.retryBatch)
  return (
    <div className={classes['actions']}>
      {isEnded(batch) && canRetry(batch) && !batch.isDismissed && (
        <Button size="xs" onClick={() => void retryBatch(batch.id)}>
          {t('batches.retry')}
        </Button>
      )}
      {isEnded(batch) ? <EndedActions batch={batch} /> : <OpenActions batch={batch} />}
    </div>
  )
}
