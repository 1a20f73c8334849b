import '@mantine/core/styles/Checkbox.layer.css'
import '@mantine/core/styles/InlineInput.layer.css'
import { Button, Checkbox } from '@mantine/core'
import { IconFolderDown } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { PersonSave, SavedFolder } from '../../shared/domain/person-save.ts'
import { t } from '../../shared/messages/messages.ts'
import { describeError } from '../text/describe-error.ts'
import { gapText } from '../text/plan-words.ts'
import { sizeText } from '../text/upload-words.ts'
import { MessageBox } from './message-box.tsx'
import classes from './person-save-box.module.css'
import { ProgressBar } from './progress-bar.tsx'

interface Props {
  readonly personId: string
  readonly name: string
  /** The last saving, of whomever. */
  readonly save: PersonSave | null
  /** Why one would, where that is not plain from the place. */
  readonly text: string
  /** How many conversations could be saved with what was said in them. */
  readonly conversations: number
  readonly onBegin: (withTranscripts: boolean) => void
  readonly onStop: () => void
  readonly onShow: () => void
}

const Saving = ({
  save,
  name,
  onStop
}: { readonly save: PersonSave } & Pick<Props, 'name' | 'onStop'>) => (
  <MessageBox
    tone="busy"
    title={t('personSave.saving', { done: save.done, all: save.all })}
    text={t('personSave.size', { size: sizeText(save.sizeBytes) })}
    actions={<Button onClick={onStop}>{t('personSave.stop')}</Button>}
  >
    <div className={classes['bar']}>
      <ProgressBar
        percent={save.all === 0 ? 0 : (100 * save.done) / save.all}
        label={t('personSave.progress', { name })}
      />
    </div>
  </MessageBox>
)

const Saved = ({ saved, onShow }: { readonly saved: SavedFolder; readonly onShow: () => void }) => {
  const { folderName, files, sizeBytes, gaps, gapCount, receipt } = saved
  const isWhole = gapCount === 0 && receipt === 'signed'
  return (
    <MessageBox
      isLive
      tone={isWhole ? 'good' : 'warn'}
      title={t('personSave.saved', { folder: folderName })}
      text={t('personSave.savedText', { files, size: sizeText(sizeBytes), receipt })}
      actions={<Button onClick={onShow}>{t('personSave.show')}</Button>}
    >
      {receipt === 'no-key' && <p>{t('personSave.noReceipt')}</p>}
      {gapCount > 0 && (
        <>
          <p>{t('personSave.gaps', { count: gapCount })}</p>
          <ul className={classes['gaps']}>
            {gaps.map(({ name, reason }) => (
              <li key={name}>{gapText(name, reason)}</li>
            ))}
          </ul>
        </>
      )}
    </MessageBox>
  )
}

const stateOf = (save: PersonSave, { name, onStop, onShow }: Props): ReactNode => {
  switch (save.state) {
    case 'saving':
      return <Saving save={save} name={name} onStop={onStop} />
    case 'saved':
      return save.saved === null ? null : <Saved saved={save.saved} onShow={onShow} />
    case 'stopped':
      return (
        <MessageBox
          isLive
          tone="quiet"
          title={t('personSave.stopped')}
          text={t('personSave.stoppedText')}
        />
      )
    case 'failed':
      return save.error === null ? null : (
        <MessageBox
          isLive
          tone="bad"
          title={t('personSave.failed')}
          text={[describeError(save.error).advice, t('personSave.stoppedText')].join(' ')}
        />
      )
  }
}

/** Everything of a person into a folder: why, how it stands, and the button that begins it. */
export const PersonSaveBox = (props: Props) => {
  const { personId, save, text, conversations, onBegin } = props
  const [withTranscripts, setWithTranscripts] = useState(false)
  const isOwn = save?.personId === personId
  const isSaving = save?.state === 'saving'
  return (
    <div className={classes['box']}>
      <p className={classes['dim']}>{isSaving && !isOwn ? t('personSave.busy') : text}</p>
      {save !== null && isOwn && stateOf(save, props)}
      {!isSaving && conversations > 0 && (
        <Checkbox
          label={t('personSave.transcripts', { count: conversations })}
          description={t('personSave.transcriptsHint')}
          checked={withTranscripts}
          onChange={(event) => setWithTranscripts(event.currentTarget.checked)}
        />
      )}
      {!isSaving && (
        <div>
          <Button
            leftSection={<IconFolderDown size={16} aria-hidden="true" />}
            onClick={() => onBegin(withTranscripts && conversations > 0)}
          >
            {t('personSave.button')}
          </Button>
        </div>
      )}
    </div>
  )
}
