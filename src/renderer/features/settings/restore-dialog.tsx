import '../../ui/modal-styles.ts'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/Switch.layer.css'
import { Button, Modal, Switch } from '@mantine/core'
import { useState } from 'react'
import type { RestoreRun } from '../../../shared/domain/backup.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { backupBrings, backupOrigin, knownAccounts } from '../../text/backup-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import classes from './backup-dialog.module.css'

const Found = ({ found }: { readonly found: NonNullable<RestoreRun['found']> }) => {
  const brings = backupBrings(found)
  const known = knownAccounts(found)
  return (
    <section className={classes['found']} aria-label={t('restore.ready')}>
      <p className={classes['dim']}>{backupOrigin(found)}</p>
      {brings.length === 0 ? (
        <p>{t('restore.nothingNew')}</p>
      ) : (
        <>
          <h3 className={classes['heading']}>{t('restore.ready')}</h3>
          <ul className={classes['brings']}>
            {brings.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {known !== null && <p className={classes['dim']}>{known}</p>}
      <p className={classes['dim']}>{t('restore.signing')}</p>
    </section>
  )
}

const Restored = ({ taken }: { readonly taken: NonNullable<RestoreRun['taken']> }) => {
  const close = useApp((state) => state.closeRestore)
  const go = useApp((state) => state.go)
  const enterKeys = () => {
    void close()
    go('accounts')
  }
  return (
    <MessageBox
      isLive
      tone="good"
      title={t('restore.restored')}
      text={t('restore.restoredText', taken)}
      actions={taken.accounts > 0 && <Button onClick={enterKeys}>{t('restore.enterKeys')}</Button>}
    >
      {taken.accounts > 0 && <p>{t('restore.keys')}</p>}
    </MessageBox>
  )
}

const Trouble = ({ run: { state, error } }: { readonly run: RestoreRun }) => {
  if (error === null) return null
  const { meaning, advice } = describeError(error)
  return state === 'refused' ? (
    <MessageBox isLive tone="bad" title={t('restore.refused')} text={`${meaning} ${advice}`} />
  ) : (
    <MessageBox
      isLive
      tone="bad"
      title={t('restore.failed')}
      text={`${meaning} ${t('restore.failedText')}`}
    />
  )
}

const Standing = ({ run }: { readonly run: RestoreRun }) => {
  const { state, done, all, found, taken } = run
  switch (state) {
    case 'reading':
      return (
        <MessageBox tone="busy" title={t('restore.reading')} text={t('restore.readingText')}>
          <div className={classes['bar']}>
            <ProgressBar
              percent={all === 0 ? 0 : (100 * done) / all}
              label={t('restore.progress')}
            />
          </div>
        </MessageBox>
      )
    case 'ready':
      return found === null ? null : <Found found={found} />
    case 'restoring':
      return (
        <MessageBox
          isLive
          tone="busy"
          title={t('restore.restoring')}
          text={t('restore.restoringText')}
        />
      )
    case 'restored':
      return taken === null ? null : <Restored taken={taken} />
    case 'refused':
    case 'failed':
      return <Trouble run={run} />
  }
}

/** What a backup would bring, before anything happens, and the button that does it. */
export const RestoreDialog = () => {
  useFocusReturn()
  const run = useApp((state) => state.restoreRun)
  const isNew = useApp((state) => state.accounts.length === 0)
  const close = useApp((state) => state.closeRestore)
  const choose = useApp((state) => state.chooseBackup)
  const begin = useApp((state) => state.beginRestore)
  const [chosen, setChosen] = useState<boolean | null>(null)
  const withSettings = chosen ?? isNew
  const isReady = run?.state === 'ready'
  const isBusy = run?.state === 'reading' || run?.state === 'restoring'
  const isDone = run?.state === 'restored'
  return (
    <Modal
      opened
      onClose={() => void close()}
      title={t('restore.title')}
      withCloseButton={false}
      size={560}
    >
      <div className={classes['body']}>
        {!isDone && (
          <>
            <p>{t('restore.text')}</p>
            <p className={classes['dim']}>{t('restore.nothingSent')}</p>
          </>
        )}
        {run !== null && <Standing run={run} />}
        {isReady && (
          <Switch
            label={t('restore.withSettings')}
            checked={withSettings}
            onChange={(event) => setChosen(event.currentTarget.checked)}
          />
        )}
        <div className={classes['actions']}>
          <Button variant={isDone ? 'filled' : 'default'} onClick={() => void close()}>
            {isReady ? t('common.cancel') : t('common.close')}
          </Button>
          {!isBusy && !isDone && (
            <Button
              variant={isReady ? 'default' : 'filled'}
              data-autofocus={!isReady}
              onClick={() => void choose()}
            >
              {run === null ? t('restore.choose') : t('restore.chooseOther')}
            </Button>
          )}
          {isReady && (
            <Button variant="filled" onClick={() => void begin(withSettings)}>
              {t('restore.begin')}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
