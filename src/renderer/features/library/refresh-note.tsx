import { Button } from '@mantine/core'
import { t } from '../../../shared/messages/messages.ts'
import { readingIn } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { runningText } from '../../text/refresh-words.ts'
import classes from './refresh-note.module.css'

interface StopProps {
  readonly size?: 'xs' | 'sm'
}

export const StopButton = ({ size = 'sm' }: StopProps) => {
  const stopRefresh = useApp((state) => state.stopRefresh)
  return (
    <Button size={size} onClick={() => void stopRefresh()}>
      {t('common.stop')}
    </Button>
  )
}

/** What a refresh has read so far. It lies over the list, which stays where it is. */
export const RefreshNote = () => {
  const sync = useApp((state) => state.sync)
  const accountId = useApp((state) => state.filter.accountId)
  const accounts = useApp((state) => state.accounts)
  const reading = readingIn(sync, accountId)
  const names = reading.map(
    (status) => accounts.find(({ id }) => id === status.accountId)?.name ?? ''
  )
  const readCount = reading.reduce((sum, status) => sum + status.readCount, 0)
  return (
    <section className={classes['note']} aria-label={t('refresh.region')}>
      <p>{runningText(accounts.length > 1 ? names : [], readCount)}</p>
      <StopButton size="xs" />
    </section>
  )
}
