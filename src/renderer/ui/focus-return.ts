import { useEffect } from 'react'

/** What comes over the screen and goes again; `data-passing` marks what has no role that says so. */
const passing = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-passing]'

/** What had the focus last, not counting what only passes. */
let behind: HTMLElement | null = null

export const isFocusNowhere = (): boolean =>
  document.activeElement === null || document.activeElement === document.body

export const focusBehind = (): HTMLElement | null => behind

/** What could keep the focus and has none was left on purpose, such as a field by Escape. */
const canTakeFocus = (element: HTMLElement | null): boolean =>
  element?.isConnected === true && !element.matches(':disabled')

/** Follows the focus for as long as the window lives. */
export const useFocusNote = (): void => {
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.closest(passing) === null) behind = target
    }
    const forget = ({ target, relatedTarget }: FocusEvent) => {
      if (target !== behind || relatedTarget !== null) return
      setTimeout(() => {
        if (target === behind && isFocusNowhere() && canTakeFocus(behind)) behind = null
      })
    }
    document.addEventListener('focusin', note)
    document.addEventListener('focusout', forget)
    return () => {
      document.removeEventListener('focusin', note)
      document.removeEventListener('focusout', forget)
    }
  }, [])
}

/** Gives the focus to an element, else to the row or card around it, else to the content; never takes it away. */
export const giveFocusBack = (to: HTMLElement | null): void => {
  const places = [
    to,
    to?.closest<HTMLElement>('[data-index][tabindex]'),
    document.getElementById('content')
  ]
  for (const place of places) {
    if (!isFocusNowhere()) return
    if (place?.isConnected === true) place.focus({ preventScroll: true })
  }
}

/** For what passes over the screen: when it goes, the keyboard is where it was before. */
export const useFocusReturn = (): void => {
  useEffect(
    () => () => {
      // What takes its place, such as the dialog that a menu opens, comes first.
      setTimeout(() => {
        if (document.querySelector('[role="dialog"], [role="alertdialog"]') === null) {
          giveFocusBack(behind)
        }
      })
    },
    []
  )
}
