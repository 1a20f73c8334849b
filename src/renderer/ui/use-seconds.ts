import { useEffect, useState } from 'react'

/** Milliseconds on a clock that nobody sets, looked at anew each second while `isRunning`. */
export const useSeconds = (isRunning: boolean): number => {
  const [elapsedMs, setElapsedMs] = useState(() => performance.now())
  useEffect(() => {
    if (!isRunning) return
    setElapsedMs(performance.now())
    const timer = setInterval(() => setElapsedMs(performance.now()), 250)
    return () => clearInterval(timer)
  }, [isRunning])
  return elapsedMs
}
