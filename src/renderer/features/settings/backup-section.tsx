import { Button } from '@mantine/core'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { Row, Section } from './section.tsx'

/** Everything on this computer as one file. */
export const Backup = () => {
  const openBackup = useApp((state) => state.openBackup)
  const openRestore = useApp((state) => state.openRestore)
  return (
    <Section title={t('settings.backup')}>
      <Row label={t('backup.title')} hint={t('backup.hint')}>
        <Button onClick={() => void openBackup()}>{t('backup.button')}</Button>
      </Row>
      <Row label={t('restore.title')} hint={t('restore.hint')}>
        <Button onClick={() => void openRestore()}>{t('restore.button')}</Button>
      </Row>
    </Section>
  )
}
