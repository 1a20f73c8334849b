import { useEffect, useState } from 'react'

/** The time, looked at anew each second while `isRunning`. */
export const useSeconds = (isRunning: boolean): number => {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (!isRunning) return
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 250)
    return () => clearInterval(timer)
  }, [isRunning])
  return nowMs
}
