import { useEffect, useState } from 'react'

/** Nothing that waits is shown before this; most waits are over by then. */
const patienceMs = 300

/** True once `isWaiting` has lasted long enough to be worth showing. */
export const useIsLate = (isWaiting: boolean, afterMs = patienceMs): boolean => {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setIsLate(true), afterMs)
    return () => {
      clearTimeout(timer)
      setIsLate(false)
    }
  }, [isWaiting, afterMs])
  return isWaiting && isLate
}
