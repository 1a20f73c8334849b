import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Media {
  readonly img: HTMLImageElement
  readonly video: HTMLVideoElement
}

type Medium = Media[keyof Media]

/** What a component that just went has shown: whoever shows the same in its place takes it over, loaded as it is. */
const left = new Map<string, Medium[]>()

const isBroken = (medium: Medium): boolean =>
  medium instanceof HTMLImageElement
    ? medium.complete && medium.naturalWidth === 0
    : medium.error !== null

const leave = (key: string, medium: Medium): void => {
  if (isBroken(medium)) return
  left.set(key, [...(left.get(key) ?? []), medium])
  // What nobody took over in this turn is let go of.
  setTimeout(() => left.delete(key), 0)
}

const make = <K extends keyof Media>(tag: K, source: string): Media[K] => {
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
    const key = `${tag} ${source}`
    const shown = (left.get(key)?.pop() as Media[K] | undefined) ?? make(tag, source)
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
      leave(key, shown)
    }
  }, [tag, source, className])
  return { place, medium }
}
