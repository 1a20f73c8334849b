import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react'

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1
}

const buttonsIn = (group: HTMLElement | null): readonly HTMLButtonElement[] => [
  ...(group?.querySelectorAll('button') ?? [])
]

/** Only one of them is come to by Tab. */
const stopAt = (
  buttons: readonly HTMLButtonElement[],
  stop: HTMLButtonElement | undefined
): void => {
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1
}

/** Makes a group of buttons one Tab stop, at the one that is pressed; arrows, Home and End walk among them. */
export const useOneStop = <T extends HTMLElement>(): {
  readonly ref: RefObject<T | null>
  readonly onKeyDown: (event: KeyboardEvent<T>) => void
} => {
  const ref = useRef<T>(null)
  useLayoutEffect(() => {
    const buttons = buttonsIn(ref.current)
    const focused = buttons.find((button) => button === document.activeElement)
    const pressed = buttons.find((button) => button.ariaPressed === 'true' || button.ariaCurrent)
    stopAt(buttons, focused ?? pressed ?? buttons[0])
  })
  const onKeyDown = (event: KeyboardEvent<T>) => {
    const buttons = buttonsIn(ref.current)
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const last = buttons.length - 1
    const step = steps[event.key]
    const wanted =
      step !== undefined ? at + step : event.key === 'Home' ? 0 : event.key === 'End' ? last : null
    if (at === -1 || wanted === null) return
    event.preventDefault()
    const next = buttons[Math.min(Math.max(wanted, 0), last)]
    stopAt(buttons, next)
    next?.focus()
  }
  return { ref, onKeyDown }
}
