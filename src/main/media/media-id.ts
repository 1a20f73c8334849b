const idPattern = /^[a-f0-9]{32}$/

/** The id that a request for `media://ID` names; null for anything else. */
export const mediaIdOf = (request: {
  readonly method: string
  readonly url: string
}): string | null => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const url = new URL(request.url)
  const isBare = url.protocol === 'media:' && /^\/?$/.test(url.pathname) && url.search === ''
  return isBare && idPattern.test(url.hostname) ? url.hostname : null
}
