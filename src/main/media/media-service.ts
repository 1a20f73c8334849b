import { createHash } from 'node:crypto'
import { redactUrl } from '../../shared/redact.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { Log } from '../ports/log.ts'
import { readBytes } from '../rules/read-bytes.ts'
import { readByteRange } from './byte-range.ts'
import { type CachedMedia, createMediaCache } from './media-cache.ts'
import { isPublicLink, type LookupAddresses } from './public-address.ts'
import { createSlots } from './slots.ts'
import { sniffMedia } from './sniff-media.ts'

const mostMediaBytes = 5 * 1024 * 1024
const mostDownloads = 4
const downloadTimeoutMs = 30_000
/** Links kept in memory; the oldest go first, and come back with the next listing. */
const mostLinks = 20_000
const idPattern = /^[a-f0-9]{32}$/

export interface MediaServiceOptions {
  /** Of a session without cookies and disk cache. */
  readonly fetch: FetchLike
  readonly cacheFolder: string
  readonly clock: Clock
  readonly log: Log
  /** Without it hosts are judged by their names alone. */
  readonly lookup?: LookupAddresses
  readonly maxCacheBytes?: number
}

/** Serves thumbnails to the window under `media://ID`, so that it never sees where they come from. */
export interface MediaService {
  /** Stays the same while the asset keeps its picture, however often its link is signed anew. */
  posterIdFor(accountId: string, kind: string, assetId: string, url: string): string
  /** Keeps the link in memory. `allowLoopbackOrigin`: the account's own address, if that is on this computer. */
  remember(
    posterId: string,
    url: string,
    options: { readonly allowLoopbackOrigin: string | null }
  ): void
  handle(request: Request): Promise<Response>
}

interface Link {
  readonly url: string
  readonly allowLoopbackOrigin: string | null
}

export const createMediaService = (options: MediaServiceOptions): MediaService => {
  const { clock, log } = options
  const cache = createMediaCache({
    folder: options.cacheFolder,
    maxBytes: options.maxCacheBytes ?? 200 * 1024 * 1024,
    clock
  })
  const links = new Map<string, Link>()
  const underWay = new Map<string, Promise<CachedMedia | null>>()
  const inSlot = createSlots(mostDownloads)

  const download = async (posterId: string, link: Link): Promise<CachedMedia | null> => {
    const bytes = await fetchBytes(options, link)
    const kind = bytes === null ? null : sniffMedia(bytes)
    if (bytes === null || kind === null) return null
    const media = { kind, bytes }
    // What cannot be kept can still be shown.
    await cache.write(posterId, media).catch(() => log.warn('A thumbnail could not be kept'))
    return media
  }

  const find = async (posterId: string): Promise<CachedMedia | null> => {
    const cached = await cache.read(posterId).catch(() => {
      log.warn('The kept thumbnails cannot be read')
      return null
    })
    const link = links.get(posterId)
    if (cached !== null || link === undefined) return cached
    return inSlot(() => download(posterId, link))
  }

  const findOnce = (posterId: string): Promise<CachedMedia | null> => {
    const running = underWay.get(posterId)
    if (running !== undefined) return running
    const started = find(posterId).finally(() => underWay.delete(posterId))
    underWay.set(posterId, started)
    return started
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
      if (links.size > mostLinks && oldest !== undefined) links.delete(oldest)
    },
    handle: async (request) => {
      const posterId = readPosterId(request)
      if (posterId === null) return empty(404)
      try {
        const media = await findOnce(posterId)
        return media === null ? empty(404) : respond(media, request.headers.get('range'))
      } catch (error) {
        log.bug(error)
        return empty(500)
      }
    }
  }
}

const readPosterId = (request: Request): string | null => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const url = new URL(request.url)
  const isBare = url.protocol === 'media:' && /^\/?$/.test(url.pathname) && url.search === ''
  return isBare && idPattern.test(url.hostname) ? url.hostname : null
}

const fetchBytes = async (
  { fetch, clock, log, lookup }: MediaServiceOptions,
  link: Link
): Promise<Buffer | null> => {
  const attempt = new AbortController()
  void clock.wait(downloadTimeoutMs, attempt.signal).then(() => attempt.abort())
  try {
    if (!(await isAllowed(link, lookup))) {
      log.warn('A thumbnail is not at a public address', { url: redactUrl(link.url) })
      return null
    }
    const response = await fetch(link.url, {
      // Electron's fetch cannot stop at a redirect and show it, so none is followed.
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: attempt.signal
    })
    if (response.status !== 200) {
      log.info('No thumbnail', { url: redactUrl(link.url), status: response.status })
      return null
    }
    return await readBytes(response, mostMediaBytes)
  } catch {
    // The network stack's message may hold the whole link.
    log.info('A thumbnail could not be fetched', { url: redactUrl(link.url) })
    return null
  } finally {
    attempt.abort()
  }
}

const isAllowed = async (
  { url, allowLoopbackOrigin }: Link,
  lookup: LookupAddresses | undefined
): Promise<boolean> => {
  if (!URL.canParse(url)) return false
  const parsed = new URL(url)
  const isOwn = parsed.origin === allowLoopbackOrigin && parsed.username === ''
  return isOwn || isPublicLink(parsed, lookup)
}

const respond = ({ kind, bytes }: CachedMedia, range: string | null): Response => {
  const headers = {
    'content-type': kind.contentType,
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    'cache-control': 'no-store'
  }
  const part = readByteRange(range, bytes.length)
  if (part === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${bytes.length}` }
    })
  }
  if (part === 'whole') {
    const length = { 'content-length': String(bytes.length) }
    return new Response(bytes, { status: 200, headers: { ...headers, ...length } })
  }
  const chunk = bytes.subarray(part.start, part.end + 1)
  return new Response(chunk, {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(chunk.length),
      'content-range': `bytes ${part.start}-${part.end}/${bytes.length}`
    }
  })
}

const empty = (status: number): Response =>
  new Response(null, { status, headers: { 'x-content-type-options': 'nosniff' } })
