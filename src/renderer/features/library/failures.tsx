import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError, errorDetails } from '../../text/describe-error.ts'
import { issueText } from '../../text/issue-words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MessageBox } from '../../ui/message-box.tsx'

/** In place of the rows. */
export const LibraryFailed = ({ error }: { readonly error: AppError }) => {
  const loadLibrary = useApp((state) => state.loadLibrary)
  const version = useApp((state) => (state.boot.kind === 'ready' ? state.boot.value.version : null))
  const { title, meaning, advice } = describeError(error)
  return (
    <EmptyState icon={<IconAlertTriangle size={26} />} title={title} text={`${meaning} ${advice}`}>
      <Button onClick={() => void loadLibrary()}>{t('common.tryAgain')}</Button>
      <Button onClick={() => copyText(errorDetails(error, version))}>
        {t('common.copyDetails')}
      </Button>
    </EmptyState>
  )
}

/** In place of the details. */
export const DetailFailed = ({ error }: { readonly error: AppError }) => {
  const { title, meaning } = describeError(error)
  return <MessageBox tone="warn" title={title} text={meaning} />
}

interface RenameFailedProps {
  readonly error: AppError
  readonly who: string
}

/** Under a name that was refused. */
export const RenameFailed = ({ error, who }: RenameFailedProps) => {
  if (error.kind === 'invalid-input' && error.issues[0] !== undefined) {
    return issueText(error.issues[0], who)
  }
  const { title, meaning, said } = describeError(error, who)
  return said === null ? `${title}. ${meaning}` : `${title}: “${said}”`
}
