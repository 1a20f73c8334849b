import { t } from '../../../shared/messages/messages.ts'
import type { LeftFile } from '../../state/notice.ts'
import { useApp } from '../../state/use-app.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

/** Asks before a file goes that a replica was trained with. */
export const RemoveFileDialog = ({ file }: { readonly file: LeftFile }) => {
  const askToRemove = useApp((state) => state.askToRemove)
  const removeTrainingFile = useApp((state) => state.removeTrainingFile)
  return (
    <ConfirmDialog
      title={t('filesLeft.confirmTitle', { file: file.fileName })}
      text={t('filesLeft.confirmText', { name: file.replicaName })}
      confirmLabel={t('filesLeft.confirm')}
      cancelLabel={t('common.cancel')}
      onConfirm={() => removeTrainingFile(file)}
      onClose={() => askToRemove(null)}
    />
  )
}
