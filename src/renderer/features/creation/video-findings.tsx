import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { draftFields, type VideoField } from '../../../shared/catalogue/draft-fields.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { VideoCheck, VideoFinding } from '../../../shared/domain/video-check.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import type { StateTone } from '../../text/asset-words.ts'
import {
  factLines,
  findingSentence,
  leavesOpen,
  refusalText,
  rulesText
} from '../../text/video-words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './video-findings.module.css'
import { VideoPreview } from './video-preview.tsx'

const tones = {
  refused: 'bad',
  warning: 'warn',
  advice: 'quiet',
  pass: 'good'
} as const satisfies Record<VideoFinding['level'], StateTone>

const Finding = ({ finding }: { readonly finding: VideoFinding }) => {
  const refusal = refusalText(finding)
  return (
    <li>
      <StateMark tone={tones[finding.level]} text={findingSentence(finding)} lines="any" />
      {refusal !== null && <p className={classes['refusal']}>{refusal}</p>}
    </li>
  )
}

interface CommandProps {
  readonly command: string
  readonly fileName: string
}

const CopyCommand = ({ command, fileName }: CommandProps) => {
  const [isCopied, setIsCopied] = useState(false)
  return (
    <>
      <code className={classes['command']}>{command}</code>
      {!command.includes(`"${fileName}"`) && (
        <p className={classes['dim']}>{t('video.commandName')}</p>
      )}
      <Button size="xs" onClick={() => setIsCopied(copyText(command))}>
        {t('video.copyCommand')}
      </Button>
      <span role="status" className={classes['dim']}>
        {isCopied ? t('video.copied') : ''}
      </span>
    </>
  )
}

interface FitProps {
  readonly draft: Draft
  readonly field: VideoField
  readonly check: VideoCheck
}

/** Makes a file that Tavus takes, with the ffmpeg of this computer. */
const MakeFit = ({ draft, field, check }: FitProps) => {
  const fitVideo = useApp((state) => state.fitVideo)
  const cancelFit = useApp((state) => state.cancelFit)
  if (check.canFit === null) return null
  if (check.fit?.state === 'running') {
    return (
      <div className={classes['preview']}>
        <p className={classes['dim']} aria-hidden="true">
          {t('video.fitRunning')}
        </p>
        <ProgressBar percent={(check.fit.share ?? 0) * 100} label={t('video.fitRunning')} />
        <Button size="xs" onClick={() => void cancelFit(draft.id, field)}>
          {t('video.fitCancel')}
        </Button>
      </div>
    )
  }
  const hint = check.canFit === 'remux' ? t('video.fitHintRemux') : t('video.fitHintReencode')
  return (
    <>
      {check.fit?.state === 'failed' && (
        <StateMark tone="bad" text={t('video.fitFailed')} lines="any" />
      )}
      <Button size="xs" title={hint} onClick={() => void fitVideo(draft.id, field)}>
        {t('video.fit')}
      </Button>
    </>
  )
}

const Facts = ({ check }: { readonly check: VideoCheck }) =>
  check.facts === null ? null : <FactList rows={factLines(check.facts)} />

const stateTexts = {
  checking: () => t('video.checking'),
  failed: () => t('video.failed'),
  done: () => ''
} as const satisfies Record<VideoCheck['state'], () => string>

interface Props {
  readonly draft: Draft
  readonly field: VideoField
  /** What the preview is named after. */
  readonly name: string
}

/** What the doctor found in a draft's video: facts, findings, and what mends them. */
export const VideoFindings = ({ draft, field, name }: Props) => {
  const checkVideo = useApp((state) => state.checkVideo)
  const check = draft.checks[field]
  if (check === null) return null
  const isChecking = check.state === 'checking'
  const worse = check.findings.filter(({ level }) => level !== 'pass')
  const passed = check.findings.filter(({ level }) => level === 'pass')
  const isGood =
    check.state === 'done' &&
    check.facts !== null &&
    worse.every((finding) => finding.level === 'advice' && !leavesOpen(finding))
  const fileName = draft.files[field]?.fileName ?? draft[draftFields[field].view]?.fileName ?? ''
  const mends = (
    <>
      <MakeFit draft={draft} field={field} check={check} />
      {check.ffmpegCommand !== null && (
        <CopyCommand command={check.ffmpegCommand} fileName={fileName} />
      )}
    </>
  )
  return (
    <div className={classes['findings']} aria-busy={isChecking}>
      {check.state !== 'done' && (
        <StateMark
          tone={isChecking ? 'busy' : 'warn'}
          text={stateTexts[check.state]()}
          lines="any"
        />
      )}
      {isGood && <StateMark tone="good" text={t('video.good')} lines="any" />}
      {worse.length > 0 && (
        <ul className={classes['list']}>
          {worse.map((finding) => (
            <Finding key={finding.code} finding={finding} />
          ))}
        </ul>
      )}
      {!isGood && mends}
      <VideoPreview draft={draft} field={field} name={name} />
      <Facts check={check} />
      {check.facts !== null && <p className={classes['dim']}>{rulesText()}</p>}
      {passed.length > 0 && (
        <details>
          <summary className={classes['dim']}>
            {t('video.passed', { count: passed.length })}
          </summary>
          <ul className={classes['list']}>
            {passed.map((finding) => (
              <Finding key={finding.code} finding={finding} />
            ))}
          </ul>
        </details>
      )}
      {isGood && mends}
      <Button
        size="xs"
        variant="subtle"
        disabled={isChecking}
        leftSection={<IconRefresh size={14} aria-hidden="true" />}
        onClick={() => void checkVideo(draft.id, field)}
      >
        {field === 'trainVideoUrl' ? t('video.again') : t('video.againConsent')}
      </Button>
    </div>
  )
}
