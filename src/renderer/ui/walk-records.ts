import type { KeyboardEvent } from 'react'

const keySteps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8
}

/**
 * Keys walk over what `data-record` marks, which are ordinary buttons; from a line that is gone to the one that Tab would
 * reach.
 */
export const walkRecords = (event: KeyboardEvent<HTMLElement>): void => {
  const step = keySteps[event.key]
  if (step === undefined) return
  const records = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-record]')]
  const at = records.indexOf(document.activeElement as HTMLElement)
  const next =
    at < 0
      ? records.find(({ tabIndex }) => tabIndex === 0)
      : records[Math.min(Math.max(at + step, 0), records.length - 1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
