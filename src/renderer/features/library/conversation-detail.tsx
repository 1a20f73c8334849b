import { Button } from '@mantine/core'
import { useState } from 'react'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { Transcript } from '../../../shared/domain/transcript.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { speakerText } from '../../../shared/transcript-words.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import classes from './conversation-detail.module.css'

const Failure = ({ error }: { readonly error: AppError }) => {
  const { title, meaning, advice } = describeError(error, keeperName('conversation'))
  return <MessageBox isLive tone="warn" title={title} text={`${meaning} ${advice}`} />
}

const Lines = ({ transcript }: { readonly transcript: Transcript }) => (
  <>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
    <ol className={classes['lines']} tabIndex={0} aria-label={t('transcript.title')}>
      {transcript.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said stays in its order
        <li key={index} className={classes['line']}>
          <strong className={classes['by']}>{speakerText(line)}</strong>
          <PersonText text={line.text} />
        </li>
      ))}
    </ol>
    {transcript.isCut && <p className={classes['dim']}>{t('transcript.cut')}</p>}
  </>
)

/** What was said. Nothing is requested until the person asks for it, and it is gone as soon as the details close. */
export const ConversationTranscript = ({ asset }: { readonly asset: Asset }) => {
  const readTranscript = useApp((state) => state.readTranscript)
  const saveTranscript = useApp((state) => state.saveTranscript)
  const [transcript, setTranscript] = useState<Transcript | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [isReading, setIsReading] = useState(false)

  const read = async () => {
    setIsReading(true)
    setError(null)
    const answer = await readTranscript(asset.ref)
    setIsReading(false)
    if (answer.ok) setTranscript(answer.value)
    else setError(answer.error)
  }

  const isThere = transcript !== null && transcript.lines.length > 0
  return (
    <section className={classes['transcript']} aria-label={t('transcript.title')}>
      <h3 className={classes['heading']}>{t('transcript.title')}</h3>
      {transcript === null && <p className={classes['dim']}>{t('transcript.why')}</p>}
      {transcript !== null && !isThere && (
        <p className={classes['dim']} role="status">
          {t('transcript.none')}
        </p>
      )}
      {isThere && <Lines transcript={transcript} />}
      {error !== null && <Failure error={error} />}
      {transcript === null ? (
        <Button size="xs" loading={isReading} onClick={() => void read()}>
          {t('transcript.show')}
        </Button>
      ) : (
        isThere && (
          <Button size="xs" onClick={() => void saveTranscript(asset.ref)}>
            {t('transcript.save')}
          </Button>
        )
      )}
    </section>
  )
}
