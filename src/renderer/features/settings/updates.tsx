import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { UpdateStatus } from '../../../shared/domain/update.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { updateText } from '../../text/update-words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { TimeText } from '../../ui/time-text.tsx'
import { Row, Section } from './section.tsx'
import classes from './settings-screen.module.css'

const Checks = () => {
  const updateChecks = useApp((state) => state.settings.updateChecks)
  const updateSettings = useApp((state) => state.updateSettings)
  return (
    <Row
      label={t('updates.checks')}
      hint={updateChecks === 'off' ? t('updates.offHint') : t('updates.checksHint')}
    >
      <FilterChips
        label={t('updates.checks')}
        value={updateChecks}
        choices={(['daily', 'off'] as const).map((value) => ({
          value,
          label: t(`updates.choices.${value}`)
        }))}
        onChange={(chosen) => void updateSettings({ updateChecks: chosen })}
      />
    </Row>
  )
}

const Actions = ({ stand }: Pick<UpdateStatus, 'stand'>) => {
  const checkForUpdates = useApp((state) => state.checkForUpdates)
  const installUpdate = useApp((state) => state.installUpdate)
  const openReleases = useApp((state) => state.openReleases)
  const isWorking = stand.state === 'checking' || stand.state === 'downloading'
  return (
    <>
      {(stand.state === 'found' || stand.state === 'failed') && (
        <Button onClick={() => void openReleases()}>{t('updates.openPage')}</Button>
      )}
      {stand.state === 'ready' ? (
        <Button variant="filled" onClick={() => void installUpdate()}>
          {t('updates.restart')}
        </Button>
      ) : (
        <Button loading={isWorking} onClick={() => void checkForUpdates()}>
          {t('updates.check')}
        </Button>
      )}
    </>
  )
}

/** The menu leads here from anywhere. */
const useBroughtIntoView = () => {
  const row = useRef<HTMLDivElement>(null)
  const isWanted = useApp((state) => state.isUpdateWanted)
  const noteSeen = useApp((state) => state.noteUpdateSeen)
  useEffect(() => {
    if (!isWanted) return
    row.current?.scrollIntoView({ block: 'nearest' })
    noteSeen()
  }, [isWanted, noteSeen])
  return row
}

/** The pieces come one by one, so that what is read out is the sentence that changed. */
const Stand = ({ status }: { readonly status: UpdateStatus }) => (
  <div ref={useBroughtIntoView()} className={classes['setting']}>
    <div>
      <p role="status">{updateText(status)}</p>
      {status.checkedAt !== null && (
        <p className={classes['dim']}>
          {t('updates.checkedAt')} <TimeText at={status.checkedAt} />
        </p>
      )}
    </div>
    <div className={classes['control']}>
      <Actions stand={status.stand} />
    </div>
  </div>
)

/** New versions of the app, and what this one changed. */
export const Updates = () => {
  const status = useApp((state) => state.update)
  const openWhatsNew = useApp((state) => state.openWhatsNew)
  return (
    <Section title={t('updates.title')}>
      {status?.way === 'none' && <p className={classes['dim']}>{updateText(status)}</p>}
      {status !== null && status.way !== 'none' && (
        <>
          <Checks />
          <Stand status={status} />
        </>
      )}
      <Button onClick={() => void openWhatsNew()}>{t('updates.whatsNew')}</Button>
    </Section>
  )
}
