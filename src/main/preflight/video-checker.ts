import pLimit from 'p-limit'
import type { VideoCheck, VideoFacts } from '../../shared/domain/video-check.ts'
import type { LinkNetwork } from '../links/public-address.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { CheckedVideo, VideoChecker, VideoToCheck } from '../ports/video-checker.ts'
import { after } from '../rules/after.ts'
import type { ByteSource } from './byte-source.ts'
import { createCheckedGet } from './checked-get.ts'
import { judgeVideo } from './judge-video.ts'
import { withFile } from './local-file.ts'
import { type Budget, type ServerFacts, type Spent, withLink } from './range-reader.ts'
import { ReadFault } from './read-fault.ts'
import { readVideo } from './read-video.ts'

/** More at once would only share one line. */
const mostAtOnce = 3
const defaultDeadlineMs = 30_000

export interface VideoCheckerOptions {
  /** Of a session without cookies and cache; with `redirect: 'manual'` it answers a redirect as it came. */
  readonly fetch: FetchLike
  readonly network?: LinkNetwork
  readonly clock: Clock
  readonly onDate?: (origin: string, date: string) => void
  readonly budget?: Budget
  readonly requestTimeoutMs?: number
  readonly deadlineMs?: number
  /** Whether this computer can make another file of one that Tavus refuses. */
  readonly canFit?: () => boolean
}

/** Nobody was reached, so nothing is known of the video. */
const unanswered = [
  'link-unreachable',
  'link-silent',
  'link-busy',
  'link-broke-off',
  'link-tls',
  'not-checked'
]

/** Reads a video's own bytes, a few at a time, and holds them against what Tavus asks for. */
export const createVideoChecker = (options: VideoCheckerOptions): VideoChecker => {
  const { clock, deadlineMs = defaultDeadlineMs } = options
  const inSlot = pLimit(mostAtOnce)
  const get = createCheckedGet(options)

  const readSource = (video: VideoToCheck, spent: Spent, signal: AbortSignal) => {
    const { source } = video
    if (source.kind === 'file') {
      return withFile(source.path, spent, async (file) => ({
        facts: await readVideo(file),
        server: null
      }))
    }
    const budget = options.budget === undefined ? {} : { budget: options.budget }
    return withLink(source, { get, clock, signal, ...budget }, spent, async (file) => ({
      facts: withServer(await readVideo(file as ByteSource), file.server, source.url),
      server: file.server
    }))
  }

  const checkNow = async (video: VideoToCheck, signal: AbortSignal): Promise<CheckedVideo> => {
    signal.throwIfAborted()
    const over = new AbortController()
    const ended = new AbortController()
    after(clock, deadlineMs, ended.signal, () => over.abort())
    const spent: Spent = { bytes: 0, requests: 0 }
    const cost = () => ({ bytesRead: spent.bytes, requests: spent.requests })
    const checked = (
      change: Pick<VideoCheck, 'state' | 'facts' | 'findings' | 'ffmpegCommand'>
    ) => ({
      checkedAt: clock.nowAt(),
      canFit: null,
      fit: null,
      ...cost(),
      ...change
    })
    try {
      const { facts, server } = await readSource(
        video,
        spent,
        AbortSignal.any([signal, over.signal])
      )
      const skewMs = server?.skewMs ?? null
      const { findings, ffmpegCommand, toMend } = judgeVideo(facts, video, {
        nowAt: clock.nowAt(),
        skewMs,
        fault: null
      })
      const mend = toMend?.mend ?? null
      const canFit = video.source.kind === 'file' && options.canFit?.() === true ? mend : null
      const check = { ...checked({ state: 'done', facts, findings, ffmpegCommand }), canFit }
      return { check, skewMs, mend }
    } catch (error) {
      signal.throwIfAborted()
      const fault = over.signal.aborted ? new ReadFault('link-silent') : error
      if (!(fault instanceof ReadFault)) throw fault
      const { findings } = judgeVideo(null, video, { nowAt: clock.nowAt(), skewMs: null, fault })
      const state = unanswered.includes(fault.code) ? 'failed' : 'done'
      const check = checked({ state, facts: null, findings, ffmpegCommand: null })
      return { check, skewMs: null, mend: null }
    } finally {
      ended.abort()
    }
  }

  return { check: (video, signal) => inSlot(() => checkNow(video, signal)) }
}

const withServer = (facts: VideoFacts, server: ServerFacts, asked: string): VideoFacts => ({
  ...facts,
  contentType: server.contentType,
  finalHost: server.host === new URL(asked).host ? null : server.host
})
