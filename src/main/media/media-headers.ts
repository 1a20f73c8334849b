import type { MediaKind } from './sniff-media.ts'

/** What every answer with a picture or film says of itself. */
export const mediaHeaders = (kind: MediaKind) => ({
  'content-type': kind.contentType,
  'x-content-type-options': 'nosniff',
  'accept-ranges': 'bytes',
  'cache-control': 'no-store',
  // The page draws small copies of faces, for which it has to be allowed to read their pixels.
  'access-control-allow-origin': '*'
})
