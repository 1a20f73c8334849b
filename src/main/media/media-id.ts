import { type SmallSide, smallSides } from '../../shared/catalogue/small-pictures.ts'

const idPattern = /^[a-f0-9]{32}$/

export const isMediaId = (text: string): boolean => idPattern.test(text)

/** `side`: its small copy is enough; null for what is asked for as it came. */
export interface MediaAsked {
  readonly id: string
  readonly side: SmallSide | null
}

/** What a request for `media://ID` or `media://ID/SIDE` names; null for anything else. */
export const mediaAskedBy = (request: {
  readonly method: string
  readonly url: string
}): MediaAsked | null => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const url = new URL(request.url)
  if (url.protocol !== 'media:' || url.search !== '' || !isMediaId(url.hostname)) return null
  if (/^\/?$/.test(url.pathname)) return { id: url.hostname, side: null }
  const side = smallSides.find((known) => url.pathname === `/${known}`)
  return side === undefined ? null : { id: url.hostname, side }
}
