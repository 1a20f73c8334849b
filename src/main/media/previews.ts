import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Clock } from '../ports/clock.ts'
import type { VideoSource } from '../ports/video-checker.ts'
import type { AskForMedia } from './ask-for-media.ts'
import { readByteRange } from './byte-range.ts'
import { mediaHeaders } from './media-headers.ts'
import { createRelay } from './media-relay.ts'
import type { MediaKind } from './sniff-media.ts'

/** More than are on a screen at a time; the oldest go first, and are asked for again if needed. */
const mostPreviews = 50
/** What a player is told of everything; it finds out by the bytes. */
const kind: MediaKind = { contentType: 'video/mp4', extension: 'mp4' }

/** Videos that a person looks at before they are sent: handed on as they are played, and kept nowhere. */
export interface Previews {
  /** The same ID for as long as the source stays the same. */
  open(source: VideoSource): string
  /** Null: no preview of this ID. */
  handle(request: Request): Promise<Response | null>
}

export const createPreviews = (options: {
  readonly ask: AskForMedia
  readonly clock: Clock
}): Previews => {
  const relay = createRelay(options)
  const sources = new Map<string, VideoSource>()

  const idOf = (source: VideoSource): string | undefined => {
    const key = JSON.stringify(source)
    return [...sources].find(([, known]) => JSON.stringify(known) === key)?.[0]
  }

  const answer = async (source: VideoSource, range: string | null): Promise<Response | null> =>
    source.kind === 'file' ? answerFile(source.path, range) : relay(source, kind, range)

  return {
    open: (source) => {
      const id = idOf(source) ?? randomBytes(16).toString('hex')
      sources.delete(id)
      sources.set(id, source)
      const [oldest] = sources.keys()
      if (sources.size > mostPreviews && oldest !== undefined) sources.delete(oldest)
      return id
    },
    handle: async (request) => {
      const source = sources.get(new URL(request.url).hostname)
      if (source === undefined) return null
      const found = await answer(source, request.headers.get('range'))
      return found ?? new Response(null, { status: 404 })
    }
  }
}

const answerFile = async (path: string, header: string | null): Promise<Response | null> => {
  const stats = await stat(path).catch(() => null)
  if (stats === null || !stats.isFile() || stats.size === 0) return null
  const headers = mediaHeaders(kind)
  const range = header === null ? 'whole' : readByteRange(header, stats.size)
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${stats.size}` }
    })
  }
  const { start, end } = range === 'whole' ? { start: 0, end: stats.size - 1 } : range
  const part = range === 'whole' ? {} : { 'content-range': `bytes ${start}-${end}/${stats.size}` }
  const body = Readable.toWeb(createReadStream(path, { start, end }))
  return new Response(body as ReadableStream<Uint8Array>, {
    status: range === 'whole' ? 200 : 206,
    headers: { ...headers, ...part, 'content-length': String(end - start + 1) }
  })
}
