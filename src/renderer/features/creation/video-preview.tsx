import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { VideoField } from '../../../shared/catalogue/draft-fields.ts'
import { trainingRules } from '../../../shared/catalogue/training-rules.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { keptFrames } from './kept-frames.ts'
import classes from './video-findings.module.css'

/** Past the black that many recordings begin with. */
const posterSeconds = 1

/** Draws a kept frame; nothing of it leaves the memory of the window. */
const Poster = ({ frame }: { readonly frame: ImageBitmap }) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(frame, 0, 0)
  }, [frame])
  return (
    <canvas ref={canvas} className={classes['poster']} width={frame.width} height={frame.height} />
  )
}

interface FrameProps {
  readonly mediaId: string
  readonly onFrame: (frame: ImageBitmap) => void
  readonly onError: () => void
}

/** Loads as much of a video as one frame takes. */
const FrameReader = ({ mediaId, onFrame, onError }: FrameProps) => {
  const read = async (video: HTMLVideoElement): Promise<void> => {
    const width = Math.min(video.videoWidth, 640)
    try {
      onFrame(await createImageBitmap(video, { resizeWidth: width, resizeQuality: 'medium' }))
    } catch {
      onError()
    }
  }
  return (
    <video
      className={classes['hidden']}
      src={`media://${mediaId}`}
      preload="metadata"
      muted
      aria-hidden="true"
      tabIndex={-1}
      onLoadedMetadata={({ currentTarget }) => {
        currentTarget.currentTime = Math.min(posterSeconds, currentTarget.duration / 2)
      }}
      onSeeked={({ currentTarget }) => void read(currentTarget)}
      onError={onError}
    />
  )
}

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
  const [frame, setFrame] = useState<ImageBitmap | null>(null)
  const [isBroken, setIsBroken] = useState(false)
  const [isOpen, setIsOpen] = useState(false)
  const checkedAt = check?.checkedAt ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another check may be of another video
  useEffect(() => {
    let isGone = false
    setIsBroken(false)
    if (!canPlay) return
    void previewVideo(draft.id, field).then((id) => {
      if (isGone || id === null) return
      setMediaId(id)
      setFrame(keptFrames.get(id))
    })
    return () => {
      isGone = true
    }
  }, [canPlay, checkedAt, draft.id, field, previewVideo])
  if (!canPlay || mediaId === null) return null
  if (isBroken) return <p className={classes['dim']}>{t('video.noPreview')}</p>
  const fail = () => setIsBroken(true)
  const keep = (made: ImageBitmap) => {
    keptFrames.put(mediaId, made)
    setFrame(made)
  }
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
        <FrameReader mediaId={mediaId} onFrame={keep} onError={fail} />
      ) : (
        <Poster frame={frame} />
      )}
      <Button size="xs" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? t('video.hide') : t('video.play')}
      </Button>
    </div>
  )
}
