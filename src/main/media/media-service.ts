import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { mostSmallBytes, type SmallSide } from '../../shared/catalogue/small-pictures.ts'
import { redactUrl } from '../../shared/redact.ts'
import type { KeptFile } from '../ports/backup-file.ts'
import { after } from '../rules/after.ts'
import { answerFromKept } from './answer-from-kept.ts'
import { type AskOptions, createAskForMedia, type MediaLink } from './ask-for-media.ts'
import { createDraggedPictures } from './dragged-pictures.ts'
import { type CachedMedia, createMediaCache } from './media-cache.ts'
import { mediaHeaders } from './media-headers.ts'
import { type MediaAsked, mediaAskedBy } from './media-id.ts'
import { createRelay } from './media-relay.ts'
import { readStart } from './read-start.ts'
import { isPlayed, type MediaKind, sniffMedia } from './sniff-media.ts'

/** What is longer is neither a picture nor a thumbnail; films are handed on as they arrive. */
const mostKeptBytes = 5 * 1024 * 1024
const mostDownloads = 4
const downloadTimeoutMs = 30_000
/** Links kept in memory; the oldest go first, and come back with the next listing. */
const mostLinks = 60_000
/** So many failures in a row mean that nothing can be fetched at the moment. */
const mostFailures = 8
const defaultCacheBytes = 200 * 1024 * 1024

export interface MediaServiceOptions extends AskOptions {
  readonly cacheFolder: string
  /** Most that kept pictures and clips may take on disk; asked each time. */
  readonly maxCacheBytes?: () => number
}

/**
 * Serves pictures and films to the window under `media://ID`, so that it never sees where they come from; under
 * `media://ID/SIDE` a picture alone, small if a small copy of it is kept.
 */
export interface MediaService {
  /** Stays the same while the asset keeps its picture, however often its link is signed anew. */
  posterIdFor(accountId: string, kind: string, assetId: string, url: string): string
  /** Keeps the link in memory. `allowLoopbackOrigin`: the account's own address, if that is on this computer. */
  remember(
    posterId: string,
    url: string,
    options: { readonly allowLoopbackOrigin: string | null }
  ): void
  /** Fetches what is not kept yet, a few at a time, until there is little room left or nothing can be fetched. */
  prefetch(posterIds: readonly string[], signal: AbortSignal): Promise<void>
  /** A copy of a kept picture under this name, to be dragged out; null for a clip and for what is not kept. */
  copyPicture(posterId: string, fileName: string): Promise<string | null>
  /** Where a kept picture lies; null for a clip and for what is not kept. */
  pictureFile(posterId: string): Promise<string | null>
  /** Ids of all pictures and clips that are kept on this computer. */
  keptIds(): Promise<ReadonlySet<string>>
  /** Takes pictures and clips off this computer, with the copies that were dragged out of the window. */
  forget(mediaIds: readonly string[]): Promise<void>
  handle(request: Request): Promise<Response>
  /**
   * Keeps a small copy of what is kept; false for what is no WebP of at most `mostSmallBytes`, where there is nothing that
   * it could be a copy of, and where the disk does not take it.
   */
  keepSmall(posterId: string, side: SmallSide, bytes: Buffer): Promise<boolean>
  /** Takes away what is left over, and the oldest of what is more than may be kept. */
  tidy(): Promise<void>
  /** Every picture and clip that is kept on this computer, by its file's name. */
  files(): Promise<readonly KeptFile[]>
  /** Keeps a picture or clip under the name that it has among these; false if it is none, or none of that name's kind. */
  keep(name: string, bytes: Buffer): Promise<boolean>
}

/** `film`: a clip too long to be kept, which is handed on as it arrives. */
type Found =
  | { readonly as: 'kept'; readonly media: CachedMedia }
  | { readonly as: 'film'; readonly link: MediaLink; readonly kind: MediaKind }

