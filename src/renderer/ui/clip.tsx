import { useEffect, useRef, useState } from 'react'

interface Props {
  readonly clipId: string
  readonly className: string | undefined
  readonly isPlaying: boolean
  readonly onLoad?: () => void
  readonly onError?: () => void
}

/** A short silent clip that runs in a loop; one that cannot be played is not there. */
export const Clip = ({ clipId, className, isPlaying, onLoad, onError }: Props) => {
  const video = useRef<HTMLVideoElement>(null)
  const [isBroken, setIsBroken] = useState(false)

  useEffect(() => {
    const element = video.current
    if (element === null) return
    if (isPlaying) {
      element.play().catch(() => element.pause())
      return
    }
    element.pause()
    element.currentTime = 0
  }, [isPlaying])

  if (isBroken) return null
  return (
    <video
      ref={video}
      className={className}
      src={`media://${clipId}`}
      preload="metadata"
      muted
      loop
      playsInline
      disablePictureInPicture
      aria-hidden="true"
      tabIndex={-1}
      onLoadedData={onLoad}
      onError={() => {
        setIsBroken(true)
        onError?.()
      }}
    />
  )
}
