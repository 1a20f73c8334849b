import { useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** How wide an element is inside, in CSS pixels; 0 until it is there. */
export const useWidth = (element: { readonly current: HTMLElement | null }): number => {
  const [width, setWidth] = useState(0)
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
