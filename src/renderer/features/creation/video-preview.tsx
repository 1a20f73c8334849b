import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { VideoField } from '../../../shared/catalogue/draft-fields.ts'
import { trainingRules } from '../../../shared/catalogue/training-rules.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { frameKey, keptFrames } from './kept-frames.ts'
import classes from './video-findings.module.css'
import { FramePicture, FrameReader, useKeptFrame } from './video-frame.tsx'

/** Where phoenix-4 wants speech and where silence. */
const Marks = ({ onSeek }: { readonly onSeek: (seconds: number) => void }) => (
  <div className={classes['marks']}>
    <Button size="xs" variant="default" onClick={() => onSeek(0)}>
      {t('video.speak')}
    </Button>
    <Button size="xs" variant="default" onClick={() => onSeek(trainingRules.speakingSeconds.value)}>
      {t('video.still')}
    </Button>
  </div>
)

interface PlayerProps {
  readonly mediaId: string
  readonly label: string
  readonly hasMarks: boolean
  readonly onError: () => void
}

const Player = ({ mediaId, label, hasMarks, onError }: PlayerProps) => {
  const video = useRef<HTMLVideoElement>(null)
  const seek = (seconds: number) => {
    if (video.current !== null) video.current.currentTime = seconds
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a recording that nobody has seen yet has no captions */}
      <video
        ref={video}
        className={classes['poster']}
        src={`media://${mediaId}`}
        aria-label={label}
        preload="metadata"
        controls
        disablePictureInPicture
        onError={onError}
      />
      {hasMarks && <Marks onSeek={seek} />}
    </>
  )
}

interface Props {
  readonly draft: Draft
  readonly field: VideoField
  readonly name: string
}

/** A frame of the video, and a player for it. Main hands the video on part by part; the window never has its link. */
export const VideoPreview = ({ draft, field, name }: Props) => {
  const previewVideo = useApp((state) => state.previewVideo)
  const check = draft.checks[field]
  const canPlay = check?.state === 'done' && check.facts?.videoCodec != null
  const [mediaId, setMediaId] = useState<string | null>(null)
  const key = frameKey(draft, field)
  const frame = useKeptFrame(key)
  const [isBroken, setIsBroken] = useState(false)
  const [isOpen, setIsOpen] = useState(false)
  const checkedAt = check?.checkedAt ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another check may be of another video
  useEffect(() => {
    let isGone = false
    setIsBroken(false)
    if (!canPlay) return
    void previewVideo(draft.id, field).then((id) => {
      if (!isGone && id !== null) setMediaId(id)
    })
    return () => {
      isGone = true
    }
  }, [canPlay, checkedAt, draft.id, field, previewVideo])
  if (!canPlay || mediaId === null) return null
  if (isBroken) return <p className={classes['dim']}>{t('video.noPreview')}</p>
  const fail = () => setIsBroken(true)
  const hasMarks = field === 'trainVideoUrl' && draft.model !== 'phoenix-3'
  return (
    <div className={classes['preview']}>
      {isOpen ? (
        <Player
          mediaId={mediaId}
          label={t('video.preview', { name })}
          hasMarks={hasMarks}
          onError={fail}
        />
      ) : frame === null ? (
        <FrameReader
          mediaId={mediaId}
          onFrame={(made) => keptFrames.put(key, made)}
          onError={fail}
        />
      ) : (
        <FramePicture frame={frame} className={classes['poster']} />
      )}
      <Button size="xs" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? t('video.hide') : t('video.play')}
      </Button>
    </div>
  )
}
