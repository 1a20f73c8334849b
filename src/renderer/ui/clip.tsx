import { useEffect, useState } from 'react'
import { useKeptMedium } from './kept-medium.ts'
import classes from './poster.module.css'

interface Props {
  readonly clipId: string
  readonly className: string | undefined
  readonly isPlaying: boolean
  readonly onLoad?: (shown: HTMLVideoElement | null) => void
  readonly onError?: () => void
}

/** A short silent clip that runs in a loop; one that cannot be played is not there. */
export const Clip = ({ clipId, className, isPlaying, onLoad, onError }: Props) => {
  const [isBroken, setIsBroken] = useState(false)
  const { place, medium } = useKeptMedium('video', `media://${clipId}`, className, {
    onLoad: () => onLoad?.(medium.current),
    onError: () => {
      setIsBroken(true)
      onError?.()
    }
  })

  useEffect(() => {
    const element = medium.current
    if (element === null) return
    if (isPlaying) {
      element.play().catch(() => element.pause())
      return
    }
    element.pause()
    element.currentTime = 0
  }, [isPlaying, medium])

  if (isBroken) return null
  return <span ref={place} className={classes['place']} />
}
