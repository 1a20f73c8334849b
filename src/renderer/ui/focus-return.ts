import { useEffect } from 'react'

/** What comes over the screen and goes again; `data-passing` marks what has no role that says so. */
const passing = '[role="dialog"], [role="alertdialog"], [role="menu"], [data-passing]'

/** Lists whose rows come and go; they can take the focus of a row that went. */
const lists = '[role="grid"], [data-rows]'

/** What can take the focus of something that was inside it and is not there any more. */
const homes = `${lists}, [role="dialog"], article, aside, section, main`

/** Rows are drawn anew while something else goes on: which one it was, which part of it, and in which list. */
interface RowPlace {
  readonly key: string
  readonly part: string | null
  readonly list: HTMLElement | null
}

/** What had the focus, with what was around it: once it is taken out, it cannot be asked any more. */
interface Held {
  readonly element: HTMLElement
  readonly row: RowPlace | null
  /** The row that a pane beside the list is about. */
  readonly ownerKey: string | null
  readonly around: readonly HTMLElement[]
  /** The dialog or menu that it is in. */
  readonly within: HTMLElement | null
}

/** What had the focus last, not counting what only passes. */
let behind: Held | null = null
/** What had it last of all. */
let latest: Held | null = null

export const isFocusNowhere = (): boolean =>
  document.activeElement === null || document.activeElement === document.body

/** True if nothing in particular has the focus, so that a new screen may take it. */
export const isFocusFree = (): boolean =>
  isFocusNowhere() || document.activeElement === document.getElementById('content')

export const focusBehind = (): HTMLElement | null => behind?.element ?? null

const rowPlaceOf = (element: HTMLElement): RowPlace | null => {
  const row = element.closest<HTMLElement>('[data-key]')
  const key = row?.dataset['key']
  if (row === null || key === undefined) return null
  return { key, part: element.getAttribute('data-part'), list: row.closest<HTMLElement>(lists) }
}

const ancestorsOf = (element: HTMLElement): readonly HTMLElement[] => {
  const around: HTMLElement[] = []
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (at.matches(homes)) around.push(at)
  }
  return around
}

const hold = (element: HTMLElement): Held => ({
  element,
  row: rowPlaceOf(element),
  ownerKey: element.closest<HTMLElement>('[data-owner]')?.dataset['owner'] ?? null,
  around: ancestorsOf(element),
  within: element.closest<HTMLElement>(passing)
})

const rowOf = (key: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)

/** Where it is drawn by now: its like, the row around it, else what it was in. */
const placesOf = ({ element, row, ownerKey, around }: Held): readonly (HTMLElement | null)[] => {
  const itself = row === null ? [element] : rowPlaces(row)
  const isPaneOpen = around.some((home) => home.isConnected && home.matches('[data-owner]'))
  const owner = ownerKey === null || isPaneOpen ? [] : [rowOf(ownerKey)]
  return [...itself, ...owner, ...around, document.getElementById('content')]
}

const rowPlaces = ({ key, part, list }: RowPlace): readonly (HTMLElement | null)[] => {
  const row = rowOf(key)
  const same = part === null ? null : row?.querySelector<HTMLElement>(`[data-part="${part}"]`)
  return [same ?? null, row, list]
}

/** Gives the focus to the first of these that takes it. */
const focusFirst = (places: readonly (HTMLElement | null)[]): void => {
  for (const place of places) {
    if (place?.isConnected !== true) continue
    if (place.matches(homes) && !place.hasAttribute('tabindex')) place.tabIndex = -1
    place.focus({ preventScroll: true })
    if (document.activeElement === place) return
  }
}

/** What could keep the focus and has none was left on purpose, such as a field by Escape. */
const canTakeFocus = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled')

/** What is taken away while it has the focus leaves it to what was around it: the keyboard is never nowhere. */
const catchLost = (): void => {
  if (latest === null || !isFocusNowhere() || latest.element.isConnected) return
  // What only passes gives it back itself.
  if (latest.within !== null && !latest.within.isConnected) return
  focusFirst(placesOf(latest))
}

/** Follows the focus for as long as the window lives. */
export const useFocusNote = (): void => {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      latest = hold(target)
      if (latest.within === null) behind = latest
    }
    const forget = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null || !(target instanceof HTMLElement)) return
      setTimeout(() => {
        if (!isFocusNowhere() || !canTakeFocus(target)) return
        if (target === behind?.element) behind = null
        if (target === latest?.element) latest = null
      })
    }
    // What takes its place, such as the next screen or a dialog, comes first.
    const changed = () => {
      if (timer !== null || latest === null || latest.element.isConnected) return
      timer = setTimeout(() => {
        timer = null
        catchLost()
      })
    }
    const observer = new MutationObserver(changed)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', note)
    document.addEventListener('focusout', forget)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', note)
      document.removeEventListener('focusout', forget)
    }
  }, [])
}

/** Gives the focus to an element, else to its like or what was around it; never takes it away. */
export const giveFocusBack = (to: HTMLElement | null): void => {
  if (!isFocusNowhere()) return
  if (to === null) focusFirst([document.getElementById('content')])
  else focusFirst(placesOf(to === behind?.element ? behind : hold(to)))
}

/** Goes back to what is behind, out of something that is about to go. */
export const goBehind = (): void => {
  if (behind !== null) focusFirst(placesOf(behind))
}

/** For what passes over the screen: when it goes, the keyboard is where it was before. */
export const useFocusReturn = (): void => {
  useEffect(
    () => () => {
      // What takes its place, such as the dialog that a menu opens, comes first.
      setTimeout(() => {
        if (document.querySelector('[role="dialog"], [role="alertdialog"]') === null) {
          giveFocusBack(focusBehind())
        }
      })
    },
    []
  )
}