export const createMediaService = (options: MediaServiceOptions): MediaService => {
  const { clock, log } = options
  const cache = createMediaCache({
    folder: options.cacheFolder,
    maxBytes: options.maxCacheBytes ?? (() => defaultCacheBytes),
    clock
  })
  const ask = createAskForMedia(options)
  const relay = createRelay({ ask, clock })
  const links = new Map<string, MediaLink>()
  const films = new Map<string, MediaKind>()
  const underWay = new Map<string, Promise<Found | null>>()
  const inSlot = pLimit(mostDownloads)
  const dragged = createDraggedPictures(cache, join(options.cacheFolder, 'dragged'))
  let prefetched: Promise<void> = Promise.resolve()

  const fetchStart = async (link: MediaLink) => {
    const attempt = new AbortController()
    after(clock, downloadTimeoutMs, attempt.signal, () => attempt.abort())
    try {
      const response = await ask(link, null, attempt)
      if (response === null) return null
      if (response.status === 200) return await readStart(response, mostKeptBytes)
      void response.body?.cancel().catch(() => undefined)
      log.info('No picture or clip', { url: redactUrl(link.url), status: response.status })
      return null
    } catch {
      // The network stack's message may hold the whole link.
      log.info('A picture or clip broke off', { url: redactUrl(link.url) })
      return null
    } finally {
      attempt.abort()
    }
  }

  const download = async (posterId: string, link: MediaLink): Promise<Found | null> => {
    const start = await fetchStart(link)
    const kind = start === null ? null : sniffMedia(start.bytes)
    if (start === null || kind === null) return null
    if (!start.isWhole) {
      if (!isPlayed(kind)) return null
      films.set(posterId, kind)
      return { as: 'film', link, kind }
    }
    const media = { kind, bytes: start.bytes }
    // What cannot be kept can still be shown.
    await cache.write(posterId, media).catch(() => log.warn('A picture or clip could not be kept'))
    return { as: 'kept', media }
  }

  const find = async (posterId: string): Promise<Found | null> => {
    const link = links.get(posterId)
    const film = films.get(posterId)
    if (link !== undefined && film !== undefined) return { as: 'film', link, kind: film }
    const media = await cache.read({ id: posterId, side: null }).catch(() => {
      log.warn('The kept pictures and clips cannot be read')
      return null
    })
    if (media !== null) return { as: 'kept', media }
    return link === undefined ? null : inSlot(() => download(posterId, link))
  }

  const findOnce = (posterId: string): Promise<Found | null> => {
    const running = underWay.get(posterId)
    if (running !== undefined) return running
    const started = find(posterId).finally(() => underWay.delete(posterId))
    underWay.set(posterId, started)
    return started
  }

  const answerSmall = async (asked: MediaAsked): Promise<Response> => {
    const found = await findOnce(asked.id)
    if (found?.as !== 'kept') return empty(404)
    const media = (await cache.read(asked).catch(() => null)) ?? found.media
    return isPlayed(media.kind) ? empty(404) : respond(media, null)
  }

  const answer = async (asked: MediaAsked, request: Request): Promise<Response> => {
    if (asked.side !== null) return answerSmall(asked)
    const found = await findOnce(asked.id)
    if (found === null) return empty(404)
    const range = request.headers.get('range')
    if (found.as === 'kept') return respond(found.media, range)
    // A request for headers alone is answered from what is known: nothing would end a body that nobody reads.
    if (request.method === 'HEAD') return new Response(null, { headers: mediaHeaders(found.kind) })
    return (await relay(found.link, found.kind, range)) ?? empty(404)
  }

  const prefetchAll = async (posterIds: readonly string[], signal: AbortSignal): Promise<void> => {
    const kept = await cache.keptIds()
    const waiting = posterIds.filter((id) => !kept.has(id) && links.has(id)).values()
    let failures = 0
    const isOver = () => signal.aborted || failures >= mostFailures || cache.isNearlyFull()
    const fetchNext = async (): Promise<void> => {
      for (const posterId of waiting) {
        if (isOver()) return
        const found = await findOnce(posterId)
        failures = found === null ? failures + 1 : 0
      }
    }
    await Promise.all(Array.from({ length: mostDownloads }, fetchNext))
  }

  return {
    posterIdFor: (accountId, kind, assetId, url) =>
      createHash('sha256')
        .update(JSON.stringify([accountId, kind, assetId, url.replace(/[?#].*$/s, '')]))
        .digest('hex')
        .slice(0, 32),
    remember: (posterId, url, { allowLoopbackOrigin }) => {
      links.delete(posterId)
      links.set(posterId, { url, allowLoopbackOrigin })
      const [oldest] = links.keys()
      if (links.size <= mostLinks || oldest === undefined) return
      links.delete(oldest)
      films.delete(oldest)
    },
    prefetch: (posterIds, signal) => {
      prefetched = prefetched
        .then(() => prefetchAll(posterIds, signal))
        .catch(() => log.warn('The pictures could not be fetched ahead'))
      return prefetched
    },
    copyPicture: dragged.copy,
    pictureFile: cache.pictureFile,
    keptIds: cache.keptIds,
    tidy: cache.tidy,
    files: cache.files,
    keep: async (name, bytes) => {
      const kind = sniffMedia(bytes)
      const [, id, extension] = /^([a-f0-9]{32})\.([a-z0-9]+)$/.exec(name) ?? []
      if (kind === null || id === undefined || extension !== kind.extension) return false
      await cache.write(id, { kind, bytes })
      return true
    },
    keepSmall: async (posterId, side, bytes) => {
      if (bytes.length > mostSmallBytes || sniffMedia(bytes)?.extension !== 'webp') return false
      return cache.writeSmall(posterId, side, bytes).catch(() => {
        log.warn('A small picture could not be kept')
        return false
      })
    },
    forget: async (mediaIds) => {
      for (const id of mediaIds) {
        links.delete(id)
        films.delete(id)
        // What is on its way would be kept once it is here.
        await underWay.get(id)?.catch(() => null)
        await cache.remove(id)
        await dragged.remove(id)
      }
    },
    handle: async (request) => {
      const asked = mediaAskedBy(request)
      if (asked === null) return empty(404)
      try {
        return await answer(asked, request)
      } catch (error) {
        log.bug(error)
        return empty(500)
      }
    }
  }
}

const respond = (media: CachedMedia, range: string | null): Response => {
  const { status, headers, bytes } = answerFromKept(media, range)
  return new Response(bytes, { status, headers })
}

const empty = (status: number): Response =>
  new Response(null, { status, headers: { 'x-content-type-options': 'nosniff' } })
