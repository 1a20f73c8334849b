import { type FirstScreen, firstFaces } from '../../shared/first-screen.ts'
import { nextFrame, wait, whenHere } from './faces-shown.ts'
import classes from './first-look.module.css'
import { makeMedium, offerMedium } from './kept-medium.ts'
import { smallSource } from './small-pictures.ts'
import { expectSize } from './use-width.ts'

/** In the page's timeline when the faces stand there. */
const firstLookMark = 'first-look'

/** Whatever a face takes longer than this for, the window does not wait for. */
const longestMs = 250

/** What stands where the last run left its faces, until the window itself is drawn over it. */
export interface Look {
  /** Resolves once its faces are on the display. */
  readonly shown: Promise<void>
  /** Draws the window in its place, with the same elements; a press on a card in the meantime is made good. */
  giveWayTo(draw: () => void): void
}

type Card = NonNullable<FirstScreen['look']>['cards'][number]

interface Drawn {
  readonly card: HTMLElement
  readonly face: HTMLImageElement | null
}

const element = (className: string | undefined): HTMLElement => {
  const made = document.createElement('div')
  made.className = className ?? ''
  return made
}

const drawCard = (place: Card, faceId: string | null): Drawn => {
  const card = element(classes['card'])
  Object.assign(card.style, {
    left: `${place.x}px`,
    top: `${place.y}px`,
    width: `${place.width}px`,
    height: `${place.height}px`
  })
  if (faceId === null) return { card, face: null }
  const face = makeMedium('img', smallSource(faceId))
  face.className = classes['face'] ?? ''
  face.style.height = `${place.posterHeight}px`
  card.append(face)
  return { card, face }
}

const isDark = ({ theme }: FirstScreen['settings']): boolean =>
  theme === 'dark' ||
  (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)

/** A window that is not shown yet may not have been given its size; it opens where it was left, so with that of then. */
const fits = ({ width, height }: NonNullable<FirstScreen['look']>): boolean =>
  window.innerWidth === 0 || (width === window.innerWidth && height === window.innerHeight)

/** A frame that holds them is on its way to the display when what follows it has its turn. */
const afterFrame = async (): Promise<void> => {
  await nextFrame()
  await wait(0)
}

const whenShown = (faces: readonly HTMLImageElement[]): Promise<void> =>
  Promise.race([whenHere(faces).then(afterFrame), wait(longestMs)])

/** Presses what is drawn there now, if that is a card: what else a press could mean is decided by what a person sees. */
const pressCardAt = ({ clientX, clientY }: PointerEvent): void =>
  document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-key]')?.click()

/**
 * Draws the faces of the first screen where they stood, without the components that take many times as long. Null where
 * nothing is known of them, or in a window of another size.
 */
export const drawFirstLook = (screen: FirstScreen): Look | null => {
  const { look, settings } = screen
  if (look === null || !fits(look) || settings.libraryView !== 'grid') return null
  expectSize(look.scroller)
  document.documentElement.dataset['mantineColorScheme'] = isDark(settings) ? 'dark' : 'light'
  const drawn = firstFaces(screen).flatMap((faceId, index) => {
    const place = look.cards[index]
    return place === undefined ? [] : [drawCard(place, faceId)]
  })
  const faces = drawn.flatMap(({ face }) => face ?? [])
  const side = element(classes['side'])
  side.style.width = `${look.sideWidth}px`
  const whole = element(classes['look'])
  whole.append(side, ...drawn.map(({ card }) => card))
  let pressed: PointerEvent | null = null
  whole.addEventListener('pointerdown', (event) => {
    if (event.button === 0) pressed = event
  })
  document.body.append(whole)
  performance.mark(firstLookMark)
  return {
    shown: whenShown(faces),
    giveWayTo: (draw) => {
      for (const face of faces) {
        face.removeAttribute('style')
        offerMedium('img', face)
      }
      draw()
      whole.remove()
      if (pressed !== null) pressCardAt(pressed)
    }
  }
}
