import { type MouseEvent, type PointerEvent, useRef } from 'react'

/** Whoever goes further than this with the pointer before letting go thought better of it. */
const farthestPx = 10

interface SteadyPress {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onClick: (event: MouseEvent<HTMLElement>) => void
}

/**
 * For a button below something that changes its height when a field is left: a press counts although the button moves
 * from under the pointer before it is let go.
 */
export const useSteadyPress = (run: () => void): SteadyPress => {
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null)
  return {
    onPointerDown: ({ clientX: x, clientY: y, currentTarget, pointerId }) => {
      from.current = { x, y }
      currentTarget.setPointerCapture(pointerId)
    },
    onClick: ({ clientX, clientY, detail }) => {
      const { x = clientX, y = clientY } = from.current ?? {}
      from.current = null
      // A key clicks without a pointer.
      if (detail === 0 || Math.hypot(clientX - x, clientY - y) <= farthestPx) run()
    }
  }
}
