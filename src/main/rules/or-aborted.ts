/**
 * What a promise brings, unless the signal is aborted before: some of what a system does can neither be aborted nor be
 * waited for, such as looking a name up or reading from a network drive. Rejects with the signal's reason then.
 */
export const orAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
