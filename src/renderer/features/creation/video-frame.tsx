import { useEffect, useRef, useSyncExternalStore } from 'react'
import { keptFrames } from './kept-frames.ts'
import classes from './video-findings.module.css'

/** Past the black that many recordings begin with. */
const posterSeconds = 1

interface PictureProps {
  readonly frame: ImageBitmap
  readonly className: string | undefined
}

/** Draws a kept frame; nothing of it leaves the memory of the window. */
export const FramePicture = ({ frame, className }: PictureProps) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(frame, 0, 0)
  }, [frame])
  return <canvas ref={canvas} className={className} width={frame.width} height={frame.height} />
}

interface FrameProps {
  readonly mediaId: string
  readonly onFrame: (frame: ImageBitmap) => void
  readonly onError: () => void
}

/** Loads as much of a video as one frame takes. */
export const FrameReader = ({ mediaId, onFrame, onError }: FrameProps) => {
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

/** The frame that is kept of a video; null while there is none. */
export const useKeptFrame = (key: string): ImageBitmap | null =>
  useSyncExternalStore(keptFrames.subscribe, () => keptFrames.get(key))
