import { useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Inside, in CSS pixels. */
interface Size {
  readonly width: number
  readonly height: number
}

const unknown: Size = { width: 0, height: 0 }

let expected = unknown

/** What the cards scroll in will have this size: drawn for it at once, they need not be drawn for none before. */
export const expectSize = (size: Size): void => {
  expected = size
}

/** The size that was expected; nothing is wide or high where none was. */
export const expectedSize = (): Size => expected

/** How wide an element is inside, in CSS pixels; `atFirst` until it is there. */
export const useWidth = (
  element: { readonly current: HTMLElement | null },
  atFirst: number
): number => {
  const [width, setWidth] = useState(atFirst)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    setWidth(target.clientWidth)
    // In the frame of the new width: a frame later, what it holds would be seen too narrow or too wide.
    const observer = new ResizeObserver(() => flushSync(() => setWidth(target.clientWidth)))
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return width
}
