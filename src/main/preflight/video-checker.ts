import pLimit from 'p-limit'
import type { VideoCheck, VideoFacts } from '../../shared/domain/video-check.ts'
import type { LinkNetwork } from '../links/link-reach.ts'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { CheckedVideo, VideoChecker, VideoToCheck } from '../ports/video-checker.ts'
import { after } from '../rules/after.ts'
import { orAborted } from '../rules/or-aborted.ts'
import { createCheckedGet } from './checked-get.ts'
import { judgeVideo } from './judge-video.ts'
import { withFile } from './local-file.ts'
import { type Budget, type ServerFacts, type Spent, withLink } from './range-reader.ts'
import { ReadFault } from './read-fault.ts'
import { type Note, type ReadSoFar, readAsFarAsPossible, readVideo } from './read-video.ts'

/** More at once would only share one line. */
const mostAtOnce = 3
const defaultDeadlineMs = 30_000
/** A person waits for a look; what is asked for at that time has a good part of it. */
const defaultLookMs = 8_000

export interface VideoCheckerOptions {
  /** Of a session without cookies and cache; with `redirect: 'manual'` it answers a redirect as it came. */
  readonly fetch: FetchLike
  readonly network?: LinkNetwork
  readonly clock: Clock
  readonly onDate?: (origin: string, date: string) => void
  readonly budget?: Budget
  readonly requestTimeoutMs?: number
  /** How long one check may take. */
  readonly deadlineMs?: number
  /** How long one look may take. */
  readonly lookMs?: number
  /** Whether this computer can make another file of one that Tavus refuses. */
  readonly canFit?: () => boolean
}

/** Nobody was reached, so nothing is known of the video. */
const unanswered = [
  'link-unreachable',
  'link-silent',
  'file-silent',
  'link-busy',
  'link-broke-off',
  'link-tls',
  'not-checked'
]

/** What is said of one that took longer than a check may. */
const lateCodes = { link: 'link-silent', file: 'file-silent' } as const

/** Reads a video's own bytes, a few at a time, and holds them against what Tavus asks for. */
export const createVideoChecker = (options: VideoCheckerOptions): VideoChecker => {
  const { clock, deadlineMs = defaultDeadlineMs, lookMs = defaultLookMs } = options
  const inTurn = pLimit(mostAtOnce)
  // Never behind what nobody waits for.
  const ahead = pLimit(mostAtOnce)
  const get = createCheckedGet(options)

  /** Notes what becomes known of a video, and its server as soon as that answers. */
  const readSource = async (
    { source }: VideoToCheck,
    spent: Spent,
    signal: AbortSignal,
    note: Note,
    onServer: (server: ServerFacts) => void
  ): Promise<void> => {
    if (source.kind === 'file') {
      return withFile(source.path, spent, (file) => readVideo(file, note))
    }
    const budget = options.budget === undefined ? {} : { budget: options.budget }
    const reading = { get, clock, signal, ...budget }
    return withLink(source, reading, spent, async (file) => {
      onServer(file.server)
      const said = saidBy(file.server, source.url)
      await readVideo(file, (facts) => note({ ...facts, ...said }))
    })
  }

  const checkNow = async (
    video: VideoToCheck,
    signal: AbortSignal,
    mostMs: number
  ): Promise<CheckedVideo> => {
    signal.throwIfAborted()
    const over = new AbortController()
    const ended = new AbortController()
    after(clock, mostMs, ended.signal, () => over.abort())
    const spent: Spent = { bytes: 0, requests: 0 }
    let skewMs: number | null = null
    const either = AbortSignal.any([signal, over.signal])
    try {
      const read = await readAsFarAsPossible(async (note) => {
        const reading = readSource(video, spent, either, note, (server) => {
          skewMs = server.skewMs
        })
        await orAborted(reading, either).catch((error: unknown) => {
          throw over.signal.aborted ? new ReadFault(lateCodes[video.source.kind]) : error
        })
      })
      return checked(video, spent, { ...read, skewMs })
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      ended.abort()
    }
  }

  const checked = (
    video: VideoToCheck,
    spent: Spent,
    { facts: read, fault, skewMs }: ReadSoFar & Pick<CheckedVideo, 'skewMs'>
  ): CheckedVideo => {
    // Of two files nothing is true of either.
    const facts = fault?.code === 'link-changing' ? null : read
    const reading = { nowAt: clock.nowAt(), skewMs, fault }
    const { findings, ffmpegCommand, toMend } = judgeVideo(facts, video, reading)
    const mend = toMend?.mend ?? null
    const isAnswered = fault === null || !unanswered.includes(fault.code)
    const canFit = video.source.kind === 'file' && options.canFit?.() === true ? mend : null
    const check: VideoCheck = {
      state: isAnswered || facts !== null ? 'done' : 'failed',
      checkedAt: clock.nowAt(),
      facts,
      findings,
      ffmpegCommand,
      canFit,
      fit: null,
      bytesRead: spent.bytes,
      requests: spent.requests
    }
    return { check, skewMs, mend, isAnswered }
  }

  return {
    check: (video, signal) => inTurn(() => checkNow(video, signal, deadlineMs)),
    look: (video, signal) => ahead(() => checkNow(video, signal, lookMs))
  }
}

const saidBy = (
  { contentType, host }: ServerFacts,
  asked: string
): Pick<VideoFacts, 'contentType' | 'finalHost'> => ({
  contentType,
  finalHost: host === new URL(asked).host ? null : host
})
