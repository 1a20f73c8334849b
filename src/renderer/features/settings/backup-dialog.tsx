import '../../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import type { BackupRun } from '../../../shared/domain/backup.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { describeFileError } from '../../text/describe-error.ts'
import { sizeText } from '../../text/upload-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import classes from './backup-dialog.module.css'

const isOver = ({ state }: BackupRun): boolean =>
  state === 'saved' || state === 'stopped' || state === 'failed'

const percentOf = ({ done, all }: BackupRun): number => (all === 0 ? 0 : (100 * done) / all)

const Saved = ({ saved }: { readonly saved: NonNullable<BackupRun['saved']> }) => {
  const showBackup = useApp((state) => state.showBackup)
  const { fileName, sizeBytes, counts } = saved
  return (
    <MessageBox
      isLive
      tone="good"
      title={t('backup.saved', { file: fileName })}
      text={t('backup.savedText', { ...counts, size: sizeText(sizeBytes) })}
      actions={<Button onClick={() => void showBackup()}>{t('backup.show')}</Button>}
    />
  )
}

const Standing = ({ run }: { readonly run: BackupRun }) => {
  const { state, saved, error } = run
  switch (state) {
    case 'copying':
    case 'writing':
    case 'checking':
      return (
        <MessageBox tone="busy" title={t(`backup.${state}`)} text={t('backup.busyText')}>
          <div className={classes['bar']}>
            <ProgressBar percent={percentOf(run)} label={t('backup.progress')} />
          </div>
        </MessageBox>
      )
    case 'saved':
      return saved === null ? null : <Saved saved={saved} />
    case 'stopped':
      return (
        <MessageBox
          isLive
          tone="quiet"
          title={t('backup.stopped')}
          text={t('backup.stoppedText')}
        />
      )
    case 'failed':
      return error === null ? null : (
        <MessageBox
          isLive
          tone="bad"
          title={t('backup.failed')}
          text={`${describeFileError(error).meaning} ${describeFileError(error).advice}`}
        />
      )
  }
}

/** What a backup holds, how the last one stands, and what begins one. */
export const BackupDialog = () => {
  useFocusReturn()
  const run = useApp((state) => state.backupRun)
  const close = useApp((state) => state.closeBackup)
  const begin = useApp((state) => state.beginBackup)
  const stop = useApp((state) => state.stopBackup)
  const hasSample = useApp((state) => state.accounts.some((account) => account.isSample))
  const isRunning = run !== null && !isOver(run)
  const isSaved = run?.state === 'saved'
  return (
    <Modal opened onClose={close} title={t('backup.title')} withCloseButton={false} size={520}>
      <div className={classes['body']}>
        <p>{t('backup.text')}</p>
        {hasSample && <p>{t('backup.sample')}</p>}
        <p className={classes['dim']}>{t('backup.care')}</p>
        {run !== null && <Standing run={run} />}
        <div className={classes['actions']}>
          {isSaved && <Button onClick={() => void begin()}>{t('backup.again')}</Button>}
          <Button variant={isSaved ? 'filled' : 'default'} data-autofocus={isSaved} onClick={close}>
            {t('common.close')}
          </Button>
          {isRunning && <Button onClick={() => void stop()}>{t('backup.cancel')}</Button>}
          {!isRunning && !isSaved && (
            <Button variant="filled" data-autofocus onClick={() => void begin()}>
              {t('backup.choose')}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
