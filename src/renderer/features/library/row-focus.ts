import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { giveFocusBack } from '../../ui/focus-return.ts'

export interface RowFocus {
  /** The asset that the keys act on: the one whose cell has the focus, and nothing else. Null: none has it. */
  readonly keyOf: (target: EventTarget) => string | null
  /** True while the focus is with the list as a whole: what had it is not in the listing any more. */
  readonly isOnGrid: (target: EventTarget) => boolean
  /** Gives the focus to the row that is marked as soon as it is drawn. */
  readonly want: () => void
  /** True from then until the row has it; what is typed meanwhile is meant for that row, which nobody sees yet. */
  readonly isOnItsWay: () => boolean
  readonly isHere: () => boolean
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void
}

/** Rows that are not there yet keep the words of the rows before them, out of sight. */
const isAway = (element: Element): boolean => element.closest('[data-away="true"]') !== null

const cellOf = (grid: HTMLElement, attribute: string, value: string): HTMLElement | null =>
  [...grid.querySelectorAll<HTMLElement>(`[${attribute}="${CSS.escape(value)}"]`)].find(
    (cell) => !isAway(cell)
  ) ?? null

const keyAt = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? null)
    : null

/**
 * Keeps the focus with one asset while rows come, go and are sorted anew around it. `onMarked` is told of every asset
 * that gets the focus, by whatever means.
 */
export const useRowFocus = (
  grid: RefObject<HTMLElement | null>,
  markedIndex: number,
  onMarked: (key: string, index: number) => void
): RowFocus => {
  const isWanted = useRef(false)
  const isHere = useRef(false)
  const held = useRef<{ readonly key: string; readonly part: string | null } | null>(null)

  /** The focus may have stayed on elements that show another asset by now, or on ones that are gone. */
  const isLost = (root: HTMLElement): boolean => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body || activeElement === root) {
      return true
    }
    if (!root.contains(activeElement)) return false
    const key = keyAt(activeElement)
    return key !== null && (key !== held.current?.key || isAway(activeElement))
  }

  useLayoutEffect(() => {
    const root = grid.current
    if (root === null) return
    if (isWanted.current) {
      const cell = cellOf(root, 'data-index', String(markedIndex))
      if (cell !== null) {
        isWanted.current = false
        cell.focus({ preventScroll: true })
        // Notices may lie over where it came into view.
        cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        return
      }
    }
    if (!isHere.current || !isLost(root)) return
    const cell = held.current === null ? null : cellOf(root, 'data-key', held.current.key)
    const part = held.current?.part ?? null
    const places = [part === null ? null : cell?.querySelector(`[data-part="${part}"]`), cell, root]
    for (const place of places) {
      if (!(place instanceof HTMLElement)) continue
      place.focus({ preventScroll: true })
      if (document.activeElement === place) return
    }
  })

  useEffect(
    () => () => {
      // Nothing is listed any more, or something else is shown in its place.
      if (isHere.current) setTimeout(() => giveFocusBack(null))
    },
    []
  )

  return {
    keyOf: (target) => {
      const isCell = target instanceof Element && target.hasAttribute('data-key')
      const key = isCell ? keyAt(target) : null
      return key !== null && key === held.current?.key ? key : null
    },
    isOnGrid: (target) => target === grid.current,
    want: () => {
      isWanted.current = true
    },
    isOnItsWay: () => isWanted.current,
    isHere: () => isHere.current,
    onFocus: ({ target }) => {
      isHere.current = true
      const cell = target.closest<HTMLElement>('[data-key]')
      const key = keyAt(cell)
      if (cell === null || key === null) return
      isWanted.current = false
      held.current = { key, part: target.getAttribute('data-part') }
      onMarked(key, Number(cell.dataset['index']))
    },
    onBlur: ({ currentTarget, relatedTarget, target }) => {
      if (relatedTarget !== null) {
        isHere.current = currentTarget.contains(relatedTarget)
        return
      }
      // What is taken away loses the focus too; only what could have kept it was left on purpose.
      if (document.hasFocus() && target.isConnected && !isAway(target)) isHere.current = false
    }
  }
}
