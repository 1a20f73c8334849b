import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { words } from '../text/words.ts'
import { EmptyState } from '../ui/empty-state.tsx'

export const StoppedScreen = () => (
  <EmptyState
    icon={<IconAlertTriangle size={26} />}
    title={words.errorBoundary.title}
    text={words.errorBoundary.text}
  >
    <Button variant="filled" onClick={() => window.location.reload()}>
      {words.common.reload}
    </Button>
  </EmptyState>
)
