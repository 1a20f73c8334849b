import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { isFocusNowhere } from './focus-return.ts'

/** Fields that say what is wrong with them, and the pressed chip of a group that does. */
const invalid = '[aria-invalid="true"], [data-invalid] [aria-pressed="true"]'

/** Goes to the first field that was refused, whose message is read with it. Answers whether there is one. */
const focusFirstInvalid = (form: HTMLElement | null): boolean => {
  const field = form?.querySelector<HTMLElement>(invalid) ?? null
  field?.focus()
  return field !== null
}

const primary = '[type="submit"], [data-primary]'

/**
 * A button that was pressed is disabled while it runs, which takes the focus from it unless the answer is quicker; once it
 * is taken away, what was around it has the focus.
 */
const isFocusLost = (home: HTMLElement | null): boolean => {
  const { activeElement } = document
  return (
    isFocusNowhere() ||
    activeElement?.matches(`:disabled, ${primary}`) === true ||
    activeElement?.contains(home) === true
  )
}

/** Goes to what decides here, else to the whole. */
const focusPrimary = (home: HTMLElement | null): void => {
  if (home === null) return
  const buttons = home.querySelectorAll<HTMLElement>(primary)
  const place = [...buttons].find((button) => !button.matches(':disabled')) ?? home
  if (place === home) home.tabIndex = -1
  place.focus()
}

/**
 * For a form: after each refusal, which is another object each time, the keyboard is at the first field that was
 * refused, else at the button that was pressed.
 */
export const useRefusalFocus = (refusal: object | null): RefObject<HTMLFormElement | null> => {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refusal === null || focusFirstInvalid(form.current)) return
    if (isFocusLost(form.current)) focusPrimary(form.current)
  }, [refusal])
  return form
}

/**
 * For what is sent without a form: once an answer is there, the keyboard is at the first field that was refused, else at
 * what can be done next. Whoever went on with something else meanwhile is left alone.
 */
export const useOutcomeFocus = <T extends HTMLElement>(): {
  readonly home: RefObject<T | null>
  readonly noteOutcome: () => void
} => {
  const home = useRef<T>(null)
  const [outcomes, setOutcomes] = useState(0)
  useEffect(() => {
    if (outcomes === 0 || !isFocusLost(home.current)) return
    if (!focusFirstInvalid(home.current)) focusPrimary(home.current)
  }, [outcomes])
  const noteOutcome = useCallback(() => setOutcomes((count) => count + 1), [])
  return { home, noteOutcome }
}
