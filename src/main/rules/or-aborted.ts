/**
 * What a promise brings, unless the signal is aborted before: some of what a system does can neither be aborted nor be
 * waited for, such as looking a name up or reading from a network drive. Rejects with the signal's reason then.
 */
export const orAborted = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> => {
  const settled = new AbortController()
  const aborted = new Promise<never>((_resolve, reject) => {
    const end = (): void => reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true, signal: settled.signal })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    settled.abort()
  }
}
