import type { MouseEvent } from 'react'
import type { MenuPoint } from './floating-menu.tsx'

/** Where a menu opens: under the pointer, or in the middle of what the keyboard is at, which has no place of its own. */
export const menuPointOf = (event: MouseEvent<HTMLElement>): MenuPoint => {
  const isKeyboard = event.clientX === 0 && event.clientY === 0
  if (!isKeyboard) return { x: event.clientX, y: event.clientY }
  const box = event.currentTarget.getBoundingClientRect()
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}
