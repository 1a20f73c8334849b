import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Protocol } from 'electron'
import { systemClock } from './clock.ts'
import { answerFromKept } from './media/answer-from-kept.ts'
import { createMediaCache } from './media/media-cache.ts'
import { mediaAskedBy } from './media/media-id.ts'
import { isPlayed } from './media/sniff-media.ts'

/** The part of Electron's protocol that is used here. */
type StreamProtocol = Pick<Protocol, 'registerStreamProtocol'>

/** Headers come in whatever case the page's network stack writes them. */
const headerOf = (headers: Readonly<Record<string, string>>, wanted: string): string | null =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null

const empty = (statusCode: number): Electron.ProtocolResponse => ({
  statusCode,
  headers: { 'x-content-type-options': 'nosniff' },
  data: Readable.from([])
})

const streamOf = (bytes: Buffer | null): Readable =>
  bytes === null ? Readable.from([]) : Readable.from([bytes], { objectMode: false })

/**
 * Serves `media://ID`, and `media://ID/SIDE` for a small copy of it if there is one: what is kept on this computer from its file alone, before anything else of the app is there;
 * everything else by `handleOthers`. Not through `protocol.handle`, whose first `Request` makes Node load its whole
 * fetch, which a library of kept faces never needs (docs/adr/0019-first-screen.md).
 */
export const serveMedia = (
  protocol: StreamProtocol,
  cacheFolder: string,
  handleOthers: (request: Request) => Promise<Response>
): void => {
  const cache = createMediaCache({
    folder: cacheFolder,
    maxBytes: () => Number.POSITIVE_INFINITY,
    clock: systemClock
  })

  const answerOthers = async ({
    url,
    method,
    headers
  }: Electron.ProtocolRequest): Promise<Electron.ProtocolResponse> => {
    const response = await handleOthers(new Request(url, { method, headers }))
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      data:
        response.body === null
          ? Readable.from([])
          : // The types of Node's streams and of the web's do not know each other.
            Readable.fromWeb(response.body as ReadableStream)
    }
  }

  const answer = async (request: Electron.ProtocolRequest): Promise<Electron.ProtocolResponse> => {
    const asked = mediaAskedBy(request)
    if (asked === null) return empty(404)
    const kept = request.method === 'GET' ? await cache.read(asked).catch(() => null) : null
    if (kept === null) return answerOthers(request)
    if (asked.side !== null && isPlayed(kept.kind)) return empty(404)
    const { status, headers, bytes } = answerFromKept(kept, headerOf(request.headers, 'range'))
    return { statusCode: status, headers: { ...headers }, data: streamOf(bytes) }
  }

  protocol.registerStreamProtocol('media', (request, callback) => {
    answer(request).then(callback, () => callback(empty(500)))
  })
}
