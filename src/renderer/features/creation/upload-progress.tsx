import { Button, NativeSelect } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { VideoField } from '../../../shared/catalogue/draft-fields.ts'
import { uploadGoesOn } from '../../../shared/catalogue/upload-states.ts'
import type { Bucket } from '../../../shared/domain/bucket.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { Upload } from '../../../shared/domain/upload.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { sizeText, uploadText } from '../../text/upload-words.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { LinkGuide } from './link-guide.tsx'
import classes from './upload-progress.module.css'

interface Props {
  readonly draft: Draft
  readonly field: VideoField
}

const NoBucket = () => {
  const go = useApp((state) => state.go)
  const openBucketForm = useApp((state) => state.openBucketForm)
  const [isGuideOpen, setIsGuideOpen] = useState(false)
  const addBucket = () => {
    go('accounts')
    openBucketForm(null)
  }
  return (
    <>
      <MessageBox
        tone="quiet"
        title={t('uploads.needsBucket')}
        text={t('uploads.needsBucketText')}
        actions={
          <>
            <Button onClick={addBucket}>{t('buckets.add')}</Button>
            <Button onClick={() => setIsGuideOpen(true)}>{t('uploads.getLink')}</Button>
          </>
        }
      />
      {isGuideOpen && <LinkGuide onClose={() => setIsGuideOpen(false)} />}
    </>
  )
}

const Start = ({ draft, field, buckets }: Props & { readonly buckets: readonly Bucket[] }) => {
  const startUpload = useApp((state) => state.startUpload)
  const [chosenId, setChosenId] = useState(buckets[0]?.id)
  const chosen = buckets.find(({ id }) => id === chosenId) ?? buckets[0]
  if (chosen === undefined) return null
  const start = () => void startUpload(draft.id, field, chosen.id)
  return (
    <>
      {buckets.length > 1 && (
        <NativeSelect
          label={t('uploads.bucket')}
          value={chosen.id}
          data={buckets.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) =>
            setChosenId(buckets.find(({ id }) => id === event.currentTarget.value)?.id)
          }
        />
      )}
      <Button data-primary onClick={start}>
        {buckets.length > 1 ? t('uploads.startChosen') : t('uploads.start', { name: chosen.name })}
      </Button>
    </>
  )
}

interface StandingProps {
  readonly upload: Upload
  readonly to: string
  /** What else can be done with the file. */
  readonly more: ReactNode
}

const Standing = ({ upload, to, more }: StandingProps) => {
  const turnUpload = useApp((state) => state.turnUpload)
  const { tone, text } = uploadText(upload, to)
  const { state } = upload
  const isGoingOn = uploadGoesOn(upload)
  const turn = (what: 'pause' | 'resume' | 'cancel') => void turnUpload(upload.id, what)
  return (
    <>
      {(isGoingOn || state === 'paused') && (
        <ProgressBar
          percent={(100 * upload.sentBytes) / Math.max(1, upload.sizeBytes)}
          label={t('uploads.progress', { file: upload.fileName })}
        />
      )}
      <span role={state === 'sending' ? undefined : 'status'}>
        <StateMark tone={tone} text={text} lines="any" />
      </span>
      {upload.hasStartedOver && isGoingOn && (
        <p className={classes['dim']}>{t('uploads.startedOver')}</p>
      )}
      <div className={classes['actions']}>
        {isGoingOn && <Button onClick={() => turn('pause')}>{t('uploads.pause')}</Button>}
        {!isGoingOn && state !== 'done' && (
          <Button onClick={() => turn('resume')}>{t('uploads.resume')}</Button>
        )}
        {state !== 'done' && (
          <Button variant="subtle" onClick={() => turn('cancel')}>
            {t('uploads.cancel')}
          </Button>
        )}
        {more}
      </div>
    </>
  )
}

/** A video field's file on this computer: choosing it, sending it, and how that goes. */
export const VideoFilePart = ({ draft, field }: Props) => {
  const file = draft.files[field]
  const buckets = useApp((state) => state.buckets)
  const loadBuckets = useApp((state) => state.loadBuckets)
  const chooseVideoFile = useApp((state) => state.chooseVideoFile)
  const updateDraft = useApp((state) => state.updateDraft)
  const uploadId = file?.uploadId ?? null
  const upload = useApp((state) =>
    uploadId === null ? null : (state.uploads.get(uploadId) ?? null)
  )
  const hasFile = file !== null
  useEffect(() => {
    if (hasFile) void loadBuckets()
  }, [hasFile, loadBuckets])
  const choose = (
    <Button
      title={t('uploads.chooseHint', { field })}
      leftSection={<IconFolderOpen size={16} aria-hidden="true" />}
      onClick={() => void chooseVideoFile(draft.id, field)}
    >
      {t('uploads.choose')}
    </Button>
  )
  if (file === null) return <div className={classes['actions']}>{choose}</div>
  const clear = (
    <Button variant="subtle" onClick={() => void updateDraft(draft.id, { [field]: '' })}>
      {t('uploads.clear')}
    </Button>
  )
  const isBefore = upload === null || upload.state === 'canceled'
  const to = buckets?.find(({ id }) => id === upload?.bucketId)?.name ?? ''
  return (
    <section className={classes['file']} aria-label={t('uploads.region', { field })}>
      <div className={classes['head']}>
        <span className={classes['name']} dir="auto" title={file.fileName}>
          {file.fileName}
        </span>
        <span className={classes['dim']}>{sizeText(file.sizeBytes)}</span>
      </div>
      {file.isMissing && upload?.state !== 'done' && (
        <MessageBox tone="warn" title={t('uploads.missing')} text="" />
      )}
      {file.isChanged && !file.isMissing && (
        <MessageBox tone="warn" title={t('issue.file-changed')} text="" />
      )}
      {!isBefore && <Standing upload={upload} to={to} more={clear} />}
      {isBefore && buckets?.length === 0 && <NoBucket />}
      {isBefore && (
        <div className={classes['actions']}>
          {buckets !== null && <Start draft={draft} field={field} buckets={buckets} />}
          {choose}
          {clear}
        </div>
      )}
    </section>
  )
}
