import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Media {
  readonly img: HTMLImageElement
  readonly video: HTMLVideoElement
}

type Medium = Media[keyof Media]

/** What a component that just went has shown: whoever shows the same in its place takes it over, loaded as it is. */
const left = new Map<string, Medium[]>()

/** An address as it is written, or as an element gives it back. */
const keyOf = (tag: keyof Media, source: string): string => `${tag} ${new URL(source).href}`

const isBroken = (medium: Medium): boolean =>
  medium instanceof HTMLImageElement
    ? medium.complete && medium.naturalWidth === 0
    : medium.error !== null

/** Within this turn whoever shows the same source takes it over. */
export const offerMedium = <K extends keyof Media>(tag: K, medium: Media[K]): void => {
  if (isBroken(medium)) return
  const key = keyOf(tag, medium.src)
  left.set(key, [...(left.get(key) ?? []), medium])
  // What nobody took over in this turn is let go of.
  setTimeout(() => left.delete(key), 0)
}

/** Whether it can be taken over in this turn. */
export const isLeft = (tag: keyof Media, source: string): boolean => left.has(keyOf(tag, source))

/** A picture or clip as cards show it. */
export const makeMedium = <K extends keyof Media>(tag: K, source: string): Media[K] => {
  const medium = document.createElement(tag) as Media[K]
  // Only what is asked for in this way may be drawn anew, smaller.
  medium.crossOrigin = 'anonymous'
  if (medium instanceof HTMLImageElement) {
    medium.alt = ''
    medium.decoding = 'sync'
  } else {
    medium.preload = 'metadata'
    medium.muted = true
    medium.loop = true
    medium.playsInline = true
    medium.disablePictureInPicture = true
    medium.tabIndex = -1
    medium.setAttribute('aria-hidden', 'true')
  }
  medium.src = source
  return medium
}

interface Kept<K extends keyof Media> {
  readonly place: RefObject<HTMLSpanElement | null>
  readonly medium: RefObject<Media[K] | null>
}

interface Told {
  readonly onLoad: () => void
  readonly onError: () => void
}

/**
 * A picture or clip in a place of its own. Where cards move to other rows, they are made anew, and what they show would be
 * asked for and decoded again; so the element itself goes with them.
 */
export const useKeptMedium = <K extends keyof Media>(
  tag: K,
  source: string,
  className: string | undefined,
  told: Told
): Kept<K> => {
  const place = useRef<HTMLSpanElement>(null)
  const medium = useRef<Media[K]>(null)
  const now = useRef(told)
  useLayoutEffect(() => {
    now.current = told
  })
  useLayoutEffect(() => {
    const shown =
      (left.get(keyOf(tag, source))?.pop() as Media[K] | undefined) ?? makeMedium(tag, source)
    const loaded = tag === 'img' ? 'load' : 'loadeddata'
    const onLoad = () => now.current.onLoad()
    const onError = () => now.current.onError()
    shown.className = className ?? ''
    shown.addEventListener(loaded, onLoad)
    shown.addEventListener('error', onError)
    medium.current = shown
    place.current?.append(shown)
    return () => {
      shown.removeEventListener(loaded, onLoad)
      shown.removeEventListener('error', onError)
      shown.remove()
      medium.current = null
      offerMedium(tag, shown)
    }
  }, [tag, source, className])
  return { place, medium }
}
