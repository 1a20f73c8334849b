/** Tells those who wait for it that the scrolling has come to rest. */
export interface ScrollRest {
  readonly isMoving: () => boolean
  /** Calls back once, at the next rest. Answers how to wait no longer. */
  readonly whenAtRest: (listener: () => void) => () => void
  readonly note: (isMoving: boolean) => void
}

export const createScrollRest = (): ScrollRest => {
  let moving = false
  const waiting = new Set<() => void>()
  return {
    isMoving: () => moving,
    whenAtRest: (listener) => {
      waiting.add(listener)
      return () => waiting.delete(listener)
    },
    note: (isMoving) => {
      moving = isMoving
      if (moving) return
      const listeners = [...waiting]
      waiting.clear()
      for (const listener of listeners) listener()
    }
  }
}
