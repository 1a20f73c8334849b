/** So long after one letter the next one is still likely to come. */
const stirMs = 150

/** Tells those who wait for it that the scrolling, or the typing, has come to rest. */
export interface ScrollRest {
  readonly isMoving: () => boolean
  /** Calls back once, at the next rest, or at once where it is at rest. Answers how to wait no longer. */
  readonly whenAtRest: (listener: () => void) => () => void
  readonly note: (isMoving: boolean) => void
  /** Other rows are about to come, and may go again at once. */
  readonly stir: () => void
}

export const createScrollRest = (): ScrollRest => {
  let isScrolling = false
  let stirring: ReturnType<typeof setTimeout> | null = null
  const waiting = new Set<() => void>()
  const isMoving = (): boolean => isScrolling || stirring !== null
  const callBack = (): void => {
    if (isMoving()) return
    const listeners = [...waiting]
    waiting.clear()
    for (const listener of listeners) listener()
  }
  return {
    isMoving,
    whenAtRest: (listener) => {
      waiting.add(listener)
      callBack()
      return () => waiting.delete(listener)
    },
    note: (isNow) => {
      isScrolling = isNow
      callBack()
    },
    stir: () => {
      if (stirring !== null) clearTimeout(stirring)
      stirring = setTimeout(() => {
        stirring = null
        callBack()
      }, stirMs)
    }
  }
}
