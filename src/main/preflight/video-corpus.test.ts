import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type CorpusVideo,
  corpus,
  corpusFile,
  corpusVideo
} from '../../../test/main/preflight/video-corpus.ts'
import type { VideoCheck, VideoFacts } from '../../shared/domain/video-check.ts'
import { systemClock } from '../clock.ts'
import { createVideoChecker } from './video-checker.ts'

const checker = createVideoChecker({
  fetch: () => Promise.reject(new Error('No network')),
  clock: systemClock
})

const check = async (
  path: string,
  { name, model = '' }: Pick<CorpusVideo, 'name' | 'model'>,
  field: 'trainVideoUrl' | 'consentVideoUrl' = 'trainVideoUrl'
) =>
  checker.check(
    { source: { kind: 'file', path }, field, fileName: name, model, validUntilAt: null },
    new AbortController().signal
  )

interface Probed {
  readonly streams: readonly {
    readonly codec_type: string
    readonly codec_name?: string
    readonly width?: number
    readonly height?: number
    readonly avg_frame_rate?: string
    readonly side_data_list?: readonly { readonly rotation?: number }[]
    readonly duration?: string
  }[]
  readonly format: { readonly duration?: string }
}

const run = promisify(execFile)

/** What FFmpeg's own tool says of a file; null: it cannot open it. */
const probe = async (path: string): Promise<Probed | null> => {
  try {
    const asked = ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', path]
    return JSON.parse((await run('ffprobe', asked)).stdout) as Probed
  } catch {
    return null
  }
}

const codecNames: Readonly<Record<string, string>> = { h264: 'avc', mpeg4: 'mp4v', opus: 'opus' }

const rateOf = (text = '0/1'): number => {
  const [frames = 0, seconds = 1] = text.split('/').map(Number)
  return seconds === 0 ? 0 : frames / seconds
}

/** What the two say differently, in words. */
const differences = (facts: VideoFacts, { streams, format }: Probed): readonly string[] => {
  const video = streams.find(({ codec_type }) => codec_type === 'video')
  const hasAudio = streams.some(({ codec_type }) => codec_type === 'audio')
  const turned = Math.abs(video?.side_data_list?.find((d) => d.rotation)?.rotation ?? 0) % 180 !== 0
  const [width, height] = turned ? [video?.height, video?.width] : [video?.width, video?.height]
  const codec = codecNames[video?.codec_name ?? ''] ?? video?.codec_name ?? null
  const all: readonly (readonly [string, unknown, unknown])[] = [
    ['codec', facts.videoCodec, codec],
    ['width', facts.width, width ?? null],
    ['height', facts.height, height ?? null],
    ['audio', facts.hasAudio, hasAudio]
  ]
  const seconds = Number(video?.duration ?? format.duration ?? Number.NaN)
  const rate = rateOf(video?.avg_frame_rate)
  return [
    ...all
      .filter(([, ours, theirs]) => ours !== theirs)
      .map(([what, ours, theirs]) => `${what}: ${ours}, not ${theirs}`),
    ...(facts.durationSeconds !== null && Math.abs(facts.durationSeconds - seconds) > 0.25
      ? [`length: ${facts.durationSeconds}, not ${seconds}`]
      : []),
    ...(facts.frameRate !== null && Math.abs(facts.frameRate - rate) > rate * 0.005
      ? [`rate: ${facts.frameRate}, not ${rate}`]
      : [])
  ]
}

const codes = ({ findings }: VideoCheck, ...levels: readonly string[]): readonly string[] =>
  findings.filter(({ level }) => levels.includes(level)).map(({ code }) => code)

const rows: string[] = []
afterAll(() => {
  process.stdout.write(
    `\n${['video | refused or warned | advice | mend | reads | KB | ffprobe', ...rows].join('\n')}\n`
  )
})

const opinion = async (path: string, facts: VideoFacts | null) => {
  const probed = await probe(path)
  if (probed === null) return 'cannot open it'
  if (facts?.videoCodec == null) return 'opens it'
  return differences(facts, probed).join('; ') || 'agrees'
}

describe('the doctor', () => {
  it('has at least 35 videos to look at', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(35)
  })

  it.each(corpus)('$name', { timeout: 120_000 }, async (entry) => {
    const path = await corpusFile(entry)
    const { check: found, mend } = await check(path, entry)
    const said = await opinion(path, found.facts)
    rows.push(
      [
        entry.name,
        codes(found, 'refused', 'warning').join(', '),
        codes(found, 'advice').join(', '),
        mend ?? '',
        found.requests,
        Math.ceil(found.bytesRead / 1024),
        said
      ].join(' | ')
    )
    expect([...codes(found, 'refused', 'warning')].sort()).toEqual([...entry.bad].sort())
    if (entry.advice !== undefined) expect(codes(found, 'advice')).toEqual([...entry.advice])
    expect(mend).toBe(entry.mend ?? null)
    expect(found.facts?.container ?? entry.container).toBe(entry.container)
    expect(said).toMatch(
      entry.ffprobe === 'cannot-open' ? /^cannot open it$/ : /^(?:agrees|opens it)$/
    )
  })

  it('asks less of a consent video: neither a length nor a size', async () => {
    const { check: found } = await check(
      await corpusFile(corpusVideo('20-seconds.mp4')),
      corpusVideo('20-seconds.mp4'),
      'consentVideoUrl'
    )
    expect(codes(found, 'refused', 'warning', 'advice')).toEqual([])
    const { check: other } = await check(
      await corpusFile(corpusVideo('recorder.mov')),
      corpusVideo('recorder.mov'),
      'consentVideoUrl'
    )
    expect(codes(other, 'refused')).toEqual([])
    expect(codes(other, 'warning')).toEqual(['format-mov'])
  })

  it('says of a file that is gone that it is gone', async () => {
    const { check: found } = await check('/nowhere/at-all.mp4', { name: 'at-all.mp4' })
    expect(codes(found, 'refused')).toEqual(['file-missing'])
    expect(JSON.stringify(found)).not.toContain('/nowhere')
  })
})
