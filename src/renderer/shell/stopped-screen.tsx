import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { t } from '../../shared/messages/messages.ts'
import { EmptyState } from '../ui/empty-state.tsx'

export const StoppedScreen = () => (
  <EmptyState
    icon={<IconAlertTriangle size={26} />}
    title={t('errorBoundary.title')}
    text={t('errorBoundary.text')}
  >
    <Button variant="filled" onClick={() => window.location.reload()}>
      {t('common.reload')}
    </Button>
  </EmptyState>
)
