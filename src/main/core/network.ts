import { join } from 'node:path'
import { net, session } from 'electron'
import { createArchiveWriter } from '../archive/archive-writer.ts'
import type { DownloadDeps } from '../archive/download.ts'
import { createPersonFolderWriter } from '../archive/person-folder.ts'
import { createOpenBucket } from '../buckets/open-bucket.ts'
import type { Environment } from '../environment.ts'
import { createApiFetch, createOneShotFetch } from '../http/electron-fetch.ts'
import { createNetFetch } from '../http/net-fetch.ts'
import { createHttpClient } from '../http/net-http-client.ts'
import { readRoute } from '../links/link-reach.ts'
import { type AskForMedia, createAskForMedia } from '../media/ask-for-media.ts'
import { createMediaService } from '../media/media-service.ts'
import { createPreviews } from '../media/previews.ts'
import { createProbeLink } from '../media/probe-link.ts'
import { sniffMedia } from '../media/sniff-media.ts'
import type { OpenBucket } from '../ports/bucket-client.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { HttpClient } from '../ports/http-client.ts'
import type { Log } from '../ports/log.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import { createCheckedGet } from '../preflight/checked-get.ts'
import { createVideoFitter, programFolders } from '../preflight/fit-video.ts'
import { createVideoChecker } from '../preflight/video-checker.ts'

/** More than any generated video; what is longer would fill a disk by mistake. */
const mostArchivedBytes = 8 * 1024 ** 3

/** A session of its own: nothing of it is kept on disk, and it shares no cookie with another. */
const openSession = (name: string) => session.fromPartition(name, { cache: false })

/** The one client for the providers. */
export const createNetwork = (
  environment: Environment,
  clock: Clock,
  log: Log,
  onDate: (origin: string, date: string) => void,
  stopping: AbortSignal
): HttpClient =>
  createHttpClient({
    fetch: createApiFetch(openSession('api')),
    // As many as the fastest pace of a provider allows at a time.
    fetchOnce: createOneShotFetch(openSession('api-once'), openSession('api-once-too')),
    clock,
    random: Math.random,
    userAgent: `ReplicaDesk/${environment.version}`,
    log,
    onDate,
    stopping
  })

/** Buckets are reached by Node's network stack, which does not know the system's proxies by itself. */
export const openBuckets = (): OpenBucket => {
  const own = openSession('buckets')
  return createOpenBucket((url) => own.resolveProxy(url))
}

/** Sends nothing more once the app ends, and gives up what is on its way. */
const untilStopped =
  (fetch: FetchLike, stopping: AbortSignal): FetchLike =>
  async (url, init) => {
    stopping.throwIfAborted()
    const signal = init.signal ? AbortSignal.any([init.signal, stopping]) : stopping
    return fetch(url, { ...init, signal })
  }

/** How the links that go through a session are reached. */
const networkOf = (from: Electron.Session) => ({
  lookup: async (host: string) => {
    const { endpoints } = await from.resolveHost(host)
    return endpoints.map(({ address }) => address)
  },
  routeOf: async (url: string) => readRoute(await from.resolveProxy(url))
})

/**
 * Reads videos behind links and shows them before they are sent, with nothing kept: a link that ended must not go on
 * answering from a cache.
 */
export const createVideos = (
  clock: Clock,
  onDate: (origin: string, date: string) => void,
  stopping: AbortSignal
) => {
  const own = openSession('preflight')
  const asking = {
    fetch: untilStopped(
      createNetFetch((options) => net.request({ ...options, session: own })),
      stopping
    ),
    network: networkOf(own),
    clock,
    onDate
  }
  const get = createCheckedGet(asking)
  /** Null: nothing came; the check says why. */
  const ask: AskForMedia = async (link, range, attempt) => {
    const answer = await get(link, range, attempt.signal).catch(() => null)
    answer?.unhurry()
    return answer?.response ?? null
  }
  const videoFitter = createVideoFitter({
    clock,
    folders: () => programFolders(process.env['PATH'] ?? '', process.platform)
  })
  return {
    videoChecker: createVideoChecker({ ...asking, canFit: videoFitter.isThere }),
    videoFitter,
    previews: createPreviews({ ask, clock })
  }
}

/** What the window sees as `media://`, saving what goes next, and asking whether a link still answers. */
export const createMedia = (
  environment: Environment,
  settings: SettingsStore,
  clock: Clock,
  log: Log,
  stopping: AbortSignal
) => {
  const mediaSession = openSession('media')
  const asking = {
    fetch: untilStopped(createApiFetch(mediaSession), stopping),
    network: networkOf(mediaSession),
    clock,
    log
  }
  const media = createMediaService({
    ...asking,
    cacheFolder: join(environment.dataFolder, 'thumbnails'),
    maxCacheBytes: () => settings.get().thumbnailCapMegabytes * 1024 * 1024
  })
  const ask = createAskForMedia(asking)
  const saving: DownloadDeps = {
    ask,
    extensionOf: (start) => sniffMedia(start)?.extension ?? null,
    clock,
    mostBytes: mostArchivedBytes
  }
  return {
    media,
    archiveWriter: createArchiveWriter(saving),
    personFolderWriter: createPersonFolderWriter(saving),
    probeLink: createProbeLink(ask)
  }
}
