import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import { useApp } from '../state/use-app.ts'
import { type HealthWords, healthText } from '../text/health-words.ts'
import { MessageBox } from '../ui/message-box.tsx'

const Action = ({ action }: { readonly action: NonNullable<HealthWords['action']> }) => {
  const restoreBackup = useApp((state) => state.restoreBackup)
  const revealData = useApp((state) => state.revealData)
  const deleteLeftKeys = useApp((state) => state.deleteLeftKeys)
  const acceptEnd = useApp((state) => state.acceptHistoryEnd)
  const stopWaiting = useApp((state) => state.stopWaitingForKeychain)
  switch (action) {
    case 'restore':
      return <Button onClick={() => void restoreBackup()}>{t('health.restore')}</Button>
    case 'reveal':
      return <Button onClick={() => void revealData()}>{t('settings.reveal')}</Button>
    case 'delete-keys':
      return <Button onClick={() => void deleteLeftKeys()}>{t('common.tryAgain')}</Button>
    case 'accept-end':
      return <Button onClick={() => void acceptEnd()}>{t('history.acceptEnd')}</Button>
    case 'stop-waiting':
      return <Button onClick={() => void stopWaiting()}>{t('common.cancel')}</Button>
    default:
      return assertNever(action)
  }
}

/** What is wrong with this computer, over every screen and for as long as it lasts. */
export const HealthBanner = () => {
  const health = useApp((state) => state.health)
  const notes = useMemo(() => healthText(health), [health])
  return notes.map((note) => (
    <MessageBox
      key={note.key}
      isStrip
      isLive
      tone={note.tone}
      title={note.title}
      text={note.text}
      actions={note.action === null ? undefined : <Action action={note.action} />}
    />
  ))
}
