import '@mantine/core/styles/Checkbox.layer.css'
import '@mantine/core/styles/InlineInput.layer.css'
import { Button, Checkbox } from '@mantine/core'
import { IconFolderDown } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { targetKey } from '../../shared/catalogue/keys.ts'
import type {
  PersonSave,
  PersonTalks,
  SavedFolder,
  TranscriptChoice
} from '../../shared/domain/person-save.ts'
import { t } from '../../shared/messages/messages.ts'
import { assetName } from '../text/asset-words.ts'
import { describeFileError } from '../text/describe-error.ts'
import { gapText } from '../text/plan-words.ts'
import { shortDate } from '../text/time-words.ts'
import { sizeText } from '../text/upload-words.ts'
import { MessageBox } from './message-box.tsx'
import classes from './person-save-box.module.css'
import { PersonText } from './person-text.tsx'
import { ProgressBar } from './progress-bar.tsx'

interface Props {
  readonly personId: string
  readonly name: string
  /** The last saving, of whomever. */
  readonly save: PersonSave | null
  /** Why one would, where that is not plain from the place. */
  readonly text: string
  /** Those that could be saved with what was said in them. */
  readonly conversations: PersonTalks
  readonly onBegin: (transcripts: TranscriptChoice) => void
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
          text={[describeFileError(save.error).advice, t('personSave.stoppedText')].join(' ')}
        />
      )
  }
}

interface TranscriptsProps {
  readonly conversations: PersonTalks
  readonly choice: TranscriptChoice
  readonly onChange: (choice: TranscriptChoice) => void
}

/** Whether what was said is saved as well: of all, of none, or of those that are ticked one by one. */
const Transcripts = ({ conversations: { count, talks }, choice, onChange }: TranscriptsProps) => {
  const without = choice?.without ?? []
  const left = new Set(without.map(targetKey))
  const chosen = count - without.length
  return (
    <>
      <Checkbox
        label={
          choice === null || chosen === count
            ? t('personSave.transcripts', { count })
            : t('personSave.someTranscripts', { chosen, count })
        }
        description={t('personSave.transcriptsHint')}
        checked={choice !== null && chosen > 0}
        indeterminate={choice !== null && chosen > 0 && chosen < count}
        onChange={(event) => onChange(event.currentTarget.checked ? { without: [] } : null)}
      />
      {choice !== null && count > 1 && (
        <ul className={classes['talks']} aria-label={t('personSave.transcriptList')}>
          {talks.map((talk) => (
            <li key={talk.ref.id}>
              <Checkbox
                size="xs"
                label={
                  <span className={classes['talk']}>
                    <PersonText text={assetName(talk)} />
                    {talk.createdAt !== null && (
                      <span className={classes['dim']}>{shortDate(talk.createdAt)}</span>
                    )}
                  </span>
                }
                checked={!left.has(targetKey(talk.ref))}
                onChange={(event) => {
                  const others = without.filter((ref) => targetKey(ref) !== targetKey(talk.ref))
                  onChange({
                    without: event.currentTarget.checked ? others : [...others, talk.ref]
                  })
                }}
              />
            </li>
          ))}
          {count > talks.length && (
            <li className={classes['dim']}>
              {t('personSave.moreTranscripts', { count: count - talks.length })}
            </li>
          )}
        </ul>
      )}
    </>
  )
}

/** Everything of a person into a folder: why, how it stands, and the button that begins it. */
export const PersonSaveBox = (props: Props) => {
  const { personId, save, text, conversations, onBegin } = props
  const [transcripts, setTranscripts] = useState<TranscriptChoice>(null)
  const isOwn = save?.personId === personId
  const isSaving = save?.state === 'saving'
  return (
    <div className={classes['box']}>
      <p className={classes['dim']}>{isSaving && !isOwn ? t('personSave.busy') : text}</p>
      {save !== null && isOwn && stateOf(save, props)}
      {!isSaving && conversations.count > 0 && (
        <Transcripts conversations={conversations} choice={transcripts} onChange={setTranscripts} />
      )}
      {!isSaving && (
        <div>
          <Button
            leftSection={<IconFolderDown size={16} aria-hidden="true" />}
            onClick={() => onBegin(conversations.count > 0 ? transcripts : null)}
          >
            {t('personSave.button')}
          </Button>
        </div>
      )}
    </div>
  )
}
