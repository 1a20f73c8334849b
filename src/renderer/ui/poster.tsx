import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react'
import { initials } from '../text/asset-words.ts'
import { Clip } from './clip.tsx'
import { isLeft, useKeptMedium } from './kept-medium.ts'
import classes from './poster.module.css'
import type { ScrollRest } from './scroll-rest.ts'
import { offerForSmall, smallSource } from './small-pictures.ts'

type Medium = 'video' | 'picture'

/** What each source turned out to be, so that the next card does not have to find out again. */
const found = new Map<string, Medium>()

const guesses = (first: Medium): readonly Medium[] =>
  first === 'video' ? ['video', 'picture'] : ['picture', 'video']

const tints = 6

const tintOf = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % tints

const wantsStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Pointing across a wall of faces must not set them all in motion. */
const interestMs = 180

const useIsInterested = (isPlaying: boolean): boolean => {
  const [isInterested, setIsInterested] = useState(false)
  useEffect(() => {
    if (!isPlaying) return
    const timer = setTimeout(() => setIsInterested(true), interestMs)
    return () => {
      clearTimeout(timer)
      setIsInterested(false)
    }
  }, [isPlaying])
  return isPlaying && isInterested
}

interface PictureProps {
  readonly source: string
  readonly onLoad: (shown: HTMLImageElement | null) => void
  readonly onError: () => void
}

const Picture = ({ source, onLoad, onError }: PictureProps) => {
  const { place, medium } = useKeptMedium('img', source, classes['media'], {
    onLoad: () => onLoad(medium.current),
    onError
  })
  return <span ref={place} className={classes['place']} />
}

interface Props {
  readonly posterId: string | null
  /** The clip that is shown while it plays; without one the poster itself may be a clip. */
  readonly clipId?: string | null
  readonly name: string
  /** What stands in for a picture where there is none, instead of the initials. */
  readonly sign?: ReactNode
  readonly isPlaying?: boolean
  /** True if someone asked to see it move, which also goes for people who asked for stillness in general. */
  readonly isWished?: boolean
  readonly isDimmed?: boolean
  /** In a line of a list; without it the poster fills what it stands in. */
  readonly isSmall?: boolean
  /** Larger than on a card, so it is shown as it came. */
  readonly isLarge?: boolean
  /** While faces only fly past, nothing is fetched or decoded yet. */
  readonly rest?: ScrollRest
}

/** A face. It moves only while it is looked at, and by itself never for people who asked for stillness. */
export const Poster = ({
  posterId,
  clipId = null,
  name,
  sign = null,
  isPlaying = false,
  isWished = false,
  isDimmed = false,
  isSmall = false,
  isLarge = false,
  rest
}: Props) => {
  const [isWanted, setIsWanted] = useState(() => rest === undefined || !rest.isMoving())
  const [failures, setFailures] = useState(0)
  const isClip = posterId !== null && posterId === clipId
  const source = isLarge ? `media://${posterId}` : smallSource(posterId ?? '')
  // Until it is known, what is the clip itself counts as one and everything else as a picture; so does the small still
  // of a clip, without which the answer is that there is none.
  const [order] = useState(() =>
    guesses(found.get(source) ?? (isClip && isLarge ? 'video' : 'picture'))
  )
  const now = posterId === null || !isWanted ? undefined : order[failures]
  const isInterested = useIsInterested(isPlaying)
  const isMoving = isInterested && (isWished || !wantsStill())

  // What its card has shown in another row until now is at hand, and costs nothing. Whoever waits does so from the frame on
  // in which it is drawn: in a later one the rest may have come and gone.
  useLayoutEffect(() => {
    if (isWanted || rest === undefined || posterId === null) return
    const want = () => setIsWanted(true)
    if (isLeft('img', source) || isLeft('video', `media://${posterId}`)) want()
    return rest.whenAtRest(want)
  }, [isWanted, rest, posterId, source])

  const giveUp = () => setFailures(failures + 1)
  const note = (shown: HTMLImageElement | HTMLVideoElement | null) => {
    if (posterId === null || now === undefined) return
    found.set(source, now)
    if (!isLarge) offerForSmall(posterId, shown)
  }

  return (
    <div
      className={classes['poster']}
      data-dimmed={isDimmed}
      data-small={isSmall}
      data-tint={tintOf(name)}
      data-signed={sign !== null}
    >
      {now === 'video' && (
        <Clip
          className={classes['media']}
          clipId={posterId ?? ''}
          isPlaying={isMoving}
          onLoad={note}
          onError={giveUp}
        />
      )}
      {now === 'picture' && <Picture source={source} onLoad={note} onError={giveUp} />}
      {now === undefined && (
        <span className={sign === null ? classes['initials'] : classes['sign']} aria-hidden="true">
          {sign ?? initials(name)}
        </span>
      )}
      {isMoving && clipId !== null && (!isClip || now === 'picture') && (
        <Clip className={`${classes['media']} ${classes['over']}`} clipId={clipId} isPlaying />
      )}
    </div>
  )
}
