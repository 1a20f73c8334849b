import { useEffect, useRef, useState } from 'react'
import { initials } from '../text/asset-words.ts'
import classes from './poster.module.css'
import type { ScrollRest } from './scroll-rest.ts'

type Medium = 'video' | 'picture' | 'none'

/** What each poster turned out to be, so that the next card does not have to find out again. */
const found = new Map<string, Medium>()

const nextGuess = (medium: Medium): Medium => (medium === 'video' ? 'picture' : 'none')

const tints = 6

const tintOf = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % tints

const wantsStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

interface Props {
  readonly posterId: string | null
  readonly name: string
  readonly isPlaying?: boolean
  readonly isDimmed?: boolean
  /** While faces only fly past, nothing is fetched or decoded yet. */
  readonly rest?: ScrollRest
}

/** A face. It moves only while it is looked at, and never for people who asked for stillness. */
export const Poster = ({ posterId, name, isPlaying = false, isDimmed = false, rest }: Props) => {
  const [isWanted, setIsWanted] = useState(() => rest === undefined || !rest.isMoving())
  const [medium, setMedium] = useState<Medium>('video')
  const video = useRef<HTMLVideoElement>(null)
  const now: Medium = posterId === null || !isWanted ? 'none' : (found.get(posterId) ?? medium)

  useEffect(() => {
    if (isWanted || rest === undefined || posterId === null) return
    return rest.whenAtRest(() => setIsWanted(true))
  }, [isWanted, rest, posterId])

  useEffect(() => {
    const element = video.current
    if (element === null || now !== 'video') return
    if (isPlaying && !wantsStill()) {
      element.play().catch(() => element.pause())
      return
    }
    element.pause()
    element.currentTime = 0
  }, [isPlaying, now])

  const giveUp = () => {
    if (posterId === null) return
    found.set(posterId, nextGuess(now))
    setMedium(nextGuess(now))
  }

  return (
    <div className={classes['poster']} data-dimmed={isDimmed} data-tint={tintOf(name)}>
      {now === 'video' && (
        <video
          ref={video}
          className={classes['media']}
          src={`media://${posterId}`}
          preload="metadata"
          muted
          loop
          playsInline
          disablePictureInPicture
          aria-hidden="true"
          tabIndex={-1}
          onError={giveUp}
        />
      )}
      {now === 'picture' && (
        <img className={classes['media']} src={`media://${posterId}`} alt="" onError={giveUp} />
      )}
      {now === 'none' && (
        <span className={classes['initials']} aria-hidden="true">
          {initials(name)}
        </span>
      )}
    </div>
  )
}
