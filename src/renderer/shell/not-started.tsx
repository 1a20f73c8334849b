import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { t } from '../../shared/messages/messages.ts'
import { useApp } from '../state/use-app.ts'
import { describeError } from '../text/describe-error.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'

/** Why there is no window to work with yet, when the core said so. */
export const NotStarted = () => {
  const boot = useApp((state) => state.boot)
  const start = useApp((state) => state.start)
  if (boot.kind !== 'failed') return null
  const { title, meaning, advice } = describeError(boot.error)
  return (
    <Page title={t('app.name')}>
      <EmptyState
        icon={<IconAlertTriangle size={26} />}
        title={title}
        text={`${meaning} ${advice}`}
      >
        <Button variant="filled" onClick={start}>
          {t('common.tryAgain')}
        </Button>
      </EmptyState>
    </Page>
  )
}
