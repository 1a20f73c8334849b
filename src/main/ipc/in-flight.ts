/** Knows what is still under way, so that quitting can give it a moment to be written down. */
export const createInFlight = () => {
  const running = new Set<Promise<unknown>>()
  return {
    track: <T>(work: Promise<T>): Promise<T> => {
      running.add(work)
      const leave = () => running.delete(work)
      work.then(leave, leave)
      return work
    },
    /** Resolves when everything that is under way now has ended, well or not. */
    settled: async (): Promise<void> => {
      await Promise.allSettled([...running])
    }
  }
}
