import { useSyncExternalStore } from 'react'

/** Relative times are in minutes, so looking at the clock twice a minute is enough. */
const tickMs = 30_000

const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | null = null

const tick = (): void => {
  nowMs = Date.now()
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  if (timer === null) {
    nowMs = Date.now()
    timer = setInterval(tick, tickMs)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The time, for the screen: one clock for all, stopped while nobody looks. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => nowMs)
