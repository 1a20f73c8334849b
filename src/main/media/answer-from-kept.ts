import { readByteRange } from './byte-range.ts'
import type { CachedMedia } from './media-cache.ts'
import { mediaHeaders } from './media-headers.ts'

/** An answer to the window; no `Response`, whose first one would make Node load its whole fetch. */
export interface KeptAnswer {
  readonly status: 200 | 206 | 416
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer | null
}

/** The whole of a kept picture or clip, or the part that a `Range` header asks for. */
export const answerFromKept = ({ kind, bytes }: CachedMedia, range: string | null): KeptAnswer => {
  const headers = mediaHeaders(kind)
  const part = readByteRange(range, bytes.length)
  if (part === 'unsatisfiable') {
    return {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${bytes.length}` },
      bytes: null
    }
  }
  if (part === 'whole') {
    return { status: 200, headers: { ...headers, 'content-length': String(bytes.length) }, bytes }
  }
  const chunk = bytes.subarray(part.start, part.end + 1)
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(chunk.length),
      'content-range': `bytes ${part.start}-${part.end}/${bytes.length}`
    },
    bytes: chunk
  }
}
