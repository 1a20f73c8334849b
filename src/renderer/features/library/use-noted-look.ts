import { type RefObject, useEffect } from 'react'
import { mostFirstCards } from '../../../shared/catalogue/limits.ts'
import type { FirstLook } from '../../../shared/domain/first-look.ts'
import {
  firstFilter,
  firstSort,
  isNarrowed,
  type LibraryFilter
} from '../../state/library-pages.ts'
import { homeOf, placeOf } from '../../state/places.ts'
import { useApp } from '../../state/use-app.ts'
import { wantedSide } from '../../ui/small-pictures.ts'

/** A window that is being dragged to another size is measured once it has it. */
const settleMs = 500

/** Where the cards stand; null while the listing is not at its top. */
const measure = (scroller: HTMLElement): FirstLook | null => {
  const content = document.getElementById('content')
  if (content === null || scroller.scrollTop !== 0) return null
  const { innerWidth: width, innerHeight: height } = window
  const found = [...scroller.querySelectorAll<HTMLElement>('[role="gridcell"][data-index]')]
  const cards = found
    .sort((a, b) => Number(a.dataset['index']) - Number(b.dataset['index']))
    .filter((card, index) => Number(card.dataset['index']) === index)
    .slice(0, mostFirstCards)
    .map((card) => {
      const { x, y, width: cardWidth, height: cardHeight } = card.getBoundingClientRect()
      const posterHeight = card.firstElementChild?.getBoundingClientRect().height ?? 0
      return { x, y, width: cardWidth, height: cardHeight, posterHeight }
    })
    .filter(({ y }) => y < height)
  return {
    width,
    height,
    sideWidth: content.getBoundingClientRect().x,
    side: wantedSide(),
    scroller: { width: scroller.clientWidth, height: scroller.clientHeight },
    cards
  }
}

/** As a start asks for it. */
const isFirst = (filter: LibraryFilter): boolean =>
  !isNarrowed(filter) &&
  filter.origin === firstFilter.origin &&
  filter.sort === firstSort(filter.kind)

/** While the library looks as it does at a start, notes where its cards stand, for the next start to draw them first. */
export const useNotedLook = (
  scroller: RefObject<HTMLElement | null>,
  view: 'grid' | 'list',
  width: number,
  total: number
): void => {
  const noteFirstLook = useApp((state) => state.noteFirstLook)
  const isAsAtStart = useApp(({ isConfirmed, place, accounts, filter, selected }) => {
    const isHome = place === homeOf(accounts) && placeOf(filter.kind) === place
    return isConfirmed && isHome && selected === null && isFirst(filter)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width or number of cards stands elsewhere
  useEffect(() => {
    if (!isAsAtStart) return
    let timer: ReturnType<typeof setTimeout>
    const note = () => {
      const look = view === 'list' || scroller.current === null ? null : measure(scroller.current)
      if (look !== null) noteFirstLook(look)
    }
    const noteSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => requestIdleCallback(note), settleMs)
    }
    noteSoon()
    window.addEventListener('resize', noteSoon)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('resize', noteSoon)
    }
  }, [isAsAtStart, view, width, total, scroller, noteFirstLook])
}
